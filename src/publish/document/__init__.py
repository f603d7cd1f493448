"""The tree that an author wrote: what is said, never how it looks.

Text inside inline content is a plain ``str``. Every other node is a frozen dataclass with the ``span`` it was
written in (``None`` for what nobody wrote, such as a byline made from metadata). A tree is immutable and holds
no numbers that depend on the rest of the publication, but those that its words name: notes are numbered when they are
rendered, figures and tables when all of it has been read.

``inline`` and ``block`` hold the nodes; everybody takes them from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from publish.document.block import (
    APPARATUS,
    DIV_KINDS,
    LISTS,
    Alignment,
    Apparatus,
    Bibliography,
    BibliographyEntry,
    Block,
    Blocks,
    Break,
    Cell,
    CodeBlock,
    Definition,
    DefinitionItem,
    DefinitionList,
    Div,
    Equation,
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
    Abbreviation,
    Citation,
    Cite,
    CitedWork,
    Code,
    CrossReference,
    Emphasis,
    IndexMark,
    Inline,
    InlineHtml,
    InlineImage,
    Inlines,
    InlineSpan,
    LineBreak,
    Link,
    Math,
    Node,
    NoteCall,
    Strong,
    Subscript,
    Superscript,
    entries_named,
)
from publish.metadata import Conformance, Contributor, Identifier, Metadata, Series, Subject
from publish.records import dataclass
from publish.source import Span

__all__ = [
    "APPARATUS",
    "DIVISION_ROLES",
    "DIV_KINDS",
    "LISTS",
    "Abbreviation",
    "Alignment",
    "Apparatus",
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
    "CrossReference",
    "Definition",
    "DefinitionItem",
    "DefinitionList",
    "Div",
    "Division",
    "Emphasis",
    "Equation",
    "Figure",
    "HtmlBlock",
    "Identifier",
    "Image",
    "IndexMark",
    "Inline",
    "InlineHtml",
    "InlineImage",
    "InlineSpan",
    "Inlines",
    "LineBreak",
    "Link",
    "List",
    "ListItem",
    "Math",
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
    "Subscript",
    "Superscript",
    "Table",
    "children",
    "entries_named",
    "plain",
    "quotable",
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
        "credits": "back",
        "index": "back",
        "list-of-figures": "front",
        "list-of-tables": "front",
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
    their first call; a note that is never called is not among them. ``title_span`` is the place of the title, which
    is not in ``span`` when front matter says it.
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
    title_span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Publication:
    """A whole publication. ``cover`` is a path inside the publication, or empty: then the theme makes one.

    ``citation`` is how the whole is cited, where its imprint says so.
    """

    metadata: Metadata
    divisions: tuple[Division, ...]
    cover: str = ""
    citation: Inlines = ()

    @property
    def notes(self) -> Iterator[Note]:
        """Every note in the order of its first call."""
        return (note for division in self.divisions for note in division.notes)


def children(node: object) -> Iterator[object]:
    """Give the nodes and strings directly inside a node, in reading order."""
    kind: Any = type(node)
    for name in _names(kind):
        value = getattr(node, name)
        if isinstance(value, tuple):
            yield from value


# Fields that hold data about a node rather than what is read.
_DATA = frozenset({"attributes", "cites", "classes", "contributors", "terms"})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Give the names of the fields that may hold what is read: a title first, and the caption over a table."""
    first = "caption" if kind is Table else "title"
    held = (item.name for item in fields(kind) if str(item.type).startswith(("Inlines", "Blocks", "tuple[")))
    return tuple(sorted((name for name in held if name not in _DATA), key=lambda name: name != first))


@cache
def _names_backwards(kind: Any) -> tuple[str, ...]:
    return _names(kind)[::-1] if issubclass(kind, Node | Publication) else ()


def walk(node: object) -> Iterator[object]:
    """Give a node and everything under it, each before what is inside it, in reading order."""
    # As ``children``, last things first, since what was put in last is taken out first; every stage walks the tree.
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        kind: Any = type(node)
        for name in _names_backwards(kind):
            value = getattr(node, name)
            if type(value) is tuple:
                waiting += value[::-1]


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
        else:
            parts.append(plain(getattr(item, "content", ())))
    return "".join(parts)


def quotable(content: Iterable[Inline]) -> Inlines:
    """Give words as they can stand in another place: without notes, names, marks for the index, and links."""
    out: list[Inline] = []
    for item in content:
        if isinstance(item, Link | CrossReference | IndexMark):
            out += quotable(item.content)
        elif isinstance(item, str):
            out.append(item)
        elif not isinstance(item, NoteCall):
            inside: dict[str, Any] = {"content": quotable(item.content)} if hasattr(item, "content") else {}
            out.append(replace(item, id="", **inside))
    return tuple(out)
