"""The lists of a book: where one stands that its author did not write, and that none is printed with nothing in it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Any, TypeVar

from publish.diagnostics import Log
from publish.document import (
    APPARATUS,
    LISTS,
    Apparatus,
    Division,
    Figure,
    IndexMark,
    Link,
    Node,
    Publication,
    Table,
    walk,
)
from publish.project.model import Project
from publish.reader.names import Names
from publish.words import words

T = TypeVar("T", bound=Node)

# What a list would hold, and what to do to have something in it.
_EMPTY = {
    "bibliography": ("no work is cited", "cite one as [@key], or take the list away"),
    "contributors": ("nobody is named", "name them under “contributors”, each with a “bio”"),
    "credits": ("no picture says whose it is", 'say so with credit="…", source="…" or license="…"'),
    "index": ("nothing is marked for it", "mark words as [words]{.index}"),
    "list-of-figures": ("no figure has a caption", "a caption stands in the brackets of a picture"),
    "list-of-tables": ("no table has a caption", "a caption stands in the line below its table, after “: ”"),
}


def with_lists(publication: Publication, project: Project) -> Publication:
    """Give the publication with the lists that were not written out.

    A division whose role is a list's name has that list at its end, if it has none. A book in which words are marked
    for the index has an index at its end, if no place was given.
    """
    divisions = tuple(_completed(division) for division in publication.divisions)
    publication = replace(publication, divisions=divisions)
    nodes = list(walk(publication))
    marked = any(isinstance(node, IndexMark) for node in nodes)
    if project.bare or not marked or any(isinstance(node, Apparatus) and node.kind == "index" for node in nodes):
        return publication
    taken = {d.slug for d in divisions} | {node.id for node in nodes if isinstance(node, Node)}
    title = words(project.metadata.language)["index"]
    index = Division(Names(taken).fresh("index"), "index", "back", (title,), (Apparatus("index"),))
    return replace(publication, divisions=(*divisions, index))


def _completed(division: Division) -> Division:
    has = any(isinstance(node, Apparatus) and node.kind == division.role for node in walk(division))
    if division.role not in APPARATUS or has:
        return division
    return replace(division, blocks=(*division.blocks, Apparatus(division.role, span=division.span)))


def without_empty_lists(publication: Publication, log: Log) -> Publication:
    """Give the publication without the lists that have nothing in them, and report each."""
    filled = frozenset(_filled(publication))
    empty = [n for n in walk(publication) if isinstance(n, Apparatus) and n.kind in LISTS and n.kind not in filled]
    unlisted = [d for d in publication.divisions if d.role == "bibliography" and not d.blocks]
    if not empty and not unlisted:
        return publication
    for kind, span in [(node.kind, node.span) for node in empty] + [(d.role, d.span) for d in unlisted]:
        why, hint = _EMPTY[kind]
        log.report("list-filled", f"this list is left out: {why}", span, hint=hint)
    gone = {id(node) for node in empty}
    divisions = tuple(_without(division, gone) for division in publication.divisions)
    linked = {node.target for node in walk(publication) if isinstance(node, Link)}
    kept = tuple(d for d in divisions if d.blocks or d.role not in LISTS or f"#{d.slug}" in linked)
    return replace(publication, divisions=kept)


def _filled(publication: Publication) -> Iterator[str]:
    """Give the kinds of list that have something in them."""
    if publication.metadata.contributors or any(division.contributors for division in publication.divisions):
        yield "contributors"
    for node in walk(publication):
        if isinstance(node, IndexMark):
            yield "index"
        elif isinstance(node, Figure | Table):
            if node.caption or node.number:
                yield "list-of-figures" if isinstance(node, Figure) else "list-of-tables"
            if isinstance(node, Figure) and (node.credit or node.source or node.license):
                yield "credits"


def _without(node: T, gone: Set[int]) -> T:
    """Give a tree without the nodes of these identities; what does not change stays the same object."""
    changes: dict[str, Any] = {}
    for name, value in vars(node).items():
        if type(value) is tuple and value:
            new = tuple(_without(v, gone) if isinstance(v, Node) else v for v in value if id(v) not in gone)
            if len(new) < len(value) or any(a is not b for a, b in zip(value, new, strict=True)):
                changes[name] = new
    return replace(node, **changes) if changes else node
