"""Judge a finished PDF."""

from __future__ import annotations

from publish.diagnostics import Log
from publish.rendition import Rendition


def verify(data: bytes, rendition: Rendition | None, log: Log, *, referee: bool) -> None:
    """placeholder"""
