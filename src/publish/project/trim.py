"""The finished page's size, by its name or in millimetres or inches."""

from __future__ import annotations

import re

from publish.diagnostics import did_you_mean
from publish.project.unsound import Unsound, cut

Trim = tuple[float, float]

# Width and height in millimetres: ISO 216, British book formats, American trade sizes.
NAMED: dict[str, Trim] = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B5": (176.0, 250.0),
    "B6": (125.0, 176.0),
    "A-format": (111.0, 178.0),
    "B-format": (129.0, 198.0),
    "demy": (138.0, 216.0),
    "royal": (156.0, 234.0),
    "digest": (139.7, 215.9),
    "letter": (215.9, 279.4),
}

PATTERN = r"^\d+(\.\d+)? ?(mm|cm|in)? ?[x×] ?\d+(\.\d+)? ?(mm|cm|in)$"

SMALLEST, LARGEST = 60.0, 600.0

_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}


def trim(text: str) -> Trim:
    """Give width and height in millimetres. Raises Unsound for a size that is unknown or cannot be a book's."""
    if text in NAMED:
        return NAMED[text]
    if not re.match(PATTERN, text, re.ASCII):
        hint = did_you_mean(text, NAMED) or "write a name as A5, or width and height as 148x210mm or 6x9in"
        raise Unsound(f"“{cut(text)}” is not a page size", hint)
    sides = re.findall(r"(\d+(?:\.\d+)?) ?(mm|cm|in)?", text, re.ASCII)
    last = sides[-1][1]
    width, height = (round(float(number) * _MILLIMETRES[unit or last], 2) for number, unit in sides)
    for side in (width, height):
        if not SMALLEST <= side <= LARGEST:
            much = "small" if side < SMALLEST else "large"
            message = f"“{cut(text)}” is no size for a page: {side:g} mm is too {much}"
            raise Unsound(message, f"a page's sides measure {SMALLEST:g} to {LARGEST:g} mm")
    return width, height
