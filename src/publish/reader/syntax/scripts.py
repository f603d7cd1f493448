"""Sub- and superscript, as pandoc writes them: ``H~2~O``, ``x^2^``; no space stands between the signs."""

from __future__ import annotations

import re

from publish.document import Inline, Inlines, Subscript, Superscript
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece

_INSIDE = r"(?:[^\s{0}])+"


class SubscriptMark(InlineSyntax):
    """Words between tildes. Two tildes on a side mean something else, and between numbers a tilde is a dash."""

    tag = "sub"
    find = rf"(?<!~)~({_INSIDE.format('~')})~(?!~)"

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the words, unless the tildes stand for ranges: 3~5,7~9."""
        before, after = data[: match.start()][-1:], data[match.end() : match.end() + 1]
        if before.isdigit() and after.isdigit():
            return NOTHING
        return self.piece(match.start(), match.end(), match.span(1)), match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the lowered words."""
        return Subscript(content, span=self.span(piece))


class SuperscriptMark(InlineSyntax):
    """Words between carets."""

    tag = "sup"
    find = rf"\^({_INSIDE.format('^')})\^"

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the words."""
        return self.piece(match.start(), match.end(), match.span(1)), match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the raised words."""
        return Superscript(content, span=self.span(piece))
