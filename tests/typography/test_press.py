"""What is told to the line breaker of the printed page, and that nothing of it is a letter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.agreement import words_of
from publish.document import (
    Cell,
    Code,
    Division,
    Emphasis,
    Figure,
    Image,
    Inlines,
    LineBreak,
    Link,
    Math,
    NoteCall,
    Paragraph,
    Publication,
    Row,
    Strong,
    Table,
)
from publish.metadata import Metadata
from publish.pages import letters
from publish.typography import bare, set_for_press

VISIBLE = str.maketrans({"\u2060": "⁀", "\u200b": "|"})


def pressed(*content: object) -> Inlines:
    division = Division("d", "essay", "body", ("한국어",), (Paragraph(content),))  # type: ignore[arg-type]
    made = set_for_press(Publication(Metadata("T"), (division,))).divisions[0]
    assert made.title == ("한국어",), "a title is a bookmark, too"
    paragraph = made.blocks[0]
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def shown(content: Any) -> str:
    return "".join(shown(one) if not isinstance(one, str) else one for one in getattr(content, "content", content))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("국립 도서관에서 출판", "국⁀립 도⁀서⁀관⁀에⁀서 ⁀출⁀판⁀"),
        ("그는 “안녕”이라고", "그⁀는 “⁀안⁀녕⁀”⁀이⁀라⁀고⁀"),
        ("마크다운(Markdown)을", "마⁀크⁀다⁀운⁀(Markdown)⁀을⁀"),
        ("서울-부산", "서⁀울-부⁀산⁀"),
        ("pp. 3–5, non–stop", "pp. 3–⁀5, non–stop⁀"),
        ("see https://a.org/b-c/d.html?e=f&g.", "see https://|a|.org|/b|-⁀c|/d|.html|?e|=f|&g.⁀"),
        ("either/or, 3.5, a.b", "either/or, 3.5, ⁀a.b⁀"),
    ],
)
def test_where_lines_may_break(typed: str, told: str) -> None:
    assert shown(pressed(typed)).translate(VISIBLE) == told


def test_a_word_goes_on_from_node_to_node() -> None:
    content = pressed(Strong(("굵은",)), "을 ", Emphasis(("기",)), Code("x"), "울")
    assert shown(content[:3]).translate(VISIBLE) == "굵⁀은⁀을 ⁀기"
    assert content[-1] == "울\u2060", "code is no part of a word"


def test_an_address_leads_where_it_led() -> None:
    link = pressed(Link(("https://a.org/b",), "https://a.org/b"))[0]
    assert isinstance(link, Link)
    assert link.target == "https://a.org/b" and bare(shown(link)) == link.target != shown(link)


def test_the_number_of_a_note_stays_with_its_word() -> None:
    first, _, second, *_ = pressed("A word.", NoteCall("1"), " And ", NoteCall("2"), "and more words.")
    assert (first, second) == ("A word.\u2060", " And ")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (("The bank did not think of it.",), "The bank did not think of ⁀it.⁀"),
        (("The bank thought of nothing else.",), "The bank thought of nothing ⁀else.⁀"),
        (("All that it had was considered.",), "All that it had was considered.⁀"),
        (("He was, as it is, to go on.",), "He was, as it is, to go ⁀on.⁀"),
        (("So they said of ", Emphasis(("it",)), "."), "So they said of ⁀it.⁀"),
        (("So said ", Strong(("the ", Emphasis(("other",)))), NoteCall("1")), "So said the ⁀other⁀"),
        (("No.",), "No.⁀"),
        (("It runs on ", Code("x = 123")), "It runs on "),
        (("It runs on ", Code("x")), "It runs ⁀on ⁀"),
        (("This is so for each ", Math("n"), "."), "This is so for each ⁀.⁀"),
        (("Lines of", LineBreak(), "a"), "Lines ofa⁀"),
        (("他说是。",), "他说是。⁀"),
    ],
)
def test_how_a_paragraph_ends(content: tuple[object, ...], told: str) -> None:
    assert (
        shown([one for one in pressed(*content) if not isinstance(one, Code | LineBreak | Math | NoteCall)]).translate(
            VISIBLE
        )
        == told
    )


def test_what_is_no_paragraph_ends_as_it_likes() -> None:
    caption = Figure((Image("a.png"),), ("Not of it.",))
    division = Division("d", "essay", "body", (), (caption,))
    publication = Publication(Metadata("T"), (division,))
    assert set_for_press(publication).divisions[0].blocks[0] is caption


def test_a_cell_may_break_anywhere() -> None:
    table = Table((), (Row((Cell(("한국어",)),)),))
    division = Division("d", "essay", "body", (), (table,))
    publication = Publication(Metadata("T"), (division,))
    assert set_for_press(publication).divisions[0].blocks[0] is table


@given(st.text(alphabet="한국어 ab3–-./:?(“”,https://www.", max_size=40))
def test_no_letter_comes_or_goes(text: str) -> None:
    made = shown(pressed(text)) if text else text
    assert bare(made) == text and letters(made) == letters(text) and words_of(made) == words_of(text)
