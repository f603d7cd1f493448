"""What stands in a line of text. A plain ``str`` is text; every other node is a dataclass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TypeAlias

from publish.records import dataclass
from publish.source import Span


@dataclass(frozen=True)
class Node:
    """Anything an author wrote that is more than characters."""

    span: Span | None = field(default=None, compare=False, kw_only=True)
    id: str = field(default="", kw_only=True)
    language: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Emphasis(Node):
    """Stressed words."""

    content: Inlines


@dataclass(frozen=True)
class Strong(Node):
    """Weighty words."""

    content: Inlines


@dataclass(frozen=True)
class Code(Node):
    """A piece of code in a line of text, kept to the letter."""

    text: str


@dataclass(frozen=True)
class Link(Node):
    """A link: ``target`` is a web address, a mail address, or ``#id`` of something in the publication."""

    content: Inlines
    target: str
    title: str = ""


@dataclass(frozen=True)
class InlineImage(Node):
    """A picture in a line of text. ``alt`` is ``None`` when the author wrote none, empty when it only decorates."""

    path: str
    alt: str | None = None
    title: str = ""


@dataclass(frozen=True)
class NoteCall(Node):
    """The mark that calls a note; ``label`` is the note's name in its division."""

    label: str


@dataclass(frozen=True)
class LineBreak(Node):
    """A line ended by the author."""


@dataclass(frozen=True)
class InlineSpan(Node):
    """Words marked with classes or a language: ``[Правда]{lang=ru}``, ``[AD]{.smallcaps}``."""

    content: Inlines
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class InlineHtml(Node):
    """An element of the safe subset of HTML, written as HTML inside a line (``sub``, ``sup``, ``kbd`` ...)."""

    tag: str
    content: Inlines
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cite:
    """One work that a citation names, by its key in a bibliography file.

    ``locator`` is where in the work ("33-35"), ``label`` of which kind ("page", "chapter"; CSL's names); ``prefix``
    and ``suffix`` are the author's own words before and after. ``year_only`` leaves the work's author out.
    """

    key: str
    locator: str = ""
    label: str = ""
    prefix: Inlines = ()
    suffix: Inlines = ()
    year_only: bool = False
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Citation(Node):
    """Works cited. ``content`` is what is printed, ``(Author 2019, 12)``: as typed until a citation style has set it.

    ``textual`` makes the first work's author part of the sentence.
    """

    content: Inlines
    cites: tuple[Cite, ...] = ()
    textual: bool = False


@dataclass(frozen=True)
class CitedWork(Node):
    """What a citation prints of one work; ``target`` is its entry in a bibliography (``#name``)."""

    content: Inlines
    target: str


@dataclass(frozen=True)
class CrossReference(Node):
    """A reference to a figure, a table or a section by its name, ``@fig-port``; ``target`` is ``#fig-port``.

    ``content`` is what is printed, "Figure 2": as typed until all of the publication has been read. ``bare`` leaves the
    number alone; ``capital`` begins it with a capital letter.
    """

    content: Inlines
    target: str
    bare: bool = False
    capital: bool = False


@dataclass(frozen=True)
class Subscript(Node):
    """What stands lower and smaller: ``H~2~O``."""

    content: Inlines


@dataclass(frozen=True)
class Superscript(Node):
    """What stands higher and smaller: ``x^2^``."""

    content: Inlines


@dataclass(frozen=True)
class Abbreviation(Node):
    """A short form whose long form, ``title``, its division gives: ``*[HTML]: Hypertext Markup Language``."""

    content: Inlines
    title: str


@dataclass(frozen=True)
class Math(Node):
    """A formula in TeX, known to be readable; ``display`` sets it on a line of its own."""

    tex: str
    display: bool = False


@dataclass(frozen=True)
class IndexMark(Node):
    """Words that the index leads to, or (without words) a place.

    ``terms`` are the entries it stands under, each with its parent before it: ``democracy!liberal``. ``see`` and
    ``see_also`` name other entries to look under; with ``see`` the index does not lead here.
    """

    content: Inlines
    terms: tuple[str, ...]
    see: str = ""
    see_also: str = ""
    classes: tuple[str, ...] = ()

    @property
    def entries(self) -> Iterator[str]:
        """Give every entry that it makes, those above it first, as it names them: ``gauge``, ``gauge!height of``."""
        for term in self.terms:
            path = term.split("!")
            yield from ("!".join(path[:depth]) for depth in range(1, len(path) + 1))


def entries_named(said: str) -> tuple[str, ...]:
    """Give the entries that a mark says to see, which semicolons part."""
    return tuple(one.strip() for one in said.split(";") if one.strip())


Inline: TypeAlias = (
    str
    | Emphasis
    | Strong
    | Code
    | Link
    | InlineImage
    | NoteCall
    | LineBreak
    | InlineSpan
    | InlineHtml
    | Citation
    | CitedWork
    | CrossReference
    | Subscript
    | Superscript
    | Abbreviation
    | Math
    | IndexMark
)
Inlines: TypeAlias = tuple[Inline, ...]
