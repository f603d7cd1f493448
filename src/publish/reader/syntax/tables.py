"""Tables with pipes (GFM 4.10), and their captions: ``: Words {#tbl-x}`` or ``Table: Words`` below or above."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import cast
from xml.etree.ElementTree import Element

from publish.document import Alignment, Block, Cell, Paragraph, Row, Table
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.text import Text

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CAPTION = re.compile(r"(?::|Table:)[ \t]+(?=\S)")
_PIPE = re.compile(r"\\.|\|", re.DOTALL)


def cells(line: Line) -> list[tuple[int, int]]:
    """Give the start and end of each cell's words in a row; a pipe after a backslash parts nothing."""
    pipes = [m.start() for m in _PIPE.finditer(line) if m[0] == "|"]
    end = len(line.rstrip())
    edges = [-1, *pipes, end]
    if pipes and not line[: pipes[0]].strip():
        edges = edges[1:]
    if len(edges) > 2 and pipes and pipes[-1] == end - 1:
        edges = edges[:-1]
    return [_trimmed(line, left + 1, right) for left, right in pairwise(edges)]


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    words = line[start:end]
    lead = len(words) - len(words.lstrip())
    return start + lead, max(start + lead, start + len(words.rstrip()))


def _alignment(cell: str) -> Alignment:
    left, right = cell.startswith(":"), cell.endswith(":")
    return cast("Alignment", {(1, 1): "center", (1, 0): "left", (0, 1): "right"}.get((left, right)))


def is_table(head: Line, below: Line | None) -> bool:
    """Whether a line and the one below it begin a table."""
    if below is None or head.indent >= 4 or below.indent >= 4 or "|" not in head or "-" not in below:
        return False
    # A pipe alone over a dash is no table, but a heading.
    return bool(_DELIMITERS.match(below)) and len(cells(head)) == len(cells(below)) and len(head.rstrip()) > 1


class TableBlock(BlockSyntax):
    """A row of heads, a row of dashes, rows of data."""

    tag = "table"

    def begins(self, line: Line) -> bool:
        """A pipe; whether dashes follow is seen when the table is read."""
        return line.indent < 4 and "|" in line

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A table may follow a paragraph's line."""
        return "|" in line and is_table(line, lines.ahead())

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the rows."""
        head = lines.peek()
        if head is None or not is_table(head, lines.ahead()):
            return False
        rows = [lines.take()]
        below = lines.take()
        last = parent[-1] if len(parent) else None
        piece = self.piece(parent, head.at)
        piece.facts["align"] = [_alignment(below[a:b]) for a, b in cells(below)]
        while (line := lines.peek()) and "|" in line and not _CAPTION.match(line):
            if self.md.parser.interrupts(line, lines):
                break
            rows.append(lines.take())
        piece.facts["rows"] = rows
        piece.end = max(below.end, rows[-1].end)
        if isinstance(last, Piece) and last.tag == "table-caption":
            parent.remove(last)
            piece.words, piece.start = last.facts["caption"], last.start
        return True

    def build(self, piece: Piece) -> Table:
        """Make the table; rows shorter than the longest are filled with empty cells, so that nothing is cut off."""
        reading, rows = self.reading, piece.facts["rows"]
        align: list[Alignment] = piece.facts["align"]
        width = max(len(cells(row)) for row in rows)
        align += [None] * (width - len(align))
        reading.cell = True
        head, *body = (self._row(row, align, header=place == 0) for place, row in enumerate(rows))
        reading.cell = False
        span = reading.span(piece.start, piece.end)
        if piece.words is None:
            return Table((head,), tuple(body), span=span)
        words, braces = reading.braces(piece.words)
        reading.attribute_known(braces, piece.words, ("lang",), "a table")
        name = reading.claim(braces.id, span)
        caption = self.md.inline(words)
        return Table(
            (head,), tuple(body), caption, span=span, id=name, language=reading.language_of(braces, piece.words)
        )

    def _row(self, line: Line, align: list[Alignment], *, header: bool) -> Row:
        places = cells(line)
        places += [(len(line.rstrip()),) * 2] * (len(align) - len(places))
        made = [self._cell(line, a, b, kind, header=header) for (a, b), kind in zip(places, align, strict=True)]
        return Row(tuple(made), span=self.reading.span(line.at, line.end))

    def _cell(self, line: Line, start: int, end: int, align: Alignment, *, header: bool) -> Cell:
        words = self.md.inline(Text.of([line.part(start, end)]))
        return Cell(words, header=header, align=align, span=self.reading.span(line.at + start, line.at + end))


class TableCaption(BlockSyntax):
    """The words that name a table. Where no table stands beside them they are a paragraph."""

    tag = "table-caption"
    starts = ":T"

    def begins(self, line: Line) -> bool:
        """A colon, or the word, and a space."""
        return line.indent < 4 and bool(_CAPTION.match(line))

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Inside a paragraph a colon is a colon."""
        return False

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the caption and give it to the table before it, or keep it for the one after it."""
        table = parent[-1] if len(parent) else None
        taken = [lines.take()]
        while (line := lines.peek()) and not self.md.parser.interrupts(line, lines):
            taken.append(lines.take())
        marker = _CAPTION.match(taken[0])
        assert marker is not None
        parts = [line.part(0) for line in taken]
        whole = Text.of(parts)
        caption = whole.slice(marker.end(), len(whole.raw))
        if isinstance(table, Piece) and table.tag == "table" and table.words is None:
            table.words, table.end = caption, taken[-1].end
            return True
        piece = self.piece(parent, taken[0].at)
        piece.end, piece.words = taken[-1].end, whole
        piece.facts["caption"] = caption
        return True

    def build(self, piece: Piece) -> Block | None:
        """Make the paragraph of a caption that no table took."""
        content = self.md.inline(piece.words)
        return Paragraph(content, span=self.reading.span(piece.start, piece.end)) if content else None
