"""Where in the manuscript something stands of which the writer of a PDF has the name only: a word, a note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.diagnostics import Diagnostic
from publish.document import Publication
from publish.project import Project
from publish.source import Span

_OF_WORDS = frozenset({"glyph-exists", "nothing-lost"})
_OF_NOTES = frozenset({"note-beside-call", "note-printed"})


def placed(diagnostics: Iterable[Diagnostic], project: Project, publication: Publication) -> Iterator[Diagnostic]:
    """Give the diagnostics, those of a character or word where it stands first, those of a note at the note."""
    for d in diagnostics:
        span = _place(d, project, publication) if d.about and not d.span else None
        yield replace(d, span=span, file="") if span else d


def _place(d: Diagnostic, project: Project, publication: Publication) -> Span | None:
    if d.rule.name in _OF_WORDS:
        return _first(d.about, project)
    return _note(d.about, publication) if d.rule.name in _OF_NOTES else None


def _first(characters: str, project: Project) -> Span | None:
    for division in project.divisions:
        at = division.source.text.find(characters)
        if at >= 0:
            return division.source.span(at, at + len(characters))
    return None


def _note(id: str, publication: Publication) -> Span | None:
    from publish.renderer import numbers

    counted = numbers.count(publication, "print").notes
    name = next((name for name, number in counted.items() if f"note-{number}" == id), None)
    notes = ((division.slug, note) for division in publication.divisions for note in division.notes)
    return next((note.span for slug, note in notes if (slug, note.label) == name), None)
