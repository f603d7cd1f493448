"""The pages of the print edition in an EPUB: a marker in the text, before the letter with which each page begins.

A part's XHTML is read by expat, which tells the byte at which everything stands, and markers are put in between the
bytes: all else stays as the templates wrote it. How a marker looks is the template's word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple
from xml.parsers import expat

from publish.pages import OBJECT, PageMap, kind, letters
from publish.records import dataclass

# A marker that falls on the first letter of these stands before them: a heading or a link would be read out with the
# page's number in its name, and the contents may hold nothing before their heading.
_STANDS_BEFORE = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "nav"})


_IDS = re.compile(r"""\bid=["']([^"']*)""")


@dataclass(frozen=True)
class Marker:
    """A page's marker: the page's label, the marker's id, and before which letter of which part it stands."""

    label: str
    id: str
    part: str
    letter: int


def markers(pages: PageMap, parts: Sequence[tuple[str, str]]) -> tuple[Marker, ...]:
    """Give the marker of every page, in the order of the pages and of the text.

    ``parts`` are the names and the XHTML of the EPUB's parts in reading order. A page on which no text begins, or
    none that the EPUB has, is marked where the text goes on after it. There are no markers when not one part is in
    the print edition.
    """
    texts = {name: runs(xhtml) for name, xhtml in parts if name in pages.texts}
    order = {part: index for index, part in enumerate(texts)}
    carried = {part: _carry(pages.texts[part], texts[part]) for part in texts}
    if not texts:
        return ()
    last = max(order, key=lambda part: order[part])
    following = last, sum(map(len, texts[last]))
    places: list[tuple[str, int]] = []
    for page in reversed(pages.pages):
        if page.part in texts:
            here = page.part, carried[page.part](page.letter)
            # Cells of a row that goes on overleaf are read one after the other: no page may begin after the next one.
            following = min(here, following, key=lambda place: (order[place[0]], place[1]))
        places.append(following)
    names = _names(pages.labels, {id for _, xhtml in parts for id in _IDS.findall(xhtml)})
    return tuple(Marker(p.label, next(names), *place) for p, place in zip(pages.pages, reversed(places), strict=True))


def places(pages: PageMap, parts: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Give for each id of the parts the place, among all pages, of the page on which its element begins.

    What stands before the first page or in a part that was not printed has none.
    """
    order = {name: index for index, (name, _) in enumerate(parts)}
    begins = [(order[marker.part], marker.letter) for marker in markers(pages, parts)]
    found: dict[str, int] = {}
    for name, xhtml in parts:
        if name in pages.texts:
            for id, letter in _Scan(xhtml, ()).ids.items():
                place = bisect_right(begins, (order[name], letter)) - 1
                found |= {id: place} if place >= 0 else {}
    return found


def _names(labels: Iterable[str], taken: set[str]) -> Iterator[str]:
    """Give an id for each label, none of them twice or taken."""
    for number, label in enumerate(labels, start=1):
        plain = label if label.isascii() and label.isalnum() else f"sheet-{number}"
        name, again = f"page-{plain}", 1
        while name in taken:
            again += 1
            name = f"page-{plain}-{again}"
        taken.add(name)
        yield name


def _carry(printed: Sequence[str], shown: Sequence[str]) -> Callable[[int], int]:
    """Give the function from a letter of the printed text to the same letter of the text shown.

    Usually the texts are the same. Where one medium says more, runs that both have are matched, and a letter that is
    not shown leads to the next one that is.
    """
    if "".join(printed) == "".join(shown):
        return lambda letter: letter
    matches = SequenceMatcher(None, printed, shown, autojunk=False).get_matching_blocks()
    ours, theirs = (list(accumulate(map(len, runs), initial=0)) for runs in (printed, shown))
    blocks = [(ours[a], ours[a + size], theirs[b]) for a, b, size in matches]

    def carry(letter: int) -> int:
        start, end, there = blocks[min(bisect_right([e for _, e, _ in blocks[:-1]], letter), len(blocks) - 1)]
        return there + (letter - start if start <= letter < end else 0)

    return carry


def runs(xhtml: str) -> tuple[str, ...]:
    """Give the runs of a part: its letters between one tag and the next, as ``publish.pages`` counts them.

    A part that is not well-formed has none; whoever packs it says why.
    """
    try:
        return tuple(_Scan(xhtml, ()).runs)
    except (expat.ExpatError, UnicodeError):
        return ()


def mark(name: str, xhtml: str, markers: Iterable[Marker], show: Callable[[str, str], str]) -> str:
    """Give a part with its markers in it; ``show`` makes a marker's markup of its id and its label."""
    here = [marker for marker in markers if marker.part == name]
    if not here:
        return xhtml
    offsets = _Scan(xhtml, [marker.letter for marker in here]).offsets
    data, pieces, done = xhtml.encode(), [], 0
    for offset, marker in zip(offsets, here, strict=True):
        pieces += [data[done:offset], show(marker.id, marker.label).encode()]
        done = offset
    return b"".join([*pieces, data[done:]]).decode()


class _Open(NamedTuple):
    """An element that is open: its name, the byte at which it begins, and how many letters had come before it."""

    name: str
    offset: int
    letter: int


class _Scan:
    """A part read once: its runs, and for each letter wanted (in order) the byte before which a marker stands."""

    def __init__(self, xhtml: str, wanted: Sequence[int]) -> None:
        self.runs: list[str] = []
        self.offsets: list[int] = []
        self.ids: dict[str, int] = {}  # how many letters come before the element of each id
        self._wanted = list(reversed(wanted))
        self._open: list[_Open] = []
        self._count = 0
        self._run = ""
        self._silent = 0  # how many of the open elements hide what is in them
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xhtml.encode(), True)

    @property
    def _offset(self) -> int:
        return self._parser.CurrentByteIndex

    @property
    def _inside(self) -> bool:
        """Whether the text's one element is open."""
        return len(self._open) > 2 and self._open[1].name == "body"

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "wbr":  # print has another sign for it, and no tag
            return
        self._close_run()
        how = kind(name, attributes)
        if "id" in attributes:
            self.ids[attributes["id"]] = self._count
        if self._silent or how != "text":
            if how == "object" and not self._silent and self._inside:
                self._take(OBJECT, lambda _: self._offset)
                self._close_run()
            self._silent += 1
        self._open.append(_Open(name, self._offset, self._count))

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "wbr":
            return
        self._close_run()
        if len(self._open) == 3 and self._inside:
            self.offsets += [self._offset] * len(self._wanted)
            self._wanted.clear()
        self._open.pop()
        self._silent = max(0, self._silent - 1)

    def _characters(self, data: str) -> None:
        if self._inside and not self._silent:
            start = self._offset
            self._take(data, lambda index: start + len(data[:index].encode()))

    def _take(self, data: str, offset: Callable[[int], int]) -> None:
        """Count the letters of some text; ``offset`` gives the byte of a character of it."""
        found = letters(data)
        while self._wanted and self._wanted[-1] < self._count + len(found):
            index = _index(data, self._wanted.pop() - self._count)
            self.offsets.append(self._before(offset(index), self._count + len(letters(data[:index]))))
        self._run += found
        self._count += len(found)

    def _before(self, offset: int, letter: int) -> int:
        """Give the byte for a marker before a letter, or before an element that begins with it."""
        # An item of the contents is a link and nothing before it.
        in_contents = any(element.name == "nav" for element in self._open)
        for element in reversed(self._open):
            if element.letter < letter:
                break
            if element.name in _STANDS_BEFORE and not (element.name == "a" and in_contents):
                offset = element.offset
        return offset

    def _close_run(self) -> None:
        if self._run:
            self.runs.append(self._run)
            self._run = ""


def _index(text: str, letter: int) -> int:
    """Give the index of a letter among a text's characters."""
    count = -1
    for index, character in enumerate(text):
        count += bool(letters(character))
        if count == letter:
            return index
    return len(text)
