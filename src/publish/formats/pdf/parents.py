"""The tree that leads from what stands on a page back to its element (ISO 32000-1, 14.7.4.4), written.

It is a number tree (7.9.7). Whoever reads a page aloud looks a number up for each piece of its content, and some
readers go through a whole node each time: so no node is long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

_LONGEST = 32  # entries of one node

T = TypeVar("T")


def into(pdf: Any) -> Callable[[dict[str, list[Any]]], Any]:
    """Give what adds a node to a file of pikepdf, which reads such trees itself (``NumberTree``)."""
    from pikepdf import Array, Dictionary  # not at the top: the layout writes its tree without

    return lambda entries: pdf.make_indirect(Dictionary({f"/{key}": Array(value) for key, value in entries.items()}))


def write(pairs: Sequence[tuple[int, Any]], add: Callable[[dict[str, list[Any]]], T]) -> T:
    """Give the root of a tree in which each number, in rising order, leads to the value beside it.

    ``add`` puts a node into a file and gives what another node calls it by.
    """
    leaves = [(part[0][0], part[-1][0], [item for pair in part for item in pair]) for part in _parts(pairs)]
    return _grown(leaves, "Nums", add) if leaves else add({"Nums": []})


def _grown(nodes: Sequence[tuple[int, int, list[Any]]], kind: str, add: Callable[[dict[str, list[Any]]], T]) -> T:
    """Give the root over nodes, each with its least and its greatest number and what it holds."""
    if len(nodes) == 1:
        return add({kind: nodes[0][2]})
    held = [(first, last, add({kind: inside, "Limits": [first, last]})) for first, last, inside in nodes]
    above = [(part[0][0], part[-1][1], [node for *_, node in part]) for part in _parts(held)]
    return _grown(above, "Kids", add)


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(items), _LONGEST):
        yield items[first : first + _LONGEST]
