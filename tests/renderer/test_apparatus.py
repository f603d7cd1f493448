"""The lists of a book: what is in them, in which order, and where each entry leads."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from publications import METADATA, WHEN, body, essay, note, paragraph, project, publication, rendered

from publish.diagnostics import Log
from publish.document import (
    Apparatus,
    Cell,
    Contributor,
    Division,
    Emphasis,
    Figure,
    Image,
    IndexMark,
    Link,
    List,
    ListItem,
    NoteCall,
    Publication,
    Row,
    Table,
)
from publish.images import Picture
from publish.renderer import render
from publish.renderer.apparatus import Entry, Lists
from publish.rendition import Medium

MEDIA: tuple[Medium, ...] = ("print", "epub")
_COUNT = iter(range(1, 1000))


def mark(entry: str, *, see: str = "", see_also: str = "", words: str = "w", id: str = "") -> IndexMark:
    """Make a mark for the index; one with ``see`` holds no words."""
    content = () if see or see_also else (words,)
    return IndexMark(content, tuple(entry.split(";")), see, see_also, id=id or f"m{next(_COUNT)}")


def lists(*marks: IndexMark, language: str = "en", pages: dict[str, int] | None = None, printed: bool = False) -> Lists:
    """Make the lists of a book whose marks stand each in a paragraph of its own, on pages by the marks' names."""
    work = publication(essay(*(paragraph(one) for one in marks)))
    labels = tuple(str(number) for number in range(1, 31)) if pages else ()
    return Lists(work, language, labels, {name: page - 1 for name, page in (pages or {}).items()}, printed)


def entries(made: Lists) -> list[str]:
    """Give the index as lines: the letter, then each entry with its locators."""
    lines: list[str] = []

    def told(entry: Entry, depth: int) -> None:
        labels = ", ".join(one.label for one in entry.locators)
        lines.append(f"{'  ' * depth}{entry.term}{': ' if labels else ''}{labels}")
        for child in entry.sorted:
            told(child, depth + 1)

    for letter, group in made.index:
        lines.append(f"[{letter}]")
        for entry in group:
            told(entry, 0)
    return lines


# --- the index -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((3,), "3"),
        ((3, 3), "3"),
        ((3, 4), "3, 4"),
        ((3, 4, 5), "3–5"),
        ((1, 3, 4, 5, 6, 9, 10), "1, 3–6, 9, 10"),
        ((7, 2), "2, 7"),
    ],
)
def test_pages_are_given_once_and_drawn_together(pages: tuple[int, ...], expected: str) -> None:
    marks = [mark("tide", id=f"p{place}-{page}") for place, page in enumerate(pages)]
    made = lists(*marks, pages={one.id: page for one, page in zip(marks, pages, strict=True)})
    assert entries(made) == ["[T]", f"tide: {expected}"]


def test_entries_stand_under_their_letter_and_under_each_other() -> None:
    marks = (mark("tide!ebb"), mark("gauge;tide"), mark("Éclair"), mark("tide!ebb!neap"), mark("tide!flood"))
    assert entries(lists(*marks)) == [
        "[E]", "Éclair: 1", "[G]", "gauge: 1", "[T]", "tide: 1", "  ebb: 1", "    neap: 1", "  flood: 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["[A]", "Ärger", "Arm", "[Z]", "Zoll"]),
        ("sv", ["[A]", "Arm", "[Z]", "Zoll", "[Ä]", "Ärger"]),
    ],
)
def test_the_order_is_the_language_s(language: str, expected: list[str]) -> None:
    made = lists(mark("Zoll"), mark("Ärger"), mark("Arm"), language=language)
    assert [line.removesuffix(": 1") for line in entries(made)] == expected


def test_scripts_follow_each_other() -> None:
    made = lists(mark("물때"), mark("якорь"), mark("anchor"), mark("1911"))
    assert [line for line in entries(made) if line.startswith("[")] == ["[#]", "[A]", "[Я]", "[ㅁ]"]


def test_an_entry_that_says_to_see_another_leads_to_it_and_has_no_pages() -> None:
    made = lists(
        mark("tables", see="gauge; tide!ebb; nowhere"),
        mark("gauge", see_also="tide!ebb"),
        mark("gauge"),
        mark("tide!ebb"),
    )
    found = {entry.term: entry for _, group in made.index for entry in group}
    ebb = found["tide"].sorted[0]
    assert found["tables"].see == {"gauge": found["gauge"].id, "tide, ebb": ebb.id, "nowhere": ""}
    assert found["tables"].locators == ()
    assert found["gauge"].see_also == {"tide, ebb": ebb.id}
    assert [one.label for one in found["gauge"].locators] == ["1"], (
        "an entry of which more stands elsewhere has its own"
    )
    assert len({entry.id for entry in (*found.values(), ebb)}) == 4


