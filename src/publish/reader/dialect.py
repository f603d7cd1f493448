"""Python-Markdown, made up of our own processors only: its registries and its emphasis, none of its HTML."""

from __future__ import annotations

from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import Registry

from publish.diagnostics import Log
from publish.document import Blocks, Inlines
from publish.reader.blocks import LineParser
from publish.reader.build import blocks_of
from publish.reader.inlines import InlineParser
from publish.reader.lines import Lines
from publish.reader.processors import InlineSyntax, Piece
from publish.reader.reading import Reading
from publish.reader.text import Text
from publish.source import Source


class Dialect(Markdown):
    """A reader of our Markdown. ``reading`` is the division it reads now; one division is read at a time."""

    parser: LineParser
    patterns: tuple[tuple[str, InlineSyntax], ...] = ()

    def __init__(self) -> None:
        self.nowhere = Element("nowhere")
        self.reading = Reading(Source("", ""), "", "", Log())
        super().__init__()
        self._inlines = InlineParser(self)

    def build_parser(self) -> Dialect:
        """Register the processors of the dialect, in the order of its tables (Python-Markdown calls this)."""
        from publish.reader.syntax import BLOCKS, INLINES

        self.preprocessors = Registry()
        self.treeprocessors = Registry()
        self.postprocessors = Registry()
        self.parser = LineParser(self)
        self.inlinePatterns = Registry()
        for place, row in enumerate(BLOCKS):
            self.parser.blockprocessors.register(row.processor(self), row.name, -place)
        self.parser.settle()
        for place, entry in enumerate(INLINES):
            self.inlinePatterns.register(entry.processor(self), entry.name, -place)
        names = [row.name for row in INLINES]
        self.patterns = tuple(zip(names, cast("list[InlineSyntax]", list(self.inlinePatterns)), strict=True))
        return self

    @property
    def inlines(self) -> InlineParser:
        """The parser of inline content."""
        return self._inlines

    def tree(self, lines: Lines) -> Piece:
        """Make the tree of pieces of a whole text."""
        self.parser.reset()
        root = Piece("division", self.parser.processors[-1], 0)
        self.parser.root = root
        self.parser.parseBlocks(root, lines)
        return root

    def inline(self, text: Text | None, *, verse: dict[int, int] | None = None) -> Inlines:
        """Make inline content of a text."""
        return () if text is None or not text.raw else self._inlines.parse(text, verse=verse)

    def blocks(self, piece: Piece) -> Blocks:
        """Make the blocks that a piece holds."""
        return blocks_of(piece, self)
