"""Quotations: lines that begin with ``>`` (CommonMark 5.1), and callouts, ``> [!NOTE] Title`` (GitHub's alerts,
which have no titles, and Obsidian's, which do).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Block, Div, Quotation
from publish.reader.build import ends
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.text import Text

_ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?(?:[ \t]+|$)")
# Each of GitHub's five kinds, and the callout that says the same; a kind that shares one keeps its name as a class.
ALERTS = {
    "note": ("note", ()),
    "tip": ("tip", ()),
    "important": ("note", ("important",)),
    "warning": ("warning", ()),
    "caution": ("warning", ("caution",)),
}


class BlockQuote(BlockSyntax):
    """Lines with > before them, and the lines by which their last paragraph goes on without it."""

    tag = "quote"
    starts = ">"
    holds = True

    def begins(self, line: Line) -> bool:
        """A >, indented by three columns at most."""
        return line.indent < 4 and line.startswith(">")

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the quotation."""
        first = lines.peek()
        assert first is not None
        piece = self.piece(parent, first.at)
        inside = lines.inside(_unmarked)
        line = inside.peek()
        if line is not None and (alert := _ALERT.match(line)) and alert[1].lower() in ALERTS:
            piece.facts["alert"] = alert[1].lower()
            piece.words = Text.of([line.part(alert.end())])
            inside.take()
        self.md.parser.within(piece, inside)
        return True

    def build(self, piece: Piece) -> Block:
        """Make a quotation or a callout."""
        blocks = self.md.blocks(piece)
        span = ends(blocks, self.reading.span(piece.start, piece.start + 1))
        if alert := piece.facts.get("alert"):
            kind, classes = ALERTS[alert]
            return Div(kind, blocks, title=self.md.inline(piece.words), classes=classes, span=span)
        return Quotation(blocks, span=span)


def _unmarked(line: Line) -> Line | None:
    """Take the > and one column of space after it off a line."""
    if line.indent >= 4 or not line.startswith(">"):
        return None
    rest = line.after(1)
    return rest.dedent(1) if rest.indent else rest
