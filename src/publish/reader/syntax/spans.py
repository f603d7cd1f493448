"""Words marked with classes, a language or a name: ``[Правда]{lang=ru}``."""

from __future__ import annotations

import re

from publish.document import Inline, Inlines, InlineSpan
from publish.reader.brackets import Kind
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece


class SpanMark(InlineSyntax):
    """Words in brackets with attributes in braces."""

    tag = "span"
    find = r"\["

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the span."""
        bracket = self.dialect.inlines.brackets(data).at(match.start(), Kind.SPAN)
        if bracket is None:
            return NOTHING
        piece = self.piece(bracket.start, bracket.end, bracket.inside)
        piece.marks = bracket.attributes
        return piece, bracket.start, bracket.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the span."""
        reading, span, marks = self.reading, self.span(piece), piece.marks
        reading.attribute_known(marks, self.dialect.inlines.text, ("lang",), "a span of words")
        name = reading.claim(marks.id, span)
        language = reading.language_of(marks, self.dialect.inlines.text)
        return InlineSpan(content, marks.classes, span=span, id=name, language=language)
