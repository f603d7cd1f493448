"""Feeds and records are what their standards ask, whatever a publication says of itself."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import bibtexparser
import feedparser  # type: ignore[import-untyped]
import onixcheck  # type: ignore[import-untyped]
import pytest
import vocabulary

from publish.metadata import Conformance, Contributor, Identifier, Metadata, Series, Subject
from publish.release import codec
from publish.release.checking import feeds
from publish.release.model import File, Judgement, Record, Work
from publish.release.records import atom, citing, linked, onix, opds2
from publish.rendition import Accessibility

DIGEST = "0" * 64
ACCESS = Accessibility(
    ("textual", "visual"),
    ("textual", "textual,visual"),
    ("alternativeText", "ARIA", "MathML", "pageBreakMarkers", "pageNavigation", "index", "describedMath", "unlocked"),
    ("none",),
    "All of it can be read as text.",
)
FILES = (
    File("essay.pdf", "pdf", "application/pdf", 9000, DIGEST, pages=12),
    File("essay.epub", "epub", "application/epub+zip", 8000, DIGEST),
    File("cover.jpg", "cover", "image/jpeg", 700, DIGEST, width=1600, height=2560),
    File("cover-600.jpg", "cover", "image/jpeg", 600, DIGEST, width=600, height=960),
    File("essay-sample.epub", "sample", "application/epub+zip", 500, DIGEST),
)
AUTHOR = Contributor("Maria Ortega-Núñez", "aut", "Ortega-Núñez, Maria", orcid="0000-0002-1825-0097", affiliation="A")
FULL = Metadata(
    title="Ends & {Means}",
    subtitle="A <study> of 100 % “proof”",
    contributors=(
        AUTHOR,
        Contributor("The Institute of Ends", "aut", "The Institute of Ends"),
        Contributor("Jan van der Meer", "edt", "Meer, Jan van der", bio="He edits.\n\nHe also writes."),
        Contributor("Ann", "trl", "Ann"),
        Contributor("B C", "pht", "C, B"),
        Contributor("D E", "pro", "E, D"),
    ),
    date="2026-03-02",
    language="en-GB",
    description="Why it ends.\n\nA second paragraph & more.",
    subjects=(Subject("Ethics", "Thema", "QDTQ"), Subject("Ends", "LCSH"), Subject("My own"), Subject("X", "BISAC")),
    keywords=("ends", "means & ways"),
    publisher="Ends & Co.",
    place="London",
    rights="© 2026",
    license="https://creativecommons.org/licenses/by-nc/4.0/",
    identifiers=(
        Identifier("isbn-epub", "978-3-16-148410-0"),
        Identifier("doi", "10.1000/182"),
        Identifier("issn", "2049-3630"),
    ),
    series=Series("Papers", "4"),
    edition="Second edition",
    conformance=Conformance("EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "The Institute"),
)
RECORD = Record(
    name="essay",
    version="1.2.0",
    date="2026-03-02",
    modified="2026-03-02T00:00:00Z",
    address="https://books.example.org/",
    identifier="urn:isbn:9783161484100",
    theme="journal",
    metadata=FULL,
    works=(Work("One", "essay", "one", contributors=(AUTHOR,)), Work("Two", "essay", "two")),
    accessibility=ACCESS,
    files=FILES,
    notes="- Two dates were wrong.",
    judgements=(Judgement("essay.pdf", "veraPDF", "", "passed"), Judgement("essay.epub", "Ace", "", "absent")),
)
OTHERS = (
    AUTHOR,
    Contributor("The Office of Means", "edt", "The Office of Means"),
    Contributor("The Drawing Room", "ill", "The Drawing Room"),
    Contributor("F G", "ill", "G, F"),
    Contributor("The Language House", "trl", "The Language House"),
)
BARE = replace(
    RECORD, name="bare", address="", identifier="urn:uuid:0400b73d-d2b5-5650-a7fa-be63bc2f7cf5",
    metadata=Metadata("Bare"), works=(), notes="", judgements=(), files=FILES[1:2],
)  # fmt: skip


def dated(date: str) -> Record:
    return replace(RECORD, metadata=replace(FULL, date=date))


CASES: dict[str, Record] = {
    "with everything": RECORD,
    "with nothing": BARE,
    "without an address": replace(RECORD, address=""),
    "of a month": dated("2026-03"),
    "of a year": dated("2026"),
    "in Korean": replace(RECORD, metadata=replace(FULL, language="ko", title="끝")),
    "in a language without a code": replace(RECORD, metadata=replace(FULL, language="aeb")),
    "under a licence in words": replace(RECORD, metadata=replace(FULL, license="All rights reserved")),
    "in a series without a number": replace(RECORD, metadata=replace(FULL, series=Series("Papers"))),
    "in a series with a number in words": replace(RECORD, metadata=replace(FULL, series=Series("Papers", "IV"))),
    "by editors alone": replace(RECORD, metadata=replace(FULL, contributors=FULL.contributors[2:3])),
    "with organisations and an illustrator": replace(RECORD, metadata=replace(FULL, contributors=OTHERS)),
    "of one essay, illustrated": replace(
        RECORD, metadata=replace(FULL, identifiers=(), contributors=OTHERS), works=RECORD.works[:1]
    ),
    "of one essay": replace(RECORD, metadata=replace(FULL, identifiers=()), works=RECORD.works[:1]),
    "of WCAG 2.0 A": replace(
        RECORD, metadata=replace(FULL, conformance=Conformance("EPUB Accessibility 1.1 - WCAG 2.0 Level A", "X"))
    ),
}  # fmt: skip
every = pytest.mark.parametrize("case", sorted(CASES))


@every
def test_a_record_is_read_as_it_was_written(case: str) -> None:
    data = codec.written(CASES[case])
    assert codec.read(data) == CASES[case]
    assert codec.written(codec.read(data)) == data


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"form": 2}', b'{"form": 1}', b'{"form": 1, "name": 3}', b"[" * 100_000]
)
def test_what_is_no_record(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^(it|“\w+”|\d+)"):
        codec.read(data)


@every
@pytest.mark.parametrize("release", ["3.0", "3.1"])
def test_onix(case: str, release: onix.Edition, tmp_path: Path) -> None:
    file = tmp_path / "onix.xml"
    file.write_bytes(
        onix.message("Books", [CASES[case], replace(BARE, name="other", identifier="urn:isbn:9780306406157")], release)
    )
    assert [str(found) for found in onixcheck.validate(str(file), schemas=("xsd", "rng"))] == []


def test_onix_says_what_is_claimed_and_what_was_proved() -> None:
    message = onix.message("Books", [RECORD]).decode()
    epub, pdf = sorted(message.split("<Product>")[1:], key=lambda product: "E107" in product)
    values = [set(re.findall(r"<ProductFormFeatureValue>(\d+)", one)) for one in (epub, pdf)]
    assert values[0] >= {"00", "04", "82", "85", "14", "19", "22", "52"} and "05" not in values[0]
    assert "05" in values[1] and not values[1] & {"82", "85"}
    assert "9783161484100" in epub and "9783161484100" not in re.findall(r"<IDValue>(.*?)<", pdf)
    unproved = replace(RECORD, judgements=(Judgement("essay.pdf", "veraPDF", "", "absent"),))
    assert "<ProductFormFeatureValue>05<" not in onix.message("Books", [unproved]).decode()


@every
def test_atom_and_opds(case: str) -> None:
    record = CASES[case]
    for feed in (atom.catalogue("Books", record.address, [record]), atom.news("Books", record.address, [record])):
        assert list(feeds.atom(feed)) == []
        parsed = feedparser.parse(io.BytesIO(feed))
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == "atom10" and len(parsed.entries) == 1
        assert parsed.entries[0].title.startswith(record.metadata.title)
    books = {(record.at(book.name), book.media_type, book.size) for book in record.books}
    assert feeds.opds1_files(atom.catalogue("Books", record.address, [record])) == books
    second = opds2.catalogue("Books", record.address, [record])
    assert list(feeds.opds2(second)) == []
    assert feeds.opds2_files(second) == books


def test_news_of_every_version_newest_first() -> None:
    before = replace(RECORD, version="1.1.0", modified="2025-01-01T00:00:00Z", notes="Before.")
    parsed = feedparser.parse(io.BytesIO(atom.news("Books", RECORD.address, [before, RECORD])))
    assert [entry.title.rsplit(" ", 1)[1] for entry in parsed.entries] == ["1.2.0", "1.1.0"]
    assert parsed.entries[0].id != parsed.entries[1].id
    assert [link.href for link in parsed.entries[0].links if link.rel == "enclosure"] == [
        "https://books.example.org/essay/essay.epub", "https://books.example.org/essay/essay.pdf",
    ]  # fmt: skip


@every
def test_json_ld_ends_no_script_and_says_what_the_files_are(case: str) -> None:
    record = CASES[case]
    text = linked.json_ld(record)
    assert "<" not in text
    said = json.loads(text)
    assert said["@type"] == ("ScholarlyArticle" if case.startswith("of one essay") else "Book")
    assert said["name"] == record.metadata.title
    files = [one["encoding"] for one in said["workExample"]] if said["@type"] == "Book" else said["encoding"]
    assert [file["sha256"] for file in files] == [book.sha256 for book in record.books]
    assert said["accessibilitySummary"] == ACCESS.summary


SCHEMA_ORG = vocabulary.read(vocabulary.CUT.read_text(encoding="utf-8"))
NAMES = {file.name for file in FILES}


@every
def test_json_ld_keeps_to_the_types_and_properties_of_schema_org(case: str) -> None:
    assert list(vocabulary.faults(json.loads(linked.json_ld(CASES[case])), SCHEMA_ORG, NAMES)) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"@context": "http://schema.org/"}, "@context is 'http://schema.org/'"),
        ({"@type": "Boook"}, "it: no type is named 'Boook'"),
        ({"@id": "essay"}, "/Book.@id is no address: 'essay'"),
        ({"pageStart": 3}, "/Book.pageStart: Book has no such property"),
        ({"conformsTo": "WCAG"}, "/Book.conformsTo: Book has no such property"),
        ({"license": "CC-BY"}, "/Book.license is 'CC-BY', not CreativeWork or URL"),
        ({"isAccessibleForFree": "true"}, "/Book.isAccessibleForFree is 'true', not Boolean"),
        ({"numberOfPages": "12"}, "/Book.numberOfPages is '12', not Integer"),
        ({"datePublished": "2026-13"}, "/Book.datePublished is '2026-13', not Date or DateTime"),
        ({"image": "lost.jpg"}, "/Book.image is 'lost.jpg', not ImageObject or URL"),
        ({"bookFormat": "https://schema.org/Scroll"}, "…/Scroll', not BookFormatType"),
        ({"editor": [{"@type": "Organization", "name": "A"}]}, "/Book.editor is 'Organization', not Person"),
        ({"about": {"@type": "Thing", "isbn": "1"}}, "/Book.about/Thing.isbn: Thing has no such property"),
        ({"description": ""}, "/Book.description is '', not Text or TextObject"),
    ],
)  # fmt: skip
def test_what_schema_org_does_not_know_is_found(said: dict[str, object], fault: str) -> None:
    found = list(vocabulary.faults(json.loads(linked.json_ld(RECORD)) | said, SCHEMA_ORG, NAMES))
    assert len(found) == 1
    assert found[0].endswith(fault.removeprefix("…"))


@every
def test_references(case: str) -> None:
    record = CASES[case]
    data = record.metadata
    (item,) = json.loads(citing.csl_json(record))
    assert item["title"].startswith(data.title)
    bib = citing.bibtex(record).decode()
    assert bib.count("{") - bib.count(r"\{") == bib.count("}") - bib.count(r"\}")
    assert re.match(r"@(article|book|collection|misc)\{[A-Za-z0-9-]+,\n", bib)
    ris = citing.ris(record).decode()
    assert re.fullmatch(r"TY  - [A-Z]+\r\n(?:[A-Z][A-Z0-9]  - .+\r\n)*ER  - \r\n", ris)


def test_a_reference_that_other_programs_read() -> None:
    library = bibtexparser.parse_string(citing.bibtex(RECORD).decode())  # type: ignore[attr-defined]
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.entry_type == "book"
    assert entry["author"] == "Ortega-Núñez, Maria and {The Institute of Ends}"
    assert entry["title"] == r"{Ends \& \{Means\}}"
    (item,) = json.loads(citing.csl_json(RECORD))
    assert item["author"] == [{"family": "Ortega-Núñez", "given": "Maria"}, {"literal": "The Institute of Ends"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 2]]}
    tags = list(linked.citation_tags(RECORD))
    assert ("citation_author", "Ortega-Núñez, Maria") in tags
    assert ("citation_pdf_url", "https://books.example.org/essay/essay.pdf") in tags
