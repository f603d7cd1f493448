"""The laid-out pages read against the text of the parts: with which letter each page begins.

Every box of text knows the element whose own text it shows, so each element's letters are counted off as its boxes
come. What the engine put in (hyphens) or changed (capitals) is recognised by comparison; what it shows again (a
table's head on the next page) has been counted off already and does not begin a page.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from publish.formats.pdf import engine
from publish.formats.pdf.join import Joined
from publish.pages import OBJECT, Page, PageMap, kind, letters
from publish.records import dataclass


def page_map(pages: Sequence[engine.Box], labels: Sequence[object], joined: Joined) -> tuple[PageMap, int]:
    """Give the page map of laid-out pages; ``labels`` are what is printed on each.

    The number tells how many pieces of text were not what the part's text led to expect, so that they were counted
    by their length alone; it is 0 unless the engine changes.
    """
    reader = Reader(joined)
    places = [reader.read(page) for page in pages]
    found = (Page(str(label), *(place or ())) for label, place in zip(labels, places, strict=True))
    return PageMap(tuple(found), reader.texts), reader.guessed


@dataclass
class _Own:
    """An element's own letters, without those of the elements inside it.

    ``starts`` and ``places`` say of each run where it begins among these letters and where in the part's text.
    ``read`` counts the letters shown so far, and ``owed`` is what is still to be shown of the last one (capital ß may
    be divided: S-S).
    """

    part: str
    text: str = ""
    read: int = 0
    owed: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def add(self, run: str, place: int) -> None:
        self.starts.append(len(self.text))
        self.places.append(place)
        self.text += run

    def place(self, index: int) -> int:
        """Give where in the part's text one of these letters stands."""
        run = bisect_right(self.starts, index) - 1
        return self.places[run] + index - self.starts[run]


class Reader:
    """Reads pages in order. ``texts`` are the runs of each part; ``guessed`` counts what could only be guessed."""

    def __init__(self, joined: Joined) -> None:
        self.texts: dict[str, tuple[str, ...]] = {}
        self.guessed = 0
        self._own: dict[Element, _Own] = {}
        for name, part in zip(joined.names, joined.parts, strict=True):
            self._take(name, part)

    def _take(self, name: str, part: Element) -> None:
        runs: list[str] = []
        place = 0
        for element, run in _runs(part):
            self._own.setdefault(element, _Own(name)).add(run, place)
            runs.append(run)
            place += len(run)
        if runs:
            self.texts[name] = tuple(runs)

    def read(self, page: engine.Box) -> tuple[str, int] | None:
        """Count off a page; give the part and the letter with which it begins, if it has any text."""
        first = None
        for piece in engine.pieces(page):
            own = self._own.get(piece.element)
            if own is None or own.read == len(own.text):
                continue
            is_object = own.text == OBJECT
            start, end = (0, 1) if is_object else self._find(own, letters(piece.text), letters(piece.hyphen))
            own.read = end
            if first is None and start < end and not piece.late:
                first = own.part, own.place(start)
        return first

    def _find(self, own: _Own, shown: str, hyphen: str) -> tuple[int, int]:
        """Give where among an element's letters those shown begin and end."""
        start, rest = own.read, own.text[own.read : own.read + 2 * len(shown) + 1]
        unhyphened = shown[: len(shown) - len(hyphen)] if hyphen and shown.endswith(hyphen) else shown
        both = tuple(dict.fromkeys((shown, unhyphened)))  # a hyphen of the author's own, or one put in
        for text in both:
            if rest.startswith(text) and not own.owed:
                return start, start + len(text)
        for text in both:
            same = _same_letters(rest, text, own.owed)
            if same:
                own.owed = same[1]
                return start, start + same[0]
        own.owed = ""
        for text in both:
            found = own.text.find(text, start)
            if text and found >= 0:
                return found, found + len(text)
        self.guessed += 1
        return start, min(start + len(unhyphened), len(own.text))


def _runs(element: Element) -> Iterator[tuple[Element, str]]:
    """Give the runs inside an element, each with the element whose own text it is."""
    how = kind(element.tag.rpartition("}")[2], element.attrib)
    if how == "object":
        yield element, OBJECT
    elif how == "text":
        if run := letters(element.text or ""):
            yield element, run
        for child in element:
            yield from _runs(child)
            if run := letters(child.tail or ""):
                yield element, run


def _same_letters(text: str, shown: str, owed: str) -> tuple[int, str] | None:
    """Give how many letters of a text, after what is owed of the one before, look like those shown in whatever case.

    The string is what is then owed of the last of them. ``None`` when the text does not look so.
    """
    wanted, have = _bare(shown), owed
    for count in range(len(text) + 1):
        if have.startswith(wanted):
            return count, have[len(wanted) :]
        if not wanted.startswith(have):
            return None
        have += _bare(text[count : count + 1])
    return None


def _bare(text: str) -> str:
    """Give letters without case, accents and width, which capitals may lack (Greek) or change (ß)."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
