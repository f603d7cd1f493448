"""Diagnostics as JSON and back, so that what was once found can be said again without looking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from publish.diagnostics import RULES, Diagnostic, Edit, Fix
from publish.source import Source, Span

Row = dict[str, Any]


def rows(diagnostics: Iterable[Diagnostic]) -> list[Row]:
    """Give one row a diagnostic: its fields, with a place as the source's name, start and end."""
    return [_row(d) for d in diagnostics]


def _row(d: Diagnostic) -> Row:
    row = {"rule": d.rule.name, "message": d.message, "file": d.file, "hint": d.hint, "about": d.about}
    place = {"span": _place(d.span)} if d.span else {}
    fix = {"fix": d.fix.what, "edits": [[*_place(e.span), e.text] for e in d.fix.edits]} if d.fix else {}
    return {**row, **place, **fix}


def _place(span: Span) -> list[str | int]:
    return [span.source.name, span.start, span.end]


def diagnostics(rows: Iterable[Row], sources: Mapping[str, Source]) -> list[Diagnostic]:
    """Give the diagnostics of rows; ``sources`` are the texts, unchanged since, by name.

    Raises KeyError for a rule or a source that is not there, ValueError or TypeError for what is no row.
    """
    return [_diagnostic(row, sources) for row in rows]


def _diagnostic(row: Row, sources: Mapping[str, Source]) -> Diagnostic:
    span = _span(row["span"], sources) if "span" in row else None
    fix = Fix(row["fix"], tuple(Edit(_span(e[:3], sources), e[3]) for e in row["edits"])) if "fix" in row else None
    return Diagnostic(RULES[row["rule"]], row["message"], span, row["file"], row["hint"], row["about"], fix)


def _span(place: list[Any], sources: Mapping[str, Source]) -> Span:
    name, start, end = place
    return Span(sources[name], int(start), int(end))
