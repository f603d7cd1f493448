"""In a process that lays divisions out: what it keeps between one order and the next, and the orders themselves.

A division waits, broken into pages, from ``begin`` to ``finish``. One that does not wait here when it is to be
finished (it waited in a process that was killed, or too many waited) is begun again: the pages are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import weasyprint.pdf  # type: ignore[import-untyped]

from publish.formats.pdf import engine, typefaces
from publish.formats.pdf.division import Alone, Division, Style, Watched
from publish.formats.pdf.fetcher import ORIGIN, Fetcher
from publish.formats.pdf.findings import Listener, listening, notes_printed, refusals, stray_links
from publish.formats.pdf.guard import Guard
from publish.formats.pdf.join import Joined
from publish.formats.pdf.layout import lost, too_deep
from publish.formats.pdf.links import tidy_links
from publish.formats.pdf.numbering import rows
from publish.formats.pdf.overflow import overflows
from publish.formats.pdf.reading import page_map
from publish.formats.pdf.tags import Tagging
from publish.formats.pdf.wire import Book, Entry, Facts, Finding, Laid, Sheet
from publish.records import dataclass
from publish.rendition import Resource

Say = Callable[..., None]

_WAITING = 800
"""How many pages may wait to be finished; more would cost memory, fewer the work of beginning again."""


class Broken(Exception):
    """A division that cannot be laid out, for a reason that its author can mend."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass
class _Waiting:
    """A division broken into pages, and what was heard of it so far."""

    division: Division
    joined: Joined
    tagging: Tagging
    listener: Listener
    refused: dict[str, None]
    right: bool


