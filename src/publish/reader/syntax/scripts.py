"""Sub- and superscript, as pandoc writes them: ``H~2~O``, ``x^2^``; no space stands between the signs.

Between two tildes on each side stands what is struck out (GFM 6.5).
"""

from __future__ import annotations

import re

from publish.document import Inline, InlineHtml, Inlines, Subscript, Superscript
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece

_INSIDE = r"(?:[^\s{0}])+"
_CLOSES = re.compile(r"(?<=[^\s~])~~(?!~)")


class DeletionMark(InlineSyntax):
    """Words between double tildes, struck out."""

    tag = "del"
    find = r"(?<!~)~~(?=[^\s~])"
    signs = ("~~",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the words, up to the next two tildes that close."""
        memo = self.dialect.inlines.memo
        close = None if "open" in memo else _CLOSES.search(data, match.end())
        if close is None:
            memo["open"] = True
            return NOTHING
        return self.piece(match.start(), close.end(), (match.end(), close.start())), match.start(), close.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the words struck out."""
        return InlineHtml("del", content, span=self.span(piece))


class SubscriptMark(InlineSyntax):
    """Words between tildes. Two tildes on a side mean something else, and between numbers a tilde is a dash."""

    tag = "sub"
    find = rf"(?<!~)~({_INSIDE.format('~')})~(?!~)"
    signs = ("~",)

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
    signs = ("^",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the words."""
        return self.piece(match.start(), match.end(), match.span(1)), match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the raised words."""
        return Superscript(content, span=self.span(piece))
