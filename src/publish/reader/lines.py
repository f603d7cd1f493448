"""The lines of a manuscript, read one after another, each knowing where it stands in the author's file.

A container (a quotation, an item of a list, a note) holds the lines that carry its marks. It never copies them:
``Lines`` hands on what the container above it holds, with the container's own marks taken off. So a file is read
once, however deeply its containers nest, and nothing is read twice when a container ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

_END_OF_LINE = re.compile(r"\r\n|\n|\r")
_TAB = 4


class Line(str):
    """What a line says, without the white space before it and without its end.

    ``at`` is the offset in the file of the first character; ``column`` is where that character stands when tabs
    are set every four columns; ``indent`` is how many of those columns are white space inside the container;
    ``lead`` is the white space as written since the last container's mark, and ``edge`` the column where it begins.
    """

    at: int
    column: int
    indent: int
    lead: str
    edge: int
    __slots__ = ("at", "column", "edge", "indent", "lead")

    def __new__(cls, words: str, at: int, column: int, indent: int, lead: str, edge: int) -> Line:
        """Make a line; see above for what the numbers are."""
        line = super().__new__(cls, words)
        line.at, line.column, line.indent = at, column, indent
        line.lead, line.edge = lead, edge
        return line

    def dedent(self, columns: int) -> Line:
        """Take columns of white space off the front."""
        return Line(self, self.at, self.column, max(0, self.indent - columns), self.lead, self.edge)

    def after(self, count: int) -> Line:
        """Give what follows the first ``count`` characters, which are a container's mark."""
        return measured(self[count:], self.at + count, self.column + count)

    def part(self, start: int, end: int | None = None) -> tuple[str, int]:
        """Give a slice of the line and its offset in the file."""
        return self[start:end], self.at + start

    def code(self, indent: int) -> str:
        """Give the line to the letter, with the white space that is left when so many columns of it are taken off."""
        wanted = max(0, self.indent - indent)
        if "\t" not in self.lead:
            return " " * wanted + self
        first = self.column - wanted
        kept, here = "", self.edge
        for character in self.lead:
            after = here + (_TAB - here % _TAB if character == "\t" else 1)
            if here >= first:
                kept += character
            elif after > first:
                kept += " " * (after - first)
            here = after
        return kept + self

    @property
    def end(self) -> int:
        """The offset in the file of the end of the line's words."""
        return self.at + len(self.rstrip())


def _after(lead: str, column: int) -> int:
    for character in lead:
        column += _TAB - column % _TAB if character == "\t" else 1
    return column


def measured(text: str, at: int, column: int = 0) -> Line:
    """Make a line of a text that begins at an offset of the file and at a column of its line."""
    words = text.lstrip(" \t")
    lead = text[: len(text) - len(words)]
    width = len(lead) if "\t" not in lead else _after(lead, column) - column
    return Line(words, at + len(lead), column + width, width, lead, column)


def split(text: str, start: int) -> list[Line]:
    """Cut a file's text into lines from an offset on; every line's ``at`` counts from the file's beginning."""
    lines: list[Line] = []
    at = start
    for end in _END_OF_LINE.finditer(text, start):
        lines.append(measured(text[at : end.start()], at))
        at = end.end()
    if at < len(text):
        lines.append(measured(text[at:], at))
    return lines


# Gives a line without the container's marks, or None when the line is not the container's.
Own: TypeAlias = Callable[[Line], Line | None]


class Lines:
    """The lines of a file, or those of one container in it; ``peek`` and ``take`` until there are no more."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.above: Lines | None = None
        self._root = self
        self._lines = lines
        self._index = 0
        self._own: Own | None = None
        self._first: Line | None = None
        self._opened = self._seen = -1
        self._line: Line | None = None
        self._lazy = -1
        self.closes: Callable[[Line], bool] | None = None

    def inside(self, own: Own, first: Line | None = None) -> Lines:
        """Give the lines of a container that opens here.

        ``first`` is what follows the container's mark on the line where it opens; without it the container's lines
        begin with the next one, as ``own`` sees it.
        """
        lines = Lines(())
        lines.above, lines._root, lines._own = self, self._root, own
        lines._first, lines._opened = first, self._root._index if first is not None else -1
        return lines

    def peek(self) -> Line | None:
        """Give the next line, or None at the end of the container."""
        index = self._root._index
        if self._seen != index:
            self._line, self._seen = self._at(index), index
        return self._line

    def ahead(self, count: int = 1) -> Line | None:
        """Give the line so many lines after the next one, if it is the container's too."""
        return self._at(self._root._index + count)

    def _at(self, index: int) -> Line | None:
        if self.above is None:
            return self._lines[index] if index < len(self._lines) else None
        if index == self._opened:
            return self._first
        line = self.above.peek() if index == self._root._index else self.above._at(index)
        return None if line is None or self._own is None else self._own(line)

    def take(self) -> Line:
        """Read the next line. Raises IndexError at the end of the container."""
        line = self.peek()
        if line is None:
            raise IndexError("no line is left")
        self._root._index += 1
        return line

    def lazy(self) -> Line | None:
        """Give the line after the container's end, which a paragraph still open there may take for its own."""
        if self.above is None:
            return None
        line = self.above.peek()
        return line if line is not None else self.above.lazy()

    def take_lazy(self) -> Line:
        """Read that line. Raises IndexError at the end of the file."""
        line = self.lazy()
        if line is None:
            raise IndexError("no line is left")
        self._root._index += 1
        self._root._lazy = self._root._index
        return line

    @property
    def after_blank(self) -> bool:
        """Whether the line read last was blank, as this container sees it: a > alone is blank inside its quotation."""
        index = self._root._index
        if not index or self._root._lazy == index:
            return False
        line = self._before(index - 1)
        return line is not None and not line

    def _before(self, index: int) -> Line | None:
        """Give a line that has been read already."""
        if self.above is None:
            return self._lines[index]
        if index == self._opened:
            return self._first
        line = self.above._before(index)
        return None if line is None or self._own is None else self._own(line)
