"""Blocks that take whole lines keep the lines that follow level with those before."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest
from pdf_pages import make, rendition

TEXT = "<p>Before.</p>{block}<p>After.</p>"
ODD = '<div class="odd">Inside.</div>'


def baselines(body: str, css: str) -> dict[str, float]:
    """Give the height of the line, in points from the foot of the page, on which each text stands."""
    found: dict[str, float] = {}

    def visit(text: str, page: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            found[text.strip()] = line[4] * page[1] + line[5] * page[3] + page[5]

    written = make(rendition(body, css=css)).written
    assert written is not None
    pypdf.PdfReader(BytesIO(written.data)).pages[0].extract_text(visitor_text=visit)
    return found


def missed(lines: dict[str, float]) -> float:
    """Give by how many points the line after a block misses the lines of 14 points."""
    distance = (lines["Before."] - lines["After."]) % 14
    return min(distance, 14 - distance)


def off_the_grid(css: str, block: str = ODD) -> float:
    """Give by how many points the line after this block misses the grid."""
    return missed(baselines(TEXT.format(block=block), css))


HEIGHTS = [".odd { height: 31.3pt; %s }", ".odd { padding: 3pt; font-size: 7pt; line-height: 9pt; %s }"]


@pytest.mark.parametrize("css", HEIGHTS)
def test_the_line_after_a_block_of_any_height_stands_on_the_grid(css: str) -> None:
    assert off_the_grid(css % "--block-step: 14pt") < 0.1


@pytest.mark.parametrize("css", HEIGHTS)
def test_a_block_that_does_not_ask_is_left_as_it_is(css: str) -> None:
    assert off_the_grid(css % "") > 1


def test_what_is_inside_can_take_it_back() -> None:
    css = ".odd { --block-step: 14pt } .odd * { --block-step: none } .odd p { line-height: 5pt }"
    lines = baselines(TEXT.format(block='<div class="odd"><p>One.</p><p>Two.</p></div>'), css)
    assert lines["One."] - lines["Two."] == pytest.approx(5, abs=0.1)
    assert missed(lines) < 0.1


def test_between_two_rules_the_room_is_shared() -> None:
    css = ".odd { --block-step: 28pt; border-top: 1pt solid; border-bottom: 1pt solid; line-height: 14pt }"
    lines = baselines(TEXT.format(block=ODD), css)
    above, below = lines["Before."] - lines["Inside."], lines["Inside."] - lines["After."]
    assert above == pytest.approx(below, abs=0.1)
