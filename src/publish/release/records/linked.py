"""What search engines and citation managers read in a page: JSON-LD of schema.org, citation_* tags, Open Graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from publish.metadata import Contributor
from publish.release.model import File, Record, Work
from publish.release.records.people import authors, is_organisation

_FORMATS = {"epub": "https://schema.org/EBook", "pdf": "https://schema.org/EBook"}
_PROPERTIES = {"edt": "editor", "edc": "editor", "com": "editor", "trl": "translator", "ill": "illustrator"}
# Schema.org has no word for it that fits a publication.
_CONFORMS_TO = "http://purl.org/dc/terms/conformsTo"


def kind(record: Record) -> str:
    """Give what schema.org calls a publication: a single essay without an ISBN is an article, all else a book."""
    essays = [work for work in record.works if work.role == "essay"]
    numbered = any(i.scheme.startswith("isbn") for i in record.metadata.identifiers)
    return "ScholarlyArticle" if len(essays) == 1 and not numbered else "Book"


def json_ld(record: Record) -> str:
    """Give a publication as JSON-LD, safe inside an HTML ``script``."""
    return json.dumps(_work(record), ensure_ascii=False, indent=1).replace("<", "\\u003c")


def _work(record: Record) -> dict[str, Any]:
    data = record.metadata
    cover = max((f for f in record.files if f.role == "cover"), key=lambda f: f.width, default=None)
    type = kind(record)
    people: dict[str, list[dict[str, Any]]] = {}
    for person in data.contributors:
        name = "author" if person in authors(data) else _property(person, type)
        people.setdefault(name, []).append(_person(person))
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": type,
        "@id": record.identifier,
        "url": record.at() if record.address else "",
        "name": data.title,
        "headline": data.title if type == "ScholarlyArticle" else "",
        "alternativeHeadline": data.subtitle,
        **people,
        "publisher": {"@type": "Organization", "name": data.publisher} if data.publisher else "",
        "datePublished": data.date,
        "dateModified": record.date,
        "version": record.version,
        "inLanguage": data.language,
        "description": data.description,
        "keywords": ", ".join(data.keywords),
        "about": [{"@type": "Thing", "name": subject.name} for subject in data.subjects],
        "license": _license(data.license),
        "copyrightNotice": data.rights,
        "isAccessibleForFree": True,
        "image": record.at(cover.name) if cover and record.address else "",
        "isPartOf": _series(record, type),
        "identifier": [*_identifiers(record)],
        "hasPart": [_part(record, work) for work in record.works] if type == "Book" else [],
        **_accessibility(record),
    }
    files = [_file(record, book) for book in record.books]
    if type == "Book":
        said |= {"bookEdition": data.edition, "isbn": _isbn(record, "isbn-print", "isbn")}
        said["workExample"] = [_example(record, book, file) for book, file in zip(record.books, files, strict=True)]
    else:
        said["encoding"] = files
    return _present(said)


def _example(record: Record, book: File, file: dict[str, Any]) -> dict[str, Any]:
    isbn = _isbn(record, f"isbn-{book.role}")
    form = {"@type": "Book", "name": record.metadata.title, "bookFormat": _FORMATS[book.role], "isbn": isbn}
    return _present({**form, "numberOfPages": book.pages, "inLanguage": record.metadata.language, "encoding": file})


def _file(record: Record, book: File) -> dict[str, Any]:
    return _present(
        {
            "@type": "MediaObject",
            "name": book.name,
            "contentUrl": record.at(book.name) if record.address else book.name,
            "encodingFormat": book.media_type,
            "contentSize": f"{book.size} B",
            "sha256": book.sha256,
        }
    )


def _part(record: Record, work: Work) -> dict[str, Any]:
    people = work.contributors or (authors(record.metadata) if work.role == "essay" else ())
    return _present(
        {
            "@type": "ScholarlyArticle" if work.role == "essay" else "Chapter",
            "name": work.title,
            "alternativeHeadline": work.subtitle,
            "author": [_person(person) for person in people if person.role in ("aut", "edt")],
            "description": work.description,
            "datePublished": work.date,
            "url": record.at(f"read.html#{work.place}") if record.address else "",
        }
    )


def _person(person: Contributor) -> dict[str, Any]:
    type = "Organization" if is_organisation(person) else "Person"
    orcid = f"https://orcid.org/{person.orcid}" if person.orcid else ""
    where = {"@type": "Organization", "name": person.affiliation} if person.affiliation and type == "Person" else ""
    return _present({"@type": type, "@id": orcid, "name": person.name, "affiliation": where})


def _property(person: Contributor, type: str) -> str:
    """Give what somebody is to a work: editors and illustrators are persons, and only books have the latter."""
    name = _PROPERTIES.get(person.role, "contributor")
    if name == "illustrator" and type != "Book":
        return "contributor"
    return "contributor" if is_organisation(person) and name != "translator" else name


def _license(license: str) -> dict[str, str] | str:
    """Give a licence as its address, or as a work of which only the name is known."""
    if not license or license.startswith(("http://", "https://")):
        return license
    return {"@type": "CreativeWork", "name": license}


def _series(record: Record, type: str) -> dict[str, Any] | str:
    series = record.metadata.series
    if series is None:
        return ""
    issn = record.metadata.identifier("issn")
    whole = _present({"@type": "BookSeries" if type == "Book" else "Periodical", "name": series.title, "issn": issn})
    if type == "Book" or not series.number:
        return whole
    return {"@type": "PublicationIssue", "issueNumber": series.number, "isPartOf": whole}


def _identifiers(record: Record) -> Iterator[dict[str, str]]:
    for identifier in record.metadata.identifiers:
        if identifier.scheme == "doi":
            yield {"@type": "PropertyValue", "propertyID": "doi", "value": f"https://doi.org/{identifier.value}"}


def _isbn(record: Record, *schemes: str) -> str:
    return record.metadata.identifier(*schemes).replace("-", "")


def _accessibility(record: Record) -> dict[str, Any]:
    access, claim = record.accessibility, record.metadata.conformance
    sufficient = [{"@type": "ItemList", "itemListElement": modes.split(",")} for modes in access.sufficient]
    return {
        "accessMode": list(access.modes),
        "accessModeSufficient": sufficient,
        "accessibilityFeature": list(access.features),
        "accessibilityHazard": list(access.hazards),
        "accessibilitySummary": access.summary,
        _CONFORMS_TO: claim.standard if claim else "",
    }


def citation_tags(record: Record) -> Iterator[tuple[str, str]]:
    """Give the tags that Google Scholar and citation managers read: (name, content)."""
    data = record.metadata
    yield "citation_title", f"{data.title}: {data.subtitle}" if data.subtitle else data.title
    for person in authors(data):
        yield "citation_author", person.name if is_organisation(person) else person.file_as
        if person.affiliation:
            yield "citation_author_institution", person.affiliation
        if person.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{person.orcid}"
    pairs = {
        "citation_publication_date": data.date.replace("-", "/"),
        "citation_online_date": record.date.replace("-", "/"),
        "citation_language": data.language,
        "citation_publisher": data.publisher,
        "citation_isbn": data.identifier("isbn-print", "isbn-pdf", "isbn-epub", "isbn"),
        "citation_issn": data.identifier("issn"),
        "citation_doi": data.identifier("doi"),
        "citation_series_title": data.series.title if data.series else "",
        "citation_keywords": "; ".join(data.keywords),
        "citation_abstract": data.description,
        "citation_pdf_url": next((record.at(f.name) for f in record.books if f.role == "pdf" and record.address), ""),
        "citation_fulltext_html_url": record.at("read.html") if record.address else "",
    }
    yield from ((name, value) for name, value in pairs.items() if value)


def open_graph(record: Record) -> Iterator[tuple[str, str]]:
    """Give what a link to the page shows when it is shared: (property, content)."""
    data, cover = record.metadata, record.file("cover", 600)
    yield "og:type", "book" if kind(record) == "Book" else "article"
    yield "og:title", data.title
    pairs = {
        "og:description": data.description or data.subtitle,
        "og:url": record.at() if record.address else "",
        "og:locale": data.language.replace("-", "_"),
        "og:site_name": data.publisher,
    }
    yield from ((name, value) for name, value in pairs.items() if value)
    if cover and record.address:
        yield "og:image", record.at(cover.name)
        yield "og:image:width", str(cover.width)
        yield "og:image:height", str(cover.height)


def _present(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in ("", 0, [], {}, None)}
