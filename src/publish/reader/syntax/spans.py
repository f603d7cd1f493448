"""Words marked with classes, a language or a name, ``[Правда]{lang=ru}``, or for the index, ``[liberty]{.index}``."""

from __future__ import annotations

import re

from publish.document import IndexMark, Inline, Inlines, InlineSpan, plain
from publish.reader.attributes import Attributes
from publish.reader.brackets import Kind
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece
from publish.source import Span


class SpanMark(InlineSyntax):
    """Words in brackets with attributes in braces."""

    tag = "span"
    find = r"\["
    signs = ("[",)

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
        if "index" in marks.classes:
            return self._index(marks, content, span)
        reading.attribute_known(marks, self.dialect.inlines.text, ("lang",), "a span of words")
        name = reading.claim(marks.id, span)
        language = reading.language_of(marks, self.dialect.inlines.text)
        return InlineSpan(content, marks.classes, span=span, id=name, language=language)

    def _index(self, marks: Attributes, content: Inlines, span: Span) -> Inline:
        """Make a mark for the index: under the entries given (parted by semicolons), or under its own words."""
        reading, text = self.reading, self.dialect.inlines.text
        reading.attribute_known(marks, text, ("entry", "lang", "see", "see-also"), "a mark for the index")
        given = marks.get("entry") or plain(content)
        terms = tuple(_tidy(term) for term in given.split(";") if term.strip(" !"))
        if not terms:
            hint = 'write it as [words]{.index} or []{.index entry="words"}'
            reading.report(
                "attributes-wellformed", "this mark names no entry of the index", span.start, span.end, hint=hint
            )
        return IndexMark(
            content,
            terms,
            _tidy(marks.get("see")),
            _tidy(marks.get("see-also")),
            tuple(name for name in marks.classes if name != "index"),
            span=span,
            id=reading.claim(marks.id, span),
            language=reading.language_of(marks, text),
        )


def _tidy(term: str) -> str:
    """Give an entry with its parts parted by nothing but the sign."""
    return "!".join(" ".join(part.split()) for part in term.split("!") if part.strip())
