"""The tree that an author wrote: what is said, never how it looks.

Text inside inline content is a plain ``str``. Every other node is a frozen dataclass with the ``span`` it was
written in (``None`` for what nobody wrote, such as a byline made from metadata). A tree is immutable and holds
no numbers that depend on the rest of the publication: notes are numbered when they are rendered.

``inline`` and ``block`` hold the nodes; everybody takes them from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Literal

from publish.document.block import (
    DIV_KINDS,
    Alignment,
    Bibliography,
    BibliographyEntry,
    Block,
    Blocks,
    Break,
    Cell,
    CodeBlock,
    Div,
    Figure,
    HtmlBlock,
    Image,
    List,
    ListItem,
    Paragraph,
    Quotation,
    Row,
    Section,
    Table,
)
from publish.document.inline import (
    Citation,
    Cite,
    CitedWork,
    Code,
    Emphasis,
    Inline,
    InlineHtml,
    InlineImage,
    Inlines,
    InlineSpan,
    LineBreak,
    Link,
    Node,
    NoteCall,
    Strong,
)
from publish.metadata import Conformance, Contributor, Identifier, Metadata, Series, Subject

__all__ = [
    "DIVISION_ROLES",
    "DIV_KINDS",
    "Alignment",
    "Bibliography",
    "BibliographyEntry",
    "Block",
    "Blocks",
    "Break",
    "Cell",
    "Citation",
    "Cite",
    "CitedWork",
    "Code",
    "CodeBlock",
    "Conformance",
    "Contributor",
    "Div",
    "Division",
    "Emphasis",
    "Figure",
    "HtmlBlock",
    "Identifier",
    "Image",
    "Inline",
    "InlineHtml",
    "InlineImage",
    "InlineSpan",
    "Inlines",
    "LineBreak",
    "Link",
    "List",
    "ListItem",
    "Matter",
    "Metadata",
    "Node",
    "Note",
    "NoteCall",
    "Paragraph",
    "Publication",
    "Quotation",
    "Row",
    "Section",
    "Series",
    "Strong",
    "Subject",
    "Table",
    "children",
    "plain",
    "walk",
]

Matter = Literal["front", "body", "back"]

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
_DATA = frozenset({"attributes", "cites", "classes", "contributors"})


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
        elif isinstance(item, Emphasis | Strong | Link | InlineSpan | InlineHtml | Citation | CitedWork):
            parts.append(plain(item.content))
    return "".join(parts)
