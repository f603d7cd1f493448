"""Mathematics: ``$x^2$`` in a line, ``$$ ... $$`` by itself; what stands between the dollars is TeX.

As in pandoc a dollar opens a formula only before something that is no space, and closes it only behind something that
is none and not before a digit: $5 and $10 are prices.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish import formulas
from publish.document import Block, Equation, Inline, Inlines, Math, Paragraph
from publish.reader import attributes
from publish.reader.lines import Line, Lines
from publish.reader.processors import NOTHING, BlockSyntax, Found, InlineSyntax, Piece
from publish.reader.reading import Reading
from publish.reader.text import Text

_TEX = r"(?:[^$\\]|\\[^\n])+?"
_END = re.compile(r"(.*?)\$\$[ \t]*(\{.*\})?[ \t]*$")
# Code, also where it has been read already.
_CODE = re.compile("[`\U000f0000-\U0010ffff]")


def _readable(tex: str, display: bool, text: Text, start: int, reading: Reading) -> bool:
    """Whether a formula can be set in both media; one that cannot is reported, at its place in the file."""
    try:
        formulas.mathml(tex, display)
        formulas.drawing(tex, display)
    except formulas.Unreadable as fault:
        first, last = text.at(start + fault.start), text.end(start + max(fault.end, fault.start + 1))
        hint = fault.hint or "write \\$ for a dollar that begins no formula"
        reading.report("formula-readable", f"the formula cannot be set: {fault}", first, last, hint=hint)
        return False
    return True


class MathMark(InlineSyntax):
    """A formula in a line."""

    tag = "math"
    find = rf"\$\$(?P<display>{_TEX})\$\$|\$(?![\s$])(?P<inline>{_TEX})(?<!\s)\$(?!\d)"

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the formula; two prices with a piece of code between them are none."""
        if _CODE.search(match[0]):
            return None, match.start(), match.start() + 1
        display = match["display"] is not None
        start, end = match.span("display" if display else "inline")
        base, text = self.dialect.inlines.base, self.dialect.inlines.text
        tex = data[start:end].replace("\\|", "|") if self.reading.cell else data[start:end]
        if not _readable(tex, display, text, base + start, self.reading):
            return NOTHING
        piece = self.piece(match.start(), match.end())
        piece.facts.update(tex=tex.strip(), display=display)
        return piece, match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the formula."""
        return Math(piece.facts["tex"], piece.facts["display"], span=self.span(piece))


class EquationBlock(BlockSyntax):
    """A formula that begins a line and ends one, with nothing behind it but its name: ``$$ {#eq-x}``."""

    tag = "equation"
    starts = "$"

    def begins(self, line: Line) -> bool:
        """Two dollars; whether two more end it is seen when it is read."""
        return line.indent < 4 and line.startswith("$$")

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A formula may follow a paragraph's line, if it ends."""
        return self.begins(line) and self._end(lines) is not None

    @staticmethod
    def _end(lines: Lines) -> int | None:
        """Give how many lines further the formula ends that begins with the next one."""
        line, ahead = lines.peek(), 0
        words = line[2:] if line else ""
        while line and not (_END.match(words) if ahead == 0 else _END.match(line)):
            ahead += 1
            line = lines.ahead(ahead)
        return ahead if line else None

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the lines of the formula."""
        ahead = self._end(lines)
        if ahead is None:
            return False
        taken = [lines.take() for _ in range(ahead + 1)]
        piece = self.piece(parent, taken[0].at)
        piece.end = taken[-1].end
        parts = [taken[0].part(2), *(line.part(0) for line in taken[1:])]
        words, at = parts[-1]
        end = _END.match(words)
        assert end is not None
        braces = attributes.parse(end[2], 0) if end[2] else None
        if end[2] and braces is None:
            self.reading.malformed(at + end.start(2))
        piece.marks = braces or attributes.NONE
        piece.facts["whole"] = Text.of(line.part(0) for line in taken)
        piece.words = Text.of([*parts[:-1], (end[1], at)])
        return True

    def build(self, piece: Piece) -> Block:
        """Make the formula; what cannot be read stays in words."""
        span, words = self.reading.span(piece.start, piece.end), piece.words
        assert words is not None
        if not _readable(words.raw, True, words, 0, self.reading):
            return Paragraph((piece.facts["whole"].raw,), span=span)
        return Equation(words.raw.strip(), span=span, id=self.reading.claim(piece.marks.id, span))
