"""Cross-references: what they lead to is found, numbered where it needs a number, and named in the text's language.

Figures and tables are numbered through the whole publication. A kind is numbered when the publication refers to one
of it, or when its style asks for numbered captions; then every captioned one has its number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any, TypeAlias, TypeVar

from publish.diagnostics import Log, did_you_mean
from publish.document import (
    Apparatus,
    CrossReference,
    Division,
    Figure,
    IndexMark,
    Inlines,
    InlineSpan,
    Node,
    Publication,
    Section,
    Table,
    quotable,
    walk,
)
from publish.project.model import Project
from publish.records import dataclass
from publish.words import words

T = TypeVar("T", bound=Node)
Target: TypeAlias = Figure | Table | Section | Division
_WORDS = {Figure: "ref-figure", Table: "ref-table"}
_KINDS = {"fig": "figure", "tbl": "table", "sec": "section"}


def set_references(publication: Publication, project: Project, log: Log) -> Publication:
    """Give the publication with its figures and tables numbered and its references in words.

    References that lead to nothing are reported, and stay as typed.
    """
    known = _targets(publication)
    called = [node for node in walk(publication) if isinstance(node, CrossReference)]
    numbered = {type(found[0]) for one in called if (found := known.get(one.target))}
    if project.style.captions == "numbered":
        numbered |= {Figure, Table}
    names = _names(publication)
    if not called and not numbered and not names:
        return publication
    numbers = _numbers(publication, numbered, {id(known[one.target][0]) for one in called if one.target in known})
    setter = _Setter(publication, known, numbers, names, log)
    return replace(publication, divisions=tuple(setter.division(one) for one in publication.divisions))


def _targets(publication: Publication) -> dict[str, tuple[Target, str]]:
    """Give what can be referred to by its name, with the letter of a picture in a group of them."""
    known: dict[str, tuple[Target, str]] = {}
    for node in walk(publication):
        if isinstance(node, Division):
            known[f"#{node.slug}"] = (node, "")
        elif isinstance(node, Figure | Table | Section) and node.id:
            known[f"#{node.id}"] = (node, "")
        if isinstance(node, Figure):
            for place, image in enumerate(node.images):
                if image.id:
                    known[f"#{image.id}"] = (node, chr(ord("a") + place % 26))
    return known


def _numbers(publication: Publication, kinds: set[type], referred: set[int]) -> dict[int, int]:
    """Give the number of each figure and table that has one, by its identity."""
    numbers: dict[int, int] = {}
    count = dict.fromkeys((Figure, Table), 0)
    for node in walk(publication):
        if isinstance(node, Figure | Table) and type(node) in kinds and (node.caption or id(node) in referred):
            count[type(node)] += 1
            numbers[id(node)] = count[type(node)]
    return numbers


def _names(publication: Publication) -> dict[int, str]:
    """Give names, by its identity, to what the book's lists lead to and its author gave none."""
    listed = {node.kind for node in walk(publication) if isinstance(node, Apparatus)}
    kinds: dict[type, str] = {IndexMark: "index"} if "index" in listed else {}
    kinds |= {Figure: "figure"} if {"list-of-figures", "credits"} & listed else {}
    kinds |= {Table: "table"} if "list-of-tables" in listed else {}
    names: dict[int, str] = {}
    for node in walk(publication) if kinds else ():
        if type(node) in kinds and isinstance(node, Node) and not node.id:
            names[id(node)] = f"publish-{kinds[type(node)]}-{len(names) + 1}"
    return names


@dataclass
class _Setter:
    """Sets the references of one division after another."""

    publication: Publication
    known: dict[str, tuple[Target, str]]
    numbers: dict[int, int]
    names: dict[int, str]
    log: Log
    language: str = field(default="")

    def division(self, division: Division) -> Division:
        """Give a division with its references set."""
        self.language = division.language or self.publication.metadata.language
        return _mapped(division, self._change)

    def _change(self, node: Node, changes: dict[str, Any]) -> None:
        if id(node) in self.names:
            changes["id"] = self.names[id(node)]
        if isinstance(node, Figure | Table) and id(node) in self.numbers:
            changes["number"] = self.numbers[id(node)]
        elif isinstance(node, CrossReference):
            found = self.known.get(node.target)
            if found is None:
                self._missing(node)
            else:
                changes["content"] = self._words(node, *found)

    def _words(self, reference: CrossReference, target: Target, letter: str) -> Inlines:
        if isinstance(target, Figure | Table):
            number = f"{self.numbers[id(target)]}{letter}"
            said = number if reference.bare else words(self.language)[_WORDS[type(target)]].format(number=number)
            return (said[:1].upper() + said[1:] if reference.capital else said,)
        before, _, after = words(self.language)["ref-section"].partition("{title}")
        title: Inlines = quotable(target.title)
        if target.language and target.language != self.language:
            title = (InlineSpan(title, language=target.language),)
        return title if reference.bare else (before, *title, after)

    def _missing(self, reference: CrossReference) -> None:
        kind = _KINDS[reference.target[1:4]]
        alike = [name for name in self.known if name[1:4] == reference.target[1:4]]
        near = did_you_mean(f"@{reference.target[1:]}", [f"@{name[1:]}" for name in alike])
        hint = near or f"give the {kind} that name: {{{reference.target}}}; or write \\@ for an @ that is only an @"
        message = f"no {kind} in the publication is called “{reference.target}”"
        self.log.report("link-target-exists", message, reference.span, hint=hint)


def _mapped(node: T, change: Callable[[Node, dict[str, Any]], None]) -> T:
    """Give a tree with each node changed as ``change`` asks; what does not change stays the same object."""
    changes: dict[str, Any] = {}
    for name, value in vars(node).items():
        if type(value) is tuple and value:
            new = tuple(_mapped(v, change) if isinstance(v, Node) else v for v in value)
            if any(a is not b for a, b in zip(value, new, strict=True)):
                changes[name] = new
    change(node, changes)
    return replace(node, **changes) if changes else node