def test_a_paragraph_that_names_an_entry_twice_counts_once() -> None:
    work = publication(essay(paragraph(mark("tide"), " and ", Emphasis((mark("tide"),))), paragraph(mark("tide"))))
    assert entries(Lists(work, "en")) == ["[T]", "tide: 1, 2"]


def test_before_the_pages_are_known_print_leads_to_them_and_an_epub_counts(tmp_path: Path) -> None:
    index = Division("index", "index", "back", ("Index",), (Apparatus("index"),))
    work = publication(essay(paragraph(mark("tide", id="here")), paragraph(mark("tide", id="there"))), index)
    printed = body(rendered(work, "print", tmp_path)[0], "text/index.xhtml")
    assert re.findall(r'<a class="locator page" href="#(\w+)"[^>]*?/?>(?:</a>)?', printed) == ["here", "there"]
    shown = body(rendered(work, "epub", tmp_path)[0], "text/index.xhtml")
    assert re.findall(r'href="essay\.xhtml#(\w+)"[^>]*aria-label="([^"]+)">(\d)</a>', shown) == [
        ("here", "tide, place 1", "1"),
        ("there", "tide, place 2", "2"),
    ]


def test_an_index_by_itself_is_not_announced_twice_and_one_in_a_text_is(tmp_path: Path) -> None:
    alone = Division("index", "index", "back", ("Index",), (Apparatus("index"),))
    inside = essay(paragraph(mark("tide")), Apparatus("index"))
    for work, name in ((publication(essay(paragraph(mark("tide"))), alone), "index"), (publication(inside), "essay")):
        markup = body(rendered(work, "epub", tmp_path)[0], f"text/{name}.xhtml")
        assert (markup.count('role="doc-index"'), len(re.findall(r':type="index"', markup))) == (1, 1)


def test_words_in_another_language_keep_it_in_the_index(tmp_path: Path) -> None:
    korean = replace(mark("물때"), language="ko")
    markup = body(
        rendered(publication(essay(paragraph(korean), Apparatus("index"))), "epub", tmp_path)[0], "text/essay.xhtml"
    )
    assert re.search(r'<span class="term"[^>]* lang="ko"[^>]*>물때</span>', markup)


# --- figures, tables, credits ----------------------------------------------------------------------------------------


def illustrated() -> Publication:
    """Make a publication with figures and tables, some of them without a word, and every list of them."""
    first = Figure(
        (Image("port.png", "p"),), ("The ", Link(("port",), "#t"), NoteCall("n")), ("By A",), id="f", number=1
    )
    plain_one = Figure((Image("port.png", ""),), id="silent")
    table = Table((), (Row((Cell(("1860",)),)),), ("When",), id="t")
    last = Figure((Image("port.png", "p"),), (), (), "An archive", "CC BY", id="g")
    kinds = ("list-of-figures", "list-of-tables", "credits")
    asked = tuple(Division(kind, kind, "back", (kind,), (Apparatus(kind),)) for kind in kinds)
    front = Division("preface", "preface", "front", ("Before",), (plain_one, first), (note("n", "said"),))
    return publication(front, essay(table, last), *asked)


def test_what_has_a_caption_is_listed_with_its_place_and_without_its_notes(tmp_path: Path) -> None:
    printed = body(rendered(illustrated(), "print", tmp_path)[0], "text/list-of-figures.xhtml")
    assert re.findall(r'<a class="roman" href="#(\w+)">', printed) == ["f"]
    assert "Figure\u00a01" in printed and "noteref" not in printed and printed.count("<a ") == 1
    tables = body(rendered(illustrated(), "epub", tmp_path)[0], "text/list-of-tables.xhtml")
    assert 'href="essay.xhtml#t"' in tables and "When" in tables


def test_credits_list_what_says_whose_it_is_captioned_or_not(tmp_path: Path) -> None:
    markup = body(rendered(illustrated(), "epub", tmp_path)[0], "text/credits.xhtml")
    assert re.findall(r'href="([^"]+)"', markup) == ["preface.xhtml#f", "essay.xhtml#g"]
    assert "By A" in markup and "An archive, CC BY" in markup and "Picture" in markup


def test_the_navigation_has_the_lists_and_leads_to_them(tmp_path: Path) -> None:
    rendition, _ = rendered(illustrated(), "epub", tmp_path)
    assert rendition is not None
    contents = next(part.xhtml for part in rendition.parts if part.kind == "contents")
    for kind, heading, places in (("loi", "Figures", ["preface.xhtml#f"]), ("lot", "Tables", ["essay.xhtml#t"])):
        found = re.search(rf'<nav epub:type="{kind}".*?</nav>', contents, re.DOTALL)
        assert found and f">{heading}</h2>" in found[0] and re.findall(r'href="([^"]+)"', found[0]) == places
        assert re.search(rf'<a epub:type="{kind}" href="list-of-\w+\.xhtml">', contents)


