"""Line blocks, as pandoc writes them: lines that begin with ``| `` are kept as they are. They are verse."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Block, Blocks, Div, Paragraph
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.text import Text

_LINE = re.compile(r"\|(?:[ \t]|$)")
# A row of a table that lacks its line of dashes ends in a pipe, too.
_ROW = re.compile(r"\|.*\|[ \t]*$")


def _is_line(line: Line | None) -> bool:
    return line is not None and line.indent < 4 and bool(_LINE.match(line)) and not _ROW.match(line)


class LineBlock(BlockSyntax):
    """Lines after pipes; a pipe alone parts stanzas, an indented line without one goes on with the line above."""

    tag = "line-block"
    starts = "|"

    def begins(self, line: Line) -> bool:
        """A pipe and a space; no pipe at the line's end."""
        return _is_line(line)

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Inside a paragraph a pipe is a pipe."""
        return False

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the lines."""
        first = lines.peek()
        assert first is not None
        piece = self.piece(parent, first.at)
        stanzas: list[list[list[tuple[str, int]]]] = [[]]
        indents: list[list[int]] = [[]]
        while (line := lines.peek()) and (_is_line(line) or (line.indent > 0 and stanzas[-1])):
            lines.take()
            piece.end = line.end
            if not line.startswith("|"):
                stanzas[-1][-1].append((line, line.at))
            elif rest := line.after(1):
                stanzas[-1].append([(rest, rest.at)])
                indents[-1].append(max(0, rest.indent - 1))
            else:
                stanzas.append([])
                indents.append([])
        piece.facts["stanzas"] = list(zip(stanzas, indents, strict=True))
        return True

    def build(self, piece: Piece) -> Block:
        """Make the verse, a paragraph for each stanza."""
        span = self.reading.span(piece.start, piece.end)
        stanzas: Blocks = tuple(self._stanza(*one) for one in piece.facts["stanzas"] if one[0])
        return Div("verse", stanzas, span=span)

    def _stanza(self, lines: list[list[tuple[str, int]]], indents: list[int]) -> Paragraph:
        """Make one stanza: its lines end where they were ended, and what goes on with a line follows a space."""
        raw = ""
        starts: list[int] = []
        places: list[int] = []
        columns: dict[int, int] = {}
        for line, indent in zip(lines, indents, strict=True):
            for place, (words, at) in enumerate(line):
                raw += " " * bool(place) or "\n" * bool(raw)
                columns |= {} if place else {len(raw): indent}
                starts.append(len(raw))
                places.append(at)
                raw += words.rstrip()
        content = self.md.inline(Text(raw, starts, places), verse=columns)
        (_, first), (last, at) = lines[0][0], lines[-1][-1]
        return Paragraph(content, span=self.reading.span(first, at + len(last.rstrip())))
