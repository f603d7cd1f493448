"""What holds for every text in every language: letters stay, code stays, and what is set stays set."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.agreement import words_of
from publish.document import (
    Code,
    CodeBlock,
    Division,
    Emphasis,
    Inline,
    InlineHtml,
    Inlines,
    InlineSpan,
    LineBreak,
    Link,
    NoteCall,
    Paragraph,
    walk,
)
from publish.typography import set_division, set_text

TABLE = tomllib.loads((files("publish.typography") / "languages.toml").read_text(encoding="utf-8"))
LANGUAGES = st.sampled_from([*sorted(TABLE), "en-GB", "de-AT", "zh-TW", "es-MX", "eo"])
PIECES = (
    *"\"\"''\"'  ..,;:!?-–—()[]/«»“”‘’„\u00a0\u202f…%§№°′",
    *("--", "---", "...", " - ", "'n'", "'tis", "'68", "5'10\"", "1990-1995", "pp. 1-2", "z. B.", "A. B. C"),
    *("it's", "word", "a", "w", "Слово", "안녕", "漢字", "שלום", "5", "10 000 km", "https://example.org", "x=1", "\n"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def kept(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(character for character in text if character.isalnum())


@settings(max_examples=600)
@given(TEXTS, LANGUAGES)
def test_letters_and_digits_stay_and_what_is_set_stays_set(text: str, language: str) -> None:
    made = set_text(text, language)
    assert kept(made) == kept(text)
    assert set_text(made, language) == made


@given(TEXTS, LANGUAGES)
def test_what_is_typed_as_it_should_be_stays(text: str, language: str) -> None:
    made = set_text(text, language)
    for sign in "“”‘’„«»–—…\u00a0\u202f\n":
        assert made.count(sign) >= text.count(sign)


@given(st.text(max_size=40), LANGUAGES)
def test_any_text_at_all(text: str, language: str) -> None:
    made = set_text(text, language)
    assert kept(made) == kept(text)
    assert set_text(made, language) == made


def inlines(depth: int = 2) -> st.SearchStrategy[Inlines]:
    leaves: st.SearchStrategy[Inline] = st.one_of(
        TEXTS.filter(bool),
        TEXTS.map(Code),
        st.just(NoteCall("1")),
        st.just(LineBreak()),
        st.just(Link(('https://example.org/"a"--b...',), 'https://example.org/"a"--b...')),
        TEXTS.map(lambda text: InlineHtml("kbd", (text or "x",))),
    )
    if not depth:
        return st.lists(leaves, max_size=4).map(joined)
    inner = inlines(depth - 1)
    holders = st.one_of(
        inner.map(Emphasis),
        inner.map(lambda content: Link(content, "#there")),
        st.builds(lambda content, language: InlineSpan(content, language=language), inner, LANGUAGES),
    )
    return st.lists(st.one_of(leaves, holders), max_size=5).map(joined)


def joined(items: list[Inline]) -> Inlines:
    """Inline content as the reader makes it: two strings never meet."""
    out: list[Inline] = []
    for item in items:
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        else:
            out.append(item)
    return tuple(out)


def division(content: Inlines, language: str) -> Division:
    blocks = (Paragraph(content), CodeBlock('"it\'s" -- x...'))
    return Division("d", "essay", "body", ("Title",), blocks, language=language)


def untouchable(node: object) -> Iterator[str]:
    for one in walk(node):
        if isinstance(one, Code | CodeBlock):
            yield one.text
        elif isinstance(one, InlineHtml) or (isinstance(one, Link) and one.target.startswith("https")):
            yield from (text for text in walk(one) if isinstance(text, str))


@settings(max_examples=300)
@given(inlines(), LANGUAGES)
def test_a_tree(content: Inlines, language: str) -> None:
    before = division(content, language)
    after = set_division(before)
    assert list(untouchable(after)) == list(untouchable(before))
    words = [kept("".join(text for text in walk(one) if isinstance(text, str))) for one in (before, after)]
    assert words[0] == words[1]
    assert [type(node) for node in walk(after)] == [type(node) for node in walk(before)]
    again = set_division(after)
    assert again == after
    assert again.blocks is after.blocks, "nothing is made anew where nothing changes"


def work(text: str, language: str) -> int:
    """How many lines of Python are run to set a text."""
    lines = 0

    def tracer(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        set_text(text, language)
    finally:
        sys.settrace(before)
    return lines


DENSE = ('"', "'a ", "\"'", " '", '" ', "1-", "1990-1995 ", "«", "--a ", "...", "A. ", "5' 6\" ", "'n")


@pytest.mark.parametrize("language", ["en", "fr", "ru", "pl", "zh"])
@pytest.mark.parametrize("piece", DENSE)
def test_the_work_grows_with_the_length_alone(piece: str, language: str) -> None:
    set_text(piece, language)
    short, long = work(piece * 100, language), work(piece * 400, language)
    assert long < 4.5 * short + 500


@given(TEXTS, LANGUAGES)
def test_no_word_changes(text: str, language: str) -> None:
    """What is compared with a finished file is what its author typed: both must tell it in the same words."""
    assert words_of(set_text(text, language)) == words_of(text)
