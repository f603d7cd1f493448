"""Python-Markdown's block parser, fed line by line so that every block knows its place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser

from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.reading import DEPTH

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect


class LineParser(BlockParser):
    """Hands lines to the block processors, first come first served, and builds the tree of pieces."""

    md: Dialect
    processors: tuple[BlockSyntax, ...] = ()

    def __init__(self, md: Dialect) -> None:
        super().__init__(md)
        self.reset()

    def reset(self) -> None:
        """Make ready for another text."""
        self._depth = 0

    def settle(self) -> None:
        """Fix the processors in the order of their priorities, once all of them are registered."""
        self.processors = tuple(p for p in self.blockprocessors if isinstance(p, BlockSyntax))

    def parseBlocks(self, parent: Element, blocks: Lines) -> None:  # type: ignore[override]
        """Read lines to the end of their container and add what they say to the parent."""
        while (line := blocks.peek()) is not None:
            if not line:
                blocks.take()
            elif blocks.closes is not None and blocks.closes(line):
                return
            else:
                if blocks.after_blank and len(parent) and isinstance(parent, Piece):
                    parent.gap = True
                self._block(parent, line, blocks)

    def _block(self, parent: Element, line: Line, lines: Lines) -> None:
        for processor in self.processors:
            allowed = processor.begins(line) and (not processor.holds or self.may_hold(line))
            if allowed and processor.read(parent, lines):
                return

    def may_hold(self, line: Line) -> bool:
        """Whether a block that begins with this line may hold others; reports it when it would lie too deep."""
        if self._depth < DEPTH:
            return True
        self.md.reading.too_deep("blocks", line.at)
        return False

    def within(self, piece: Piece, lines: Lines) -> None:
        """Read the blocks that a container holds."""
        self._depth += 1
        try:
            self.parseBlocks(piece, lines)
        finally:
            self._depth -= 1

    def interrupts(self, line: Line, lines: Lines, *, lazy: bool = False) -> bool:
        """Whether a line that follows a paragraph's line begins another block.

        ``lazy`` says that the line is no longer in the paragraph's container: then any item of a list begins one.
        """
        return any(
            processor.interrupts(line, lines) or (lazy and processor.tag == "list" and processor.begins(line))
            for processor in self.processors
            if not processor.starts or line[0] in processor.starts
        )
