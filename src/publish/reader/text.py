"""The words of one paragraph, heading or cell as one string that still knows where each character was written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Text:
    """Lines joined by line breaks. ``raw`` is the string; ``at`` leads from an index in it to an offset in the file."""

    __slots__ = ("_places", "_shift", "_starts", "raw")

    def __init__(self, raw: str, starts: list[int], places: list[int], shift: int = 0) -> None:
        self.raw = raw
        self._starts = starts
        self._places = places
        self._shift = shift

    @classmethod
    def of(cls, lines: Iterable[tuple[str, int]]) -> Text:
        """Join lines, each given with its offset in the file. White space at the very end is left out."""
        starts: list[int] = []
        places: list[int] = []
        words: list[str] = []
        length = 0
        for line, at in lines:
            starts.append(length)
            places.append(at)
            words.append(line)
            length += len(line) + 1
        return cls("\n".join(words).rstrip(" \t\n"), starts or [0], places or [0])

    @classmethod
    def fixed(cls, raw: str, at: int) -> Text:
        """Make a text whose characters all count as written at one place."""
        return cls(raw, list(range(len(raw) + 1)), [at] * (len(raw) + 1))

    def at(self, index: int) -> int:
        """Give the offset in the file of the character at an index (the end of the text has one too)."""
        index += self._shift
        if len(self._starts) == 1:
            return self._places[0] + index
        line = bisect_right(self._starts, index) - 1
        return self._places[line] + index - self._starts[line]

    def end(self, index: int) -> int:
        """Give the offset in the file just after the character before an index."""
        return self.at(index - 1) + 1 if index > 0 else self.at(0)

    def slice(self, start: int, end: int) -> Text:
        """Give a part of the text; its places stay exact."""
        return Text(self.raw[start:end], self._starts, self._places, self._shift + start)
