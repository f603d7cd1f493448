"""What differs between a release and a destination, and so what there is to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from publish.push.kinds import is_immutable, turn
from publish.push.source import Item
from publish.push.stores import Entry, Store
from publish.records import dataclass


@dataclass(frozen=True)
class Plan:
    """What is to be sent, in its order: ``new`` and ``changed``; what is there already: ``same``.

    ``frozen`` are files of a version that was sent before with other bytes: they may not be sent. ``stale`` are names
    at the destination that the release does not have; those of earlier versions are never among them.
    """

    new: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    same: tuple[Item, ...] = ()
    frozen: tuple[Item, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[Item, ...]:
        """What is to be sent, in the order in which it is."""
        return in_turn((*self.new, *self.changed))


def in_turn(items: Iterable[Item]) -> tuple[Item, ...]:
    """Give files in the order in which they are sent: files, pages, feeds, checksums."""
    return tuple(sorted(items, key=lambda item: (turn(item.name), item.name)))


def compare(items: Iterable[Item], store: Store) -> Plan:
    """Compare a release with what a destination holds. Raises whatever the destination's library raises."""
    there = store.listing()
    kinds: dict[str, list[Item]] = {"new": [], "changed": [], "same": [], "frozen": []}
    names = set()
    for item in items:
        names.add(item.name)
        kinds[_kind(item, there, store)].append(item)
    stale = sorted(name for name in there.keys() - names if not is_immutable(name))
    settled = {kind: in_turn(found) for kind, found in kinds.items()}
    return Plan(**settled, stale=tuple(stale))


def _kind(item: Item, there: Mapping[str, Entry], store: Store) -> str:
    entry = there.get(item.name)
    if entry is None:
        return "new"
    if _is_same(item, entry, store):
        return "same"
    return "frozen" if is_immutable(item.name) else "changed"


def _is_same(item: Item, entry: Entry, store: Store) -> bool:
    """Whether a file is there as it is here: by its size, then its MD5 where the destination keeps one, else read."""
    if entry.size != item.size:
        return False
    if entry.md5:
        return hashlib.md5(item.read(), usedforsecurity=False).hexdigest() == entry.md5
    return hashlib.sha256(store.read(item.name)).hexdigest() == item.sha256