def test_without_the_lists_the_navigation_has_none(tmp_path: Path) -> None:
    rendition, _ = rendered(publication(essay(paragraph("x"))), "epub", tmp_path)
    assert rendition is not None
    assert not any('epub:type="lo' in part.xhtml for part in rendition.parts)


# --- people ----------------------------------------------------------------------------------------------------------


def test_contributors_are_told_of_once_by_the_name_they_are_sorted_under(tmp_path: Path) -> None:
    editor = Contributor("Zoë Able", "edt", "Able, Zoë", "0000-0002-1825-0097", bio="Edits.")
    also = replace(editor, role="aut", bio="")
    guest = Contributor("A Guest", "aut", "Guest, A", affiliation="A House", bio="Writes.")
    silent = Contributor("Nobody Told", "trl", "Told, Nobody")
    page = Division("people", "contributors", "back", ("People",), (Apparatus("contributors"),))
    one = replace(essay(title=("One",), slug="one"), contributors=(guest, also))
    work = Publication(replace(METADATA, contributors=(editor, silent)), (one, page))
    markup = body(rendered(work, "epub", tmp_path)[0], "text/people.xhtml")
    assert re.findall(r'class="name">([^<]+)<', markup) == ["Zoë Able", "A Guest"]
    assert re.findall(r'class="did">([^<]+)<', markup) == ["editor, author", "author"]
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in markup
    assert markup.count('href="one.xhtml#one"') == 2 and "Edits." in markup and "A House" in markup
    assert "Edits." not in body(rendered(work, "epub", tmp_path)[0], "text/one.xhtml"), "told here, not after the essay"


def test_how_a_text_is_cited_stands_in_a_box_and_in_the_imprint(tmp_path: Path) -> None:
    said = ("Author, An. ", Emphasis(("North",)), ".")
    work = replace(publication(essay(Apparatus("cite-as", said))), citation=said)
    for name in ("essay", "imprint"):
        for medium in MEDIA:
            markup = body(rendered(work, medium, tmp_path)[0], f"text/{name}.xhtml")
            assert "Cite as" in markup and "Author, An. <em>North</em>." in markup


# --- what was wrong once -----------------------------------------------------------------------------------------


def test_a_note_that_only_a_note_calls_leads_back_to_where_it_is_called(tmp_path: Path) -> None:
    notes = (note("a", "Outer", NoteCall("b")), note("b", "Inner", NoteCall("a")))
    work = publication(essay(paragraph("x", NoteCall("a")), notes=notes))
    shown = body(rendered(work, "epub", tmp_path)[0], "text/notes.xhtml")
    assert 'href="essay.xhtml#noteref-1"' in shown and 'href="#noteref-2"' in shown and 'id="noteref-2"' in shown


@pytest.mark.parametrize(
    ("start", "style"), [(1, None), (3, "counter-reset: list-item 2"), (0, "counter-reset: list-item -1")]
)
def test_a_list_begins_at_its_number_in_print_too(start: int, style: str | None, tmp_path: Path) -> None:
    work = publication(essay(List((ListItem((paragraph("x"),)),), ordered=True, start=start)))
    found = re.search(r"<ol[^>]*>", body(rendered(work, "print", tmp_path)[0], "text/essay.xhtml"))
    assert found is not None and re.findall(r'style="([^"]*)"', found[0]) == ([style] if style else [])


@pytest.mark.parametrize(("count", "rows"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2])])
def test_pictures_of_a_group_share_the_line_and_are_equally_high(count: int, rows: list[int], tmp_path: Path) -> None:
    sizes = [(600, 400), (400, 400), (300, 600)] * 3
    pictures = {f"{n}.png": Picture(f"{n}.png", "image/png", b"", *sizes[n]) for n in range(count)}
    work = publication(essay(Figure(tuple(Image(path, "a") for path in pictures), ("Group",))))
    rendition = render(work, project(tmp_path), pictures, "print", WHEN, Log())
    markup = body(rendition, "text/essay.xhtml")
    lines = re.findall(r'<div class="pictures">.*?</div>', markup, re.DOTALL)
    assert [line.count("<img") for line in lines] == rows
    for line in lines:
        widths = [float(width) for width in re.findall(r"width: ([\d.]+)%", line)]
        names = [int(name) for name in re.findall(r"images/(\d)\.png", line)]
        assert sum(widths) + 2 * (len(widths) - 1) == pytest.approx(100, abs=0.01)
        heights = [width * sizes[n][1] / sizes[n][0] for width, n in zip(widths, names, strict=True)]
        assert heights == pytest.approx([heights[0]] * len(heights), rel=0.001)


def test_widths_that_an_author_gave_to_a_group_are_kept(tmp_path: Path) -> None:
    images = (Image("port.png", "a", "30%"), Image("port.png", "b", "60%"))
    markup = body(rendered(publication(essay(Figure(images, ("Group",)))), "print", tmp_path)[0], "text/essay.xhtml")
    assert re.findall(r"width: ([^\"]+)\"", markup) == ["30%", "60%"]
