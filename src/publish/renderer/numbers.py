"""What only the whole publication knows: the number of each note, and the part in which each id stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from publish.document import Division, Node, Note, NoteCall, Publication, walk
from publish.records import dataclass
from publish.rendition import Medium

NOTES = "text/notes.xhtml"
"""The part of an EPUB in which its notes stand."""


@dataclass(frozen=True)
class Numbers:
    """Note numbers by (division's slug, note's label), and the part that holds each id.

    ``notes`` count through the whole publication and make up the notes' ids; ``shown`` are those that are read.
    """

    notes: Mapping[tuple[str, str], int]
    shown: Mapping[tuple[str, str], int]
    parts: Mapping[str, str]


def part_name(division: Division) -> str:
    """Give the name of the part that shows a division."""
    return f"text/{division.slug}.xhtml"


def count(publication: Publication, medium: Medium, *, anew: bool = False) -> Numbers:
    """Number the notes in the order of their first calls, and place every id.

    They are numbered through the whole publication, or ``anew`` in each division, in every medium alike. In an EPUB
    notes stand in a part of their own, in print where they are called.
    """
    notes: dict[tuple[str, str], int] = {}
    shown: dict[tuple[str, str], int] = {}
    parts: dict[str, str] = {}
    for division in publication.divisions:
        here = part_name(division)
        parts[division.slug] = here
        before = len(notes) if anew else 0
        # A note that only another note calls is called where that one stands.
        called = {node.label for node in walk(replace(division, notes=())) if isinstance(node, NoteCall)}
        for node in walk(division):
            if isinstance(node, Note):
                notes[division.slug, node.label] = number = len(notes) + 1
                shown[division.slug, node.label] = number - before
                parts[f"note-{number}"] = here if medium == "print" else NOTES
                parts[f"noteref-{number}"] = here if medium == "print" or node.label in called else NOTES
            elif isinstance(node, Node) and node.id:
                parts.setdefault(node.id, here)
        if medium == "epub":
            inside = (node for note in division.notes for node in walk(note) if not isinstance(node, Note))
            parts |= {node.id: NOTES for node in inside if isinstance(node, Node) and node.id}
    return Numbers(notes, shown, parts)
