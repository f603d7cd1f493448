"""What one medium shows: finished XHTML, CSS and resources, and what a writer must know to pack them.

Writers (``publish.formats``) see renditions only, never the tree and never a file of the author's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Literal

from publish.metadata import Metadata
from publish.records import dataclass
from publish.source import Span

if TYPE_CHECKING:  # the processes that lay a rendition out never see the tree
    from publish.document import Matter

Medium = Literal["print", "epub", "cover", "wrap"]


@dataclass(frozen=True)
class Resource:
    """A file that the pages use, by the name under which they use it (``images/port.jpg``, ``fonts/X.ttf``).

    Names are ASCII, relative and without ``..``. ``width`` and ``height`` are a picture's pixels (0 when unknown).
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class OutlineEntry:
    """A line of the contents: where it leads (part's name and fragment, possibly empty), and what stands under it."""

    title: str
    part: str
    fragment: str = ""
    children: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True)
class Origin:
    """An element's tag in a part (line and column, from 1) and the place in the manuscript that it was made from."""

    line: int
    column: int
    span: Span


@dataclass(frozen=True)
class Part:
    """One XHTML document: in an EPUB a file of its own, in print what begins on a new page.

    ``name`` is its file name (``essay.xhtml``); ``kind`` is ``cover``, ``titlepage``, ``imprint``, ``contents``,
    ``division`` or ``notes``; ``role`` is a division's role or the kind; ``xhtml`` is a whole well-formed document
    whose body holds exactly one element (with the part's id, classes and language), so that parts can be joined.
    ``origins`` say, in the order of the text, what was made from which place of the manuscript.
    """

    name: str
    kind: str
    role: str
    matter: Matter
    title: str
    xhtml: str = field(repr=False)
    language: str = "en"
    origins: tuple[Origin, ...] = field(default=(), repr=False, compare=False)

    def origin(self, line: int, column: int = 0) -> Span | None:
        """Give the place in the manuscript that a place in the part was made from; without a column, the line's end.

        It is that of the element that began last before it.
        """
        place = (line, column or inf)
        found = None
        for origin in self.origins:
            if (origin.line, origin.column) > place:
                break
            found = origin.span
        return found


@dataclass(frozen=True)
class Accessibility:
    """What the content truly offers, in schema.org's words (EPUB Accessibility 1.1, section 2)."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Rendition:
    """Everything one medium needs.

    ``modified`` is the one time that a file may carry (UTC): SOURCE_DATE_EPOCH, else the publication's date.
    ``identifier`` is a URN that is the same for the same publication. Stylesheets and fonts stand among the
    resources; parts link to them. ``words`` are the fixed words that a writer needs in the publication's language
    (``contents``, ``landmarks``, ``cover`` ...). ``start`` names the part where reading starts; ``cover`` the
    resource that is the cover picture. ``pages`` are the pages of the print edition in order, each with its label and
    the place of its marker, and ``page_source`` is that edition's URN; an EPUB without page numbers has neither.
    """

    medium: Medium
    metadata: Metadata
    identifier: str
    modified: datetime
    parts: tuple[Part, ...]
    resources: tuple[Resource, ...]
    outline: tuple[OutlineEntry, ...]
    accessibility: Accessibility
    words: dict[str, str]
    start: str = ""
    cover: str = ""
    pages: tuple[OutlineEntry, ...] = ()
    page_source: str = ""

    def with_cover(self, picture: bytes) -> Rendition:
        """Give the same with another picture on its cover, as large and of the same kind."""
        resources = tuple(replace(r, data=picture) if r.name == self.cover else r for r in self.resources)
        return replace(self, resources=resources)

    def resource(self, name: str) -> Resource | None:
        """Give the resource of that name, if there is one."""
        return next((r for r in self.resources if r.name == name), None)

    def by_type(self, *prefixes: str) -> Iterator[Resource]:
        """Give the resources whose media type begins with one of these."""
        return (r for r in self.resources if r.media_type.startswith(prefixes))
