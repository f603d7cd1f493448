"""From divisions to a publication: names become unique, and links between files become links between places."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from publish.diagnostics import Log, did_you_mean
from publish.document import CrossReference, Division, Link, Node, Note, Publication, Section
from publish.project.model import Project
from publish.reader.division import ReadDivision
from publish.reader.names import Names, reserved
from publish.reader.targets import external
from publish.records import dataclass
from publish.source import Span

T = TypeVar("T", bound=Node)


@dataclass(frozen=True)
class _Names:
    """The final names of one division: by the name it has in its own file, and for headings by their place."""

    slug: str
    final: Mapping[str, str]
    moved: Mapping[int, str]


def assemble(project: Project, read: Iterable[ReadDivision], log: Log) -> Publication:
    """Join divisions to a publication, and report names given twice and links that lead to no file of it."""
    divisions = tuple(read)
    names = _names(divisions, log)
    by_path = {_path(project, place): names[place] for place in range(len(divisions))}
    every: dict[str, str] = {}
    for known in names:
        for name, final in known.final.items():
            every.setdefault(name, final)
    number = 0
    out: list[Division] = []
    for place, one in enumerate(divisions):
        links = _Links(names[place], every, by_path, posixpath.dirname(_path(project, place)), log)
        division = _rewritten(one.division, names[place], links)
        notes: list[Note] = []
        for note in division.notes:
            number += 1
            notes.append(replace(note, id=f"note-{number}"))
        out.append(replace(division, notes=tuple(notes)))
    return Publication(project.metadata, tuple(out), project.cover)


def _path(project: Project, place: int) -> str:
    """Give a division's path relative to the manuscript folder."""
    source = project.divisions[place]
    return posixpath.join(source.folder, source.path.name)


def _names(divisions: tuple[ReadDivision, ...], log: Log) -> list[_Names]:
    """Give every name of the publication its final form: an author's as it is, a heading's numbered if it is taken."""
    taken: dict[str, Span | None] = {one.division.slug: None for one in divisions}
    for one in divisions:
        for claim in one.claims:
            if claim.made:
                continue
            if claim.name in taken or reserved(claim.name):
                _twice(claim.name, claim.span, taken.get(claim.name), log)
            taken.setdefault(claim.name, claim.span)
    names = Names(taken)
    return [_of_division(one, names) for one in divisions]


def _of_division(one: ReadDivision, names: Names) -> _Names:
    final: dict[str, str] = {}
    moved: dict[int, str] = {}
    for claim in one.claims:
        if not claim.made:
            final[claim.name] = claim.name
            continue
        name = names.fresh(claim.name)
        final.setdefault(claim.name, name)
        if name != claim.name:
            moved[claim.span.start] = name
    if one.name:
        final[one.name] = one.division.slug
    return _Names(one.division.slug, final, moved)


def _twice(name: str, span: Span, first: Span | None, log: Log) -> None:
    if first is not None:
        message = f"the name “{name}” is already given at {first}"
    else:
        message = f"the name “{name}” is one that publish gives itself"
    log.report("id-unique", message, span, hint="choose another name")


class _Links:
    """Resolves the targets of one division's links."""

    def __init__(
        self, own: _Names, every: Mapping[str, str], files: Mapping[str, _Names], folder: str, log: Log
    ) -> None:
        self._own, self._every, self._files, self._folder, self._log = own, every, files, folder, log

    def resolve(self, link: Link | CrossReference) -> str:
        """Give a link's final target: ``#name`` for whatever is in the publication."""
        target = link.target
        if not target or external(target) or target.startswith("//"):
            return target
        path, _, name = target.partition("#")
        if not path:
            return f"#{self._own.final.get(name) or self._every.get(name, name)}" if name else target
        names = self._files.get(path)
        if names is None:
            self._missing(path, link.span)
            return target
        return f"#{names.final.get(name, name) if name else names.slug}"

    def _missing(self, path: str, span: Span | None) -> None:
        # A tool for web pages is told of the page that it makes of a file.
        page = f"{path.removesuffix('.html')}.md" if path.endswith(".html") else ""
        near = f"did you mean “{page}”?" if page in self._files else did_you_mean(path, self._files)
        self._log.report(
            "link-target-exists",
            f"the link leads to “{path}”, which is no file of the manuscript",
            span,
            hint=near or "link to a page on the web, or to a Markdown file in the order of the book",
        )


def _rewritten(node: T, names: _Names, links: _Links) -> T:
    """Give a tree with final names and targets; what does not change stays the same object."""
    changes: dict[str, Any] = {}
    for name, value in vars(node).items():
        if type(value) is tuple and value:
            new = tuple(_rewritten(v, names, links) if isinstance(v, Node) else v for v in value)
            if any(a is not b for a, b in zip(value, new, strict=True)):
                changes[name] = new
    if isinstance(node, Link | CrossReference):
        target = links.resolve(node)
        if target != node.target:
            changes["target"] = target
    elif isinstance(node, Section) and node.span is not None and node.span.start in names.moved:
        changes["id"] = names.moved[node.span.start]
    return replace(node, **changes) if changes else node
