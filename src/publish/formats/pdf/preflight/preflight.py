"""The preflight of a file for a printer: all rules of its profile, every fault told with its page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from publish.diagnostics import Log
from publish.formats.pdf.preflight import edges, pages, tagged
from publish.formats.pdf.preflight.claims import said
from publish.formats.pdf.preflight.pages import Fault
from publish.profiles import Order


def preflight(data: bytes, order: Order, log: Log) -> None:
    """Report what a printer would refuse (``press-ready``) and what he would rather have (``press-advised``).

    ``data`` is a PDF that can be opened. What a page is about is in the diagnostic: ``page 7``, and for a picture
    ``page 7 picture`` with the picture's description, so that its place in the manuscript can be found.
    """
    import pypdfium2  # type: ignore[import-untyped]

    with pikepdf.open(BytesIO(data)) as pdf:
        for message in said(pdf, data, order):
            log.report("press-ready", message)
        for message, error in _whole(pdf, order):
            log.report("press-ready" if error else "press-advised", message)
        rendered = pypdfium2.PdfDocument(data)
        descriptions = tagged.descriptions(pdf)
        try:
            for number, page in enumerate(pdf.pages, start=1):
                for fault in _page(page, rendered[number - 1], number, len(pdf.pages), order):
                    _tell(fault, number, descriptions, log)
        finally:
            rendered.close()


def _page(page: pikepdf.Page, rendered: Any, number: int, count: int, order: Order) -> Iterator[Fault]:
    profile = order.profile
    yield from pages.boxes(page, profile)
    yield from pages.painted(page, profile)
    if "/TrimBox" not in page:
        return
    trim = tuple(float(value) for value in page.TrimBox)
    yield from edges.filled(rendered, trim, profile)
    if profile.safe:
        inside = max(profile.gutter(count), profile.safe)
        yield from edges.safe(rendered, trim, inside, profile.safe, recto=number % 2 == 1)


def _whole(pdf: pikepdf.Pdf, order: Order) -> Iterator[tuple[str, bool]]:
    """Look at the number of the pages and their size."""
    profile, count = order.profile, len(pdf.pages)
    if count % profile.multiple:
        yield f"the file has {count} pages, which is no multiple of {profile.multiple}", True
    if profile.least and count < profile.least:
        yield f"the file has {count} pages; {profile.name} binds books of {profile.least} pages and more", False
    if profile.most and count > profile.most:
        yield f"the file has {count} pages; {profile.name} binds books of at most {profile.most}", True
    sizes = {_size(page) for page in pdf.pages}
    if len(sizes) > 1:
        # A page turned on its side is the same paper.
        yield f"the pages are of {len(sizes)} sizes", True


def _size(page: pikepdf.Page) -> tuple[int, int]:
    left, foot, right, head = (float(value) for value in page.get("/TrimBox", page.MediaBox))
    width, height = round(right - left), round(head - foot)
    return (min(width, height), max(width, height))


def _tell(fault: Fault, number: int, descriptions: dict[tuple[int, int], str], log: Log) -> None:
    about = f"page {number}"
    if fault.picture is not None:
        about += f" picture {descriptions.get((number, fault.content), '')}".rstrip()
    log.report("press-ready" if fault.error else "press-advised", f"page {number}: {fault.message}", about=about)
