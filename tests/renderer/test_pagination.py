"""Page markers: before the very letter, in markup that stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from publications import WHEN, element, essay, note, paragraph, project, publication

from publish.diagnostics import Log
from publish.document import Break, Emphasis, Figure, Image, Link, NoteCall, Section
from publish.images import Picture
from publish.pages import OBJECT, Page, PageMap
from publish.renderer import render
from publish.renderer.pagination import Marker, mark, markers, runs
from publish.rendition import Rendition


def part(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>no</title></head>\n<body>\n{body}\n</body></html>"
    )


def marked(body: str, *places: int) -> str:
    """Give the inside of a section with ``[1]``, ``[2]`` ... before letters of its text."""
    wanted = [Marker(str(number), f"page-{number}", "x", place) for number, place in enumerate(places, 1)]
    done = mark("x", part(f"<section>{body}</section>"), wanted, lambda _, label: f"[{label}]")
    return done[done.index("<section>") + 9 : done.rindex("</section>")]


@pytest.mark.parametrize(
    ("body", "place", "expected"),
    [
        ("<p>one two</p>", 3, "<p>one [1]two</p>"),
        ("<p>one two</p>", 4, "<p>one t[1]wo</p>"),
        ("<p>co\u00adope</p>", 2, "<p>co\u00ad[1]ope</p>"),
        ("<p>a &amp; b &#233;t &lt;c</p>", 1, "<p>a [1]&amp; b &#233;t &lt;c</p>"),
        ("<p>a &amp; b &#233;t &lt;c</p>", 3, "<p>a &amp; b [1]&#233;t &lt;c</p>"),
        ("<p>Пра\nвда 😀b</p>", 7, "<p>Пра\nвда 😀[1]b</p>"),
        ("<p>\r\n\tone\u00a0\u2003two</p>", 3, "<p>\r\n\tone\u00a0\u2003[1]two</p>"),
        ("<p>a<!-- not counted -->b</p>", 1, "<p>a<!-- not counted -->[1]b</p>"),
        ("<p>a <em>bc</em></p>", 1, "<p>a <em>[1]bc</em></p>"),
        # a heading or a link would be read out with the number in its name
        ("<p>a</p><section><h2 id='h'><em>b</em></h2></section>", 1, "<p>a</p><section>[1]<h2 id='h'><em>b</em></h2></section>"),
        ("<h2>ab</h2>", 1, "<h2>a[1]b</h2>"),
        ("<p>a <a href='#x'><b>bc</b></a></p>", 1, "<p>a [1]<a href='#x'><b>bc</b></a></p>"),
        ("<p>a <a href='#x'><b>bc</b></a></p>", 2, "<p>a <a href='#x'><b>b[1]c</b></a></p>"),
        # the contents hold a heading, a list, and in each item one link
        ("<nav><h1>a</h1><ol><li><a>b</a></li></ol></nav>", 0, "[1]<nav><h1>a</h1><ol><li><a>b</a></li></ol></nav>"),
        ("<nav><h1>a</h1><ol><li><a>b</a></li></ol></nav>", 1, "<nav><h1>a</h1><ol><li><a>[1]b</a></li></ol></nav>"),
        ("<p>a</p><div><img src='p'/></div>", 1, "<p>a</p><div>[1]<img src='p'/></div>"),
        ("<p>a</p><hr/><p>b</p>", 2, "<p>a</p><hr/><p>[1]b</p>"),
        ("<p>a<svg><text>no</text></svg>b</p>", 2, "<p>a<svg><text>no</text></svg>[1]b</p>"),
        ("<p>a<span role='doc-footnote'>no <b>no</b></span>b</p>", 1, "<p>a<span role='doc-footnote'>no <b>no</b></span>[1]b</p>"),
        ("<ol hidden='hidden'><li>no</li></ol><p>b</p>", 0, "<ol hidden='hidden'><li>no</li></ol><p>[1]b</p>"),
        ("<p>a</p>", 1, "<p>a</p>[1]"),
        ("", 0, "[1]"),
    ],
)  # fmt: skip
def test_a_marker_stands_before_its_letter(body: str, place: int, expected: str) -> None:
    assert marked(body, place) == expected


def test_several_markers_keep_their_order() -> None:
    assert marked("<p>ab cd</p>", 0, 0, 3, 4, 4) == "<p>[1][2]ab c[3]d</p>[4][5]"


def test_runs_are_the_letters_between_tags() -> None:
    assert runs(part("<section><p>a b<em> c</em>\n<img src='x'/> d</p></section>")) == ("ab", "c", OBJECT, "d")
    assert runs(part("<p>https://<wbr/>example.org<wbr></wbr>/harbour</p>")) == ("https://example.org/harbour",)
    assert runs(part("<p>not <b>closed</p>")) == ()
    assert runs("<p>\ud800</p>") == ()


# --- from one text to the other ------------------------------------------------------------------------------------


def placed(pages: list[tuple[str, int]], printed: dict[str, str], shown: dict[str, str]) -> list[tuple[str, int]]:
    """Give where the markers stand for pages that begin at (part, letter) of the printed parts' bodies."""
    texts = {name: runs(part(f"<section>{body}</section>")) for name, body in printed.items()}
    found = PageMap(tuple(Page(str(n), *place) for n, place in enumerate(pages, 1)), texts)
    made = markers(found, [(name, part(f"<section>{body}</section>")) for name, body in shown.items()])
    assert [m.label for m in made] == [str(n) for n in range(1, len(made) + 1)]
    return [(m.part, m.letter) for m in made]


