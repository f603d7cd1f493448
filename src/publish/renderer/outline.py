"""The contents: which lines, how deep, and where each leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.document import Block, Division, Publication, Section, plain
from publish.renderer.numbers import part_name
from publish.rendition import OutlineEntry


def of_divisions(publication: Publication, depth: int) -> tuple[OutlineEntry, ...]:
    """Give an entry for each division, with its sections down to ``depth`` levels (1: divisions alone)."""
    return tuple(_division(d, depth) for d in publication.divisions)


def _division(division: Division, depth: int) -> OutlineEntry:
    part = part_name(division)
    return OutlineEntry(tidy(plain(division.title)), part, "", tuple(_sections(division.blocks, part, depth - 1)))


def _sections(blocks: Iterable[Block], part: str, depth: int) -> Iterator[OutlineEntry]:
    if depth <= 0:
        return
    for block in blocks:
        if isinstance(block, Section):
            below = tuple(_sections(block.blocks, part, depth - 1))
            yield OutlineEntry(tidy(plain(block.title)), part, block.id, below)


def tidy(text: str) -> str:
    """Give a text on one line, white space folded."""
    return " ".join(text.split())
