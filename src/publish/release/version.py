"""Versions: numbers with points between them, and perhaps a word behind a hyphen for what comes before a version."""

from __future__ import annotations

import re
from functools import total_ordering

from publish.records import dataclass

_FORM = re.compile(
    r"v?(?P<numbers>(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){0,3})"
    r"(?:-(?P<before>[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*))?",
    re.ASCII,
)


@total_ordering
@dataclass(frozen=True)
class Version:
    """``1.2.0``, or ``2.0-draft.1``, which comes before ``2.0``. ``1.2`` and ``1.2.0`` are two, of the same rank."""

    text: str
    numbers: tuple[int, ...]
    before: str = ""

    @staticmethod
    def parse(text: str) -> Version:
        """Read a version, with or without a ``v``; raises ValueError for what is none."""
        found = _FORM.fullmatch(text.strip())
        if found is None or len(text) > 60:
            raise ValueError(text)
        numbers = tuple(map(int, found["numbers"].split(".")))
        return Version(text.strip().removeprefix("v"), numbers, found["before"] or "")

    @property
    def _rank(self) -> tuple[tuple[int, ...], bool, list[tuple[bool, int, str]]]:
        numbers = (*self.numbers, 0, 0, 0, 0)[:4]
        parts = [(not p.isdecimal(), int(p) if p.isdecimal() else 0, p) for p in re.split(r"[.-]", self.before)]
        return numbers, not self.before, parts

    def __lt__(self, other: Version) -> bool:
        return self._rank < other._rank

    @property
    def next(self) -> str:
        """The version that a correction of this one would have."""
        if self.before:
            return ".".join(map(str, self.numbers))
        first, second, third = (*self.numbers, 0, 0)[:3]
        return f"{first}.{second}.{third + 1}"


def is_version(text: str) -> bool:
    """Whether a text is a version."""
    try:
        Version.parse(text)
    except ValueError:
        return False
    return True
