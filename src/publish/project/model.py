"""What publication.yaml and front matter say, once they have been read and found sound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from publish.document import Contributor, Matter, Metadata
from publish.profiles import FOR_SCREENS, Order
from publish.records import dataclass
from publish.source import Source, Span

Notes = Literal["continuous", "division"]
Headings = Literal["block", "run-in"]
Pages = Literal["print", "none"]
Captions = Literal["plain", "numbered"]
Quotes = Literal["by-language", "as-typed"]
Openings = Literal["plain", "drop-cap", "small-caps", "drop-cap-and-small-caps"]


@dataclass(frozen=True)
class Style:
    """How a publication looks. ``trim`` is the finished page in millimetres (width, height).

    ``notes`` says whether notes are numbered through the whole publication or anew in each division.
    ``prelims`` says whether title page, imprint and contents are printed before the text; a bare essay has none.
    ``pages`` says whether an EPUB carries the page numbers of the print edition.
    ``captions`` says whether figures and tables are numbered even when nothing refers to them.
    ``quotes`` says whether quotes, dashes, ellipses and spaces are set as their language does.
    ``openings`` says how the first paragraph of a division begins; empty, when the theme decides.
    ``options`` are the theme's own further options, by name.
    ``cover`` says whether the printed pages begin with the cover, where they have prelims: those for screens do, those
    for a printer do not. ``bleed`` (mm) is added to the trim on all four sides;
    ``inside`` and ``outside`` are the least margins that a printer asks for (mm); publication.yaml does not set them.
    """

    theme: str = "journal"
    headings: Headings = "block"
    trim: tuple[float, float] = (148.0, 210.0)
    notes: Notes = "continuous"
    prelims: bool = True
    pages: Pages = "print"
    captions: Captions = "plain"
    quotes: Quotes = "by-language"
    openings: Openings | Literal[""] = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    cover: bool = True
    bleed: float = 0.0
    inside: float = 0.0
    outside: float = 0.0


@dataclass(frozen=True)
class CitationStyle:
    """How citations are set: by a style that comes with publish (``name``), or by a CSL file (``source``).

    Both are empty when the publication names none. ``span`` is the place that names it.
    """

    name: str = ""
    source: Source | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class FrontMatter:
    """What a division says of itself. ``headings`` is empty when it leaves that to the publication.

    ``span`` is the place of the title: in the front matter, or of the words of the first heading.
    """

    title: str
    role: str
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    date: str = ""
    language: str = ""
    description: str = ""
    headings: Headings | Literal[""] = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class DivisionSource:
    """One file of the manuscript: its text, what its front matter says, and where its Markdown begins.

    ``body`` is the character offset of the first character after the front matter. ``folder`` is the file's
    folder relative to the manuscript folder (``""`` or ``"part-one"``), for the pictures it names. ``bibliography``
    are its own bibliography files, beside those of the publication. ``made`` is a division without a file: it holds
    the list that its role names, and ``source`` is the publication.yaml that asks for it.
    """

    source: Source
    body: int
    front: FrontMatter
    slug: str
    matter: Matter
    path: Path
    folder: str = ""
    bibliography: tuple[Source, ...] = ()
    made: bool = False


@dataclass(frozen=True)
class Project:
    """A publication as its editor set it up: where its files are, what they are, and how it shall look.

    ``root`` is the publication's folder (a bare essay's own folder); nothing outside it is read but the theme.
    ``manuscript`` is the folder that pictures' paths start from; ``styles`` the publication's own layer, if it
    exists. ``name`` is the stem of the files made, which go to ``output``. ``cover`` is the path of the cover
    picture relative to ``root``, or empty. ``bare`` says that there is no publication.yaml. ``bibliography`` are the
    files that say what can be cited everywhere in it. ``profiles`` are the PDFs to make where ``formats`` has one.
    ``address`` is the web address of the catalogue that it is released into, ending with a slash, or empty.
    """

    root: Path
    manuscript: Path
    styles: Path | None
    output: Path
    name: str
    metadata: Metadata
    divisions: tuple[DivisionSource, ...]
    style: Style = Style()
    formats: tuple[str, ...] = ("pdf", "epub")
    profiles: tuple[Order, ...] = (FOR_SCREENS,)
    rules_off: frozenset[str] = frozenset()
    cover: str = ""
    bare: bool = False
    bibliography: tuple[Source, ...] = ()
    citation_style: CitationStyle = CitationStyle()
    address: str = ""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every text that was read beside publication.yaml, by name: the divisions, and what they are cited from."""
        texts = [*self.bibliography, *([self.citation_style.source] if self.citation_style.source else [])]
        for division in self.divisions:
            texts += [division.source, *division.bibliography]
        return {text.name: text for text in texts}
