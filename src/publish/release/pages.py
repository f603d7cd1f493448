"""The pages that people see: values for the theme's templates, and what these make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publish.release.changes import passages
from publish.release.model import Record
from publish.release.reading import Text
from publish.release.records import linked
from publish.release.records.onix import license_name
from publish.release.records.people import authors
from publish.renderer.web import Site, trusted
from publish.words import join_names, words

KINDLE = 200_000_000
"""Bytes that an EPUB sent to a Kindle by its web page may have."""


def landing(site: Site, record: Record, versions: Sequence[Record], catalogue: str) -> str:
    """Give a publication's own page; ``versions`` are all that came out, the newest first."""
    epub, language = record.file("epub"), record.metadata.language
    sample = record.file("sample")
    return site.page(
        "landing.html",
        language,
        up="../",
        record=record,
        versions=versions,
        catalogue=catalogue,
        cover=record.file("cover", 600) or record.file("cover"),
        files=[*record.books, *([sample] if sample else [])],
        proved=proved(record),
        notes={one.version: passages(one.notes) for one in versions},
        tags=tuple(linked.citation_tags(record)),
        graph=tuple(linked.open_graph(record)),
        linked=trusted(linked.json_ld(record)),
        citation=citation(record),
        license=license_name(record.metadata.license),
        kindle=epub is not None and epub.size <= KINDLE,
    )


def reading(site: Site, record: Record, text: Text) -> str:
    """Give the page with the text to read online."""
    return site.page(
        "read.html",
        record.metadata.language,
        up="../",
        record=record,
        text=text,
        body=trusted(text.html),
        tags=tuple(linked.citation_tags(record)),
        license=license_name(record.metadata.license),
    )


def catalogue(site: Site, title: str, address: str, records: Sequence[Record]) -> str:
    """Give the page that lists every publication, in the order given."""
    languages = {record.metadata.language for record in records}
    return site.page(
        "catalogue.html",
        languages.pop() if len(languages) == 1 else "en",
        up="",
        title=title,
        address=address,
        records=records,
        covers={record.name: record.file("cover", 600) or record.file("cover") for record in records},
    )


def title_of(records: Sequence[Record]) -> str:
    """Give what a catalogue is called: its publisher, the title of its only publication, or “All publications”."""
    publishers = {record.metadata.publisher for record in records}
    if len(publishers) == 1 and (publisher := publishers.pop()):
        return publisher
    if len(records) == 1:
        return records[0].metadata.title
    return words(records[0].metadata.language)["web-home"] if records else words("en")["web-home"]


def proved(record: Record) -> Mapping[str, str]:
    """Give for each file the referees that found nothing wrong with it, as a list in words."""
    language = record.metadata.language
    names: dict[str, list[str]] = {}
    for one in record.judgements:
        if one.verdict == "passed" and one.referee != "publish":
            names.setdefault(one.file, []).append(f"{one.referee} {one.version}".strip())
    return {file: join_names(referees, language) for file, referees in names.items()}


def citation(record: Record) -> str:
    """Give a line by which the publication can be cited: who, when, what, by whom published, where."""
    data = record.metadata
    names = join_names([person.name for person in authors(data)], data.language)
    title = f"{data.title}: {data.subtitle}" if data.subtitle else data.title
    series = f"{data.series.title} {data.series.number}".strip() if data.series else ""
    doi = data.identifier("doi")
    where = f"https://doi.org/{doi}" if doi else record.at() if record.address else ""
    head = f"{names} ({data.date[:4]})" if names and data.date else names or data.date[:4]
    publisher = f"{data.place}: {data.publisher}" if data.place and data.publisher else data.publisher
    said = [head, title, series, publisher]
    return " ".join([f"{part.rstrip('.')}." for part in said if part] + ([where] if where else []))
