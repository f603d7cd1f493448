"""Where in the manuscript a character stands that no font has: the writer of a PDF knows the character only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.diagnostics import Diagnostic
from publish.project import Project
from publish.source import Span


def placed(diagnostics: Iterable[Diagnostic], project: Project) -> Iterator[Diagnostic]:
    """Give the diagnostics, those of ``glyph-exists`` at the first place where their character stands."""
    for d in diagnostics:
        span = _first(d.about, project) if d.rule.name == "glyph-exists" and d.about and not d.span else None
        yield replace(d, span=span, file="") if span else d


def _first(characters: str, project: Project) -> Span | None:
    for division in project.divisions:
        at = division.source.text.find(characters)
        if at >= 0:
            return division.source.span(at, at + len(characters))
    return None
