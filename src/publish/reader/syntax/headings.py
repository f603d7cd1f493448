"""Headings: ``## Words {#name .run-in}``, and words underlined with = or -."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Inlines, Section, plain
from publish.reader.attributes import Attributes
from publish.reader.lines import Line, Lines
from publish.reader.names import slugify
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.reading import Claim
from publish.reader.text import Text

_MARKS = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_RUN_IN = frozenset({"run-in", "runin"})
_DEEPEST = 6


class Heading(BlockSyntax):
    """A heading (CommonMark 4.2 and 4.3) with its attributes in braces at the end."""

    tag = "heading"
    starts = "#"

    def begins(self, line: Line) -> bool:
        """One to six # and a space."""
        return line.indent < 4 and line.startswith("#") and bool(_MARKS.match(line))

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read one line."""
        line = lines.take()
        marks = _MARKS.match(line)
        assert marks is not None
        end = len(line.rstrip())
        text, braces = self.reading.braces(Text.of([line.part(marks.end(), max(end, marks.end()))]))
        closing = _CLOSING.search(text.raw)
        if closing:
            text = text.slice(0, closing.start())
        self._add(parent, len(marks[1]), text, braces, line.at, line.end)
        return True

    def underlined(self, parent: Element, lines: list[Line], underline: Line) -> None:
        """Add the heading that a paragraph's lines are when a line of = or - follows them."""
        text, braces = self.reading.braces(Text.of((line, line.at) for line in lines))
        self._add(parent, 1 if underline.startswith("=") else 2, text, braces, lines[0].at, underline.end)

    def _add(self, parent: Element, level: int, text: Text, braces: Attributes, start: int, end: int) -> None:
        piece = self.piece(parent, start)
        piece.end = end
        piece.words, piece.marks, piece.facts["level"] = text, braces, level
        self.reading.attribute_known(braces, text, ("lang",), "a heading")

    def build(self, piece: Piece) -> Section:
        """Make a section without blocks; what follows is gathered into it later."""
        reading, braces = self.reading, piece.marks
        assert piece.words is not None
        title = self.md.inline(piece.words)
        span = reading.span(piece.start, piece.end)
        level = piece.facts["level"] + reading.shift
        if piece.facts["level"] == 1:
            reading.report(
                "heading-levels",
                "a heading of level 1 inside a text; level 1 is the title's",
                piece.start,
                piece.end,
                hint="begin headings inside a text with ##",
            )
        if not title:
            hint = "give it words, or delete its marks"
            reading.report("title-present", "this heading has no words", piece.start, piece.end, hint=hint)
        level = max(2, min(level, _DEEPEST))
        run_in = bool(_RUN_IN & set(braces.classes))
        if level == 2 and reading.options.headings == "run-in" and "block" not in braces.classes:
            run_in = True
        return Section(
            title,
            level,
            (),
            run_in=run_in,
            classes=tuple(c for c in braces.classes if c not in _RUN_IN and c != "block"),
            span=span,
            id=self._name(braces.id, title, piece),
            language=reading.language_of(braces, piece.words),
        )

    def _name(self, given: str, title: Inlines, piece: Piece) -> str:
        reading = self.reading
        span = reading.span(piece.start, piece.end)
        if given:
            return reading.claim(given, span)
        name = reading.names.fresh(slugify(plain(title)))
        reading.claims.append(Claim(name, span, made=True))
        return name
