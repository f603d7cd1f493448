"""Where the pages of the print edition begin, for an EPUB: as just made, as kept, or laid out for the purpose."""

from __future__ import annotations

import json

from publish.build.tools import ours, shelf, theirs
from publish.cache import Cache, key
from publish.diagnostics import Log, Severity
from publish.formats import FORMATS, Written
from publish.pages import PageMap
from publish.rendition import Rendition

_HINT = "an EPUB without page numbers needs no printed pages; say so: style: {pages: none}"


def kept(printed: Rendition, cache: Cache) -> PageMap | None:
    """Give the page map of a print edition if it was laid out before, just as it is now."""
    data = cache.get(name_of(printed))
    try:
        return PageMap.from_head(json.loads(data)) if data is not None else None
    except (AttributeError, KeyError, TypeError, ValueError):  # another version's
        return None


def keep(printed: Rendition, pages: PageMap, cache: Cache) -> None:
    """Keep the page map of a print edition."""
    cache.put(name_of(printed), json.dumps(pages.head()).encode())


def lay_out(printed: Rendition, cache: Cache, log: Log) -> PageMap | None:
    """Lay out a print edition for its page map alone, which is not kept; ``None`` when the log says why it failed.

    Warnings about the pages are for whoever makes the PDF. Raises ``MissingLibrary`` as the PDF writer does.
    """
    found = Log(log.off)
    return pages_of(FORMATS["pdf"]().write(printed, found, shelf=shelf(cache)), found, log)


def pages_of(written: Written | None, found: Log, log: Log) -> PageMap | None:
    """Give where pages begin that were written for that alone; of what was ``found`` the log is told the errors."""
    for d in found:
        if d.severity is Severity.ERROR:
            log.report(d.rule.name, d.message, d.span, file=d.file, hint=d.hint or _HINT, about=d.about)
    return None if written is None or log.failed else written.pages


def name_of(printed: Rendition) -> str:
    """Name what the layout depends on."""
    pages = (item for part in printed.parts for item in (part.name, part.language, part.xhtml))
    resources = (item for resource in printed.resources for item in (resource.name, resource.data))
    said = (printed.metadata.language, printed.words.get("cover", ""))
    return key("pages", ours(), theirs(), *said, *pages, *resources)
