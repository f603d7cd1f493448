"""What goes between ``write`` and the child process that lays the pages out.

To the child: pickled orders on its standard input, either one ``Job`` or a ``Book`` and then orders for its
divisions. From the child: lines of JSON on its standard output, one for each sign of progress, and for each order one
that has a ``size``: that many bytes follow it. Nothing that comes back is unpickled, because the child has handled a
document that nobody has vouched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any, TypeAlias

from publish.diagnostics import RULES, Severity
from publish.pages import PageMap
from publish.records import dataclass
from publish.rendition import Rendition


@dataclass(frozen=True)
class Job:
    """What the child is to lay out. ``fonts`` is the private folder that holds the rendition's font files.

    ``memory`` is the most that it may use from now on, in bytes (0: no limit).
    """

    rendition: Rendition
    fonts: str
    memory: int = 0


@dataclass(frozen=True)
class Finding:
    """A broken rule, without a place: the child knows pages and files, not the manuscript."""

    rule: str
    message: str
    file: str = ""
    hint: str = ""
    about: str = ""

    @property
    def stops(self) -> bool:
        """Whether there is to be no file because of it."""
        return RULES[self.rule].severity is Severity.ERROR


@dataclass(frozen=True)
class Answer:
    """What became of a job.

    ``pages`` says of each page its label and where it begins; ``remarks`` are what the layout engine said that no rule
    covers (mostly CSS that it does not understand); ``missing`` are libraries that the machine does not have;
    ``data`` is empty unless there is a file.
    """

    findings: tuple[Finding, ...] = ()
    pages: PageMap = field(default_factory=PageMap)
    remarks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def head(self) -> dict[str, Any]:
        """Give everything but the bytes, as JSON can hold it, with the number of bytes that follow."""
        return {
            "findings": [asdict(f) for f in self.findings],
            "pages": self.pages.head(),
            "remarks": self.remarks,
            "missing": self.missing,
            "size": len(self.data),
        }

    @staticmethod
    def from_head(head: Mapping[str, Any], data: bytes) -> Answer:
        """Put an answer together again from its head and its bytes."""
        return Answer(
            tuple(Finding(**f) for f in head["findings"]),
            PageMap.from_head(head["pages"]),
            tuple(head["remarks"]),
            tuple(head["missing"]),
            data,
        )


# --- a book by divisions ---

Break: TypeAlias = tuple[str, str]
"""How a page begins: the CSS break before it, and the page's name."""


@dataclass(frozen=True)
class Book:
    """What the divisions of a book share, told once to a process that lays them out.

    ``head`` is the XML of the head of the document with the stylesheets; ``files`` are the names and media types of
    the resources, each of which lies under its number in ``folder`` before a division that needs it is laid out.
    ``fonts`` maps the addresses of the private font files to resources' names. ``memory`` is as in ``Job``.
    """

    language: str
    head: bytes
    files: tuple[tuple[str, str], ...]
    folder: str
    fonts: Mapping[str, str]
    memory: int = 0


@dataclass(frozen=True)
class Shell:
    """An element of a part without what is in it."""

    tag: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """A division to be laid out: ``key`` tells it from any other.

    ``xml`` is its element; ``shells`` are the elements around it in the body, of which the one numbered ``place`` is
    its own; ``away`` are the anchors in other divisions that it leads to, ``files`` the resources that it names;
    ``right`` is the side on which it begins if
    its style does not say.
    """

    key: str
    name: str
    xml: bytes = field(repr=False)
    shells: tuple[Shell, ...] = field(repr=False)
    place: int
    away: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    right: bool = True


@dataclass(frozen=True)
class Entry:
    """What a division has to know of the rest of the book.

    ``number`` is the printed number of the page before; ``right`` whether the next page is a right one; ``numbers``
    the printed numbers of the pages where anchors elsewhere stand; ``strings`` the named strings in force, and
    ``levels`` the levels of the headings that are open.
    """

    number: int
    right: bool
    numbers: Mapping[str, int]
    strings: Mapping[str, str]
    levels: tuple[int, ...]


@dataclass(frozen=True)
class Facts:
    """What the rest of the book has to know of a division.

    ``forced`` is the side on which it must begin (``left``, ``right`` or empty); ``entry`` and ``leaving`` are the
    breaks before and after it (``None`` at the ends of the book); ``pages`` how many it has. ``steps`` tell each page's
    number: as it stands, or (true) by so much more than that of the page before the division. ``anchors`` are
    its anchors and the indices of their pages; ``asks`` the anchors elsewhere whose pages' numbers it prints;
    ``strings`` the named strings that it leaves set, ``early`` those that its first page sets; ``headings`` the levels
    of its headings as written.
    """

    forced: str
    entry: Break | None
    leaving: Break | None
    pages: int
    steps: tuple[tuple[bool, int], ...]
    anchors: Mapping[str, int]
    asks: tuple[str, ...]
    strings: Mapping[str, str]
    early: tuple[str, ...]
    headings: tuple[int, ...]

    @staticmethod
    def from_head(head: Mapping[str, Any]) -> Facts:
        """Give the facts that JSON held."""
        kept = dict(head)
        for name in ("entry", "leaving"):
            kept[name] = tuple(kept[name]) if kept[name] is not None else None
        kept["steps"] = tuple((bool(more), int(by)) for more, by in kept["steps"])
        for name in ("asks", "early", "headings"):
            kept[name] = tuple(kept[name])
        return Facts(**kept)


@dataclass(frozen=True)
class Begin:
    """The order to break a division into pages. The answer has ``facts``, or ``alone``: why it cannot stand alone."""

    sheet: Sheet


@dataclass(frozen=True)
class Finish:
    """The order to finish a division and draw it. The answer has ``laid``, or ``alone``."""

    sheet: Sheet
    entry: Entry


@dataclass(frozen=True)
class Cut:
    """The order to cut fonts down. The answer's bytes are a PDF that holds them."""

    typefaces: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Laid:
    """A division laid out and drawn.

    ``facts`` hold for the pages as they are now. ``rows`` are what the labels of its pages depend on; ``places`` the
    letter of its text with which each begins (``None``: with none); ``runs`` that text; ``bookmarks`` are
    (level, label, page, x, y, state); ``targets`` the anchors to which its links lead.
    ``typefaces`` are the fonts that it uses. ``data`` is a PDF without fonts.
    """

    facts: Facts
    rows: tuple[tuple[str, str, int, bool], ...]
    places: tuple[int | None, ...]
    runs: tuple[str, ...]
    bookmarks: tuple[tuple[int, str, int, float, float, str], ...]
    targets: tuple[str, ...]
    typefaces: tuple[Mapping[str, Any], ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def head(self) -> dict[str, Any]:
        """Give everything but the bytes, as JSON can hold it, with the number of bytes that follow."""
        return {**asdict(self), "data": None, "size": len(self.data)}

    @staticmethod
    def from_head(head: Mapping[str, Any], data: bytes) -> Laid:
        """Put it together again from its head and its bytes."""
        kept = {name: value for name, value in head.items() if name not in ("size", "data")}
        kept["facts"] = Facts.from_head(kept["facts"])
        kept["findings"] = tuple(Finding(**f) for f in kept["findings"])
        for name in ("rows", "bookmarks"):
            kept[name] = tuple(tuple(item) for item in kept[name])
        for name in ("places", "runs", "targets", "typefaces", "remarks"):
            kept[name] = tuple(kept[name])
        return Laid(**kept, data=data)
