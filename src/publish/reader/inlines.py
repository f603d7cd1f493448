"""Python-Markdown's inline patterns, run so that every character keeps its place.

Python-Markdown replaces what a pattern recognised by a short mark, and so loses where things stood. Here the mark is
as long as what it stands for: one private-use character that names the node, filled up with a noncharacter. An index
in the string is an index in the author's text from the first pattern to the last.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from publish.document import Inline, Inlines, LineBreak
from publish.reader.brackets import Brackets
from publish.reader.processors import InlineSyntax, Piece
from publish.reader.reading import DEPTH
from publish.reader.text import Text
from publish.records import dataclass

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect

_FIRST = 0xF0000
_FILL = "\U0010ffff"
_MARK = re.compile("[\U000f0000-\U0010fffd]\U0010ffff*")
_OWN = re.compile("[\U000f0000-\U0010ffff]")
_LINE_END = re.compile(r"([ \t]*)\n")
_MOST = 0x10FFFD - _FIRST


@dataclass
class _Job:
    """One text being parsed: the nodes found so far, and how it is to be read."""

    text: Text
    verse: dict[int, int] | None
    only: frozenset[str] | None
    nodes: list[Inline | Inlines] = field(default_factory=list)
    ancestors: list[str] = field(default_factory=list)


class InlineParser:
    """Makes inline content of texts. ``text`` is the one being parsed; processors ask for it and for ``brackets``."""

    def __init__(self, md: Dialect) -> None:
        self._md = md
        self._job = _Job(Text.of(()), None, None)
        self._base = 0
        # What processors worked out for the whole of the string now being searched, by name.
        self.memo: dict[str, object] = {}

    @property
    def text(self) -> Text:
        """The text being parsed."""
        return self._job.text

    @property
    def base(self) -> int:
        """The index in the text at which the string now being searched begins."""
        return self._base

    @property
    def ancestors(self) -> list[str]:
        """The tags of the pieces around what is being searched."""
        return self._job.ancestors

    def brackets(self, data: str) -> Brackets:
        """Give what each bracket in the string now being searched means."""
        found = self.memo.get("brackets")
        if not isinstance(found, Brackets):
            found = self.memo["brackets"] = Brackets(data, self._base, self.text, self._md.reading)
        return found

    def parse(self, text: Text, *, verse: dict[int, int] | None = None, only: frozenset[str] | None = None) -> Inlines:
        """Make inline content of a text.

        ``verse`` keeps the lines: it maps the index at which a line begins to the columns it is indented by.
        ``only`` names the patterns to use (all of them when it is None).
        """
        before = self._job, self.memo, self._base
        self._job = _Job(text, verse, only)
        try:
            return self._run(self._own_characters(text.raw), 0, 0)
        finally:
            self._job, self.memo, self._base = before

    def _own_characters(self, raw: str) -> str:
        # An author's private-use characters of planes 15 and 16 would be taken for marks.
        return _OWN.sub(lambda m: self._mark(m[0], 1), raw) if not raw.isascii() and _OWN.search(raw) else raw

    def _mark(self, node: Inline | Inlines, length: int) -> str:
        self._job.nodes.append(node)
        return chr(_FIRST + len(self._job.nodes) - 1) + _FILL * (length - 1)

    def _run(self, data: str, base: int, first: int) -> Inlines:
        before = self.memo, self._base
        self.memo, self._base = {}, base
        patterns = self._md.patterns
        for index in range(first, len(patterns)):
            name, pattern = patterns[index]
            if self._job.only is not None and name not in self._job.only:
                continue
            if any(tag in self._job.ancestors for tag in pattern.ANCESTOR_EXCLUDES):
                continue
            for sign in pattern.signs:
                if sign in data:
                    data = self._apply(pattern, index, data, base)
                    break
        self.memo, self._base = before
        return self._content(data, base)

    def _apply(self, pattern: InlineSyntax, index: int, data: str, base: int) -> str:
        search = pattern.getCompiledRegExp().search
        parts: list[str] = []
        done = here = 0
        while match := search(data, here):
            node, start, end = pattern.handleMatch(match, data)
            if node is None or start is None or end is None or len(self._job.nodes) >= _MOST:
                here = max(end or 0, match.end(), match.start() + 1)
                continue
            parts += data[done:start], self._keep(node, start, end, index, data, base)
            done = here = end
        return "".join(parts) + data[done:] if parts else data

    def _keep(self, node: Piece | str, start: int, end: int, index: int, data: str, base: int) -> str:
        """Make the node of what a pattern recognised, and give the mark that stands for it."""
        if isinstance(node, str):
            return self._mark(node, end - start)
        content: Inlines = ()
        if node.inside is not None:
            content = self._inside(node, index, data, base)
        node.start, node.end = base + start, base + end
        return self._mark(node.maker.build(node, content), end - start)  # type: ignore[arg-type,call-arg]

    def _inside(self, piece: Piece, index: int, data: str, base: int) -> Inlines:
        """Make a piece's content: first the pieces inside it that are known already, then what is found there."""
        start, end = piece.inside or (0, 0)
        if len(self._job.ancestors) >= DEPTH:
            self._md.reading.too_deep("marks", self.text.at(base + piece.start))
            return (self.text.raw[base + start : base + end],)
        self._job.ancestors.append(piece.tag)
        for child in piece:
            assert isinstance(child, Piece)
            first, last = child.start, child.end
            data = data[:first] + self._keep(child, first, last, index, data, base) + data[last:]
        maker = piece.maker
        first = 0 if isinstance(maker, InlineSyntax) and maker.from_start else index + 1
        content = self._run(data[start:end], base + start, first)
        self._job.ancestors.pop()
        return content

    def _content(self, data: str, base: int) -> Inlines:
        """Put the nodes in the place of their marks."""
        out: list[Inline] = []
        done = 0
        for mark in _MARK.finditer(data):
            if mark.start() > done:
                self._words(out, data[done : mark.start()], base + done)
            node = self._job.nodes[ord(mark[0][0]) - _FIRST]
            for item in node if isinstance(node, tuple) else (node,):
                add(out, item)
            done = mark.end()
        if done < len(data):
            self._words(out, data[done:], base + done)
        return tuple(out)

    def _words(self, out: list[Inline], words: str, base: int) -> None:
        """Add plain words, with a break wherever a line ends in two spaces (in verse: wherever one ends)."""
        verse = self._job.verse
        if verse and base in verse:
            add(out, "\u00a0" * verse[base])
        if "\n" not in words:
            add(out, words)
            return
        done = 0
        for end in _LINE_END.finditer(words):
            add(out, words[done : end.start()])
            if verse is not None or (len(end[1]) >= 2 and not end[1].strip(" ")):
                at = self.text.at(base + end.start())
                out.append(LineBreak(span=self._md.reading.span(at, at + len(end[1]))))
                add(out, "\u00a0" * (verse or {}).get(base + end.end(), 0))
            else:
                add(out, " ")
            done = end.end()
        add(out, words[done:])


def add(out: list[Inline], item: Inline) -> None:
    """Append an item; strings that meet become one."""
    if isinstance(item, str):
        if not item:
            return
        if out and isinstance(out[-1], str):
            out[-1] += item
            return
    out.append(item)
