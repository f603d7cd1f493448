"""How a first paragraph is taken apart, as an editor can read it, and what becomes of it in either medium.

Each line is a paragraph's beginning as typed; behind the arrow stand its opening quotation mark (if it has one), its
initial, the rest of its word and the words that go with it. ⎵ stands for a narrow no-break space.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from publications import body, essay, paragraph, publication, rendered

from publish.document import Division, Emphasis, Inlines, Paragraph, Section
from publish.project import Style
from publish.renderer.openings import LONG_ENOUGH, first_paragraph, opening

CASES = Path(__file__).parent.parent / "cases" / "renderer" / "openings.txt"
LONG = " It goes on as paragraphs do." * 9


def content(typed: str) -> Inlines:
    """Make a paragraph's content of a line in which *this* is emphasis; long enough to stand beside an initial."""
    parts = re.split(r"\*(.+?)\*", typed.replace("« ", "«\u202f").replace(" »", "\u202f»") + LONG)
    return tuple(Emphasis((part,)) if index % 2 else part for index, part in enumerate(parts) if part)


def taken_apart(typed: str) -> str:
    found = opening(Paragraph(content(typed)))
    if found is None:
        return "plain"
    pieces = (found.quote, found.initial, found.rest, found.words)
    return "|".join(piece for piece in pieces if piece).replace("\u202f", "⎵")


@pytest.mark.parametrize(
    ("typed", "apart"), re.findall(r"^(.+)\n→ (.+)$", CASES.read_text(encoding="utf-8"), re.MULTILINE)
)
def test_a_beginning(typed: str, apart: str) -> None:
    assert taken_apart(typed) == apart


def test_no_word_is_lost() -> None:
    typed = "“Just as the *treaty* says,” he wrote."
    found = opening(Paragraph(content(typed)))
    assert found is not None
    assert found.word + found.words + str(found.after[0]) == "“Just as the "


def test_a_short_paragraph_has_no_room_for_an_initial() -> None:
    assert opening(paragraph("Order was kept." + "x" * (LONG_ENOUGH - 16))) is None


def test_what_stands_under_a_heading_does_not_open_the_division() -> None:
    below = paragraph("Below.")
    assert first_paragraph(essay(Section(("A heading",), 2, (below,)), below)) is None
    assert first_paragraph(essay(below)) is below


def shown(division: Division, medium: str, folder: Path, style: Style) -> str:
    made, log = rendered(publication(division), medium, folder, style=style)  # type: ignore[arg-type]
    assert not log.failed
    return body(made, f"text/{division.slug}.xhtml")


def test_the_two_media(tmp_path: Path) -> None:
    division = essay(paragraph("Order was kept by both." + LONG), paragraph("Order." + LONG))
    style = Style(openings="drop-cap-and-small-caps")
    printed, screen = (shown(division, medium, tmp_path, style) for medium in ("print", "epub"))
    assert 'data-publish-word="Order"><span class="initial" data-letter="O">O</span>' in printed
    assert '<p class="opens drop-cap"><span class="lead small-caps">Order was kept</span> by both.' in screen
    assert printed.count("initial") == screen.count("opens") == 1, "the first paragraph alone"
    assert "opens" not in shown(division, "print", tmp_path, Style())
    assert "initial" not in shown(division, "print", tmp_path, Style(openings="small-caps"))


def test_divisions_that_are_no_prose_and_those_read_from_the_right_begin_plainly(tmp_path: Path) -> None:
    style = Style(openings="drop-cap")
    text = essay(paragraph("Order was kept by both." + LONG))
    for other in (replace(text, role="colophon", matter="back"), replace(text, language="he")):
        assert "opens" not in shown(other, "print", tmp_path, style)


def test_ancient_greek_has_no_small_capitals(tmp_path: Path) -> None:
    style = Style(openings="drop-cap-and-small-caps")
    text = essay(paragraph("Ἀρχὴ τοῦ εὐαγγελίου." + LONG))
    assert "small-caps" not in shown(text, "print", tmp_path, style)
