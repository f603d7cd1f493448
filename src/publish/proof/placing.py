"""On which printed page a diagnostic's place in the manuscript stands.

An EPUB knows both: each element's place in the manuscript, and where the pages of the print edition begin. Between
the two letters are counted, as ``publish.pages`` counts them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import field
from xml.parsers import expat

from publish.diagnostics import Diagnostic
from publish.pages import letters
from publish.records import dataclass
from publish.rendition import Part, Rendition
from publish.source import Span

_TARGET = re.compile(r"(?P<part>[^/#]*)#(?P<id>.+)")


def pages_of(rendition: Rendition, diagnostics: Iterable[Diagnostic]) -> dict[Diagnostic, int]:
    """Give for each diagnostic the place (from 0) of its page among all pages of the print edition, where there is one.

    ``rendition`` is an EPUB's, with the page list.
    """
    finder = _Finder(rendition)
    found = ((d, finder.page(d.span)) for d in diagnostics if d.span)
    return {d: page for d, page in found if page is not None}


@dataclass
class _Scan:
    """A part's elements by place (line and column, from 1) and by id, each with the letters that come before it.

    ``back`` are the targets of links back from notes, with the letters that come before them.
    """

    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    back: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0


def _scan(part: Part) -> _Scan:
    scan, parser = _Scan(), expat.ParserCreate("utf-8")

    def start(_tag: str, attributes: Mapping[str, str]) -> None:
        scan.starts[parser.CurrentLineNumber, parser.CurrentColumnNumber + 1] = scan.count
        if "id" in attributes:
            scan.ids[attributes["id"]] = scan.count
        if attributes.get("role") == "doc-backlink":
            scan.back.append((scan.count, attributes.get("href", "")))

    def characters(data: str) -> None:
        scan.count += len(letters(data))

    parser.StartElementHandler, parser.CharacterDataHandler = start, characters
    parser.Parse(part.xhtml.encode(), True)
    return scan


class _Finder:
    """The parts read once. ``_begins`` are the pages' beginnings in each part: letters, with the page's place."""

    def __init__(self, rendition: Rendition) -> None:
        self._parts = rendition.parts
        self._scans = {part.name: _scan(part) for part in rendition.parts}
        self._begins: dict[str, list[tuple[int, int]]] = {}
        for place, entry in enumerate(rendition.pages):
            letter = self._scans[entry.part].ids.get(entry.fragment)
            if letter is not None:
                self._begins.setdefault(entry.part, []).append((letter, place))

    def page(self, span: Span) -> int | None:
        origin = self._origin(span)
        if origin is None:
            return None
        part, letter = origin
        if part in self._begins:
            return self._page_at(part, letter)
        return self._page_of_note(part, letter)

    def _origin(self, span: Span) -> tuple[str, int] | None:
        """Give the part and the letter that a place of the manuscript came to, by what began last before it."""
        best: tuple[int, str, int] | None = None
        for part in self._parts:
            for origin in part.origins:
                here = origin.span
                if here.source.name == span.source.name and here.start <= span.start:
                    letter = self._scans[part.name].starts.get((origin.line, origin.column))
                    if letter is not None and (best is None or here.start >= best[0]):
                        into = len(letters(span.source.text[here.start : span.start]))
                        best = here.start, part.name, letter + into
        return best[1:] if best else None

    def _page_at(self, part: str, letter: int) -> int | None:
        begins = self._begins[part]
        at = bisect_right([begin for begin, _ in begins], letter) - 1
        # What stands before the first marker belongs to the page on which the part begins.
        return begins[max(at, 0)][1]

    def _page_of_note(self, part: str, letter: int) -> int | None:
        """Give the page of a note's call, to which the first link back after it leads."""
        target = next((href for at, href in self._scans[part].back if at >= letter), "")
        found = _TARGET.fullmatch(target)
        for name in self._begins if found else ():
            if found and name.endswith(f"/{found['part']}") and found["id"] in self._scans[name].ids:
                return self._page_at(name, self._scans[name].ids[found["id"]])
        return None
