"""What Python-Markdown's processors become here, and the pieces of which its element tree is made.

Python-Markdown hands a block processor paragraphs, cut at blank lines and stripped of their places, and an inline
processor a string in which what was already recognised has shrunk to a mark. Ours are handed lines that know where
they stand, and a string in which every character keeps its index. Their elements are ``Piece``s, which carry places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor

from publish.document import Block, Blocks, Inline, Inlines
from publish.reader.attributes import NONE, Attributes
from publish.reader.lines import Line, Lines
from publish.reader.reading import Reading
from publish.reader.text import Text
from publish.source import Span

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect


class Piece(Element):
    """An element of Python-Markdown's tree that knows its place and the processor that made it.

    A block's ``start`` and ``end`` are offsets in the file; an inline piece's are indices in the string that was
    searched (in the whole text, once it is built), and
    ``inside`` the two indices between which its content stands, if it has content. ``words`` are
    a block's words, ``marks`` its attributes in braces, ``facts`` whatever else its processor needs to remember.
    """

    def __init__(self, tag: str, maker: BlockSyntax | InlineSyntax, start: int, end: int = -1) -> None:
        super().__init__(tag)
        self.maker = maker
        self.start = start
        self.end = end
        self.inside: tuple[int, int] | None = None
        self.words: Text | None = None
        self.marks: Attributes = NONE
        self.facts: dict[str, Any] = {}
        self.gap = False


class BlockSyntax(BlockProcessor):
    """A kind of block: recognises its first line, reads its lines, and makes a node of what it read.

    ``starts`` are the characters that can begin it; empty means any. ``holds`` says that it holds blocks.
    """

    tag: ClassVar[str] = ""
    starts: ClassVar[str] = ""
    holds: ClassVar[bool] = False

    def __init__(self, md: Dialect) -> None:
        super().__init__(md.parser)
        self.md = md

    @property
    def reading(self) -> Reading:
        """The division that is being read."""
        return self.md.reading

    def begins(self, line: Line) -> bool:
        """Whether a line begins a block of this kind (Python-Markdown's ``test``)."""
        raise NotImplementedError

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the block and add its piece to the parent (Python-Markdown's ``run``); False says that it was none."""
        raise NotImplementedError

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Whether a line ends the paragraph before it without a blank line between."""
        return self.begins(line)

    def build(self, piece: Piece) -> Block | Blocks | None:
        """Make the node of a piece; None when there is nothing to print."""
        raise NotImplementedError

    def piece(self, parent: Element, start: int, tag: str = "") -> Piece:
        """Add a piece to the tree."""
        piece = Piece(tag or self.tag, self, start)
        parent.append(piece)
        return piece


# What an inline processor recognised (a string stands for itself), and the indices where it begins and ends.
Found: TypeAlias = tuple[Piece | str | None, int | None, int | None]
NOTHING: Found = (None, None, None)


class InlineSyntax(InlineProcessor):
    """Something that stands in a line of text: recognises itself and makes a node of what it recognised.

    ``from_start`` says that its content may hold everything that text may hold; otherwise only what is looked for
    after it. ``signs`` are strings of which every match holds one: a text without them need not be searched.
    """

    tag: ClassVar[str] = ""
    find: ClassVar[str] = ""
    signs: ClassVar[tuple[str, ...]] = ("",)
    from_start: ClassVar[bool] = True

    def __init__(self, md: Dialect) -> None:
        super().__init__(self.find, md)
        self.dialect = md

    @property
    def reading(self) -> Reading:
        """The division that is being read."""
        return self.dialect.reading

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        """Do as Python-Markdown asks of every processor."""
        return self.recognise(m, data)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give what stands at a match, and where it begins and ends; ``NOTHING`` when it means nothing."""
        raise NotImplementedError

    def build(self, piece: Piece, content: Inlines) -> Inline | Inlines:
        """Make the node of a piece, given its content."""
        raise NotImplementedError

    def span(self, piece: Piece) -> Span:
        """Give a piece's place in the file."""
        text = self.dialect.inlines.text
        return self.reading.span(text.at(piece.start), text.end(piece.end))

    def piece(self, start: int, end: int, inside: tuple[int, int] | None = None) -> Piece:
        """Make a piece."""
        piece = Piece(self.tag, self, start, end)
        piece.inside = inside
        return piece
