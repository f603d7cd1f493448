"""The tree that leads from what stands on a page back to its element (ISO 32000-1, 14.7.4.4), read and written.

It is a number tree (7.9.7). Whoever reads a page aloud looks a number up for each piece of its content, and some
readers go through a whole node each time: so no node is long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

_LONGEST = 32  # entries of one node

T = TypeVar("T")


def read(tree: Any) -> Iterator[tuple[int, Any]]:
    """Give the numbers of a tree (a dictionary of pikepdf) and what they lead to."""
    numbers = list(tree.get("/Nums", ()))
    for number, value in zip(numbers[::2], numbers[1::2], strict=True):
        yield int(number), value
    for kid in tree.get("/Kids", ()):
        yield from read(kid)


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
