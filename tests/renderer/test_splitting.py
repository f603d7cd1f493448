"""Long parts cut in several: every word once, every link followed, and every place still known."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from publications import essay, note, paragraph, publication, rendered

from publish.diagnostics import Log
from publish.document import Division, Link, List, ListItem, NoteCall, Paragraph, Publication, Section
from publish.formats.epub import verify, write
from publish.renderer import splitting
from publish.rendition import Part, Rendition
from publish.source import Source

WORDS = "the generals of both armies met again in the spring and signed what they had agreed upon in the autumn "


def section(number: int, paragraphs: int, level: int = 2) -> Section:
    """Make a section whose every paragraph has a note and whose last one leads to the next section."""
    blocks = [paragraph(f"{number}.{at} {WORDS * 8}", NoteCall(f"n{number}-{at}")) for at in range(paragraphs)]
    onward = paragraph(Link(("onward",), f"#section-{(number + 1) % 6}"))
    return Section((f"Section {number}",), level, (*blocks, onward), id=f"section-{number}")


def huge(sections: int = 6, paragraphs: int = 120) -> Publication:
    """Make a publication of one essay of about a megabyte and one of a few words that leads into it."""
    notes = tuple(note(f"n{s}-{p}", f"Note {s}.{p} {WORDS * 4}") for s in range(sections) for p in range(paragraphs))
    long = essay(*(section(number, paragraphs) for number in range(sections)), notes=notes, slug="long")
    short = essay(paragraph(Link(("into it",), "#section-5"), Link(("and back",), "#long")), slug="long-2")
    return publication(long, short)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rendition:
    rendition, log = rendered(huge(), "epub", tmp_path_factory.mktemp("book"))
    assert rendition is not None and not len(log)
    return rendition


def names(book: Rendition) -> list[str]:
    return [part.name for part in book.parts]


def text(part: Part) -> str:
    body = ElementTree.fromstring(part.xhtml).find("{*}body")
    assert body is not None
    return "".join(body.itertext())


def ids(part: Part) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', part.xhtml))


def test_no_part_is_larger_than_readers_like(book: Rendition) -> None:
    assert max(len(part.xhtml.encode()) for part in book.parts) <= 260_000
    assert [name for name in names(book) if name.startswith("text/long")][:3] == [
        "text/long.xhtml", "text/long-3.xhtml", "text/long-4.xhtml",
    ]  # fmt: skip


def test_the_name_of_another_part_is_not_taken(book: Rendition) -> None:
    assert len(set(names(book))) == len(names(book))
    assert "into it" in text(next(part for part in book.parts if part.name == "text/long-2.xhtml"))


def test_every_word_is_there_once_and_in_order(book: Rendition) -> None:
    whole = " ".join(text(p) for p in book.parts if p.name.startswith("text/long") and p.name != "text/long-2.xhtml")
    assert re.findall(r"(\d\.\d+) the", whole) == [f"{s}.{p}" for s in range(6) for p in range(120)]
    notes = " ".join(text(p) for p in book.parts if p.kind == "notes")
    assert re.findall(r"\d\.\d+", notes) == [f"{s}.{p}" for s in range(6) for p in range(120)]


def test_cuts_are_made_before_sections(book: Rendition) -> None:
    for part in book.parts:
        if part.name.startswith("text/long-") and part.name != "text/long-2.xhtml":
            assert re.match(r"\s*Section \d", text(part))


def test_every_link_leads_to_where_its_place_now_stands(book: Rendition) -> None:
    places = {part.name: ids(part) for part in book.parts}
    for part in book.parts:
        for file, id in re.findall(r' href="([^"#:]*)#([^"]+)"', part.xhtml):
            target = f"text/{file}" if file else part.name
            assert id in places[target], (part.name, file, id)
            assert file != part.name.removeprefix("text/"), "a link inside a part names no file"


def test_the_contents_lead_there_too(book: Rendition) -> None:
    (long, *_) = book.outline
    assert (long.part, long.fragment) == ("text/long.xhtml", "")
    places = {part.name: ids(part) for part in book.parts}
    assert len(long.children) == 6 and len({entry.part for entry in long.children}) > 2
    assert all(entry.fragment in places[entry.part] for entry in long.children)


def test_notes_go_on_counting(book: Rendition) -> None:
    pieces = [part.xhtml for part in book.parts if part.kind == "notes"]
    assert len(pieces) > 1
    count = 0
    for xhtml in pieces:
        start = re.search(r'<ol start="(\d+)"', xhtml)
        assert (int(start[1]) if start else 1) == count + 1
        count += xhtml.count("<li>")
    assert count == 720


def test_only_the_first_piece_says_which_division_it_is(book: Rendition) -> None:
    pieces = [part.xhtml for part in book.parts if part.name in {"text/long.xhtml", "text/long-3.xhtml"}]
    assert ['role="doc-chapter"' in xhtml for xhtml in pieces] == [True, False]
    assert all('class="division essay body' in xhtml and 'lang="en-GB"' in xhtml for xhtml in pieces)


def test_our_own_rules_find_nothing_in_it(book: Rendition) -> None:
    log = Log()
    made = write(book, log)
    assert made is not None
    verify(made.data, book, log, referee=False)
    assert [(d.message, d.file) for d in log] == []


def test_a_section_too_long_is_cut_inside_and_never_after_its_heading(tmp_path: Path) -> None:
    inner = Section(("Inner",), 3, tuple(paragraph(f"b{i} {WORDS}") for i in range(60)), id="inner")
    work = publication(essay(Section(("Outer",), 2, (paragraph("a " + WORDS), inner), id="outer")))
    rendition, _ = rendered(work, "epub", tmp_path)
    assert rendition is not None
    parts, moved = splitting.split(rendition.parts, 5_000)
    pieces = [part for part in parts if part.name.startswith("text/essay")]
    assert len(pieces) > 2 and moved["text/essay.xhtml", "outer"] == "text/essay.xhtml"
    assert re.findall(r"b\d+", " ".join(map(text, pieces))) == [f"b{i}" for i in range(60)]
    assert not any(re.search(r"(Outer|Inner)\s*$", text(part)) for part in pieces)
    for part in pieces:
        ElementTree.fromstring(part.xhtml)


def test_what_has_no_place_to_be_cut_stays_whole(tmp_path: Path) -> None:
    items = tuple(ListItem((paragraph(WORDS * 3),)) for _ in range(30))
    rendition, _ = rendered(publication(essay(List(items))), "epub", tmp_path)
    assert rendition is not None
    parts, moved = splitting.split(rendition.parts, 3_000)
    assert sum(part.name.startswith("text/essay") for part in parts) == 1 or not moved


# --- where it was written ----------------------------------------------------------------------------------------------


def test_a_place_in_a_part_is_known_in_the_manuscript(tmp_path: Path) -> None:
    source = Source("essay.md", "One paragraph.\n\nAnother one.\n")
    first, second = source.span(0, 14), source.span(16, 28)
    blocks = (Paragraph(("One paragraph.",), span=first), Paragraph(("Another one.",), span=second))
    division = Division("essay", "essay", "body", ("An essay",), blocks)
    rendition, _ = rendered(publication(division), "epub", tmp_path)
    assert rendition is not None
    part = next(part for part in rendition.parts if part.name == "text/essay.xhtml")
    assert "data-publish-at" not in part.xhtml
    lines = part.xhtml.splitlines()
    for words, span in (("<p>One", first), ("<p>Another", second)):
        line = next(number for number, text in enumerate(lines, 1) if words in text)
        column = lines[line - 1].index(words) + 1
        assert part.origin(line, column) == part.origin(line) == span
    assert part.origin(1) is None
