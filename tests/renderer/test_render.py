"""Rendering: what an author said, in each medium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from publications import body, element, essay, note, paragraph, publication, rendered

from publish.document import (
    Block,
    Break,
    Cell,
    Code,
    CodeBlock,
    Contributor,
    Div,
    Division,
    Emphasis,
    Figure,
    HtmlBlock,
    Image,
    InlineHtml,
    InlineImage,
    InlineSpan,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteCall,
    Publication,
    Quotation,
    Row,
    Section,
    Strong,
    Table,
)
from publish.project import Style
from publish.rendition import Medium
from publish.typography import bare

MEDIA: tuple[Medium, ...] = ("print", "epub")


def everything() -> Division:
    """Make an essay that holds every kind of node."""
    inline = paragraph(
        "a <b> & c ", Emphasis(("em",)), Strong(("strong",)), Code("x < y"), Link(("there",), "#section"),
        InlineImage("port.png", "a port"), LineBreak(), InlineSpan(("Правда",), language="ru"),
        InlineHtml("sub", ("2",)), NoteCall("n"),
    )  # fmt: skip
    table = Table((Row((Cell(("Year",), header=True),)),), (Row((Cell(("2015",), align="right"),)),), ("When",), id="t")
    figure = Figure((Image("port.png", "cranes", "80%"),), ("The port",), ("Photo: A",), "Archive", "CC BY", id="fig")
    blocks: tuple[Block, ...] = (
        inline, Quotation((paragraph("quoted"),)), CodeBlock("if a < b:\n    pass", "python"),
        List((ListItem((paragraph("one"),)), ListItem((paragraph("two"),), checked=True))),
        List((ListItem((paragraph("three"), paragraph("four"))),), ordered=True, start=3, tight=False),
        table, figure, *(Div(kind, (paragraph(kind),)) for kind in ("epigraph", "pullquote", "note", "verse")),
        Div("signature", (paragraph("A hand"),)), Break(), HtmlBlock("details", (paragraph("more"),)),
        Section(("Section",), 2, (paragraph("text"),), run_in=True, id="section"),
    )  # fmt: skip
    return essay(*blocks, notes=(note("n", "the note"),))


@pytest.mark.parametrize("medium", MEDIA)
def test_every_kind_of_node_is_shown_with_all_its_words(medium: Medium, tmp_path: Path) -> None:
    rendition, log = rendered(publication(everything()), medium, tmp_path)
    assert not len(log)
    assert rendition is not None
    text = bare("".join(word for part in rendition.parts for word in element(rendition, part.name).itertext()))
    for words in (
        "a <b> & c", "em", "strong", "x < y", "there", "Правда", "the note", "quoted", "if a < b:", "one", "two",
        "three", "four", "Year", "2015", "When", "The port", "Photo: A", "Archive", "CC BY", "epigraph", "A hand",
        "more", "Section",
    ):  # fmt: skip
        assert words in text


def test_a_note_is_set_where_it_is_called_in_print_and_apart_in_an_epub(tmp_path: Path) -> None:
    work = publication(essay(paragraph("Called", NoteCall("a"), " here."), notes=(note("a", "Said."),)))
    printed, _ = rendered(work, "print", tmp_path)
    assert 'href="#note-1"' in body(printed, "text/essay.xhtml")
    assert "Said." in body(printed, "text/essay.xhtml")
    epub, _ = rendered(work, "epub", tmp_path)
    assert 'href="notes.xhtml#note-1"' in body(epub, "text/essay.xhtml")
    assert "Said." not in body(epub, "text/essay.xhtml")
    assert 'href="essay.xhtml#noteref-1"' in body(epub, "text/notes.xhtml")


@pytest.mark.parametrize("medium", MEDIA)
def test_notes_are_numbered_through_the_publication(medium: Medium, tmp_path: Path) -> None:
    one = essay(paragraph(NoteCall("x")), notes=(note("x", "first"),), slug="one")
    two = essay(paragraph(NoteCall("x")), notes=(note("x", "second"),), slug="two")
    rendition, _ = rendered(publication(one, two), medium, tmp_path)
    assert ">1</a>" in body(rendition, "text/one.xhtml")
    assert ">2</a>" in body(rendition, "text/two.xhtml")


def test_a_note_called_twice_is_printed_once_and_each_call_has_its_own_id(tmp_path: Path) -> None:
    work = publication(essay(paragraph(NoteCall("a"), " and ", NoteCall("a")), notes=(note("a", "Said."),)))
    markup = body(rendered(work, "print", tmp_path)[0], "text/essay.xhtml")
    assert markup.count("Said.") == 1
    assert 'id="noteref-1"' in markup
    assert 'id="noteref-1-2"' in markup


def test_a_note_called_inside_a_note_follows_it(tmp_path: Path) -> None:
    notes = (note("a", "Outer", NoteCall("b"), " ends."), note("b", "Inner."))
    work = publication(essay(paragraph("Text", NoteCall("a")), notes=notes))
    essay_element = element(rendered(work, "print", tmp_path)[0], "text/essay.xhtml")
    feet = essay_element.findall(".//{*}span[@class='footnote']")
    assert [bare("".join(foot.itertext())) for foot in feet] == ["1 Outer2 ends.", "2 Inner."]
    assert feet[0].find(".//{*}span[@class='footnote']") is None


def test_a_note_that_only_a_note_calls_leads_back_to_that_note(tmp_path: Path) -> None:
    notes = (note("a", "Outer", NoteCall("b")), note("b", "Inner."))
    work = publication(essay(paragraph("Text", NoteCall("a")), notes=notes))
    rendition, _ = rendered(work, "epub", tmp_path)
    assert 'href="essay.xhtml#noteref-1"' in body(rendition, "text/notes.xhtml")
    assert 'href="#noteref-2"' in body(rendition, "text/notes.xhtml")
    assert 'id="noteref-2"' in body(rendition, "text/notes.xhtml")


@pytest.mark.parametrize(("medium", "href"), [("print", "#far"), ("epub", "two.xhtml#far")])
def test_a_link_to_another_division_leads_there_in_both_media(medium: Medium, href: str, tmp_path: Path) -> None:
    one = essay(paragraph(Link(("far",), "#far")), slug="one")
    two = essay(Section(("Far",), 2, (), id="far"), slug="two")
    assert f'href="{href}"' in body(rendered(publication(one, two), medium, tmp_path)[0], "text/one.xhtml")


def test_what_an_author_wrote_is_never_a_template(tmp_path: Path) -> None:
    work = publication(essay(paragraph("{{ 7 * 7 }} {% raw %}"), title=("<script>",)))
    markup = body(rendered(work, "epub", tmp_path)[0], "text/essay.xhtml")
    assert "{{ 7 * 7 }} {% raw %}" in markup
    assert "<script" not in markup


def test_an_introduction_is_signed_at_its_end_unless_it_signs_itself(tmp_path: Path) -> None:
    def introduction(*blocks: Any) -> Division:
        editor = Contributor("An Editor", "edt", "Editor, An")
        return Division("introduction", "introduction", "body", ("Before",), blocks, contributors=(editor,))

    signed = body(
        rendered(publication(introduction(paragraph("Text."))), "print", tmp_path)[0], "text/introduction.xhtml"
    )
    assert signed.rindex("An Editor") > signed.index("Text.")
    own = introduction(paragraph("Text."), Div("signature", (paragraph("E."),)))
    assert "An Editor" not in body(rendered(publication(own), "print", tmp_path)[0], "text/introduction.xhtml")


def test_a_division_s_byline_stands_beside_the_publication_s_authors(tmp_path: Path) -> None:
    guest = Contributor("A Guest", "aut", "Guest, A")
    work = publication(Division("essay", "essay", "body", ("T",), (), contributors=(guest,)))
    rendition, _ = rendered(work, "epub", tmp_path)
    assert "by A Guest" in body(rendition, "text/essay.xhtml")
    assert "An Author" in body(rendition, "text/titlepage.xhtml")
    assert "A Guest" not in body(rendition, "text/titlepage.xhtml")


def test_without_prelims_the_text_begins_at_once(tmp_path: Path) -> None:
    rendition, _ = rendered(publication(essay()), "print", tmp_path, style=Style(prelims=False))
    assert rendition is not None
    assert [part.kind for part in rendition.parts] == ["division"]


@pytest.mark.parametrize("alt", [None, "", "cranes"])
def test_accessibility_is_what_the_pictures_offer(alt: str | None, tmp_path: Path) -> None:
    work = publication(essay(Figure((Image("port.png", alt),), ("The port",))))
    rendition, _ = rendered(work, "epub", tmp_path)
    assert rendition is not None
    assert ("alternativeText" in rendition.accessibility.features) == (alt == "cranes")
    assert ("visual" in rendition.accessibility.modes) == (alt != "")
    assert ("textual" in rendition.accessibility.sufficient) == (alt is not None)


def test_the_outline_follows_the_headings_down_to_the_theme_s_depth(tmp_path: Path) -> None:
    inner = Section(("Deep",), 3, (Section(("Deeper",), 4, (), id="deeper"),), id="deep")
    rendition, _ = rendered(publication(essay(Section(("Top",), 2, (inner,), id="top"))), "epub", tmp_path)
    assert rendition is not None
    (entry,) = rendition.outline
    (top,) = entry.children
    assert (entry.title, top.title, top.fragment, [c.title for c in top.children]) == (
        "An essay",
        "Top",
        "top",
        ["Deep"],
    )
    assert not top.children[0].children


def test_the_identifier_is_the_same_for_the_same_publication(tmp_path: Path) -> None:
    one, _ = rendered(publication(essay()), "epub", tmp_path)
    other, _ = rendered(publication(essay(paragraph("changed"))), "epub", tmp_path)
    assert one is not None
    assert other is not None
    assert one.identifier == other.identifier
    assert one.identifier.startswith("urn:uuid:")


def test_an_author_s_headings_may_be_called_as_the_theme_s_parts_are(tmp_path: Path) -> None:
    names = ("notes", "imprint", "contents", "toc", "cover", "titlepage", "essay-title")
    sections = (Section((name,), 2, (), id=name) for name in names)
    rendition, _ = rendered(
        publication(essay(paragraph(NoteCall("n")), *sections, notes=(note("n", "x"),))), "print", tmp_path
    )
    assert rendition is not None
    ids = [found for part in rendition.parts for e in element(rendition, part.name).iter() if (found := e.get("id"))]
    assert sorted(set(ids)) == sorted(ids)


def two_with_notes() -> Publication:
    first = essay(
        paragraph("a", NoteCall("x"), NoteCall("y")), notes=(note("x", "One."), note("y", "Two.")), title=("First",)
    )
    return publication(first, essay(paragraph("b", NoteCall("x")), notes=(note("x", "Other."),), slug="second"))


@pytest.mark.parametrize(("style", "numbers"), [(Style(), ["1", "2", "3"]), (Style(notes="division"), ["1", "2", "1"])])
def test_notes_have_the_same_numbers_in_every_medium(style: Style, numbers: list[str], tmp_path: Path) -> None:
    for medium in MEDIA:
        rendition, log = rendered(two_with_notes(), medium, tmp_path, style=style)
        assert rendition is not None and not len(log)
        markup = "".join(part.xhtml for part in rendition.parts)
        assert re.findall(r'role="doc-noteref"[^>]*>(\d+)</a>', markup) == numbers
        assert sorted(re.findall(r' id="(note-\d+)"', markup)) == ["note-1", "note-2", "note-3"]
        assert sorted(re.findall(r'href="[^"]*#(note-\d+)"', markup)) == ["note-1", "note-2", "note-3"]


def test_the_notes_of_an_epub_stand_under_their_divisions_and_count_as_they_are_called(tmp_path: Path) -> None:
    rendition, _ = rendered(two_with_notes(), "epub", tmp_path)
    notes = body(rendition, "text/notes.xhtml")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", notes) == ["First", "An essay"]
    assert re.findall(r"<ol([^>]*)>", notes) == ["", ' start="3"']
    anew, _ = rendered(two_with_notes(), "epub", tmp_path, style=Style(notes="division"))
    assert re.findall(r"<ol([^>]*)>", body(anew, "text/notes.xhtml")) == ["", ""]
