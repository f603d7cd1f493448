"""The fixed words of every language, and dates and names as that language writes them."""

from __future__ import annotations

import string
import tomllib
from importlib.resources import files

import pytest

from publish.words import direction, join_names, languages, spell_date, words

ENGLISH = words("en")


def blanks(text: str) -> set[str]:
    """Give the names of the blanks in a phrase."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_a_phrase_has_the_same_blanks_in_every_language(language: str) -> None:
    assert {key: blanks(text) for key, text in words(language).items()} == {k: blanks(t) for k, t in ENGLISH.items()}


@pytest.mark.parametrize("language", sorted(set(languages()) - {"en"}))
def test_no_language_leaves_a_phrase_to_english(language: str) -> None:
    own = tomllib.loads((files("publish.words") / f"{language}.toml").read_text(encoding="utf-8"))
    assert ENGLISH.keys() - own.keys() <= {"isbn", "issn", "doi"}


def test_a_language_without_words_falls_back_to_english() -> None:
    assert words("fi-FI")["contents"] == "Contents"
    assert words("de-AT")["contents"] == "Inhalt"


@pytest.mark.parametrize(
    ("date", "language", "spelled"),
    [
        ("2016-03-02", "en-GB", "2 March 2016"),
        ("2016-03-02", "en-US", "March 2, 2016"),
        ("2016-03-02", "de", "2. März 2016"),
        ("2016-03-02", "ko", "2016년 3월 2일"),
        ("2016-03", "en-GB", "March 2016"),
        ("2016", "ru", "2016"),
        ("some day", "en", "some day"),
        ("2016-02-31", "en", "2016-02-31"),
    ],
)
def test_dates(date: str, language: str, spelled: str) -> None:
    assert spell_date(date, language) == spelled


def test_names_are_joined_as_the_language_does() -> None:
    assert join_names(["Ana", "Ben", "Cem"], "en-GB") == "Ana, Ben and Cem"
    assert join_names(["Ana", "Ben"], "de") == "Ana und Ben"
    assert join_names(["Ana"], "fr") == "Ana"
    assert join_names([], "fr") == ""


def test_direction() -> None:
    assert direction("he-IL") == "rtl"
    assert direction("ru") == "ltr"
    assert direction("az-Arab") == "rtl"
    assert direction("ks-Deva-IN") == "ltr"
