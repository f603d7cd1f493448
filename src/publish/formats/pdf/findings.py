"""What can be wrong with pages that were laid out, in an editor's words."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from publish.formats.pdf import engine
from publish.formats.pdf.fetcher import ORIGIN, name_of
from publish.formats.pdf.join import Joined
from publish.formats.pdf.wire import Finding
from publish.records import dataclass

_NOT_THERE = "a note cannot stand inside a box that is placed freely or repeated on every page"
_SHORTER = "shorten it, make two notes of it, or take some of it into the text"
_SCHEMES = ("http", "https", "mailto", "tel", "urn", "doi")


class Listener(logging.Handler):
    """Hears what WeasyPrint says and sorts it: into findings where a rule of ours covers it, else into remarks."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._missing: dict[str, None] = {}
        self._images: dict[str, None] = {}
        self._anchors: dict[str, None] = {}
        self._said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take one message."""
        template, args = str(record.msg), record.args
        if template.startswith(".notdef glyph") and isinstance(args, tuple):
            self._missing.setdefault(str(args[0]))
        elif template.startswith(("Failed to load image", "Failed to render SVG image")) and args:
            self._images.setdefault(str(args[0] if isinstance(args, tuple) else args))
        elif template.startswith("No anchor") and args:
            self._anchors.setdefault(str(args[0] if isinstance(args, tuple) else args))
        else:
            self._said.setdefault(record.getMessage())

    def findings(self, refused: Collection[str], lost: Collection[str]) -> Iterator[Finding]:
        """Give the findings, without what is told elsewhere: addresses refused, and ids of notes that were lost."""
        for character in self._missing:
            yield _missing_glyph(character)
        for address in self._images:
            if address not in refused:
                name = name_of(address) or address
                yield Finding("image-readable", f"the picture “{name}” cannot be shown", file=name)
        for anchor in (a for a in self._anchors if a not in lost):
            yield Finding("link-target-exists", f"a link leads to “#{anchor}”, which is nowhere in the pages")

    def remarks(self, refused: Collection[str]) -> Iterator[str]:
        """Give everything else that was said, without what repeats a refusal."""
        return (said for said in self._said if not any(address in said for address in refused))

    def copy(self) -> Listener:
        """Give another that has heard the same so far."""
        other = Listener()
        for name in ("_missing", "_images", "_anchors", "_said"):
            getattr(other, name).update(getattr(self, name))
        return other


@contextmanager
def listening(listener: Listener) -> Iterator[Listener]:
    """Let it hear WeasyPrint's messages for a while, and keep them from going anywhere else."""
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener
    finally:
        logger.removeHandler(listener)


def _missing_glyph(character: str) -> Finding:
    return Finding(
        "glyph-exists",
        f"no font of the theme has the character “{character}” (U+{ord(character):04X})",
        hint="write it otherwise, or add a font that has it to the styles",
        about=character,
    )


def refusals(refused: Iterable[str]) -> Iterator[Finding]:
    """Give a finding for every address that the fetcher refused."""
    for address in refused:
        name = name_of(address)
        what = f"“{name}”" if name else f"“{address[:200]}”"
        where = "which is not among the publication's files" if name else "which lies outside the publication"
        yield Finding("resource-local", f"the pages use {what}, {where}", file=name or "")


def stray_links(document: engine.Document) -> Iterator[Finding]:
    """Give a finding for every link that leads to a file beside the book or is of a kind that acts, not leads."""
    targets = dict.fromkeys(target for page in document.pages for kind, target, *_ in page.links if kind != "internal")
    for target in targets:
        if target.startswith(ORIGIN):
            name = unquote(target.removeprefix(ORIGIN))
            yield Finding("link-target-exists", f"a link leads to “{name}”, which is no part of the book")
        elif target.partition(":")[0].lower() not in _SCHEMES:
            yield Finding("html-safe", f"a link leads to “{target[:100]}”, which is not a web or mail address")


def notes_printed(pages: Iterable[engine.Box], notes: Iterable[engine.Box], joined: Joined) -> Iterator[Finding]:
    """Give a finding for every note that is not printed exactly once, whole and on the page of its call.

    ``notes`` are the boxes of all notes before layout. A note is never split, so every box of one counts.
    """
    notes = list(notes)
    places = _places(pages, {note.element for note in notes})
    for note in notes:
        text, name = short(" ".join("".join(note.element.itertext()).split())), note.element.get("id", "")
        rule, wrong, hint = _wrong(note.element, places)
        if wrong:
            yield Finding(rule, f"the note “{text}” {wrong}", file=_part_of(note, joined), hint=hint, about=name)


@dataclass
class _Places:
    """On which page (from 0) each note is called and where it is printed, how often, and which do not fit on a page."""

    called: dict[Element, int] = field(default_factory=dict)
    begun: dict[Element, int] = field(default_factory=dict)
    printed: Counter[Element] = field(default_factory=Counter)
    cut: set[Element] = field(default_factory=set)


def _places(pages: Iterable[engine.Box], wanted: Collection[Element]) -> _Places:
    places = _Places()
    for index, page in enumerate(pages):
        for area in engine.children(page):
            if engine.is_footnote_area(area):
                bodies = list(_bodies(area, wanted))
                places.printed.update(bodies)
                places.cut.update(bodies if engine.is_too_high(area, page) else ())
                for element in bodies:
                    places.begun.setdefault(element, index)
            else:
                calls = (b.element for b in engine.descendants(area) if engine.tag(b).endswith("::footnote-call"))
                for element in calls:
                    places.called.setdefault(element, index)
    return places


def _wrong(note: Element, places: _Places) -> tuple[str, str, str]:
    """Give the rule that a note breaks, what is wrong with it and what to do; empty strings when all is well."""
    count = places.printed[note]
    if count == 0:
        return "note-printed", "is not printed", _NOT_THERE
    if count > 1 or note not in places.called:
        return "note-printed", "is printed more than once" if count > 1 else "is never called", ""
    if note in places.cut:
        return "note-printed", "is longer than a page, so that its beginning is cut off", _SHORTER
    if places.called[note] != places.begun[note]:
        return "note-beside-call", "finds no room on the page of its call", _SHORTER
    return "", "", ""


def _bodies(box: engine.Box, wanted: Collection[Element]) -> Iterator[Element]:
    """Give the element of every note that is printed in a box."""
    if engine.tag(box) and box.element in wanted:
        yield box.element
    else:
        for child in engine.children(box):
            yield from _bodies(child, wanted)


def _part_of(note: engine.Box, joined: Joined) -> str:
    for name, part in zip(joined.names, joined.parts, strict=True):
        if any(element is note.element for element in part.iter()):
            return name
    return ""


def short(text: str) -> str:
    """Give the beginning of a text: enough to know it by."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
