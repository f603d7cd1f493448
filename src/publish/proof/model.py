"""What a proof is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from publish.diagnostics import Diagnostic
from publish.records import dataclass
from publish.rendition import Rendition


@dataclass(frozen=True)
class Material:
    """A publication's finished files and what is known of them; at least one of ``pdf`` and ``epub`` holds bytes.

    ``printed`` and ``shown`` are what they were made of (``None`` where that is not known: then there are no guides,
    and no diagnostic stands beside a page). ``browser`` is a Chromium's path, if it may take pictures of the EPUB.
    """

    title: str
    language: str
    pdf: bytes = field(default=b"", repr=False)
    epub: bytes = field(default=b"", repr=False)
    printed: Rendition | None = field(default=None, repr=False)
    shown: Rendition | None = field(default=None, repr=False)
    diagnostics: Sequence[Diagnostic] = ()
    browser: Path | None = None
