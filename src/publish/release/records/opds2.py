"""OPDS 2.0: the catalogue in JSON, each publication as the Readium Web Publication Manifest describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from publish.metadata import Contributor
from publish.release.model import File, Record
from publish.release.records.atom import OPEN_ACCESS, pictures
from publish.release.records.linked import kind

MEDIA_TYPE = "application/opds+json"

# The roles that the manifest has a word for.
_ROLES = {
    "author": ("aut", "cre"),
    "editor": ("edt", "edc", "com"),
    "translator": ("trl",),
    "illustrator": ("ill",),
    "contributor": (),
}


def catalogue(title: str, address: str, records: Sequence[Record]) -> bytes:
    """Give the catalogue as a feed of OPDS 2.0."""
    modified = max((record.modified for record in records), default="")
    feed = {
        "metadata": _present({"title": title, "modified": modified, "numberOfItems": len(records)}),
        "links": [
            {"rel": "self", "href": f"{address}opds.json", "type": MEDIA_TYPE},
            {"rel": "alternate", "href": f"{address}index.html", "type": "text/html"},
        ],
        "publications": [_publication(record) for record in records],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _publication(record: Record) -> dict[str, Any]:
    books = [_link(record, book) | {"rel": OPEN_ACCESS, "title": book.role.upper()} for book in record.books]
    sample = record.file("sample")
    if sample:
        books.append(_link(record, sample) | {"rel": "http://opds-spec.org/acquisition/sample"})
    page = {"rel": "alternate", "href": record.at(), "type": "text/html"}
    images = [{**_link(record, f), "width": f.width, "height": f.height} for _, f in pictures(record)]
    for image in images:
        image.pop("size")
    return {"metadata": _metadata(record), "links": [*books, page], "images": images}


def _link(record: Record, file: File) -> dict[str, Any]:
    return {"href": record.at(file.name), "type": file.media_type, "size": file.size}


def _metadata(record: Record) -> dict[str, Any]:
    data = record.metadata
    pages = max((file.pages for file in record.files), default=0)
    known = {role for roles in _ROLES.values() for role in roles}
    people = {
        name: _people(c for c in data.contributors if (c.role in roles if roles else c.role not in known))
        for name, roles in _ROLES.items()
    }
    said = {
        "@type": f"http://schema.org/{kind(record)}",
        "identifier": record.identifier,
        "title": data.title,
        "subtitle": data.subtitle,
        **people,
        "language": data.language,
        "publisher": data.publisher,
        "published": data.date,
        "modified": record.modified,
        "description": data.description,
        "subject": [_present({"name": s.name, "code": s.code, "scheme": s.authority}) for s in data.subjects]
        + [{"name": word} for word in data.keywords],
        "belongsTo": _series(record),
        "numberOfPages": pages,
        "accessibility": _accessibility(record),
    }
    # A date without its day is no date to JSON Schema; the manifest has no other place for it.
    if len(data.date) != 10:
        del said["published"]
    return _present(said)


def _people(contributors: Iterable[Contributor]) -> list[dict[str, str]]:
    links = [(c, {"identifier": f"https://orcid.org/{c.orcid}"} if c.orcid else {}) for c in contributors]
    return [{"name": c.name, "sortAs": c.file_as, **more} for c, more in links]


def _series(record: Record) -> dict[str, Any]:
    series = record.metadata.series
    if series is None:
        return {}
    number = {"position": int(series.number)} if series.number.isascii() and series.number.isdecimal() else {}
    return {"series": {"name": series.title, **number}}


def _accessibility(record: Record) -> dict[str, Any]:
    access, claim = record.accessibility, record.metadata.conformance
    sufficient = [modes.split(",") if "," in modes else modes for modes in access.sufficient]
    return _present(
        {
            "conformsTo": _profile(claim.standard) if claim else "",
            "certification": {"certifiedBy": claim.certified_by} if claim else {},
            "accessMode": list(access.modes),
            "accessModeSufficient": sufficient,
            "feature": list(access.features),
            "hazard": list(access.hazards),
            "summary": access.summary,
        }
    )


def _profile(standard: str) -> str:
    """Give the address of a standard that the EPUB's metadata name: ``EPUB Accessibility 1.1 - WCAG 2.2 Level AA``."""
    words = standard.split()
    return f"https://www.w3.org/TR/epub-a11y-11#wcag-{words[-3]}-{words[-1].lower()}"


def _present(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in ("", 0, [], {}, None)}
