"""The last of a book's layout: its divisions become one answer, the same as one layout of the whole would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from publish.formats.pdf.description import describe
from publish.formats.pdf.join import Joined
from publish.formats.pdf.labels import Row, page_labels
from publish.formats.pdf.wire import Answer, Finding, Laid
from publish.pages import Page, PageMap
from publish.rendition import Rendition

if TYPE_CHECKING:
    from publish.formats.pdf.merge import Joint

_ORDER = (
    "resource-local",
    "glyph-exists",
    "image-readable",
    "link-target-exists",
    "note-printed",
    "note-beside-call",
    "html-safe",
    "nothing-lost",
    "inside-page",
)


def bind(
    rendition: Rendition,
    joined: Joined,
    laid: Sequence[Laid],
    cut: Callable[[Sequence[Mapping[str, Any]]], bytes],
    joint: Joint | None = None,
) -> Answer:
    """Give the answer of a whole book; ``cut`` gives a PDF with fonts cut down to what they are used for.

    ``joint`` is a PDF in the making that may have taken over some of the divisions.
    """
    findings = tuple(
        dict.fromkeys(chain(_sorted(chain.from_iterable(one.findings for one in laid)), _lost(joined, laid)))
    )
    rows = [Row(*row) for one in laid for row in one.rows]
    labels = page_labels(rows, rendition.words.get("cover", "Cover"))
    pages = PageMap(tuple(_pages(joined, laid, map(str, labels))), _texts(joined, laid))
    remarks = tuple(dict.fromkeys(chain.from_iterable(one.remarks for one in laid)))
    if any(finding.stops for finding in findings):
        return Answer(findings, pages, remarks)
    from publish.formats.pdf.merge import Joint

    if joint is None or not joint.fits(laid):
        joint = Joint()
    data = joint.close(laid, cut(typefaces(laid)), labels, describe(rendition))
    return Answer(findings, pages, remarks, (), data)


def typefaces(laid: Iterable[Laid]) -> list[dict[str, Any]]:
    """Give each font once, with the glyphs that all divisions use."""
    found: dict[str, dict[str, Any]] = {}
    for one in laid:
        for typeface in one.typefaces:
            known = found.setdefault(typeface["hash"], {**typeface, "widths": {}, "to_unicode": {}})
            for name in ("widths", "to_unicode"):
                for glyph, value in typeface[name].items():
                    known[name].setdefault(glyph, value)
    for typeface in found.values():
        for name in ("widths", "to_unicode"):
            typeface[name] = dict(sorted(typeface[name].items(), key=lambda pair: int(pair[0])))
    return list(found.values())


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings in the order in which one layout tells them."""
    return sorted(findings, key=lambda f: _ORDER.index(f.rule) if f.rule in _ORDER else len(_ORDER))


def _lost(joined: Joined, laid: Sequence[Laid]) -> Iterator[Finding]:
    """Give a finding for every link that leads to a place which no division has."""
    known = {element.get("id") for part in joined.parts for element in part.iter()}
    for target in dict.fromkeys(chain.from_iterable(one.targets for one in laid)):
        if target not in known and target.removeprefix("call-") not in known:
            yield Finding("link-target-exists", f"a link leads to “#{target}”, which is nowhere in the pages")


def _pages(joined: Joined, laid: Sequence[Laid], labels: Iterator[str]) -> Iterator[Page]:
    for name, one in zip(joined.names, laid, strict=True):
        for place in one.places:
            yield Page(next(labels), *(() if place is None else (name, place)))


def _texts(joined: Joined, laid: Sequence[Laid]) -> dict[str, tuple[str, ...]]:
    return {name: one.runs for name, one in zip(joined.names, laid, strict=True) if one.runs}
