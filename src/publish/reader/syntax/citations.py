"""Citations, as pandoc writes them: ``[see @key, p. 12; -@other]``, and ``@key [p. 12]`` in running text.

An ``@`` that cites nothing stays text: in a mail address, in ``@fig-x`` (a cross-reference), after a backslash, and
wherever no bibliography file is named.
"""

from __future__ import annotations

import re

from publish.citations import locators
from publish.document import Citation, Cite, Inline, Inlines
from publish.reader.processors import NOTHING, Found, InlineSyntax, Piece
from publish.reader.text import Text
from publish.records import dataclass

_KEY = r"@(?:\{(?P<braced>[^{}\n]+)\}|(?P<key>\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*))"
_CITE = re.compile(rf"(?<![\w@/])(?P<minus>-?){_KEY}")
_CROSS_REFERENCE = re.compile(r"(?:[Ff]ig|[Tt]bl|[Ss]ec|eq|lst|thm|lem|cor|prp|def|exm|exr)[-:]")
_OPENS = re.compile(r"[ \n]?\[")


@dataclass(frozen=True)
class _Range:
    """A cite before its words are read: its key, and where it, its prefix and its suffix stand in the whole text."""

    key: str
    year_only: bool
    prefix: tuple[int, int]
    place: tuple[int, int]
    suffix: tuple[int, int]


class _Citing(InlineSyntax):
    """What both forms have in common."""

    tag = "citation"

    def _cites(self, data: str, start: int, end: int, base: int) -> list[_Range]:
        """Part what stands between two indices into cites; nothing when it does not begin with one."""
        ranges: list[_Range] = []
        for first, last in _segments(data, start, end):
            found = next((m for m in _CITE.finditer(data, first, last) if not _is_cross_reference(m)), None)
            if found is not None:
                ranges.append(_range(found, first, last, base))
            elif ranges:  # words after a semicolon that cite nothing are the last work's
                before = ranges.pop()
                suffix = (before.suffix[0], base + last)
                ranges.append(_Range(before.key, before.year_only, before.prefix, before.place, suffix))
            else:
                return []
        return ranges

    def _made(self, ranges: list[_Range], textual: bool, piece: Piece) -> Citation:
        text = self.dialect.inlines.text
        cites = tuple(self._cite(one, text) for one in ranges)
        return Citation((text.raw[piece.start : piece.end],), cites, textual, span=self.span(piece))

    def _cite(self, one: _Range, text: Text) -> Cite:
        after = text.raw[slice(*one.suffix)]
        label = locator = ""
        rest = after
        if after.strip():
            label, locator, rest = locators.split(after, self.reading.options.language)
        start = one.suffix[1] - len(rest)
        return Cite(
            one.key,
            locator,
            label,
            self._words(text, *one.prefix),
            self._words(text, start, one.suffix[1]),
            one.year_only,
            span=self.reading.span(text.at(one.place[0]), text.end(one.place[1])),
        )

    def _words(self, text: Text, start: int, end: int) -> Inlines:
        while start < end and text.raw[start].isspace():
            start += 1
        while end > start and text.raw[end - 1].isspace():
            end -= 1
        return self.dialect.inline(text.slice(start, end)) if start < end else ()


def _segments(data: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the stretches between semicolons."""
    found, first = [], start
    for index in range(start, end):
        if data[index] == ";":
            found.append((first, index))
            first = index + 1
    return [*found, (first, end)]


def _is_cross_reference(match: re.Match[str]) -> bool:
    return bool(_CROSS_REFERENCE.match(match["braced"] or match["key"]))


def _range(found: re.Match[str], first: int, last: int, base: int) -> _Range:
    key_at = found.start() + len(found["minus"])
    return _Range(
        found["braced"] or found["key"],
        bool(found["minus"]),
        (base + first, base + found.start()),
        (base + key_at, base + found.end()),
        (base + found.end(), base + last),
    )


class CitationMark(_Citing):
    """Works named in brackets."""

    find = r"\["
    signs = ("[",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the citation; brackets that mean something else are left to what they mean."""
        close = self.dialect.inlines.brackets(data).plain(match.start())
        if close is None or "@" not in data[match.start() : close]:
            return NOTHING
        base = self.dialect.inlines.base
        ranges = self._cites(data, match.start() + 1, close, base)
        if not ranges or _holds_another(data, match.start() + 1, close):
            return NOTHING
        if not self.reading.options.citations:
            self._nameless(ranges)
            return NOTHING
        piece = self.piece(match.start(), close + 1)
        piece.facts["ranges"] = ranges
        return piece, match.start(), close + 1

    def _nameless(self, ranges: list[_Range]) -> None:
        text = self.dialect.inlines.text
        for one in ranges:
            message = f"“@{one.key}” cites a work, but no bibliography file is named; it is printed as it stands"
            hint = "name one: bibliography: works.bib; or write \\@ for an @ that cites nothing"
            start, end = text.at(one.place[0]), text.end(one.place[1])
            self.reading.report("bibliography-named", message, start, end, hint=hint)

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the citation, as typed until a style sets it."""
        return self._made(piece.facts["ranges"], False, piece)


def _holds_another(data: str, start: int, end: int) -> bool:
    inner = data.find("[", start, end)
    return inner >= 0 and "@" in data[inner:end]


class TextualCitation(_Citing):
    """A work named in running text, its author part of the sentence; brackets after it say where in the work."""

    find = rf"(?<![\w@/])-?{_KEY}"
    signs = ("@",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the citation, with the brackets that follow it."""
        if not self.reading.options.citations or _is_cross_reference(match):
            return NOTHING
        base, minus = self.dialect.inlines.base, match[0].startswith("-")
        key_at = match.start() + minus
        key = match["braced"] or match["key"]
        nothing = (base + match.start(), base + match.start())
        end, suffix, more = match.end(), (base + match.end(), base + match.end()), list[_Range]()
        opens = _OPENS.match(data, match.end())
        close = self.dialect.inlines.brackets(data).plain(opens.end() - 1) if opens else None
        if opens and close is not None:
            first, *others = _segments(data, opens.end(), close)
            suffix, end = (base + first[0], base + first[1]), close + 1
            more = [one for other in others for one in self._cites(data, *other, base)]
        piece = self.piece(match.start(), end)
        own = _Range(key, minus, nothing, (base + key_at, base + match.end()), suffix)
        piece.facts.update(ranges=[own, *more], textual=not minus)
        return piece, match.start(), end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the citation, as typed until a style sets it."""
        return self._made(piece.facts["ranges"], piece.facts["textual"], piece)
