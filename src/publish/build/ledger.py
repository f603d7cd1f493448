"""Diagnostics as JSON and back, so that what was once found can be said again without looking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publish.diagnostics import RULES, Diagnostic
from publish.source import Source, Span

Row = list[str | int]


def rows(diagnostics: Iterable[Diagnostic]) -> list[Row]:
    """Give one row a diagnostic: rule, message, file, hint, about, and for a place the source's name, start and end."""
    return [_row(d) for d in diagnostics]


def _row(d: Diagnostic) -> Row:
    row: Row = [d.rule.name, d.message, d.file, d.hint, d.about]
    return [*row, d.span.source.name, d.span.start, d.span.end] if d.span else row


def diagnostics(rows: Iterable[Row], sources: Mapping[str, Source]) -> list[Diagnostic]:
    """Give the diagnostics of rows; ``sources`` are the texts, unchanged since, by name.

    Raises KeyError for a rule or a source that is not there, ValueError or TypeError for what is no row.
    """
    return [_diagnostic(row, sources) for row in rows]


def _diagnostic(row: Row, sources: Mapping[str, Source]) -> Diagnostic:
    rule, message, file, hint, about, *place = row
    span = None
    if place:
        name, start, end = place
        span = Span(sources[str(name)], int(start), int(end))
    return Diagnostic(RULES[str(rule)], str(message), span, str(file), str(hint), str(about))
