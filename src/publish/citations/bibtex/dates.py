"""Dates in BibTeX: ``date = {2019-03/2019-05}`` (EDTF, as biblatex reads it), or ``year``, ``month`` and ``day``."""

from __future__ import annotations

import re
from typing import Any

_ONE = re.compile(r"^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?([?~%]?)$")
_YEAR = re.compile(r"^(?:c(?:a|irca)?\.?\s*)?(-?\d{1,4})$", re.IGNORECASE)
_YEARS = re.compile(r"^(\d{4})\s*(?:[-–/]|--)\s*(\d{2}|\d{4})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 13, "summer": 14, "autumn": 15, "fall": 15, "winter": 16}
_WORD = re.compile(r"[^\W\d_]+|\d+")

MONTHS = {name: str(number) for number, name in enumerate(_MONTHS, 1)}
"""The strings that every style of BibTeX defines."""


def date(text: str) -> dict[str, Any] | None:
    """Read a date of biblatex's: a day, a month, a season, a year, or a range of them; None when it is none."""
    text = text.strip()
    if not text:
        return None
    ends = [_edtf(part.strip()) for part in text.split("/")] if text.count("/") == 1 else [_edtf(text)]
    if ends[0] is None or (len(ends) > 1 and ends[1] is None):
        return _loose(text)
    parts = [parts for parts, _ in filter(None, ends)]
    made: dict[str, Any] = {"date-parts": parts if len(parts) == 1 or parts[0] else [parts[1]]}
    if any(circa for _, circa in filter(None, ends)):
        made["circa"] = True
    return made


def _edtf(text: str) -> tuple[list[int], bool] | None:
    if text in ("", "..", "open", "unknown", "*"):
        return [], False
    found = _ONE.match(text)
    if found is None:
        return None
    numbers = [int(n) for n in found.groups()[:3] if n is not None]
    if len(numbers) > 1 and not (1 <= numbers[1] <= 12 or 21 <= numbers[1] <= 24):
        return None
    if len(numbers) > 2 and not 1 <= numbers[2] <= 31:
        return None
    return numbers, found[4] in ("?", "~", "%") and bool(found[4])


def _loose(text: str) -> dict[str, Any] | None:
    """Read what people write for years: ``1999/2000``, ``1999--2000``, ``c. 1890``, ``-44``."""
    if found := _YEAR.match(text):
        circa = {"circa": True} if text[0] in "cC" else {}
        return {"date-parts": [[int(found[1])]], **circa}
    if found := _YEARS.match(text):
        begin, end = found.groups()
        return {"date-parts": [[int(begin)], [int(end if len(end) == 4 else begin[:2] + end)]]}
    return None


def from_parts(year: str, month: str, day: str) -> dict[str, Any] | None:
    """Read a date from the fields of BibTeX; what is no number is given back as words ("in press")."""
    made = date(year) or (_loose(year.strip("[]() ")) if year.strip("[]() ") else None)
    if made is None:
        return {"literal": year} if year.strip() else None
    if len(made["date-parts"]) > 1 or len(made["date-parts"][0]) > 1:
        return made
    months, days = _months(month)
    days = [int(day)] if day.strip().isdigit() else days
    number = made["date-parts"][0]
    if months:
        made["date-parts"] = [[*number, m, *days[i : i + 1]] for i, m in enumerate(months[:2])]
    elif month.strip():
        made = {"literal": f"{month.strip()} {year.strip()}"}
    return made


def _months(text: str) -> tuple[list[int], list[int]]:
    """Give the months (13 to 16 are seasons) and the days that a month's field names: ``10~jan``, ``July/August``."""
    months, days = [], []
    for word in _WORD.findall(text.lower()):
        if word.isdigit():
            days.append(int(word))
        elif word[:3] in _MONTHS:
            months.append(_MONTHS.index(word[:3]) + 1)
        elif word in _SEASONS:
            months.append(_SEASONS[word])
    if not months and days and 1 <= days[0] <= 12:
        return days[:1], days[1:2]
    return months, [day for day in days if 1 <= day <= 31]
