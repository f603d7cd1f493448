"""What stands in a line of text. A plain ``str`` is text; every other node is a dataclass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

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
)
Inlines: TypeAlias = tuple[Inline, ...]
