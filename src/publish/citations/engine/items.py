"""The works that a style formats, as it sees them: their fields, and where and how each is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from publish.citations import marks
from publish.citations.marks import QUOTED
from publish.citations.markup import to_marks
from publish.records import dataclass

DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
_PLAIN = frozenset(["id", "type", "language", "URL", "DOI", "PMID", "PMCID", "ISBN", "ISSN"])
_DOUBLE = re.compile(r'"([^"]+)"')
_NESTED = re.compile(r"(?<!\w)‘([^‘’]+)’(?!\w)")
_SINGLE = re.compile(r"(?<![\w’])'([^']+)'(?![\w])")
# The same field under an older or a newer name.
_ALIASES = {
    "title-short": "shortTitle",
    "container-title-short": "journalAbbreviation",
    "event": "event-title",
    "event-title": "event",
}


@dataclass(frozen=True)
class Person:
    """A name in its parts; ``literal`` is that of a body, or one that has no parts."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    particle: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""


@dataclass(frozen=True)
class Day:
    """A date: month 13 to 16 is a season; 0 is what is not known."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True)
class When:
    """One date, or two with ``end`` (``None`` in ``open_ended`` ranges); ``literal`` is one that is only words."""

    begin: Day | None = None
    end: Day | None = None
    open_ended: bool = False
    circa: bool = False
    literal: str = ""


@dataclass
class Work:
    """A record of a bibliography file, made ready for a style; ``data`` is one item of CSL-JSON.

    ``shown`` and ``given`` say how many more names, and how much of given names, tell it from others (disambiguation);
    ``condition`` is whether the style's own means do; ``suffix`` is the letter after its year.
    """

    key: str
    data: Mapping[str, Any]
    number: int = 0
    shown: int = 0
    given: dict[int, int] = field(default_factory=dict)
    condition: bool = False
    suffix: str = ""
    _fields: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """What kind of work it is, in CSL's words."""
        return str(self.data.get("type") or "")

    @cached_property
    def language(self) -> str:
        """Its language's tag, or nothing."""
        return str(self.data.get("language") or "")

    def text(self, name: str) -> str:
        """Give a field as a marked string, or nothing."""
        if name not in self._fields:
            value = self.data.get(name)
            if value is None and name in _ALIASES:
                value = self.data.get(_ALIASES[name])
            self._fields[name] = "" if value is None or isinstance(value, dict | list) else _marked(name, str(value))
        return self._fields[name]

    def people(self, role: str) -> tuple[Person, ...]:
        """Give those with a role; a last one named "others" says that there are more."""
        value = self.data.get(role)
        return tuple(_person(v) for v in value) if isinstance(value, list) else ()

    def date(self, name: str) -> When | None:
        """Give a date, or None."""
        value = self.data.get(name)
        return _when(value) if isinstance(value, Mapping) else None

    def has(self, name: str) -> bool:
        """Whether it has a field of this name, of whatever kind."""
        if name in DATES:
            return self.date(name) is not None
        return bool(self.people(name) or self.text(name))


@dataclass
class Item:
    """A work where a style formats it: once in the bibliography, once wherever it is cited.

    ``positions`` are CSL's (``first``, ``ibid`` ...); ``together`` is the number of the citation it stands in.
    """

    work: Work
    label: str = ""
    locator: str = ""
    positions: frozenset[str] = frozenset()


def _marked(name: str, value: str) -> str:
    """Turn CSL's HTML into marks, and typewriter signs into printed ones."""
    return marks.plain(value).strip() if name in _PLAIN else _typographic(to_marks(value))


def _typographic(text: str) -> str:
    text = re.sub(r"\.{3,}", "…", text)
    text = _DOUBLE.sub(lambda m: QUOTED.around(m[1]), text)
    text = re.sub(r"“([^“”]*)”", lambda m: QUOTED.around(m[1]), text)
    text = _SINGLE.sub(lambda m: QUOTED.around(m[1]), text)
    text = _NESTED.sub(lambda m: QUOTED.around(m[1]), text)
    return text.replace("'", "’")


def _person(value: Any) -> Person:
    if not isinstance(value, Mapping):
        return Person(literal=_typographic(str(value)))
    part = {
        k: _marked("name", str(v)) for k, v in value.items() if isinstance(v, str | int) and not isinstance(v, bool)
    }
    if part.get("literal"):
        return Person(literal=part["literal"])
    if not part.get("family"):
        return Person(literal=part.get("given", ""))
    return Person(
        part["family"],
        part.get("given", ""),
        part.get("dropping-particle", ""),
        part.get("non-dropping-particle", ""),
        part.get("suffix", ""),
        bool(value.get("comma-suffix")),
    )


def _when(value: Mapping[str, Any]) -> When | None:
    circa = bool(value.get("circa"))
    parts = [_day(part, value.get("season")) for part in value.get("date-parts") or () if isinstance(part, list)]
    days = [day for day in parts if day is not None]
    if days:
        open_ended = len(parts) > 1 and len(days) == 1
        return When(days[0], days[1] if len(days) > 1 else None, open_ended, circa)
    literal = value.get("literal") or value.get("raw")
    return When(circa=circa, literal=_typographic(str(literal))) if literal else None


def _day(part: list[Any], season: Any) -> Day | None:
    try:
        numbers = [int(n) for n in part]
    except (TypeError, ValueError):
        return None
    if not numbers or (numbers[0] == 0 and len(numbers) > 1 and not any(numbers)):
        return None
    year, month, day = (*numbers, 0, 0)[:3]
    if season and not month and str(season).isdigit():
        month = 12 + int(season)
    if 21 <= month <= 24:
        month -= 8
    return Day(year, month if 0 <= month <= 16 else 0, day if 0 <= day <= 31 else 0)
