"""Parts too long for a reader cut in several at the boundaries of their sections; every link follows.

A part's XHTML is read by expat, which tells the byte at which everything stands, and is cut between the bytes: all
else stays as the templates wrote it. What a cut goes through is closed before it and opened again after it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple
from xml.parsers import expat

from publish.records import dataclass
from publish.rendition import OutlineEntry, Part

LIMIT = 250_000
"""Bytes that a part may have: shops' converters and older readers grow slow over files of more than 260 kB."""

_THROUGH = frozenset({"section", "div"})  # an author's list or table stays whole
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header"})
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE = re.compile(r'(?<= href=")([^"#:]*)#([^"]+)(?=")')
# What says of an element which one it is, or what it is called: only the first piece may say that.
_OF_THE_FIRST = frozenset({b"aria-label", b"aria-labelledby", b"epub:type", b"id", b"role", b"start"})
_CLASSES_OF_THE_FIRST = frozenset({b"opening", b"run-in"})

Moved = Mapping[tuple[str, str], str]
"""The part in which each place (part before, id) of a part that was cut now stands."""


def split(parts: Iterable[Part], limit: int = LIMIT) -> tuple[tuple[Part, ...], Moved]:
    """Give the parts, those of more than ``limit`` bytes cut in several, and where the ids of these now stand.

    The first piece keeps the part's name. The contents are never cut: a reading system looks for one such document.
    A paragraph, list or table stays whole whatever its size.
    """
    parts = tuple(parts)
    taken = {part.name for part in parts}
    moved: dict[tuple[str, str], str] = {}
    cut: list[Part] = []
    for part in parts:
        data = part.xhtml.encode()
        if len(data) <= limit or part.kind == "contents":
            cut.append(part)
            continue
        scan = _Scan(data, lists=part.kind == "notes")
        cuts = tuple(_choose(scan, len(data), limit))
        names = (part.name, *_names(part.name, len(cuts), taken))
        cut += [replace(part, name=n, xhtml=x.decode()) for n, x in zip(names, _pieces(data, scan, cuts), strict=True)]
        for id, offset in scan.ids.items():
            moved[part.name, id] = names[sum(place.offset <= offset for place in cuts)]
    homes = {name: part for part, name in _homes(parts, cut)}
    return tuple(replace(p, xhtml=_led(p, homes[p.name], moved)) for p in cut) if moved else parts, moved


def lead(entries: Iterable[OutlineEntry], moved: Moved) -> tuple[OutlineEntry, ...]:
    """Give lines of the contents leading to where their places now stand."""
    return tuple(
        replace(e, part=moved.get((e.part, e.fragment), e.part), children=lead(e.children, moved)) for e in entries
    )


@dataclass(frozen=True)
class _Element:
    """An open element: its name, its start tag, and how many elements it has had inside so far."""

    name: str
    tag: bytes
    inside: list[str] = field(default_factory=list)


class _Place(NamedTuple):
    """Where a part can be cut: the byte, the elements that are open there, and how bad a cut is there (0: good)."""

    offset: int
    path: tuple[_Element, ...]
    inside: int
    cost: int


class _Scan:
    """A part read once: where it can be cut, where its ids stand, and from where to where its one element reaches."""

    def __init__(self, data: bytes, *, lists: bool) -> None:
        self.places: list[_Place] = []
        self.ids: dict[str, int] = {}
        self.start = self.end = 0
        self._data = data
        self._through = _THROUGH | ({"ol"} if lists else frozenset())
        self._open: list[_Element] = []
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._finish
        parser.Parse(data, True)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        name, at = tag.rpartition(":")[2], self._parser.CurrentByteIndex
        if len(self._open) == 2 and self._open[1].name == "body":
            self.start = at
        path = self._open[2:]
        if path and self._open[1].name == "body" and all(element.name in self._through for element in path):
            # A cut right after a heading would part it from its text; one before the first element gains nothing.
            before = next((sibling for sibling in reversed(path[-1].inside) if sibling != "span"), "")
            if before and before not in _HEADS:
                cost = len(path) - 1 if name == "section" else 9
                self.places.append(_Place(at, tuple(path), len(path[-1].inside), cost))
        if self._open:
            self._open[-1].inside.append(name)
        if "id" in attributes:
            self.ids[attributes["id"]] = at
        found = _TAG.match(self._data, at)
        self._open.append(_Element(name, found[0] if found else b""))

    def _finish(self, _tag: str) -> None:
        element = self._open.pop()
        if len(self._open) == 2 and self._open[1].name == "body":
            at = self._parser.CurrentByteIndex
            self.end = at if element.tag.endswith(b"/>") else self._data.index(b">", at) + 1


