"""What runs over the edge of the paper is told: it would be cut off, or be on no page at all."""

from __future__ import annotations

import pytest
from pdf_pages import make, rendition

LONG = "counterrevolutionary" * 6  # which no dictionary divides here
NARROW = "@page body { size: 60mm 60mm; margin: 5mm } html { hyphens: none }"


def told(body: str, css: str = "") -> list[tuple[str, str]]:
    return [(d.about, d.message) for d in make(rendition(body, css=NARROW + css)).log if d.rule.name == "nothing-lost"]


def test_a_word_longer_than_the_page_is_told() -> None:
    ((about, message),) = told(f"<p>This is the {LONG} word.</p><p>This is {LONG}.</p>")
    assert about == LONG
    assert message == f"“{LONG[:59]}…” runs over the edge of the page, and 1 other piece of text there"


def test_a_table_wider_than_the_page_is_told() -> None:
    row = "".join(f"<td>international{n}</td>" for n in range(6))
    made = make(rendition(f"<table><tr><td>x</td></tr></table><table><tr>{row}</tr></table>", css=NARROW))
    ((about, message),) = [(d.about, d.message) for d in made.log if d.rule.name == "inside-page"]
    assert (about, message) == ("table 2", "this table is wider than the page")
    assert told(f"<table><tr>{row}</tr></table>") == [], "its words are part of it"


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ("<p>Words that fit on their lines, as words do, and go on and on until the page is full of them.</p>", ""),
        (f"<p>{LONG}</p>", "p { overflow-wrap: anywhere }"),
        ("<p class='turned'>Turned by a quarter, this stands upright on the page.</p>",
         ".turned { width: 100mm; transform: rotate(-90deg); transform-origin: 20mm 20mm }"),
        (f"<p class='hidden'>{LONG}</p>", ".hidden { visibility: hidden }"),
    ],
    ids=["words", "broken", "turned", "hidden"],
)  # fmt: skip
def test_what_stands_on_the_page_is_not(body: str, css: str) -> None:
    assert told(body, css) == []
