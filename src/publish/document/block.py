"""What stands between blank lines: paragraphs, sections, figures, tables, and what holds them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from publish.document.inline import Inlines, Node
from publish.records import dataclass

Alignment = Literal["left", "center", "right"] | None


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
class Definition(Node):
    """What is said of a term."""

    blocks: Blocks


@dataclass(frozen=True)
class DefinitionItem(Node):
    """A term and what is said of it, once or several times."""

    term: Inlines
    definitions: tuple[Definition, ...]


@dataclass(frozen=True)
class DefinitionList(Node):
    """Terms, each with what is said of it."""

    items: tuple[DefinitionItem, ...]


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
    """A table with its rows of heads, its rows of data and, when it has one, its caption.

    ``number`` is its number in the publication, 0 for one that is not numbered.
    """

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Inlines = ()
    number: int = 0


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
    """A picture with what is said of it. ``credit``, ``source`` and ``license`` are data, gathered into lists.

    ``number`` is its number in the publication, 0 for one that is not numbered.
    """

    images: tuple[Image, ...]
    caption: Inlines = ()
    credit: Inlines = ()
    source: str = ""
    license: str = ""
    number: int = 0


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
class Equation(Node):
    """A formula in TeX that stands by itself."""

    tex: str


@dataclass(frozen=True)
class Apparatus(Node):
    """A list or a page that is made of the rest of the publication; ``kind`` is one of ``APPARATUS``.

    ``citation`` is how the text is cited that a ``cite-as`` stands in, once the citation style has said so.
    """

    kind: str
    citation: Inlines = ()


@dataclass(frozen=True)
class HtmlBlock(Node):
    """An element of the safe subset of HTML, written as HTML between blocks (``details``, ``section`` ...)."""

    tag: str
    blocks: Blocks
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class BibliographyEntry(Node):
    """A work in a bibliography; ``label`` is what hangs before it (its number), mostly empty."""

    content: Inlines
    label: Inlines = ()


@dataclass(frozen=True)
class Bibliography(Node):
    """The works that are cited, in the citation style's order; ``hanging`` sets them with a hanging indent."""

    entries: tuple[BibliographyEntry, ...]
    hanging: bool = True


Block: TypeAlias = (
    Paragraph
    | Section
    | Quotation
    | CodeBlock
    | List
    | Table
    | Figure
    | Div
    | Break
    | HtmlBlock
    | Bibliography
    | DefinitionList
    | Equation
    | Apparatus
)
Blocks: TypeAlias = tuple[Block, ...]

# Fenced blocks that every theme sets, with what each is for.
DIV_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "abstract": "a summary before the text",
        "aside": "a remark beside the argument",
        "bibliography": "the works cited",
        "epigraph": "a motto before the text",
        "landscape": "something wide, printed on a page turned on its side",
        "letter": "a letter quoted whole",
        "note": "a callout: something to know",
        "pagebreak": "nothing: what follows begins on a new page",
        "pullquote": "words of the text itself, shown large",
        "signature": "who signs, at the end",
        "tip": "a callout: something that helps",
        "upright": "a wide table that stays on its page, which is not turned for it",
        "verse": "lines of a poem",
        "warning": "a callout: something to beware of",
    }
)

# Fenced blocks without words of their own: publish makes them of the rest of the publication.
APPARATUS: Mapping[str, str] = MappingProxyType(
    {
        "cite-as": "how to cite the text that it stands in",
        "contributors": "who wrote the book, with their lives",
        "credits": "whose the pictures are",
        "index": "what is marked for the index",
        "list-of-figures": "the captions of the figures",
        "list-of-tables": "the captions of the tables",
    }
)

# Those of them that publication.yaml can name in the order of the book, each as a division by itself.
LISTS = (*(kind for kind in APPARATUS if kind != "cite-as"), "bibliography")
