"""What an EPUB does for screens and for readers who hear it, and print does otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from publications import METADATA, element, essay, paragraph, publication, rendered

from publish.document import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Div,
    Emphasis,
    Equation,
    LineBreak,
    Link,
    Publication,
    Row,
    Section,
    Table,
)
from publish.rendition import Medium
from publish.typography import bare

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
NAMES = ("Year", "Country", "Exports", "Imports", "Balance")


def row(*words: str, head: bool = False) -> Row:
    """Make a row of cells of a word each."""
    return Row(tuple(Cell((word,) if word else (), header=head) for word in words))


def table(columns: int, rows: int = 2) -> Table:
    """Make a plain table."""
    body = tuple(row(*(f"{name} {number}" for name in NAMES[:columns])) for number in range(rows))
    return Table((row(*NAMES[:columns], head=True),), body, ("Trade",), id="t")


def shown(folder: Path, medium: Medium, *blocks: Block, language: str = "en-GB") -> Element:
    """Render an essay of blocks; give its part's tree."""
    work = publication(essay(*blocks))
    work = replace(work, metadata=replace(METADATA, language=language))
    return element(rendered(work, medium, folder)[0], "text/essay.xhtml")


def test_a_table_of_many_columns_names_the_column_of_each_cell(tmp_path: Path) -> None:
    tree = shown(tmp_path, "epub", table(5))
    assert [box.get("class") for box in tree.iter(f"{XHTML}div") if "table" in box.get("class", "")] == ["table wide"]
    assert [cell.get("data-label") for cell in tree.iter(f"{XHTML}td")] == [*NAMES, *NAMES]


@pytest.mark.parametrize(("medium", "columns"), [("epub", 4), ("print", 5)])
def test_other_tables_stay_as_they_are(medium: Medium, columns: int, tmp_path: Path) -> None:
    tree = shown(tmp_path, medium, table(columns))
    boxes = [box for box in tree.iter(f"{XHTML}div") if "table" in box.get("class", "")]
    assert [(box.get("class"), box.get("tabindex")) for box in boxes] == [("table", None)]
    assert not any(cell.get("data-label") for cell in tree.iter(f"{XHTML}td"))


@pytest.mark.parametrize(("rows", "moves"), [(3, True), (40, False)])
def test_a_wide_table_whose_cells_reach_over_columns_moves_unless_it_is_long(
    rows: int, moves: bool, tmp_path: Path
) -> None:
    plain = table(5, rows)
    over = replace(plain, body=(Row((Cell(("All",), colspan=5),)), *plain.body[1:]))
    tree = shown(tmp_path, "epub", over)
    (box,) = (box for box in tree.iter(f"{XHTML}div") if "table" in box.get("class", ""))
    wanted = ("table moves", "region", "0", "Trade") if moves else ("table", None, None, None)
    assert tuple(box.get(name) for name in ("class", "role", "tabindex", "aria-label")) == wanted


@pytest.mark.parametrize("medium", ["epub", "print"])
def test_a_heading_without_words_heads_no_column(medium: Medium, tmp_path: Path) -> None:
    tree = shown(tmp_path, medium, Table((row("", "One", head=True),), (row("a", "b"),)))
    (head,) = tree.iter(f"{XHTML}thead")
    assert [cell.tag for cell in head.iter() if cell.tag in (f"{XHTML}th", f"{XHTML}td")] == [
        f"{XHTML}td",
        f"{XHTML}th",
    ]


@pytest.mark.parametrize("medium", ["epub", "print"])
def test_a_line_of_verse_is_an_element_that_can_turn_over_further_in(medium: Medium, tmp_path: Path) -> None:
    stanza = paragraph("Ring ", Emphasis(("once",)), LineBreak(), "twice")
    tree = shown(tmp_path, medium, Div("verse", (stanza, paragraph("again"))), paragraph("One", LineBreak(), "two"))
    lines = ["".join(line.itertext()) for line in tree.iter(f"{XHTML}span") if line.get("class") == "line"]
    assert lines == (["Ring once", "twice", "again"] if medium == "epub" else [])
    assert len(list(tree.iter(f"{XHTML}br"))) == 2


@pytest.mark.parametrize(("medium", "pieces"), [("epub", 4), ("print", 1)])
def test_an_address_says_where_a_line_of_a_screen_may_end(medium: Medium, pieces: int, tmp_path: Path) -> None:
    address = "https://example.org/harbour"
    tree = shown(tmp_path, medium, paragraph(Link((address,), address), Link(("the office",), address)))
    own, worded = (link for link in tree.iter(f"{XHTML}a") if link.get("href") == address)
    assert len(list(own.itertext())) == pieces
    assert "".join(own.itertext()).replace("\u200b", "") == address
    assert [bare(text) for text in worded.itertext()] == ["the office"]


def test_a_formula_names_its_drawing_which_the_epub_holds(tmp_path: Path) -> None:
    made, _ = rendered(publication(essay(Equation("E = mc^2"))), "epub", tmp_path)
    assert made is not None
    (formula,) = element(made, "text/essay.xhtml").iter(f"{MATHML}math")
    name = formula.get("altimg", "").removeprefix("../")
    drawing = made.resource(name)
    assert drawing is not None and drawing.media_type == "image/svg+xml" and b"<svg" in drawing.data
    assert formula.get("alttext") == "E = mc^2"
    assert float(formula.get("altimg-width", "").removesuffix("em")) > 2


@pytest.mark.parametrize(("medium", "tags"), [("epub", ["h2", "h3", "h4", "h2"]), ("print", ["h3", "h5", "h6", "h2"])])
def test_headings_go_down_a_level_at_a_time(medium: Medium, tags: list[str], tmp_path: Path) -> None:
    third = Section(("Three",), 6, (paragraph("c"),), id="three")
    second = Section(("Two",), 5, (paragraph("b"), third), id="two")
    first = Section(("One",), 3, (paragraph("a"), second), id="one")
    tree = shown(tmp_path, medium, first, Section(("Four",), 2, (paragraph("d"),), id="four"))
    found = [one.tag.removeprefix(XHTML) for one in tree.iter() if one.get("id") in ("one", "two", "three", "four")]
    assert found == tags


@pytest.mark.parametrize(("language", "direction"), [("he", "ltr"), ("en", None)])
def test_code_runs_from_left_to_right_in_every_language(language: str, direction: str | None, tmp_path: Path) -> None:
    blocks = (paragraph("a ", Code("x = 1")), CodeBlock("print(x)"))
    tree = shown(tmp_path, "epub", *blocks, language=language)
    (inline,) = (code for code in tree.iter(f"{XHTML}code") if code.text == "x = 1")
    (block,) = tree.iter(f"{XHTML}pre")
    assert (inline.get("dir"), block.get("dir")) == (direction, direction)


def test_a_publication_in_hebrew_is_written_from_right_to_left(tmp_path: Path) -> None:
    work: Publication = replace(publication(essay(paragraph("א"))), metadata=replace(METADATA, language="he"))
    made, _ = rendered(work, "epub", tmp_path)
    assert made is not None
    assert all(' dir="rtl"' in part.xhtml.partition("<head>")[0] for part in made.parts)
