"""Emphasis: Python-Markdown's own, which asks only for white space around the marks, and so is right for Korean."""

from __future__ import annotations

import re
from collections import deque
from typing import TypeAlias
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor

from publish.document import Emphasis, Inline, Inlines, Strong
from publish.reader.processors import Found, InlineSyntax, Piece

# Start, start of the content, end of the content, end, tags, how many signs the mark has.
Pair: TypeAlias = tuple[int, int, int, int, tuple[str, str], int]


class _Pairs(DelimiterProcessor):
    """Pairs the marks and gives the pairs themselves, where the original would cut the text into elements."""

    def __init__(self, md: object) -> None:
        super().__init__("*", "strong,em", md)  # type: ignore[arg-type]
        self.add("_", "strong,em", smart=True)
        self.pairs: list[Pair] = []

    def _build_element(self, data: str, start: int = 0, offset: int = 0) -> tuple[Element, int]:
        self.pairs = list(self.regions)
        self.reset()
        return Element("em"), len(self.pairs)


def _sound(pair: Pair, data: str) -> Pair:
    """Give a pair whose marks are as long as they are written.

    Of a double mark that only a single one could close, the original takes the letter behind that one for its second
    sign, and would lose it.
    """
    _, inner, last, end, tags, size = pair
    sign = data[inner - 1]
    written = len(data[last:end]) - len(data[last:end].lstrip(sign))
    if size == 2 and written == 1:
        return inner - 1, inner, last, last + 1, tags, 1
    return pair


class EmphasisMarks(InlineSyntax):
    """``*stressed*`` and ``**weighty**``; also with underscores, between words."""

    tag = "em"
    find = r"[*_]+"
    signs = ("*", "_")
    from_start = False

    def __init__(self, md: object) -> None:
        super().__init__(md)  # type: ignore[arg-type]
        self._pairs = _Pairs(md)
        self._waiting: deque[Piece] = deque()

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the next outermost pair with the pairs inside it as its children."""
        if not self._waiting:
            self._pairs.reset()
            self._pairs.pairs = []
            one = self._pairs.compiled_re.match(data, match.start())
            assert one is not None
            _, _, end = self._pairs.handleMatch(one, data)
            if not self._pairs.pairs:
                return None, match.start(), end
            self._waiting.extend(self._nested([_sound(pair, data) for pair in self._pairs.pairs]))
        piece = self._waiting.popleft()
        return piece, piece.start, piece.end

    def _nested(self, pairs: list[Pair]) -> list[Piece]:
        outermost: list[Piece] = []
        open_: list[Piece] = []
        for start, inner, last, end, _, size in sorted(pairs, key=lambda pair: (pair[0], -pair[3])):
            piece = self.piece(start, end, (inner, last))
            piece.facts["strong"] = size == 2
            while open_ and open_[-1].end <= start:
                open_.pop()
            (open_[-1].append if open_ else outermost.append)(piece)
            open_.append(piece)
        return outermost

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make stressed or weighty words."""
        kind = Strong if piece.facts["strong"] else Emphasis
        return kind(content, span=self.span(piece))
