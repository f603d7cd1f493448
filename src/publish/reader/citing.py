"""Citations of a whole publication: works are looked up, formatted by the citation style, and listed.

A bibliography lists what its own division cites; one in a division that cites nothing (a bibliography at the end of
the book) lists what all the others cite. So an edited volume can have a list after each essay, or one for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from publish import citations
from publish.citations import Cluster, Entry, Formatted, Keeper, Library, Record, StyleUnusable, rich
from publish.diagnostics import Log, did_you_mean
from publish.document import (
    Bibliography,
    BibliographyEntry,
    Citation,
    Cite,
    Division,
    NoteCall,
    Section,
    plain,
    walk,
)
from publish.project.model import DivisionSource, Project
from publish.reader.citing_tree import Placed, Setting, rewritten
from publish.reader.division import ReadDivision
from publish.reader.names import Names, xml_name
from publish.reader.reading import Claim
from publish.records import dataclass
from publish.source import Span
from publish.words import words


class Cited(NamedTuple):
    """Divisions with their citations set, and the bibliography made for the end of the book when none was asked for."""

    divisions: list[ReadDivision]
    bibliography: Division | None


def can_cite(project: Project, source: DivisionSource) -> bool:
    """Whether a division can cite works: whether a bibliography file is named for it."""
    return bool(project.bibliography or source.bibliography)


def set_citations(project: Project, divisions: list[ReadDivision], log: Log, keeper: Keeper | None = None) -> Cited:
    """Format every citation and fill every bibliography; report works that no file describes."""
    found = [_found(one.division) for one in divisions]
    if not any(one.citations or one.lists for one in found):
        return Cited(divisions, None)
    return _Setter(project, divisions, found, log, keeper).set()


# --- what there is to do ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    """The citations of a division in reading order, each with the note it stands in (0: none); its bibliographies."""

    citations: tuple[tuple[Citation, bool], ...]
    lists: tuple[Bibliography, ...]


def _found(division: Division) -> _Found:
    lists = tuple(node for node in walk(division) if isinstance(node, Bibliography))
    return _Found(tuple(_in_reading_order(division)), lists)


def _in_reading_order(division: Division) -> Iterator[tuple[Citation, bool]]:
    """Give the citations as a reader meets them who follows each note where it is called."""
    notes = {note.label: note for note in division.notes}
    waiting: list[object] = [*reversed(division.blocks), *reversed(division.title)]
    inside: list[object] = []
    while waiting:
        node = waiting.pop()
        if node is _END:
            inside.pop()
            continue
        if isinstance(node, Citation):
            yield node, bool(inside)
        waiting.extend(reversed(list(_below(node))))
        if isinstance(node, NoteCall) and node.label in notes:
            note = notes.pop(node.label)
            inside.append(note)
            waiting += [_END, *reversed(note.blocks)]


_END = object()


def _below(node: object) -> Iterator[object]:
    from publish.document import Node, children

    if isinstance(node, Citation):
        for cite in node.cites:
            yield from cite.prefix
            yield from cite.suffix
    elif isinstance(node, Node):
        yield from children(node)


@dataclass
class _Scope:
    """Citations that share a bibliography: the places of their divisions, and their ids of entries by key."""

    places: list[int]
    ids: dict[str, str] = field(default_factory=dict)
    formatted: Formatted | None = None


class _Setter:
    def __init__(
        self, project: Project, divisions: list[ReadDivision], found: list[_Found], log: Log, keeper: Keeper | None
    ) -> None:
        self._project, self._divisions, self._found = project, list(divisions), found
        self._log, self._keeper = log, keeper
        self._libraries: dict[object, Library] = {}
        self._settings: dict[int, Setting] = {}
        self._style = citation_style(project, log)
        self._ids = Names(
            [one.division.slug for one in divisions] + [claim.name for one in divisions for claim in one.claims]
        )

    def set(self) -> Cited:
        whole = _Scope([i for i, one in enumerate(self._found) if one.citations and not self._own_list(i)])
        scopes = [_Scope([i]) for i in range(len(self._divisions)) if self._own_list(i)]
        for scope in (whole, *scopes):
            self._format(scope)
        for place in range(len(self._divisions)):
            scope = next((s for s in scopes if place in s.places), whole)
            self._divisions[place] = self._rewritten(place, scope)
        return Cited(self._divisions, self._at_the_end(whole))

    def _own_list(self, place: int) -> bool:
        one = self._found[place]
        return bool(one.lists and one.citations) and self._divisions[place].division.role != "bibliography"

    # --- formatting ---

    def _library(self, place: int) -> Library:
        sources = (*self._project.bibliography, *self._project.divisions[place].bibliography)
        name = tuple(source.name for source in sources)
        if name not in self._libraries:
            self._libraries[name] = citations.load(sources, self._log, self._language(place))
        return self._libraries[name]

    def _language(self, place: int) -> str:
        return self._divisions[place].division.language or self._project.metadata.language

    def _format(self, scope: _Scope) -> None:
        """Format what a scope cites. A citation of which no work is known stays as typed."""
        if self._style is None:
            return
        records: dict[str, Record] = {}
        clusters: list[Cluster] = []
        owners: list[tuple[int, Citation, bool]] = []
        number = 0
        for place in scope.places:
            for citation, inside in self._found[place].citations:
                known = self._known(citation, place, records)
                if known and len(known) == len(citation.cites):
                    number += not inside
                    slug = self._divisions[place].division.slug
                    clusters.append(_cluster(citation, known, number, slug, inside=inside, in_notes=self._in_notes))
                    owners.append((place, citation, inside))
        if not clusters:
            return
        try:
            language = self._language(scope.places[0]) if len(scope.places) == 1 else self._project.metadata.language
            scope.formatted = citations.format_citations(clusters, records, self._style, language, self._keeper)
        except StyleUnusable as error:
            self._unusable(error)
            return
        several = len(self._divisions) > 1 and len(scope.places) == 1 and self._own_list(scope.places[0])
        prefix = f"ref-{self._divisions[scope.places[0]].division.slug}-" if several else "ref-"
        if self._listed(scope):
            scope.ids = {entry.key: self._ids.fresh(xml_name(prefix + entry.key)) for entry in scope.formatted.entries}
        self._keep(scope, owners)

    def _known(self, citation: Citation, place: int, records: dict[str, Record]) -> list[str]:
        """Give the keys of a citation under which its works are recorded; those of two libraries do not mix."""
        library, keys = self._library(place), []
        for cite in citation.cites:
            assert cite.span is not None
            record = library.cite(cite.key, cite.span, self._log)
            if record is not None:
                records.setdefault(record.key, record)
                keys.append(record.key)
        return keys

    @property
    def _in_notes(self) -> bool:
        if self._style is None:
            return False
        try:
            return citations.in_notes(self._style)
        except StyleUnusable:
            return False

    def _unusable(self, error: StyleUnusable) -> None:
        style = self._project.citation_style
        span = style.span
        if style.source is not None and error.line:
            span = style.source.span_of_line(min(error.line, style.source.line_count))
        self._style = None
        self._log.report("citation-style-sound", f"the citation style cannot be used: {error}", span)

    def _listed(self, scope: _Scope) -> bool:
        """Whether a bibliography will list what a scope cites."""
        if scope.formatted is None or not scope.formatted.entries:
            return False
        if not scope.formatted.in_notes:
            return True
        return any(self._found[place].lists for place in scope.places) or bool(self._places_for_all())

    def _keep(self, scope: _Scope, owners: Sequence[tuple[int, Citation, bool]]) -> None:
        assert scope.formatted is not None
        for (place, citation, inside), printed in zip(owners, scope.formatted.citations, strict=True):
            setting = self._settings.setdefault(
                place, Setting(scope.formatted.in_notes, self._language(place).startswith("en"))
            )
            setting.placed[id(citation)] = Placed(printed, _targets(citation, scope.ids), inside)

    # --- putting it in its place ---

    def _places_for_all(self) -> list[int]:
        """Give the divisions that list what the whole publication cites."""
        return [
            i
            for i, one in enumerate(self._divisions)
            if one.division.role == "bibliography" or (self._found[i].lists and not self._found[i].citations)
        ]

    def _rewritten(self, place: int, scope: _Scope) -> ReadDivision:
        one = self._divisions[place]
        setting = self._settings.get(place, Setting())
        setting.bibliography = self._bibliography(scope) if self._fills(place, scope) else None
        division = rewritten(one.division, setting)
        claims = list(one.claims)
        if setting.bibliography is not None:
            if not self._found[place].lists:
                division, claim = self._appended(division, setting.bibliography)
                claims += [claim] if claim else []
            span = division.span or _nowhere(self._project, place)
            claims += [Claim(entry.id, span) for entry in setting.bibliography.entries]
        elif self._found[place].lists and not can_cite(self._project, self._project.divisions[place]):
            for node in self._found[place].lists:
                message = "a bibliography stands here, but no bibliography file is named"
                self._log.report("bibliography-named", message, node.span, hint="name one: bibliography: works.bib")
        return replace(one, division=division, claims=tuple(claims))

    def _fills(self, place: int, scope: _Scope) -> bool:
        """Whether a division shows what its scope cites."""
        if scope.formatted is None or not scope.ids:
            return False
        if self._own_list(place) or place in self._places_for_all():
            return True
        alone = not self._places_for_all() and scope.places == [place]
        return alone and not scope.formatted.in_notes

    def _bibliography(self, scope: _Scope) -> Bibliography:
        assert scope.formatted is not None
        entries = tuple(_entry(entry, scope.ids[entry.key]) for entry in scope.formatted.entries)
        return Bibliography(entries, scope.formatted.hanging)

    def _appended(self, division: Division, bibliography: Bibliography) -> tuple[Division, Claim | None]:
        """Add a bibliography that nobody gave a place: to the end of the text, under a heading of its own."""
        if division.role == "bibliography":
            return replace(division, blocks=(*division.blocks, bibliography)), None
        assert division.span is not None
        title = words(division.language or self._project.metadata.language)["bibliography"]
        span = division.span.source.span(division.span.end)
        name = self._ids.fresh("bibliography")
        section = Section((title,), 2, (bibliography,), span=span, id=name)
        return replace(division, blocks=(*division.blocks, section)), Claim(name, span)

    def _at_the_end(self, whole: _Scope) -> Division | None:
        """Make a division for what several cite when none lists it."""
        if whole.formatted is None or not whole.ids or self._places_for_all() or len(whole.places) < 2:
            return None
        if whole.formatted.in_notes:
            return None
        title = words(self._project.metadata.language)["bibliography"]
        slug = self._ids.fresh("bibliography")
        return Division(slug, "bibliography", "back", (title,), (self._bibliography(whole),))


def citation_style(project: Project, log: Log) -> bytes | None:
    """Give the citation style's bytes; None, with a diagnostic, when there is none of its name."""
    wish = project.citation_style
    if wish.source is not None:
        return wish.source.text.encode()
    name = wish.name or citations.DEFAULT
    style = citations.built_in(name)
    if style is None:
        hint = did_you_mean(name, citations.names()) or f"there are {', '.join(citations.names())}; or name a .csl file"
        log.report("citation-style-sound", f"there is no citation style “{name}”", wish.span, hint=hint)
    return style


def _cluster(
    citation: Citation, keys: list[str], number: int, chapter: str, *, inside: bool, in_notes: bool
) -> Cluster:
    cites = tuple(_cite(cite, key) for cite, key in zip(citation.cites, keys, strict=True))
    textual = citation.textual and not (inside and in_notes)
    return Cluster(cites, textual, number, inside, chapter)


def _cite(cite: Cite, key: str) -> citations.Cite:
    return citations.Cite(key, cite.locator, cite.label, plain(cite.prefix), plain(cite.suffix), cite.year_only)


def _targets(citation: Citation, ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"#{ids[cite.key]}" if cite.key in ids else "" for cite in citation.cites)


def _entry(entry: Entry, name: str) -> BibliographyEntry:
    return BibliographyEntry(rich.inlines(entry.text), rich.inlines(entry.label), id=name)


def _nowhere(project: Project, place: int) -> Span:
    return project.divisions[place].source.span(0)
