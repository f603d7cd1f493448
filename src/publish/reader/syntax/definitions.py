"""Definition lists, as pandoc writes them: a line with a term, and under it ``: `` and what is said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publish.document import Block, Definition, DefinitionItem, DefinitionList
from publish.reader.build import ends
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.syntax.tables import is_table
from publish.reader.text import Text

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect

_MARK = re.compile(r"[:~][ \t]+(?=\S)")


def _marked(line: Line | None) -> bool:
    return line is not None and line.indent < 4 and bool(_MARK.match(line))


class DefinitionBlock(BlockSyntax):
    """A term of one line; right under it, or after one blank line, its definitions; then further terms."""

    tag = "definitions"

    def __init__(self, md: Dialect) -> None:
        super().__init__(md)
        self._open = 0

    def begins(self, line: Line) -> bool:
        """Say yes to every line that a paragraph could begin with; what follows it is seen when it is read."""
        return line.indent < 4 and not _marked(line)

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A term begins a paragraph; the next definition ends the last paragraph of the one before it."""
        return self._open > 0 and _marked(line) and lines.peek() is None

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read terms and definitions for as long as they follow each other."""
        first = lines.peek()
        # That it holds blocks is known only now: most lines that could begin it begin a paragraph.
        if first is None or self._defined(lines) is None or not self.md.parser.may_hold(first):
            return False
        piece = self.piece(parent, first.at)
        while (gap := self._defined(lines)) is not None:
            self._item(piece, lines, gap)
        return True

    @staticmethod
    def _defined(lines: Lines) -> int | None:
        """Give how many blank lines (none or one) part the next line from its definition; None if it has none."""
        term = lines.peek()
        if not term or term.indent >= 4 or _marked(term):
            return None
        gap = 0 if lines.ahead() else 1
        if not _marked(lines.ahead(gap + 1)):
            return None
        # A caption may stand above its table; it looks the same.
        ahead = gap + 2
        while lines.ahead(ahead):
            ahead += 1
        below = lines.ahead(ahead + 1)
        return None if below and is_table(below, lines.ahead(ahead + 2)) else gap

    def _item(self, parent: Piece, lines: Lines, gap: int) -> None:
        line = lines.take()
        item = self.piece(parent, line.at, "term")
        item.words, item.end = Text.of([(line, line.at)]), line.end
        for _ in range(gap):
            lines.take()
        while _marked(lines.peek()):
            self._definition(item, lines)
            while (line_ := lines.peek()) is not None and not line_:
                lines.take()

    def _definition(self, item: Piece, lines: Lines) -> None:
        """Read one definition: its lines are indented at least as far as its first words, or by four columns."""
        line = lines.peek()
        assert line is not None
        piece = self.piece(item, line.at, "definition")
        rest = line.after(1)
        space = min(rest.indent, 4)
        width = min(line.indent + 1 + space, 4)

        def own(following: Line) -> Line | None:
            return following.dedent(width) if not following or following.indent >= width else None

        inside = lines.inside(own, rest.dedent(space))
        self._open += 1
        try:
            self.md.parser.within(piece, inside)
        finally:
            self._open -= 1

    def build(self, piece: Piece) -> Block:
        """Make the list."""
        items = tuple(self._built(item) for item in piece if isinstance(item, Piece))
        last = items[-1].definitions[-1].span
        assert last is not None
        return DefinitionList(items, span=self.reading.span(piece.start, last.end))

    def _built(self, item: Piece) -> DefinitionItem:
        term = self.md.inline(item.words)
        definitions = []
        for piece in item:
            assert isinstance(piece, Piece)
            blocks = self.md.blocks(piece)
            definitions.append(Definition(blocks, span=ends(blocks, self.reading.span(piece.start, piece.start + 1))))
        return DefinitionItem(term, tuple(definitions), span=self.reading.span(item.start, item.end))
