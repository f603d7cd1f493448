"""What is known while one division is being read: its text, what it defines, what it calls, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from publish.diagnostics import Log, did_you_mean
from publish.document import Blocks, InlineImage, Inlines
from publish.project.languages import language
from publish.project.model import Headings
from publish.project.unsound import Unsound
from publish.reader import attributes
from publish.reader.attributes import Attributes
from publish.reader.names import Names, xml_name
from publish.reader.text import Text
from publish.records import dataclass
from publish.source import Source, Span

if TYPE_CHECKING:
    from publish.reader.processors import Piece

DEPTH = 32
_ASKED = 100
# Braces at the end in which a quotation mark is left open.
_UNCLOSED = re.compile(r"""\{[^{}"'`]*=(?:"[^"{}`]*|'[^'{}`]*)\}[ \t]*$""")
_IN_BRACKETS = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\](?!:)", re.DOTALL)
_BRACES = re.compile(r"""\{(?:"[^"]*"|'[^']*'|[^{}"'])*\}[ \t]*$""")


def reference_label(label: str) -> str:
    """Give the form in which labels of links are compared: case and white space make no difference."""
    return " ".join(label.split()).casefold()


@dataclass(frozen=True)
class Options:
    """What a division's tree depends on beside its own file.

    ``headings`` is how headings are set when nothing else is said; ``language`` the text's; ``citations`` says that
    works can be cited, because a bibliography file is named.
    """

    headings: Headings = "block"
    language: str = "en"
    citations: bool = False


DEFAULT = Options()


@dataclass(frozen=True)
class Claim:
    """A name given to something in a division, by its author or (``made``) from a heading's words."""

    name: str
    span: Span
    made: bool = False


@dataclass(frozen=True)
class Reference:
    """A link's target defined apart from the link: ``[label]: target "title"``."""

    target: str
    title: str = ""


@dataclass
class LongForm:
    """What an abbreviation stands for, where that is said, and whether the abbreviation stands in the text."""

    title: str
    span: Span
    used: bool = False


@dataclass
class Definition:
    """A note as written: its piece of the tree, its place, and its blocks once they are made."""

    label: str
    piece: Piece | None
    span: Span
    blocks: Blocks = ()


@dataclass(frozen=True)
class Picture:
    """A picture in a line, with what can only be said of one that stands alone: its caption and its braces."""

    node: InlineImage
    caption: Inlines
    title: str
    attributes: Attributes
    text: Text


@dataclass
class Reading:
    """One division while it is being read. ``text`` is the source's, cleaned; offsets are the same in both.

    ``pictures`` holds those in lines by their identity. ``names`` are those that no heading may be given. ``shift`` is
    how many levels headings are lowered by, ``depth`` how many blocks are open around the one being built. ``verse``
    and ``cell`` say that a poem or a table's cell is being read. ``refused`` are the elements of HTML that were.
    """

    source: Source
    text: str
    folder: str
    log: Log
    options: Options = DEFAULT
    references: dict[str, Reference] = field(default_factory=dict)
    notes: dict[str, Definition] = field(default_factory=dict)
    abbreviations: dict[str, LongForm] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    pictures: dict[int, Picture] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    verse: bool = False
    cell: bool = False
    shift: int = 0
    depth: int = 0
    _asked: int = 0
    refused: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What stands in brackets without a colon behind them: the labels that links may use."""
        return frozenset(reference_label(found[1]) for found in _IN_BRACKETS.finditer(self.text))

    def report(self, rule: str, message: str, start: int, end: int | None = None, *, hint: str = "") -> None:
        """Report a mistake at an offset of the file."""
        self.log.report(rule, message, self.source.span(start, end), hint=hint)

    def span(self, start: int, end: int) -> Span:
        """Give the span between two offsets of the file."""
        return Span(self.source, start, end)

    def too_deep(self, what: str, at: int) -> None:
        """Report, once a file and kind (blocks, marks), what is nested deeper than a page can show."""
        if what not in self._told:
            self._told.add(what)
            hint = f"take some of the marks {'at the beginning of the line' if what == 'blocks' else 'around it'} away"
            self.report("nesting-shallow", f"{what} are nested here more than {DEPTH} deep", at, hint=hint)

    def language(self, tag: str, at: int) -> str:
        """Give a language's tag in its usual letters; one that nobody knows is reported and left out."""
        if not tag:
            return ""
        try:
            return language(tag)
        except Unsound as unsound:
            self.report("language-valid", str(unsound), at, at + 1, hint=unsound.hint)
            return ""

    def language_of(self, given: Attributes, text: Text) -> str:
        """Give the language that braces name."""
        value = given.values.get("lang")
        return self.language(value.plain, text.at(value.start)) if value else ""

    def near(self, word: str, known: Iterable[str]) -> str:
        """Give ``did you mean “x”?``; after a hundred mistakes nobody is helped by it, and it takes time."""
        self._asked += 1
        return did_you_mean(word, known) if self._asked <= _ASKED else ""

    def claim(self, name: str, span: Span) -> str:
        """Take the name that the author gave to something; gives it as XML can hold it."""
        if name:
            name = xml_name(name)
            self.claims.append(Claim(name, span))
        return name

    def attribute_known(self, given: Attributes, text: Text, known: Iterable[str], what: str) -> None:
        """Warn of each key in braces that does nothing for this kind of thing."""
        known = tuple(known)
        for key, place in given.keys.items():
            if key not in known:
                hint = self.near(key, known) or f"{what} takes {', '.join(known)}"
                at = text.at(place)
                self.report("attribute-known", f"“{key}” means nothing for {what}", at, at + len(key), hint=hint)

    def braces(self, text: Text) -> tuple[Text, Attributes]:
        """Part words from the attributes in braces behind them."""
        found = _BRACES.search(text.raw) if text.raw.endswith("}") else None
        if found is None and (open_ := _UNCLOSED.search(text.raw)) and attributes.looks_like(text.raw, open_.start()):
            self.malformed(text.at(open_.start()))
        # Braces right behind a bracket belong to the link or span before them.
        if found is None or text.raw[: found.start()].endswith(("]", ")", "\\")):
            return text, attributes.NONE
        braces = attributes.parse(text.raw, found.start())
        if braces is not None:
            return text.slice(0, len(text.raw[: found.start()].rstrip())), braces
        if attributes.looks_like(text.raw, found.start()):
            self.malformed(text.at(found.start()))
        return text, attributes.NONE

    def malformed(self, at: int) -> None:
        """Report braces that cannot be read."""
        hint = 'write them as {#name .class key="value"}, a value of several words between quotation marks'
        self.report("attributes-wellformed", "these attributes cannot be read", at, at + 1, hint=hint)
