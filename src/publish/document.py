"""The tree that an author wrote: what is said, never how it looks.

Text inside inline content is a plain ``str``. Every other node is a frozen dataclass with the ``span`` it was
written in (``None`` for what nobody wrote, such as a byline made from metadata). A tree is immutable and holds
no numbers that depend on the rest of the publication: notes are numbered when they are rendered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Literal, TypeAlias

# Part of the tree, though in a module of their own: everybody takes them from here.
from publish.metadata import Contributor as Contributor
from publish.metadata import Identifier as Identifier
from publish.metadata import Metadata as Metadata
from publish.metadata import Series as Series
from publish.metadata import Subject as Subject
from publish.source import Span

Matter = Literal["front", "body", "back"]
Alignment = Literal["left", "center", "right"] | None

# --- inline content ------------------------------------------------------------------------------------------


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


Inline: TypeAlias = str | Emphasis | Strong | Code | Link | InlineImage | NoteCall | LineBreak | InlineSpan | InlineHtml
Inlines: TypeAlias = tuple[Inline, ...]


# --- blocks --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph(Node):
    """A paragraph."""

    content: Inlines


@dataclass(frozen=True)
class Section(Node):
    """A heading and what stands under it. ``level`` is 2 to 6; level 1 is the division's own title.

    ``run_in`` sets the heading in to the first paragraph; it stays a heading in outline, tags and navigation.
    ``id`` is never empty and unique in the publication.
    """

    title: Inlines
    level: int
    blocks: Blocks
    run_in: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quotation(Node):
    """Words of somebody else, set apart."""

    blocks: Blocks


@dataclass(frozen=True)
class CodeBlock(Node):
    """Lines of code, kept to the letter (no final line break). ``info`` is the language's name, or empty."""

    text: str
    info: str = ""


@dataclass(frozen=True)
class ListItem(Node):
    """One item of a list. ``checked`` is ``None`` unless the item is a task."""

    blocks: Blocks
    checked: bool | None = None


@dataclass(frozen=True)
class List(Node):
    """A list; ``tight`` when its items are set without space between them."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True


@dataclass(frozen=True)
class Cell(Node):
    """A cell of a table."""

    content: Inlines
    header: bool = False
    align: Alignment = None
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Row(Node):
    """A row of a table."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table(Node):
    """A table with its rows of heads, its rows of data and, when it has one, its caption."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Inlines = ()


@dataclass(frozen=True)
class Image(Node):
    """A picture. ``path`` is relative to the publication's manuscript folder, or as given when it leads nowhere.

    ``alt`` is ``None`` when the author wrote no description and empty for a picture that only decorates.
    ``width`` is as written (``80%``, ``6cm``) or empty.
    """

    path: str
    alt: str | None = None
    width: str = ""


@dataclass(frozen=True)
class Figure(Node):
    """A picture with what is said of it. ``credit``, ``source`` and ``license`` are data, gathered into lists."""

    images: tuple[Image, ...]
    caption: Inlines = ()
    credit: Inlines = ()
    source: str = ""
    license: str = ""


@dataclass(frozen=True)
class Div(Node):
    """A fenced block ``::: kind``; ``kind`` is one of ``DIV_KINDS``, or another name that was warned of."""

    kind: str
    blocks: Blocks
    title: Inlines = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break(Node):
    """A change of scene or subject, marked by a rule."""


@dataclass(frozen=True)
class HtmlBlock(Node):
    """An element of the safe subset of HTML, written as HTML between blocks (``details``, ``section`` ...)."""

    tag: str
    blocks: Blocks
    attributes: tuple[tuple[str, str], ...] = ()


Block: TypeAlias = Paragraph | Section | Quotation | CodeBlock | List | Table | Figure | Div | Break | HtmlBlock
Blocks: TypeAlias = tuple[Block, ...]

# Fenced blocks that every theme sets, with what each is for.
DIV_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "abstract": "a summary before the text",
        "aside": "a remark beside the argument",
        "epigraph": "a motto before the text",
        "letter": "a letter quoted whole",
        "note": "a callout: something to know",
        "pullquote": "words of the text itself, shown large",
        "signature": "who signs, at the end",
        "tip": "a callout: something that helps",
        "verse": "lines of a poem",
        "warning": "a callout: something to beware of",
    }
)

# --- the whole -----------------------------------------------------------------------------------------------

# Which part of a book a division of each role belongs to, unless publication.yaml says otherwise.
DIVISION_ROLES: Mapping[str, Matter] = MappingProxyType(
    {
        "dedication": "front",
        "epigraph": "front",
        "foreword": "front",
        "preface": "front",
        "prologue": "body",
        "introduction": "body",
        "chapter": "body",
        "essay": "body",
        "interlude": "body",
        "conclusion": "body",
        "epilogue": "body",
        "afterword": "back",
        "acknowledgements": "back",
        "appendix": "back",
        "glossary": "back",
        "bibliography": "back",
        "contributors": "back",
        "colophon": "back",
    }
)


@dataclass(frozen=True)
class Note(Node):
    """A note: what is said, and the name its calls use. ``id`` is unique in the publication."""

    label: str
    blocks: Blocks


@dataclass(frozen=True)
class Division(Node):
    """One file of the manuscript: an essay, an introduction, an afterword.

    ``slug`` is its name in file names and ids: ASCII letters, digits and hyphens, unique in the publication.
    ``contributors`` are the division's own and never replace the publication's. ``notes`` stand in the order of
    their first call; a note that is never called is not among them.
    """

    slug: str
    role: str
    matter: Matter
    title: Inlines
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    date: str = ""
    description: str = ""


@dataclass(frozen=True)
class Publication:
    """A whole publication. ``cover`` is a path inside the publication, or empty: then the theme makes one."""

    metadata: Metadata
    divisions: tuple[Division, ...]
    cover: str = ""

    @property
    def notes(self) -> Iterator[Note]:
        """Every note in the order of its first call."""
        return (note for division in self.divisions for note in division.notes)


def children(node: object) -> Iterator[object]:
    """Give the nodes and strings directly inside a node, in reading order."""
    for item in fields(node):  # type: ignore[arg-type]
        value = getattr(node, item.name)
        if item.name not in _DATA and isinstance(value, tuple):
            yield from value


# Fields that hold data about a node rather than what is read.
_DATA = frozenset({"attributes", "classes", "contributors"})


def walk(node: object) -> Iterator[object]:
    """Give a node and everything under it, each before what is inside it, in reading order."""
    yield node
    if isinstance(node, Node | Publication):
        for child in children(node):
            yield from walk(child)


def plain(content: Inlines) -> str:
    """Give the characters of inline content alone, without note calls; a line break is a space."""
    parts: list[str] = []
    for item in content:
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, Code):
            parts.append(item.text)
        elif isinstance(item, LineBreak):
            parts.append(" ")
        elif isinstance(item, Emphasis | Strong | Link | InlineSpan | InlineHtml):
            parts.append(plain(item.content))
    return "".join(parts)
