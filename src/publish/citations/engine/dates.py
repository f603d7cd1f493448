"""Dates and their parts (CSL 1.0.2, "Date", "Date Ranges")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from citeproc import model

from publish.citations.cases import recase
from publish.citations.engine.elements import Stated
from publish.citations.engine.items import Day, Item, When
from publish.citations.engine.state import State
from publish.citations.marks import YEAR_SUFFIX
from publish.records import dataclass

_UNITS = ("year", "month", "day")


@dataclass(frozen=True)
class _Part:
    """A part of a date as the style wants it: the locale's element with the style's own wishes over it."""

    element: Any
    wishes: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.wishes["name"]


class Date(Stated, model.Date):
    """``cs:date``. citeproc-py loses the year of a range inside one year, lets one date's wishes leak into the locale
    that all dates share, and has no year suffixes.
    """

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give a date in the form asked for."""
        state, variable = self.state(), self.get("variable")
        when = item.work.date(variable)
        if not state.take(variable, when) or when is None:
            return None
        if when.begin is None:
            return self.finished(when.literal)
        parts, delimiter = self._parts(state)
        if state.sorting is not None:
            return _sortable(when, parts)
        suffix = "" if state.explicit_suffix or state.suffixed or variable != "issued" else item.work.suffix
        state.suffixed = state.suffixed or (bool(suffix) and any(part.name == "year" for part in parts))
        printer = _Printer(self, parts, delimiter, state, suffix)
        return self.finished(printer.range(when) if when.end or when.open_ended else printer.day(when.begin))

    def _parts(self, state: State) -> tuple[list[_Part], str]:
        own = {part.get("name"): part for part in self.findall("cs:date-part", self.nsmap)}
        form = self.get("form")
        if form is None:
            return [_Part(part, dict(part.attrib)) for part in own.values()], self.get("delimiter", "")
        shown = self.get("date-parts", "year-month-day").split("-")
        local = self.get_date(form)
        if local is None:
            return [], ""
        parts = []
        for part in local.findall("cs:date-part", self.nsmap):
            name = part.get("name")
            if name in shown:
                wishes = dict(own[name].attrib) if name in own else {}
                parts.append(_Part(part, {**part.attrib, **_without_affixes(wishes)}))
        return parts, local.get("delimiter", "")


def _without_affixes(wishes: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in wishes.items() if k not in ("prefix", "suffix")}


def _sortable(when: When, parts: list[_Part]) -> str:
    names = [part.name for part in parts]
    days = [day for day in (when.begin, when.end) if day is not None]
    return "-".join("".join(_padded(day, unit) for unit in _UNITS if unit in names) for day in days)


def _padded(day: Day, unit: str) -> str:
    value = int(getattr(day, unit))
    return f"{value + 10000:05}" if unit == "year" else f"{value:02}"


@dataclass(frozen=True)
class _Printer:
    """Prints dates; the year of the first one is followed by the suffix that tells a work from others."""

    date: Any
    parts: list[_Part]
    delimiter: str
    state: State
    suffix: str

    def day(self, day: Day) -> str:
        """Give one date."""
        texts = [text for part in self.parts if (text := self._part(part, day))]
        return str(model.join(texts, self.delimiter)) if texts else ""

    def range(self, when: When) -> str:
        """Give a range: what both dates share once, what tells them apart on both sides of a dash."""
        begin = when.begin
        assert begin is not None
        if when.end is None:
            return f"{self.day(begin)}–"
        apart = self._apart(begin, when.end)
        places = [i for i, part in enumerate(self.parts) if part.name in apart]
        if not places:
            return self.day(begin)
        first, last = places[0], places[-1] + 1
        before = self._run(self.parts[:first], begin)
        one = self._run(self.parts[first:last], begin).rstrip(" ,")
        other = self._run(self.parts[first:last], when.end, suffix=False).lstrip(" ,")
        after = self._run(self.parts[last:], begin)
        if not other:
            return self.day(begin)
        dash = next(
            (p.wishes["range-delimiter"] for p in self.parts if p.name == apart[0] and "range-delimiter" in p.wishes),
            "–",
        )
        texts = [text for text in (before, f"{one}{dash}{other}", after) if text]
        return str(model.join(texts, self.delimiter))

    def _apart(self, begin: Day, end: Day) -> list[str]:
        units = [unit for unit in _UNITS if any(part.name == unit for part in self.parts)]
        for place, unit in enumerate(units):
            if getattr(begin, unit) != getattr(end, unit):
                return units[place:]
        return []

    def _run(self, parts: list[_Part], day: Day, *, suffix: bool = True) -> str:
        texts = [text for part in parts if (text := self._part(part, day, suffix=suffix))]
        return str(model.join(texts, self.delimiter)) if texts else ""

    def _part(self, part: _Part, day: Day, *, suffix: bool = True) -> str:
        text = getattr(self, f"_{part.name}")(part, day)
        if not text:
            return ""
        if part.wishes.get("strip-periods") == "true":
            text = text.replace(".", "")
        if part.name == "year" and suffix:
            text += YEAR_SUFFIX.around(self.suffix)
        text = recase(text, part.wishes.get("text-case"), english=True)
        return f"{part.wishes.get('prefix', '')}{part.element.format(text)}{part.wishes.get('suffix', '')}"

    def _year(self, part: _Part, day: Day) -> str:
        words = self.state.words
        if part.wishes.get("form") == "short":
            return f"{abs(day.year) % 100:02}"
        era = words.get("bc") if day.year < 0 else words.get("ad") if day.year < 1000 else ""
        return f"{abs(day.year)}{era}"

    def _month(self, part: _Part, day: Day) -> str:
        form = part.wishes.get("form", "long")
        if not day.month:
            return ""
        if day.month > 12:
            return self.state.words.get(f"season-{day.month - 12:02}")
        if form.startswith("numeric"):
            return f"{day.month:02}" if form == "numeric-leading-zeros" else str(day.month)
        return self.state.words.get(f"month-{day.month:02}", form)

    def _day(self, part: _Part, day: Day) -> str:
        form = part.wishes.get("form", "numeric")
        if not day.day:
            return ""
        only_first = (self.date.get_locale_option("limit-day-ordinals-to-day-1") or "").lower() == "true"
        if form == "ordinal" and not (only_first and day.day > 1):
            return self.state.words.ordinal(day.day)
        return f"{day.day:02}" if form == "numeric-leading-zeros" else str(day.day)
