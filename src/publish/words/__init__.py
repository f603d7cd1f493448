"""The fixed words of a book ("Contents", "Edited by") in the language it is written in.

One TOML file a language stands beside this module. A language without a file falls back to English; a word that
a language leaves out falls back to English too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "samr", "syrc", "thaa"})


@cache
def _table(language: str) -> Mapping[str, str]:
    path = files(__package__) / f"{language}.toml"
    if not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


def languages() -> tuple[str, ...]:
    """Give the languages that have words of their own."""
    return tuple(sorted(p.name[:-5] for p in files(__package__).iterdir() if p.name.endswith(".toml")))


@cache
def words(language: str) -> Mapping[str, str]:
    """Give the fixed words for a language tag (BCP 47): those of its primary language over those of English."""
    return MappingProxyType({**_table("en"), **_table(language.split("-", maxsplit=1)[0].lower())})


def direction(language: str) -> str:
    """Give the direction a language is written in, ``ltr`` or ``rtl``; a script in its tag decides (``az-Arab``)."""
    primary, *subtags = language.lower().split("-")
    script = next((tag for tag in subtags if len(tag) == len("arab") and tag.isalpha()), "")
    right_to_left = script in RIGHT_TO_LEFT_SCRIPTS if script else primary in RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"


def _locale(language: str) -> str:
    from babel.core import Locale, UnknownLocaleError

    for tag in (language, language.split("-", maxsplit=1)[0]):
        try:
            return str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


def spell_date(date: str, language: str) -> str:
    """Spell an ISO 8601 date (``2016``, ``2016-03``, ``2016-03-02``) out as a reader of the language expects it.

    What is not such a date comes back as it is.
    """
    from datetime import date as Date

    from babel.dates import format_date, format_skeleton

    parts = date.split("-")
    if len(parts) not in (2, 3):
        return date
    try:
        day = Date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 1)
    except ValueError:
        return date
    locale = _locale(language)
    if len(parts) == 3:
        return format_date(day, "long", locale=locale)
    return format_skeleton("yMMMM", day, locale=locale)


def join_names(names: Iterable[str], language: str) -> str:
    """Join names as the language does: ``A, B and C``."""
    from babel.lists import format_list

    names = list(names)
    return names[0] if len(names) == 1 else format_list(names, locale=_locale(language)) if names else ""