class Press:
    """Lays out the divisions of one book. ``say`` is told of every step, as keywords that JSON can hold."""

    def __init__(self, book: Book, say: Say) -> None:
        self._book, self._say = book, say
        folder = Path(book.folder)
        self._folder = folder
        resources = {
            name: partial(_load, folder / f"{number}", name, kind) for number, (name, kind) in enumerate(book.files)
        }
        self._fetcher = Fetcher(resources, book.fonts)
        self._guard = Guard((book.folder, str(folder.parent)))
        self._guard.close()
        self._listener = Listener()
        with listening(self._listener):
            self._style = Style(self._fetcher)
            html = engine.document(self._root(()), ORIGIN, self._fetcher)
            self._style.read(html)
        self._served = dict(self._fetcher.served)
        self._refused = {**self._fetcher.refused, **self._guard.refused}
        self._images: dict[str, Any] = {}
        self._waiting: dict[str, _Waiting] = {}

    def begin(self, sheet: Sheet) -> Facts:
        """Break a division into pages and let it wait. Raises Alone and Broken."""
        waiting = self._begin(sheet)
        self._waiting.pop(sheet.key, None)
        self._waiting[sheet.key] = waiting
        while len(self._waiting) > 1 and sum(w.division.facts.pages for w in self._waiting.values()) > _WAITING:
            del self._waiting[next(iter(self._waiting))]
        return waiting.division.facts

    def finish(self, sheet: Sheet, entry: Entry) -> Laid:
        """Finish a division and draw it. Raises Alone and Broken."""
        waiting = self._waiting.pop(sheet.key, None)
        if waiting is None or not (waiting.division.facts.forced or waiting.right == sheet.right):
            waiting = self._begin(sheet)
        self._fetcher.refused = waiting.refused
        self._guard.refused = dict(self._refused)
        waiting.tagging.before = entry.levels
        with listening(waiting.listener), _overflow(waiting.joined):
            laid = self._draw(waiting, entry, sheet)
        refused = tuple({**self._fetcher.refused, **self._guard.refused})
        findings = (*refusals(refused), *waiting.listener.findings(refused, lost(laid.findings)), *laid.findings)
        return replace(laid, findings=findings, remarks=tuple(waiting.listener.remarks(refused)))

    def cut(self, faces: Sequence[dict[str, Any]]) -> bytes:
        """Give a PDF with these fonts, cut down to what the whole book uses."""
        typefaces.put_back()
        return typefaces.embed(faces, self._folder)

    def _root(self, shells: Sequence[Element]) -> Element:
        root = Element("html", {"lang": self._book.language})
        root.append(ElementTree.fromstring(self._book.head))
        SubElement(root, "body").extend(shells)
        return root

    def _begin(self, sheet: Sheet) -> _Waiting:
        part = ElementTree.fromstring(sheet.xml)
        elements = [Element(shell.tag, dict(shell.attributes)) for shell in sheet.shells]
        elements[sheet.place] = part
        root = self._root(elements)

        def paged(number: int, _child: int | None) -> None:
            self._say(at="layout", page=number, part=sheet.name)

        self._fetcher.refused, self._fetcher.served = dict(self._refused), {}
        self._guard.refused = self._fetcher.refused
        joined, tagging, listener = Joined(root, (sheet.name,), (part,)), Tagging(), self._listener.copy()
        self._say(at="begin", part=sheet.name)
        with listening(listener), _overflow(joined):
            watched = Watched(ORIGIN, paged, tagging, self._images)
            division = Division(root, part, self._style, sheet.away, watched, right=sheet.right)
        if any(not note.element.get("id") for note in division.watch.notes):
            raise Alone("a note has no name")
        if set(self._fetcher.served) - set(self._served) - set(sheet.files):
            raise Alone("a file is shown under a name that could not be foreseen")
        return _Waiting(division, joined, tagging, listener, self._fetcher.refused, sheet.right)

    def _draw(self, waiting: _Waiting, entry: Entry, sheet: Sheet) -> Laid:
        division, joined = waiting.division, waiting.joined
        document = division.finish(entry)
        tidy_links(document)
        pages = engine.page_boxes(document)
        findings = (
            *notes_printed(pages, division.watch.notes, joined), *stray_links(document), *overflows(pages, joined)
        )  # fmt: skip
        numbered = rows(pages, division.watch.counters)
        mapped, _ = page_map(pages, [""] * len(pages), joined)
        links = _Links()
        fonts: list[Any] = []
        weasyprint.pdf.resolve_links = links.resolve
        typefaces.leave_out(fonts.extend)
        self._say(at="drawing", page=0, part=sheet.name)
        engine.watch_drawing(document, lambda number: self._say(at="drawing", page=number, part=sheet.name))
        data = engine.write(document, lambda pdf: pdf.info.clear())
        return Laid(
            facts=_with_headings(division.facts, waiting.tagging),
            rows=tuple((row.name, row.style, row.number, row.blank) for row in numbered),
            places=tuple(page.letter if page.part else None for page in mapped.pages),
            runs=mapped.texts.get(sheet.name, ()),
            bookmarks=tuple(engine.bookmarks(document)),
            targets=tuple(links.targets),
            typefaces=tuple(typefaces.describe(font, self._folder) for font in fonts),
            findings=findings,
            data=data,
        )


@dataclass
class _Links:
    """Stands for ``weasyprint.pdf.resolve_links``, which drops links to what is not in the document."""

    targets: dict[str, None] = field(default_factory=dict)

    def resolve(self, pages: Sequence[Any]) -> Iterator[Any]:
        """Give the links and the new anchors of every page."""
        seen: set[str] = set()
        for page in pages:
            anchors = [(name, x, y) for name, (x, y, *_) in page.anchors.items() if name not in seen]
            seen.update(page.anchors)
            self.targets.update(dict.fromkeys(link[1] for link in page.links if link[0] == "internal"))
            yield page.links, anchors


def _with_headings(facts: Facts, tagging: Tagging) -> Facts:
    return replace(facts, headings=tuple(tagging.headings))


def _load(path: Path, name: str, media_type: str) -> Resource:
    return Resource(name, media_type, path.read_bytes())


@contextmanager
def _overflow(joined: Joined) -> Iterator[None]:
    """Turn a RecursionError into what an editor can mend."""
    try:
        yield
    except RecursionError as error:
        raise Broken(too_deep(joined)) from error