def test_a_page_without_a_beginning_is_marked_where_the_text_goes_on() -> None:
    body = {"a": "<p>one</p>", "b": "<p>two</p>"}
    pages = [("", 0), ("a", 0), ("", 0), ("", 0), ("b", 1), ("", 0)]
    assert placed(pages, body, body) == [("a", 0), ("a", 0), ("b", 1), ("b", 1), ("b", 1), ("b", 3)]


def test_a_part_that_the_epub_does_not_have_is_passed_over() -> None:
    printed = {"half": "<p>half</p>", "a": "<p>one</p>"}
    assert placed([("half", 0), ("half", 2), ("a", 1)], printed, {"a": "<p>one</p>"}) == [("a", 1)] * 3
    assert placed([("half", 0)], printed, {"other": "<p>one</p>"}) == []


@pytest.mark.parametrize(("letter", "there"), [(0, 0), (3, 9), (4, 10), (6, 12), (8, 12), (9, 12), (11, 14), (12, 15)])
def test_where_one_medium_says_more_the_same_words_are_found(letter: int, there: int) -> None:
    printed = {"a": "<p>one</p><p>two</p><p>pri</p><p>end</p>"}
    shown = {"a": "<p>one</p><p>screen</p><p>two</p><p>end</p>"}
    assert placed([("a", letter)], printed, shown) == [("a", there)]


def test_no_page_begins_after_the_next_one() -> None:
    body = {"a": "<p>one two</p>"}
    assert placed([("a", 0), ("a", 5), ("a", 3)], body, body) == [("a", 0), ("a", 3), ("a", 3)]


def test_ids_are_plain_and_taken_by_nobody_else() -> None:
    text = {"a": ("one",)}
    found = PageMap(tuple(Page(label, "a") for label in ("Обложка", "i", "I", "1", "1", "A-2")), text)
    made = markers(found, [("a", part("<p id='page-1'>one</p>"))])
    assert [m.id for m in made] == ["page-sheet-1", "page-i", "page-I", "page-1-2", "page-1-3", "page-sheet-6"]


# --- a whole rendition ---------------------------------------------------------------------------------------------


