"""A text that somebody wrote, and places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from typing import NamedTuple

from publish.records import dataclass


class Position(NamedTuple):
    """A place as an editor counts it: line and column both begin at 1; a column is a character."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A file's text under the name by which the editor knows it.

    ``name`` is a path relative to where the command ran or to the publication, with forward slashes.
    """

    name: str
    text: str = field(repr=False)
    _starts: list[int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        starts = [0]
        starts.extend(end.end() for end in re.finditer("\n", self.text))
        object.__setattr__(self, "_starts", starts)

    @property
    def line_count(self) -> int:
        """How many lines the text has; an empty text has one."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Give the line and column of a character offset; past the end means the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """Give the character offset of a line and column, held inside that line."""
        line = max(1, min(line, self.line_count))
        start = self._starts[line - 1]
        return min(start + max(0, column - 1), start + len(self.line(line)))

    def line(self, number: int) -> str:
        """Give one line (from 1) without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < self.line_count else len(self.text)
        return self.text[start:end].rstrip("\r")

    def span(self, start: int, end: int | None = None) -> Span:
        """Give the span from one character offset up to another (default: of no length)."""
        return Span(self, start, start if end is None else end)

    def span_of_line(self, number: int) -> Span:
        """Give the span of one line's words, without the white space around them."""
        start, text = self.offset(number), self.line(number)
        lead = len(text) - len(text.lstrip())
        return Span(self, start + lead, start + max(lead, len(text.rstrip())))


@dataclass(frozen=True)
class Span:
    """A stretch of a source: character offsets ``start`` (counted in) to ``end`` (counted out)."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def begin(self) -> Position:
        """Where the stretch begins."""
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        """Where the stretch ends: the first position after it."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """The characters of the stretch."""
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.begin
        return f"{self.source.name}:{line}:{column}"
