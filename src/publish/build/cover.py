"""The cover that a theme makes, as a picture: what an EPUB shows on its shelf when the editor gives none."""

from __future__ import annotations

from publish.build.tools import ours, theirs
from publish.cache import Cache, key
from publish.diagnostics import Log
from publish.formats import FORMATS
from publish.rendition import Rendition

WIDTH = 1600
"""Pixels across: what bookshops ask for."""


def cover_picture(sheet: Rendition, cache: Cache, log: Log) -> bytes | None:
    """Set the one page of a cover and give its picture (JPEG, ``WIDTH`` pixels across); kept by content.

    ``None`` when the log says why the page could not be set. Raises ``MissingLibrary`` as the PDF writer does.
    """
    name = key("cover", ours(), theirs(), str(WIDTH), *_contents(sheet))
    kept = cache.get(name)
    if kept is not None:
        return kept
    written = FORMATS["pdf"]().write(sheet, log)
    if written is None or log.failed:
        return None
    from publish.formats.pdf.picture import first_page

    picture = first_page(written.data, WIDTH)
    if not len(log):  # what was said of it has to be said again the next time
        cache.put(name, picture)
    return picture


def _contents(sheet: Rendition) -> list[str | bytes]:
    pages = [item for part in sheet.parts for item in (part.name, part.xhtml)]
    return [*pages, *(item for resource in sheet.resources for item in (resource.name, resource.data))]
