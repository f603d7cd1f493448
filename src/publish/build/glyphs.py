"""Where in the manuscript a character stands that no font has: the writer of a PDF knows the character only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.diagnostics import Diagnostic
from publish.project import Project
from publish.source import Span

_CODE_POINT = re.compile(r"\bU\+([0-9A-F]{4,6})\b")


def placed(diagnostics: Iterable[Diagnostic], project: Project) -> Iterator[Diagnostic]:
    """Give the diagnostics, those of ``glyph-exists`` at the first place where their character (``U+XXXX``) stands."""
    for d in diagnostics:
        named = _CODE_POINT.search(d.message) if d.rule.name == "glyph-exists" and d.span is None else None
        span = _first(chr(int(named[1], 16)), project) if named else None
        yield Diagnostic(d.rule, d.message, span, "", d.hint) if span else d


def _first(character: str, project: Project) -> Span | None:
    for division in project.divisions:
        at = division.source.text.find(character)
        if at >= 0:
            return division.source.span(at, at + 1)
    return None
