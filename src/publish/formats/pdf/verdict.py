"""Judge a finished PDF: our own fast rules, and veraPDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pikepdf

from publish.diagnostics import Log
from publish.formats.pdf.description import Description, describe
from publish.formats.pdf.referee import ask
from publish.profiles import FOR_SCREENS, Order, Standard
from publish.rendition import Rendition

FLAVOURS: Mapping[Standard, tuple[str, ...]] = MappingProxyType(
    {"ua-1": ("ua1",), "ua-2": ("ua2",), "wtpdf": ("wt1a", "wt1r"), "a-2a": ("2a",), "a-4": ("4",)}
)
"""What veraPDF calls the standards; it knows none of PDF/X."""


def verify(data: bytes, rendition: Rendition | None, log: Log, *, referee: bool, order: Order = FOR_SCREENS) -> None:
    """Report what is wrong with a PDF under the rule ``pdf-valid``.

    Our own rules look whether it opens, has pages, is tagged and says its language and title, holds all its fonts,
    labels its pages, and (given the rendition that it was made of) has every division in its outline and says of
    itself what the rendition says. With ``referee``, veraPDF judges it by PDF/UA-1 as well.
    """
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            for fault in _faults(pdf, rendition, order):
                log.report("pdf-valid", fault)
    except pikepdf.PdfError as error:
        # What stands before it names an object in our memory, which is another one every time.
        log.report("pdf-valid", f"the PDF cannot be opened: {str(error).rpartition('>: ')[2]}")
        return
    if order.profile.press:
        from publish.formats.pdf.preflight import preflight

        preflight(data, order, log)
    flavours = [flavour for standard in order.standards for flavour in FLAVOURS.get(standard, ())]
    if referee and flavours:
        ask(data, log, *flavours, pages=pages)


def _faults(pdf: pikepdf.Pdf, rendition: Rendition | None, order: Order) -> Iterator[str]:
    for fault in (_pages, _tags, _fonts) if order.profile.tagged else (_count, _fonts):
        yield from fault(pdf)
    if rendition is not None:
        if order.profile.screen:
            yield from _outline(pdf, rendition)
        yield from _metadata(pdf, describe(rendition), order)


def _count(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not len(pdf.pages):
        yield "the PDF has no page"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from _count(pdf)
    if "/PageLabels" not in pdf.Root:
        yield "the PDF's pages have no labels"


def _tags(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Look at the catalog's part in tagging (ISO 14289-1, 7.1 and 7.2)."""
    root = pdf.Root
    if "/StructTreeRoot" not in root or not _entry(root, "/MarkInfo", "/Marked"):
        yield "the PDF is not tagged"
    if not str(root.get("/Lang", "")):
        yield "the PDF does not say which language it is in"
    if not _entry(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "the PDF does not ask readers to show its title"


def _entry(dictionary: pikepdf.Object, key: str, inner: str) -> Any:
    """Give what a dictionary's dictionary holds, or ``None``."""
    found = dictionary.get(key)
    return found.get(inner) if isinstance(found, pikepdf.Dictionary) else None


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        kind = item.get("/Subtype")
        if kind in ("/Type0", "/Type3"):
            continue  # the one has its font below it, the other in itself
        if not any(_entry(item, "/FontDescriptor", key) for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"the font {str(item.get('/BaseFont', '?')).removeprefix('/')} is not in the PDF"


def _outline(pdf: pikepdf.Pdf, rendition: Rendition) -> Iterator[str]:
    """Look for every division in the outline, whatever else stands in it."""
    with pdf.open_outline() as outline:
        titles = {_plain(item.title) for item in _items(outline.root)}
    for part in rendition.parts:
        if part.kind == "division" and not any(_plain(part.title) in title for title in titles):
            yield f"“{part.title}” is missing from the PDF's outline"


def _items(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _metadata(pdf: pikepdf.Pdf, described: Description, order: Order) -> Iterator[str]:
    """Compare what the PDF says of itself, in both places, with what it should say."""
    info = pdf.docinfo
    wanted = {"/Title": described.title, "/Author": ", ".join(described.authors), "/Subject": described.description}
    for key, text in wanted.items() if "a-4" not in order.standards else ():  # which has no such dictionary
        if str(info.get(key, "")) != text:
            yield f"the PDF's {key[1:].lower()} is “{info.get(key, '')}” and not “{text}”"
    if not order.profile.tagged:
        return
    with pdf.open_metadata() as xmp:
        part = next((standard[-1] for standard in order.standards if standard.startswith("ua-")), "")
        if _one(xmp.get("pdfuaid:part")) != part:
            yield f"the PDF's pdfuaid:part is “{xmp.get('pdfuaid:part')}” and not “{part}”"
        for name, value, read in _XMP:
            want = value(described)
            found = read(xmp.get(name))
            if found != want:
                yield f"the PDF's {name} is “{found}” and not “{want}”"


def _one(value: Any) -> str:
    return str(value or "")


def _many(value: Any) -> tuple[str, ...]:
    """Give an array's values in an order that does not matter."""
    return tuple(sorted(value)) if isinstance(value, list | set) else ((str(value),) if value else ())


def _some(*values: str) -> tuple[str, ...]:
    return tuple(sorted(value for value in values if value))


_XMP: tuple[tuple[str, Callable[[Description], Any], Callable[[Any], Any]], ...] = (
    ("dc:title", lambda d: d.title, _one),
    ("dc:creator", lambda d: _some(*d.authors), _many),
    ("dc:contributor", lambda d: _some(*d.contributors), _many),
    ("dc:description", lambda d: d.description, _one),
    ("dc:subject", lambda d: _some(*d.keywords), _many),
    ("dc:language", lambda d: _some(d.language), _many),
    ("dc:rights", lambda d: d.rights, _one),
    ("dc:publisher", lambda d: _some(d.publisher), _many),
    ("dc:identifier", lambda d: d.identifier, _one),
    ("xmp:Identifier", lambda d: _some(*d.identifiers), _many),
)
