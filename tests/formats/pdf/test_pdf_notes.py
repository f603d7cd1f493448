"""Every note is printed exactly once."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Any

import pikepdf
import pytest
from pdf_pages import Tag, make, rendition, tags, text_of

SMALL = """
@page body { size: 60mm 60mm; margin: 5mm; @top-center { content: none } @bottom-center { content: none } }
html { font: 10px/14px "Text Serif"; orphans: 1; widows: 1 }
"""


def notes_in(body: str, css: str = "") -> Counter[str]:
    made = make(rendition(body, css=SMALL + css))
    # Their pages are so small that some of these notes have no room beside their calls.
    assert {found.rule.name for found in made.log} <= {"note-beside-call"}
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


# --- in their place --------------------------------------------------------------------------------------------------

WORDS = [
    "the",
    "harbour",
    "winter",
    "trains",
    "border",
    "river",
    "policy",
    "ministers",
    "of",
    "agreement",
    "considerable",
    "reported",
    "between",
    "cranes",
]
BOOK = """
@page body { @footnote { margin-top: 14pt } }
html { font: 10pt/14pt "Text Serif"; orphans: 2; widows: 2 }
p, li { text-align: justify }
h2 { break-after: avoid }
.footnote { footnote-policy: line; font: 8pt/10pt "Text Serif" }
"""


def stress(seed: int, count: int, longest: int = 110) -> str:
    """Give a text with so many notes of all lengths, in paragraphs, quotations, lists and beside headings."""
    dice, made = Random(seed), 0
    out: list[str] = []

    def words(least: int, most: int) -> str:
        return " ".join(dice.choice(WORDS) for _ in range(dice.randint(least, most)))

    def call() -> str:
        nonlocal made
        made += 1
        length = dice.choice([(3, 10), (10, 40), (10, 40), (40, longest)])
        return f'<span class="footnote" id="note-{made}">NOTE{made}. {words(*length)}</span>'

    while made < count:
        kind = dice.random()
        text = words(20, 80) + "".join(f". {words(5, 40)}{call()}" for _ in range(dice.choice([0, 1, 1, 2, 3])))
        if kind < 0.1:
            out.append(f"<h2>{words(2, 5)}</h2>")
        elif kind < 0.2:
            out.append(f"<blockquote><p>{text}</p></blockquote>")
        elif kind < 0.3:
            out.append(f"<ul><li>{words(4, 20)}{call()}</li><li>{words(4, 20)}</li></ul>")
        else:
            out.append(f"<p>{text}</p>")
    return "".join(out)


def places(data: bytes) -> dict[str, tuple[int, int]]:
    """Read from the structure tree on which page each note is called, and on which it stands."""
    found = {}
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        for parent in tags(pdf).walk():
            inside = [kid for kid in parent.kids if isinstance(kid, Tag)]
            for call, body in pairwise(inside):
                if body.role == "Note":
                    found[str(body.data.ID)] = (numbers[_first_page(call)], numbers[_first_page(body)])
    return found


def _first_page(tag: Tag) -> Any:
    """Give the page on which an element begins: its own, or that of what is in it."""
    own = (one.data.Pg.objgen for one in tag.walk() if "/Pg" in one.data)
    return next(own)


def test_every_note_of_a_stress_manuscript_stands_with_its_call() -> None:
    text = stress(5, 150)
    made = make(rendition(text, css=BOOK))
    assert made.told == []
    assert made.written
    found = places(made.written.data)
    assert len(found) == text.count('id="note-') > 100
    assert {name: at for name, at in found.items() if at[0] != at[1]} == {}


def test_a_note_that_cannot_stand_with_its_call_is_told() -> None:
    most = "word " * 280
    body = f"""<p>{"line " * 400}<span class="footnote" id="note-2">SHORT</span></p>
    <p>y<span class="footnote" id="note-3">A {most}</span><span class="footnote" id="note-4">B {most}</span></p>"""
    made = make(rendition(body, css=BOOK))
    told = {found.about: (found.rule.name, found.message.partition("” ")[2]) for found in made.log}
    assert told == {
        "note-4": ("note-beside-call", "finds no room on the page of its call"),
    }


def test_a_note_longer_than_a_page_makes_no_file() -> None:
    body = f"<p>x<span class='footnote' id='note-1'>LONG {'word ' * 1200}</span></p><p>{'line ' * 300}</p>"
    made = make(rendition(body, css=BOOK))
    assert made.written is None
    (found,) = made.log
    assert (found.rule.name, found.about) == ("note-printed", "note-1")
    assert found.message.endswith("is longer than a page, so that its beginning is cut off")


# --- notes that were pushed on -----------------------------------------------------------------------------------------


def shown(body: str) -> list[list[str]]:
    """Give the words in capitals of every page of the essay, and prove that nothing is told but that notes moved."""
    made = make(rendition(body, css=BOOK))
    assert {found.rule.name for found in made.log} == {"note-beside-call"}
    return [re.findall(r"[A-Z]{3,}\d?", text.replace("Running head", "")) for text in text_of(made.written)[1:]]


def pushed(number: int, words: int) -> str:
    return f'<span class="footnote" id="note-{number}">NOTE{number} {"word " * words} END{number}</span>'


@pytest.mark.parametrize("words", [200, 260, 300])
def test_nothing_of_the_text_lies_under_a_note(words: int) -> None:
    """What has no room beside a note that was pushed on goes to the page after it."""
    tall = '<div style="break-inside: avoid; height: 60mm">TALL</div>'
    pages = shown(f"<p>FIRST call{pushed(1, 150)}{pushed(2, words)}</p>{tall}<p>LAST</p>")
    assert pages == [["FIRST", "NOTE1", "END1"], ["NOTE2", "END2"], ["TALL", "LAST"]]


def test_a_line_of_the_text_finds_no_room_either() -> None:
    text = "<p>LINE</p>" * 40
    pages = shown(f"<p>FIRST call{pushed(1, 150)}{pushed(2, 298)}</p>{text}")
    assert pages[1] == ["NOTE2", "END2"]
    again = shown(f"<p>FIRST call{pushed(1, 150)}{pushed(2, 200)}</p>{text}")
    assert 0 < again[1].count("LINE") < 9


def test_notes_pushed_on_do_not_reach_over_the_head() -> None:
    """Two notes that have no room together stand on two pages; by itself the engine puts both on the first."""
    pages = shown(f"<p>FIRST call{pushed(1, 200)}{pushed(2, 200)}{pushed(3, 200)}</p><p>LAST</p>")
    assert [[word for word in page if word.startswith("NOTE")] for page in pages[:3]] == [
        ["NOTE1"],
        ["NOTE2"],
        ["NOTE3"],
    ]


def test_a_line_whose_note_has_no_room_beside_one_pushed_on_goes_to_the_next_page() -> None:
    pages = shown(f"<p>FIRST call{pushed(1, 150)}{pushed(2, 200)}</p><p>SECOND call{pushed(3, 200)}</p>")
    assert pages[1] == ["NOTE2", "END2"]
    assert pages[2] == ["SECOND", "NOTE3", "END3"]


def test_a_paragraph_goes_on_after_a_page_that_notes_filled() -> None:
    """It is in the middle of a line that the page before ended."""
    body = f"<p>{'line ' * 400}call{pushed(1, 150)}{pushed(2, 300)} MIDDLE {'more ' * 400} LAST</p>"
    words = [word for page in shown(body) for word in page]
    assert sorted(words) == ["END1", "END2", "LAST", "MIDDLE", "NOTE1", "NOTE2"]
