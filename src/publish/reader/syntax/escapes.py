"""Backslashes before punctuation and line ends (CommonMark 2.4 and 6.7), and character references (2.5)."""

from __future__ import annotations

import re

from publish.document import Inlines, LineBreak
from publish.reader import characters
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece


class Escape(InlineSyntax):
    """A backslash makes a sign of punctuation stand for itself; at the end of a line it ends the line."""

    tag = "break"
    find = r"\\([!-/:-@\[-`{-~\n])"

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the sign, or a line break."""
        if match[1] != "\n":
            return match[1], match.start(), match.end()
        return self.piece(match.start(), match.end()), match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inlines:
        """Make the line break."""
        at = self.dialect.inlines.text.at(piece.start)
        return (LineBreak(span=self.reading.span(at, at + 1)),)


class CharacterReference(InlineSyntax):
    """``&amp;``, ``&#233;``, ``&#xE9;``: the character itself. A name that means nothing stays as typed."""

    find = characters.REFERENCE.pattern
    signs = ("&",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the character."""
        character = characters.character(match)
        if character is None and not match[3]:
            text, base = self.dialect.inlines.text, self.dialect.inlines.base
            self.reading.report(
                "text-characters",
                f"{match[0]} is no character that can be printed",
                text.at(base + match.start()),
                text.end(base + match.end()),
            )
        return NOTHING if character is None else (character, match.start(), match.end())
