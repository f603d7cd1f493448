"""Where in the manuscript a fault in a finished EPUB comes from: its judges know file, line and column only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.diagnostics import Diagnostic
from publish.rendition import Rendition

_PLACE = re.compile(r"(?P<file>.+\.xhtml):(?P<line>\d+)(?::(?P<column>\d+))?")


def traced(diagnostics: Iterable[Diagnostic], rendition: Rendition) -> Iterator[Diagnostic]:
    """Give the diagnostics, those on a page of the EPUB at the place in the manuscript that it was made from."""
    for d in diagnostics:
        found = _PLACE.fullmatch(d.file)
        part = next((p for p in rendition.parts if found and found["file"].endswith(f"/{p.name}")), None)
        span = part.origin(int(found["line"]), int(found["column"] or 0)) if part and found else None
        yield replace(d, span=span, file="", hint=d.hint or f"in the EPUB: {d.file}") if span else d
