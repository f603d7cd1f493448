"""How the publication itself is cited: made of its metadata, by the style in which it cites others.

An essay with authors of its own, in a collection, is cited as a chapter of it; anything else as the whole is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from publish import citations
from publish.citations import Cluster, Keeper, Record, StyleUnusable, rich
from publish.diagnostics import Log
from publish.document import Apparatus, Contributor, Division, Inlines, Metadata, Node, Publication, plain, walk
from publish.project.model import Project
from publish.reader.citing import citation_style
from publish.source import Source

T = TypeVar("T", bound=Node)

# CSL's names for those who made a work, by their MARC relators.
_PEOPLE = {"aut": "author", "edt": "editor", "trl": "translator"}
_SELF = "the work itself"


def set_self_citations(
    publication: Publication, project: Project, log: Log, keeper: Keeper | None = None
) -> Publication:
    """Give the publication with the words of each ``cite-as``, and of its imprint when it has a DOI."""
    asked = {division.slug for division in publication.divisions if _asks(division)}
    doi = publication.metadata.identifier("doi") and not project.bare
    if not asked and not doi:
        return publication
    style = citation_style(project, log)
    if style is None:
        return publication

    def cited(division: Division | None) -> Inlines:
        work, language = _work(publication, division, project), _language(publication, division)
        record = Record(_SELF, work, Source("publication.yaml", "").span(0))
        made = citations.format_citations([Cluster((citations.Cite(_SELF),))], {_SELF: record}, style, language, keeper)
        return rich.inlines(made.entries[0].text if made.entries else made.citations[0].body)

    try:
        divisions = tuple(_set(d, cited(d)) if d.slug in asked else d for d in publication.divisions)
        return replace(publication, divisions=divisions, citation=cited(None) if doi else ())
    except StyleUnusable as error:
        message = f"the citation style cannot be used: {error}"
        log.report("citation-style-sound", message, project.citation_style.span)
        return publication


def _asks(division: Division) -> bool:
    return any(isinstance(node, Apparatus) and node.kind == "cite-as" for node in walk(division))


def _language(publication: Publication, division: Division | None) -> str:
    return (division.language if division else "") or publication.metadata.language


def _work(publication: Publication, division: Division | None, project: Project) -> dict[str, Any]:
    """Describe a division, or the whole publication, as an item of CSL-JSON."""
    whole = _whole(publication.metadata)
    if division is None or not division.contributors or len(publication.divisions) == 1:
        return whole | ({"type": "article"} if project.bare else {})
    work = {name: value for name, value in whole.items() if name not in _PEOPLE.values()}
    work |= {"type": "chapter", "container-title": whole["title"], "title": _title(division.title, division.subtitle)}
    work |= {name: value for name, value in whole.items() if name in ("editor", "translator")}
    people = _names(division.contributors)
    if "editor" not in whole and "author" in whole and whole["author"] != people.get("author"):
        work["container-author"] = whole["author"]
    return work | people | _issued(division.date or publication.metadata.date)


def _whole(metadata: Metadata) -> dict[str, Any]:
    series = metadata.series
    said = {
        "id": _SELF,
        "type": "book",
        "title": _title((metadata.title,), metadata.subtitle),
        "language": metadata.language,
        "publisher": metadata.publisher,
        "publisher-place": metadata.place,
        "edition": metadata.edition,
        "collection-title": series.title if series else "",
        "collection-number": series.number if series else "",
        "DOI": metadata.identifier("doi"),
        "ISBN": metadata.identifier("isbn-print", "isbn", "isbn-epub", "isbn-pdf"),
    }
    said = {name: value for name, value in said.items() if value}
    return {**said, **_names(metadata.contributors), **_issued(metadata.date)}


def _title(title: Inlines, subtitle: str) -> str:
    words = " ".join(plain(title).split())
    return f"{words}: {subtitle}" if subtitle else words


def _names(contributors: Iterable[Contributor]) -> dict[str, Any]:
    names: dict[str, list[Mapping[str, str]]] = {}
    for one in contributors:
        if role := _PEOPLE.get(one.role):
            names.setdefault(role, []).append(_name(one))
    return dict(names)


def _name(one: Contributor) -> Mapping[str, str]:
    """Give a name as CSL wants it: in its parts, as it is sorted by; that of an organisation as it is."""
    family, *given = one.file_as.split(", ")
    if not given:
        return {"literal": one.name}
    return {"family": family, "given": given[0]} | ({"suffix": ", ".join(given[1:])} if given[1:] else {})


def _issued(date: str) -> dict[str, Any]:
    return {"issued": {"date-parts": [[int(part) for part in date.split("-")]]}} if date else {}


def _set(node: T, citation: Inlines) -> T:
    """Give a tree in which every ``cite-as`` has its words."""
    if isinstance(node, Apparatus) and node.kind == "cite-as":
        return replace(node, citation=citation)
    changes: dict[str, Any] = {}
    for name, value in vars(node).items():
        if type(value) is tuple and any(isinstance(v, Node) for v in value):
            changes[name] = tuple(_set(v, citation) if isinstance(v, Node) else v for v in value)
    return replace(node, **changes) if changes else node
