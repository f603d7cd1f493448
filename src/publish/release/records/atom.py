"""Atom (RFC 4287): what is new, an entry a version that came out; and OPDS 1.2, the catalogue for reading apps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from publish.release.model import File, Record
from publish.release.records.people import authors, others
from publish.release.records.xml import Maker, document

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/terms/"
OPDS = "http://opds-spec.org/2010/catalog"
KIND = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
MOST = 50
"""Entries that the feed of news holds: readers fetch it every hour."""

_SCHEMES = {
    "BISAC": "http://www.bisg.org/standards/bisac_subject/index.html",
    "Thema": "https://ns.editeur.org/thema/",
    "LCSH": "http://id.loc.gov/authorities/subjects",
}
_A = Maker(ATOM, {"dc": DC, "opds": OPDS})
_DC = Maker(DC, {"dc": DC})


def news(title: str, address: str, versions: Sequence[Record]) -> bytes:
    """Give the feed of what is new, newest first; ``versions`` are all that came out."""
    newest = sorted(versions, key=lambda r: (r.modified, r.order, r.name), reverse=True)[:MOST]
    feed = _feed(title, f"{address}feed.xml", "application/atom+xml", address, newest)
    feed.append(_A.link(rel="alternate", href=f"{address}index.html", type="text/html"))
    feed.extend(_news(record) for record in newest)
    return document(feed)


def _news(record: Record) -> etree._Element:
    name = _unique(f"{record.identifier} {record.version}")
    entry = _A.entry(_A.title(f"{_title(record)} {record.version}"), _A.id(name))
    entry.extend(_people(record))
    entry.append(_A.updated(record.modified))
    entry.append(_A.summary(record.notes or record.metadata.description or _title(record), type="text"))
    entry.append(_A.link(rel="alternate", href=record.at(), type="text/html"))
    entry.extend(_A.link(rel="enclosure", **_what(record, book)) for book in record.books)
    return entry


def catalogue(title: str, address: str, records: Sequence[Record]) -> bytes:
    """Give the catalogue as an acquisition feed of OPDS 1.2."""
    feed = _feed(title, f"{address}opds.xml", KIND, address, records)
    feed.append(_A.link(rel="start", href=f"{address}opds.xml", type=KIND))
    feed.append(_A.link(rel="alternate", href=f"{address}index.html", type="text/html"))
    feed.extend(_publication(record) for record in records)
    return document(feed)


def _feed(title: str, name: str, kind: str, address: str, records: Sequence[Record]) -> etree._Element:
    people = [r.metadata.publisher or p.name for r in records for p in authors(r.metadata)[:1]] or [title]
    author = _A.author(_A.name(people[0]), *([_A.uri(address)] if address else []))
    updated = max((r.modified for r in records), default="1980-01-01T00:00:00Z")
    id = _unique(f"{address or title} {name.rpartition('/')[2]}")
    return _A.feed(_A.id(id), _A.title(title), _A.updated(updated), author, _A.link(rel="self", href=name, type=kind))


def _publication(record: Record) -> etree._Element:
    data = record.metadata
    entry = _A.entry(_A.title(_title(record)), _A.id(record.identifier))
    entry.extend(_people(record))
    entry.append(_A.updated(record.modified))
    if len(data.date) == 10:
        entry.append(_A.published(f"{data.date}T00:00:00Z"))
    entry.extend(_terms(record))
    if data.rights:
        entry.append(_A.rights(data.rights))
    if data.description:
        entry.append(_A.summary(data.description, type="text"))
    entry.extend(_categories(record))
    entry.extend(_links(record))
    return entry


def _title(record: Record) -> str:
    data = record.metadata
    return f"{data.title}: {data.subtitle}" if data.subtitle else data.title


def _people(record: Record) -> Iterator[etree._Element]:
    first = authors(record.metadata)
    yield from (_A.author(_A.name(person.name)) for person in first)
    rest = others(record.metadata.contributors, *(p.role for p in first))
    yield from (_A.contributor(_A.name(name)) for name in dict.fromkeys(p.name for p in rest))


def _terms(record: Record) -> Iterator[etree._Element]:
    data = record.metadata
    yield _DC.language(data.language)
    if data.publisher:
        yield _DC.publisher(data.publisher)
    if data.date:
        yield _DC.issued(data.date)
    for identifier in data.identifiers:
        if identifier.scheme.startswith("isbn"):
            yield _DC.identifier(f"urn:isbn:{identifier.value.replace('-', '')}")
        elif identifier.scheme == "doi":
            yield _DC.identifier(f"https://doi.org/{identifier.value}")


def _categories(record: Record) -> Iterator[etree._Element]:
    for subject in record.metadata.subjects:
        scheme = {"scheme": _SCHEMES[subject.authority]} if subject.authority in _SCHEMES else {}
        yield _A.category(term=subject.code or subject.name, label=subject.name, **scheme)
    yield from (_A.category(term=word, label=word) for word in record.metadata.keywords)


def _links(record: Record) -> Iterator[etree._Element]:
    for rel, picture in pictures(record):
        yield _A.link(rel=f"http://opds-spec.org/{rel}", href=record.at(picture.name), type=picture.media_type)
    yield _A.link(rel="alternate", href=record.at(), type="text/html")
    if record.metadata.license.startswith(("http://", "https://")):
        yield _A.link(rel="license", href=record.metadata.license)
    yield from (_A.link(rel=OPEN_ACCESS, **_what(record, book), title=book.role.upper()) for book in record.books)
    sample = record.file("sample")
    if sample:
        yield _A.link(rel="http://opds-spec.org/acquisition/sample", **_what(record, sample))


def _what(record: Record, file: File) -> dict[str, str]:
    return {"href": record.at(file.name), "type": file.media_type, "length": str(file.size)}


def pictures(record: Record) -> Iterator[tuple[str, File]]:
    """Give the cover picture and the smallest of its thumbnails, each with what it is in OPDS."""
    covers = sorted((f for f in record.files if f.role == "cover"), key=lambda f: f.width)
    if covers:
        yield "image", covers[-1]
        yield "image/thumbnail", covers[0]


def _unique(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn


def newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Give records as a catalogue lists them."""
    by_name = sorted(records, key=lambda record: record.name)
    return tuple(sorted(by_name, key=lambda record: (record.metadata.date, record.modified), reverse=True))
