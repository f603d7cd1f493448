"""Paragraphs, and the headings that a paragraph becomes when it is underlined."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Block, Blocks, InlineImage, Paragraph
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.syntax import images
from publish.reader.text import Text

_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")


class ParagraphBlock(BlockSyntax):
    """Lines up to a blank one or to another block (CommonMark 4.8); underlined, a heading (4.3)."""

    tag = "paragraph"

    def begins(self, line: Line) -> bool:
        """Say yes to every line."""
        return True

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A paragraph's line goes on with the paragraph before it."""
        return False

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the paragraph's lines, and an underline."""
        first = lines.take()
        taken = [first]
        while (line := self._next(lines)) is not None:
            lazy = lines.peek() is None
            if not lazy and line.indent < 4 and _UNDERLINE.match(line):
                lines.take()
                self._heading(parent, taken, line)
                return True
            if self.md.parser.interrupts(line, lines, lazy=lazy):
                break
            taken.append(lines.take_lazy() if lazy else lines.take())
        piece = self.piece(parent, first.at)
        piece.end = taken[-1].end
        piece.words = Text.of((line, line.at) for line in taken)
        piece.facts["indents"] = [line.indent for line in taken]
        return True

    @staticmethod
    def _next(lines: Lines) -> Line | None:
        line = lines.peek()
        line = lines.lazy() if line is None else line
        return line or None

    def _heading(self, parent: Element, lines: list[Line], underline: Line) -> None:
        from publish.reader.syntax.headings import Heading

        maker = next(p for p in self.md.parser.processors if isinstance(p, Heading))
        maker.underlined(parent, lines, underline)

    def build(self, piece: Piece) -> Block | Blocks | None:
        """Make a paragraph, or a figure if a picture stands alone in it."""
        assert piece.words is not None
        verse = _indents(piece) if self.reading.verse else None
        content = self.md.inline(piece.words, verse=verse)
        if not content:
            return None
        if len(content) == 1 and isinstance(content[0], InlineImage):
            return images.figure(self.md, content[0])
        return Paragraph(content, span=self.reading.span(piece.start, piece.end))


def _indents(piece: Piece) -> dict[int, int]:
    """Give, for each index at which a line begins, the columns that the line is indented by."""
    assert piece.words is not None
    starts = [0, *(end.end() for end in re.finditer("\n", piece.words.raw))]
    return dict(zip(starts, piece.facts["indents"], strict=False))
