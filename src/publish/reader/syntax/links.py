"""Links: ``[words](target "title")``, by label, in angle brackets, and bare (CommonMark 6.3, 6.5; GFM 6.9)."""

from __future__ import annotations

import re

from publish.document import Inline, Inlines, InlineSpan, Link
from publish.reader.brackets import Kind
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece
from publish.reader.targets import link_target

# What ends a bare address though it could be part of it, and what no address holds.
_TRAILING = "?!.,:;*_~'\"“”‘’»"
_NOT_IN_ADDRESS = '\\s<>"“”«»。，、）」』】》\\[\\]\ufffd\U000f0000-\U0010ffff'


class LinkMark(InlineSyntax):
    """Words in brackets with a target."""

    tag = "link"
    find = r"\["
    signs = ("[",)
    ANCESTOR_EXCLUDES = ("link",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the link."""
        bracket = self.dialect.inlines.brackets(data).at(match.start(), Kind.LINK)
        if bracket is None:
            return NOTHING
        piece = self.piece(bracket.start, bracket.end, bracket.inside)
        piece.marks = bracket.attributes
        piece.facts.update(target=bracket.target, title=bracket.title)
        return piece, bracket.start, bracket.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the link; one with classes stands in a span that carries them."""
        reading, span, marks = self.reading, self.span(piece), piece.marks
        reading.attribute_known(marks, self.dialect.inlines.text, ("lang",), "a link")
        target = link_target(piece.facts["target"], reading, span)
        language = reading.language_of(marks, self.dialect.inlines.text)
        name = reading.claim(marks.id, span)
        # A link without words would be there for nobody.
        link = Link(content or (target,), target, piece.facts["title"], span=span, id=name, language=language)
        return InlineSpan((link,), marks.classes, span=span) if marks.classes else link


class Autolink(InlineSyntax):
    """``<https://example.org>`` and ``<somebody@example.org>``."""

    tag = "link"
    find = r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\U000f0000-\U0010ffff]+|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\w)>"
    ANCESTOR_EXCLUDES = ("link",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the link."""
        piece = self.piece(match.start(), match.end())
        piece.facts["words"] = match[1]
        return piece, match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the link, its words the address itself."""
        words, span = piece.facts["words"], self.span(piece)
        mail = "@" in words and ":" not in words
        target = link_target(f"mailto:{words}" if mail else words, self.reading, span)
        return Link((words,), target, span=span)


class BareLink(InlineSyntax):
    """An address in plain words: ``https://example.org``, ``www.example.org``."""

    tag = "link"
    find = rf"(?<![\w@/.:-])(?:https?://|www\.)(?=\w)[^{_NOT_IN_ADDRESS}]+"
    signs = ("://", "www.")
    ANCESTOR_EXCLUDES = ("link",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the address without the punctuation of the sentence around it."""
        address = _trimmed(match[0])
        if "." not in address.split("://")[-1]:
            return NOTHING
        piece = self.piece(match.start(), match.start() + len(address))
        piece.facts["words"] = address
        return piece, piece.start, piece.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the link, its words the address itself."""
        words, span = piece.facts["words"], self.span(piece)
        target = link_target(f"http://{words}" if words.startswith("www.") else words, self.reading, span)
        return Link((words,), target, span=span)


def _trimmed(address: str) -> str:
    """Take punctuation that ends a sentence, and parentheses that nothing opened, off an address."""
    extra = address.count(")") - address.count("(")
    while address:
        if address[-1] in _TRAILING:
            address = address[:-1]
        elif address[-1] == ")" and extra > 0:
            address, extra = address[:-1], extra - 1
        else:
            break
    return address