def _choose(scan: _Scan, size: int, limit: int) -> Iterator[_Place]:
    """Give the places to cut at: before a section where one begins in the latter half of a piece, else anywhere."""
    outside = size - (scan.end - scan.start) + 1000  # what every piece repeats
    room, here = max(limit - outside, 1), scan.start
    while scan.end - here > room:
        within = [place for place in scan.places if here < place.offset <= here + room]
        good = [place for place in within if place.cost < 9 and place.offset > here + room // 3]
        if good:
            place = min(good, key=lambda p: (p.cost, -p.offset))
        elif within:
            place = within[-1]
        else:
            later = next((place for place in scan.places if place.offset > here), None)
            if later is None:
                return
            place = later
        yield place
        here = place.offset


def _pieces(data: bytes, scan: _Scan, cuts: Sequence[_Place]) -> Iterator[bytes]:
    """Give the pieces as whole documents."""
    here, opened = scan.start, b""
    for place in cuts:
        closed = b"".join(b"</%s>\n" % element.name.encode() for element in reversed(place.path))
        yield data[: scan.start] + opened + data[here : place.offset] + closed.rstrip() + data[scan.end :]
        here = place.offset
        opened = b"".join(_again(element) + b"\n" for element in place.path[:-1])
        opened += _again(place.path[-1], place.inside) + b"\n"
    yield data[: scan.start] + opened + data[here:]


def _again(element: _Element, before: int = 0) -> bytes:
    """Give the start tag of an element that goes on after a cut; a list goes on counting."""
    kept = [b"<" + element.name.encode()]
    first = 1
    for name, value in _ATTRIBUTE.findall(element.tag):
        if name == b"class":
            classes = [c for c in value[1:-1].split() if c not in _CLASSES_OF_THE_FIRST]
            kept.append(b' class="%s"' % b" ".join(classes))
        elif name not in _OF_THE_FIRST:
            kept.append(b" %s=%s" % (name, value))
        elif name == b"start":
            first = int(value[1:-1])
    if element.name == "ol":
        kept.append(b' start="%d"' % (first + before))
    return b"".join(kept) + b">"


def _names(name: str, count: int, taken: set[str]) -> Iterator[str]:
    """Give names for the pieces after the first: ``text/essay-2.xhtml`` ..., none of them taken."""
    stem, suffix = posixpath.splitext(name)
    number = 2
    for _ in range(count):
        while f"{stem}-{number}{suffix}" in taken:
            number += 1
        taken.add(f"{stem}-{number}{suffix}")
        yield f"{stem}-{number}{suffix}"


def _homes(parts: Sequence[Part], cut: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Give for each piece (the part that it was cut from, its own name), in order."""
    names, before = {part.name for part in parts}, ""
    for piece in cut:
        before = piece.name if piece.name in names else before
        yield before, piece.name


def _led(piece: Part, home: str, moved: Moved) -> str:
    """Give a piece's XHTML with every link leading to where its place now stands."""

    def link(found: re.Match[str]) -> str:
        target = posixpath.join(posixpath.dirname(home), found[1]) if found[1] else home
        now = moved.get((target, found[2]), target)
        return f"#{found[2]}" if now == piece.name else f"{posixpath.basename(now)}#{found[2]}"

    return _REFERENCE.sub(link, piece.xhtml)
