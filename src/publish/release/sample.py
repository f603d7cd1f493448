"""The reading sample: the opening of a publication as a publication of its own, made like any other."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from publish.agreement import words_of
from publish.document import (
    Block,
    Blocks,
    CitedWork,
    CrossReference,
    Division,
    Link,
    Node,
    NoteCall,
    Paragraph,
    Publication,
    Section,
    walk,
)
from publish.metadata import Identifier, Metadata
from publish.words import words

SHARE = 0.1
"""Which part of the text a sample holds: what shops show."""

LEAST = 300
"""Words that a sample has at the least."""


def sample(publication: Publication, identifier: str, address: str) -> Publication | None:
    """Give the opening of a publication: its front matter and a tenth of its text, to the end of a paragraph.

    ``identifier`` is the publication's URN, of which the sample's is made; ``address`` is where the whole is found, or
    empty. Notes that are not called and links that lead out of the sample are left out. ``None`` for a publication so
    short that the sample would be more than half of it.
    """
    front = [d for d in publication.divisions if d.matter == "front"]
    body = [d for d in publication.divisions if d.matter == "body"]
    total = sum(map(_length, body))
    room = max(LEAST, round(total * SHARE))
    if not body or room > total / 2:
        return None
    opening = tuple(_opening(body, room))
    kept = _joined((*front, *opening))
    language = publication.metadata.language
    end = _end(words(language), publication.metadata, address)
    metadata = replace(
        publication.metadata,
        title=words(language)["sample-title"].format(title=publication.metadata.title),
        identifiers=(Identifier("uuid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{identifier}#sample"))),),
        conformance=None,
    )
    return replace(publication, metadata=metadata, divisions=(*kept, end))


def _length(node: object) -> int:
    return sum(words_of(item).total() for item in walk(node) if isinstance(item, str))


def _opening(divisions: Iterable[Division], room: int) -> Iterator[Division]:
    for division in divisions:
        blocks, room = _taken(division.blocks, room)
        if blocks:
            yield _noted(replace(division, blocks=blocks))
        if room <= 0:
            return


def _taken(blocks: Blocks, room: int) -> tuple[Blocks, int]:
    """Give the blocks that there is room for, the last one whole, and the room that is left."""
    taken: list[Block] = []
    for block in blocks:
        if room <= 0:
            break
        size = _length(block)
        if isinstance(block, Section) and size > room:
            inside, room = _taken(block.blocks, room)
            taken.append(replace(block, blocks=inside))
        else:
            taken.append(block)
            room -= size
    return tuple(taken), room


def _noted(division: Division) -> Division:
    """Give a division with those notes alone that its text, or another note of it, calls."""
    by_label = {note.label: note for note in division.notes}
    called: dict[str, None] = {}
    waiting: list[Node] = list(division.blocks)
    while waiting:
        calls = [n.label for n in walk(waiting.pop()) if isinstance(n, NoteCall) and n.label not in called]
        called.update(dict.fromkeys(calls))
        waiting += [by_label[label] for label in calls if label in by_label]
    return replace(division, notes=tuple(note for note in division.notes if note.label in called))


def _joined(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Give the divisions with every link that leads to something that is not among them turned into its words."""
    there = {node.id for d in divisions for node in walk(d) if isinstance(node, Node) and node.id}
    there |= {division.slug for division in divisions}
    return tuple(_without_loose_ends(division, there) for division in divisions)


def _without_loose_ends(node: Any, there: set[str]) -> Any:
    changed = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, tuple) and any(is_dataclass(one) for one in value):
            kept = tuple(new for one in value for new in _kept(one, there))
            if kept != value:
                changed[item.name] = kept
    return replace(node, **changed) if changed else node


def _kept(item: Any, there: set[str]) -> tuple[Any, ...]:
    if not isinstance(item, Node):
        return (item,)
    item = _without_loose_ends(item, there)
    leads = isinstance(item, Link | CrossReference | CitedWork) and item.target.startswith("#")
    return item.content if leads and item.target[1:] not in there else (item,)


def _end(table: Any, metadata: Metadata, address: str) -> Division:
    """Give the last page of a sample: that it ends here, and where the whole is."""
    said = table["sample-end"].format(title=metadata.title)
    blocks: list[Block] = [Paragraph((said,))]
    if address:
        blocks.append(Paragraph((Link((address,), address),)))
    return Division("publish-sample-end", "colophon", "back", (table["sample-over"],), tuple(blocks))
