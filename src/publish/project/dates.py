"""Dates as publications bear them: a year, a month or a day (ISO 8601-1:2019, 5.2.2)."""

from __future__ import annotations

import datetime
import re

from publish.project.unsound import Unsound, cut

PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date(text: str) -> str:
    """Give the date as it stands: ``2016``, ``2016-03`` or ``2016-03-02``. Raises Unsound for anything else."""
    if not re.match(PATTERN, text, re.ASCII):
        instead = _suggestion(cut(text))
        hint = "" if instead else "write a date as 2016-03-02, 2016-03 or 2016"
        raise Unsound(f"“{cut(text)}” is not a date", hint, instead)
    year, month, day = (int(part) for part in [*text.split("-"), "1", "1"][:3])
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise Unsound(f"there is no day {text}") from None
    return text


def _suggestion(text: str) -> str:
    """Give ``2016-03-02`` for a date written with the month's English name, or in numbers in that order."""
    loose = re.match(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$", text, re.ASCII)
    if loose:
        return _write(*(int(part) for part in loose.groups()))
    words = re.findall(r"[^\W\d_]+|\d+", text)
    months = [_MONTHS.index(w[:3].lower()) + 1 for w in words if w[:3].lower() in _MONTHS]
    years = [int(w) for w in words if re.fullmatch(r"\d{4}", w, re.ASCII)]
    days = [int(w) for w in words if re.fullmatch(r"\d{1,2}", w, re.ASCII)]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        return ""
    return _write(years[0], months[0], *days)


def _write(year: int, month: int, day: int | None = None) -> str:
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
