"""Every note is printed exactly once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pdf_pages import make, rendition, text_of

SMALL = """
@page body { size: 60mm 60mm; margin: 5mm; @top-center { content: none } @bottom-center { content: none } }
html { font: 10px/14px "Text Serif"; orphans: 1; widows: 1 }
"""


def notes_in(body: str, css: str = "") -> Counter[str]:
    made = make(rendition(body, css=SMALL + css))
    assert not made.told
    return Counter(re.findall(r"NOTE\d+", " ".join(text_of(made.written))))


def note(number: int, words: int = 6) -> str:
    return f'<span class="footnote">NOTE{number} {"long note text " * words}</span>'


SEE = "a.see::after { content: target-counter(attr(href), page) }"


def reflowing(*, first: bool) -> str:
    """Give a text whose pages are made again once a page number that they print is known.

    The note does not fit on the page of its call and is pushed on to the second. With ``first`` the first page is made
    again (by itself the engine prints the note twice), else the second (by itself it loses the note).
    """
    see = '<a class="see" href="#end">see </a>'
    lines = "".join(f"<p>line {i}</p>" for i in range(8))
    more = "".join(f"<p>more {i}</p>" for i in range(40))
    on_first, on_second = (see, "") if first else ("", see)
    return f"<p>{on_first}first</p>{lines}<p>call{note(1)}</p><p>x</p><p>x</p><p>{on_second}x</p>{more}<p>{see}</p>{more}<p id='end'>END</p>"


@pytest.mark.parametrize("first", [True, False])
def test_pages_made_again_neither_lose_nor_repeat_notes(first: bool) -> None:
    assert notes_in(reflowing(first=first), SEE) == {"NOTE1": 1}


def test_many_notes_among_references_to_pages() -> None:
    paragraphs = "".join(
        f'<p>{"words of the text " * 12}{note(i, i % 7)} and <a class="see" href="#p{(i * 7) % 40}">page </a>'
        f'<span id="p{i}">here</span> {"more words " * (i % 5)}</p>'
        for i in range(40)
    )
    assert notes_in(paragraphs, SEE) == {f"NOTE{i}": 1 for i in range(40)}


def test_a_note_pushed_past_the_last_page() -> None:
    body = (
        f'<p><a class="see" href="#end">see </a></p>{"<p>line</p>" * 26}<p id="end">end{note(1, 12)}{note(2, 12)}</p>'
    )
    assert notes_in(body, SEE) == {"NOTE1": 1, "NOTE2": 1}


@pytest.mark.parametrize(
    "place",
    ["<ul><li>{}</li></ul>", "<h2>{}</h2>", "<table><tr><td>{}</td></tr></table>", "<blockquote>{}</blockquote>"],
)
def test_a_note_in_any_block(place: str) -> None:
    assert notes_in(place.format("call" + note(1))) == {"NOTE1": 1}


def test_a_note_that_the_layout_loses_is_an_error() -> None:
    made = make(rendition(f'<p style="position: absolute">call{note(7)}</p><p>x</p>'))
    assert made.written is None
    (found,) = made.log
    assert (found.rule.name, found.file) == ("note-printed", "essay.xhtml")
    assert "NOTE7" in found.message
    assert "is not printed" in found.message
