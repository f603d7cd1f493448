"""Changes of scene: ``* * *``, ``---``, ``___`` (CommonMark 4.1)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Break
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece

_BREAK = re.compile(r"([*_-])[ \t]*(?:\1[ \t]*){2,}$")


def is_break(line: Line) -> bool:
    """Whether a line is a change of scene."""
    return line.indent < 4 and line[:1] in ("*", "-", "_") and bool(_BREAK.match(line))


class ThematicBreak(BlockSyntax):
    """Three or more of * - _ alone on a line."""

    tag = "break"
    starts = "*-_"

    def begins(self, line: Line) -> bool:
        """Three of one kind, spaces between or not."""
        return is_break(line)

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read one line."""
        line = lines.take()
        self.piece(parent, line.at).end = line.end
        return True

    def build(self, piece: Piece) -> Break:
        """Make the break."""
        return Break(span=self.reading.span(piece.start, piece.end))