def everything() -> Rendition:
    """Render a publication in which every page begins otherwise."""
    picture = Picture("port.png", "image/png", b"", 1, 1)
    work = publication(
        essay(
            paragraph("One ", Emphasis(("two",)), NoteCall("n"), " three"), Break(),
            Figure((Image("port.png", "cranes"),), ("The port",)),
            Section(("Run in",), 2, (paragraph("text ", Link(("there",), "#s")),), run_in=True, id="s"),
            notes=(note("n", "A note."),),
        )
    )  # fmt: skip
    log = Log()
    rendered = [render(work, project(Path()), {"port.png": picture}, medium, WHEN, log) for medium in ("print", "epub")]
    printed, plain = rendered
    assert printed is not None and plain is not None
    texts = {p.name: found for p in printed.parts if (found := runs(p.xhtml))}
    pages = [Page(str(n), name, n) for name, found in texts.items() for n in range(len("".join(found)))]
    for part in plain.parts:
        if part.kind == "division":
            assert runs(part.xhtml) == texts[part.name], "the author's text is the same in both media"
    paged = render(work, project(Path()), {"port.png": picture}, "epub", WHEN, log, pages=PageMap(tuple(pages), texts))
    assert paged is not None and not len(log)
    for before, after in zip(plain.parts, paged.parts, strict=True):
        words = ["".join(element(one, before.name).itertext()).split() for one in (plain, paged)]
        assert after.kind == "contents" or words[0] == words[1], "markers change no words"
    return paged


def test_a_marker_before_every_letter_leaves_the_words_alone() -> None:
    rendition = everything()
    essay = next(p.xhtml for p in rendition.parts if p.kind == "division")
    assert essay.count('role="doc-pagebreak"') > 30
    bare = re.sub(r"<span epub:type=\"pagebreak\"[^>]*></span>", "", essay)
    assert "<em>two</em>" in bare and '<h2 id="s" class="run-in">Run in</h2>' in bare


def test_pages_are_listed_and_their_source_is_named() -> None:
    rendition = everything()
    contents = next(p.xhtml for p in rendition.parts if p.kind == "contents")
    listed = re.findall(r'<li><a href="([^"]+)">(\d+)</a></li>', contents)
    assert [(f"text/{href}", label) for href, label in listed] == [
        (f"{page.part}#{page.fragment}", page.title) for page in rendition.pages
    ]
    assert rendition.page_source.startswith("urn:uuid:") and rendition.page_source != rendition.identifier
    assert {"pageBreakMarkers", "pageNavigation"} <= set(rendition.accessibility.features)
    assert "print edition" in rendition.accessibility.summary


def test_an_epub_without_pages_says_nothing_of_them() -> None:
    log = Log()
    rendition = render(publication(essay(paragraph("x"))), project(Path()), {}, "epub", WHEN, log)
    assert rendition is not None and rendition.pages == () and rendition.page_source == ""
    assert not any("page-list" in p.xhtml or "pagebreak" in p.xhtml for p in rendition.parts)
    assert "pageNavigation" not in rendition.accessibility.features


def test_a_theme_without_the_macro_is_told(tmp_path: Path) -> None:
    styles = tmp_path / "styles"
    styles.mkdir()
    theme = Path(render.__code__.co_filename).parents[1] / "themes/journal/templates/nodes.xhtml"
    text = theme.read_text(encoding="utf-8").replace("macro page_break(", "macro page_brake(")
    (styles / "nodes.xhtml").write_text(text, encoding="utf-8")
    log, pages = Log(), PageMap((Page("1", "text/essay.xhtml"),), {"text/essay.xhtml": ("Anessay", "x")})
    work = publication(essay(paragraph("x")))
    assert render(work, project(tmp_path, styles), {}, "epub", WHEN, log, pages=pages) is None
    assert [(d.rule.name, d.message) for d in log] == [("template-sound", "nodes.xhtml has no macro “page_break”")]
