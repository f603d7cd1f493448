"""Where in the manuscript a fault in a finished file comes from.

The judges of an EPUB know file, line and column only; those of a PDF know the page, and of a picture its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from publish.diagnostics import Diagnostic
from publish.pages import PageMap
from publish.rendition import Part, Rendition
from publish.source import Span

_PAGE = re.compile(r"page (?P<number>\d+)(?: picture(?: (?P<words>.*))?)?", re.DOTALL)
_HERE = "\ufdd0"  # no character of any text
_PLACE = re.compile(r"(?P<file>.+\.xhtml):(?P<line>\d+)(?::(?P<column>\d+))?")


def traced(diagnostics: Iterable[Diagnostic], rendition: Rendition) -> Iterator[Diagnostic]:
    """Give the diagnostics, those on a page of the EPUB at the place in the manuscript that it was made from."""
    for d in diagnostics:
        found = _PLACE.fullmatch(d.file)
        part = next((p for p in rendition.parts if found and found["file"].endswith(f"/{p.name}")), None)
        span = part.origin(int(found["line"]), int(found["column"] or 0)) if part and found else None
        yield replace(d, span=span, file="", hint=d.hint or f"in the EPUB: {d.file}") if span else d


def paged(diagnostics: Iterable[Diagnostic], rendition: Rendition, pages: PageMap) -> Iterator[Diagnostic]:
    """Give the diagnostics, those about a page of a PDF at the place in the manuscript where the page begins.

    One about a picture is at the picture where its description tells it from all others.
    """
    for d in diagnostics:
        found = _PAGE.fullmatch(d.about) if d.span is None else None
        span = None
        if found:
            span = _picture(found["words"] or "", rendition) or _begins(int(found["number"]), rendition, pages)
        yield replace(d, span=span, file="") if span else d


def _picture(words: str, rendition: Rendition) -> Span | None:
    places = [(part, at) for part in rendition.parts for at in _described(words, part)] if words else []
    return _span(*places[0]) if len(places) == 1 else None


def _described(words: str, part: Part) -> Iterator[int]:
    """Give where the elements stand that show a picture of this description."""
    for tag in re.finditer(r"<img\b[^>]*>", part.xhtml):
        alt = re.search(r'\balt="([^"]*)"', tag[0])
        if alt and " ".join(unescape(alt[1]).split()) == " ".join(words.split()):
            yield tag.start()


def _begins(number: int, rendition: Rendition, pages: PageMap) -> Span | None:
    """Give the place of the first letter of a page, or of the last one before it on which a text begins."""
    from publish.renderer.pagination import Marker, mark

    for page in reversed(pages.pages[:number]):
        part = next((part for part in rendition.parts if page.part and part.name == page.part), None)
        if part is not None:
            marked = mark(part.name, part.xhtml, [Marker(page.label, "", part.name, page.letter)], lambda *_: _HERE)
            return _span(part, marked.find(_HERE))
    return None


def _span(part: Part, at: int) -> Span | None:
    before = part.xhtml[:at]
    found = part.origin(before.count("\n") + 1, at - before.rfind("\n"))
    # Before the first element of the author's stands what the template made of the title.
    return found or next((origin.span for origin in part.origins), None)
