"""What citing deals with: records of works, and the citations that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from publish.records import dataclass
from publish.source import Span


@dataclass(frozen=True)
class Fault:
    """Something wrong with a record; it is only said when the work is cited."""

    rule: str
    message: str
    span: Span
    hint: str = ""


@dataclass(frozen=True)
class Record:
    """A work as a bibliography file describes it. ``data`` is an item of CSL-JSON; ``span`` is the place of its key."""

    key: str
    data: Mapping[str, Any]
    span: Span = field(compare=False)
    faults: tuple[Fault, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Cite:
    """One work in a citation.

    ``locator`` is where in the work ("33-35") and ``label`` of which kind, by CSL's name ("page", "chapter").
    ``prefix`` and ``suffix`` are the author's own words before and after it. ``year_only`` leaves its author out.
    """

    key: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    year_only: bool = False


@dataclass(frozen=True)
class Cluster:
    """A citation: works named together.

    ``textual`` makes the first one's author part of the sentence. ``note`` is the number of the note that the citation
    stands in, or makes (0: in the text); ``inside`` says that the note is the author's own. ``chapter`` is where it
    stands: "ibid." never reaches into another.
    """

    cites: tuple[Cite, ...]
    textual: bool = False
    note: int = 0
    inside: bool = False
    chapter: str = ""


@dataclass(frozen=True)
class Printed:
    """A citation as printed: ``lead`` stands in the sentence (an author's name), ``body`` after it or in a note.

    Both are marked strings (``engine.marks``); ``rich.inlines`` makes nodes of them.
    """

    lead: str
    body: str


@dataclass(frozen=True)
class Entry:
    """An entry of a bibliography: marked strings, ``label`` what hangs before it (its number), mostly empty."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Formatted:
    """Citations, in the order given, and the bibliography of all works that they name, in the style's order.

    ``in_notes`` says that the style puts citations in notes. ``entries`` is empty when the style lists nothing.
    """

    citations: tuple[Printed, ...]
    entries: tuple[Entry, ...]
    in_notes: bool
    hanging: bool = False
