"""The package document: who made the book, what it is called, under which numbers and terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from epub_books import (
    DC,
    METADATA,
    OPF,
    metas,
    package,
    rendition,
    small,
    texts,
    unpacked,
    without_fonts,
    written,
)
from lxml import etree

from publish.document import Contributor, Identifier, Metadata


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written(rendition())


def refined(root: etree._Element, id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("refines") == f"#{id}":
            found.setdefault(str(meta.get("property")), []).append(meta.text or "")
    return found


def test_a_book_in_arabic_runs_from_right_to_left() -> None:
    root = package(written(small(language="ar")))
    spine = root.find(f"{OPF}spine")
    assert spine is not None
    assert (root.get("dir"), spine.get("page-progression-direction")) == ("rtl", "rtl")


def test_every_title_has_its_kind_and_sort_form(whole: bytes) -> None:
    root = package(whole)
    titles = ["The Quiet Ledger", "Essays on Public Trust", "Second edition", "Meridian Papers"]
    assert texts(whole, f"{DC}title") == titles
    assert refined(root, "title") == {
        "title-type": ["main"],
        "display-seq": ["1"],
        "file-as": ["Quiet Ledger, The"],
    }
    ids = [str(e.get("id")) for e in root.iter(f"{DC}title")]
    assert [refined(root, id)["title-type"] for id in ids] == [["main"], ["subtitle"], ["edition"], ["collection"]]
    assert [refined(root, id)["display-seq"] for id in ids] == [["1"], ["2"], ["3"], ["4"]]


def test_everybody_is_named_once_with_all_roles_creators_first(whole: bytes) -> None:
    root = package(whole)
    assert texts(whole, f"{DC}creator") == ["Maria Ortega-Núñez", "Jan van der Meer"]
    assert texts(whole, f"{DC}contributor") == ["Ruth Ó Faoláin"]
    assert refined(root, "creator-1") == {
        "role": ["aut"],
        "file-as": ["Ortega-Núñez, Maria"],
        "display-seq": ["1"],
        "dcterms:identifier": ["https://orcid.org/0000-0002-1825-0097"],
    }
    assert refined(root, "creator-2")["role"] == ["aut", "ill"]
    assert refined(root, "contributor-3")["role"] == ["edt"]
    assert {e.get("scheme") for e in root.iter(f"{OPF}meta") if e.get("property") == "role"} == {"marc:relators"}


def test_a_volume_without_an_author_is_its_editors() -> None:
    data = written(small(contributors=(Contributor("Ruth", "edt", "Ruth"), Contributor("Jo", "trl", "Jo"))))
    assert texts(data, f"{DC}creator") == ["Ruth"]
    assert texts(data, f"{DC}contributor") == ["Jo"]


def test_identifiers(whole: bytes) -> None:
    root = package(whole)
    assert root.get("unique-identifier") == "pub-id"
    assert {e.get("id"): e.text for e in root.iter(f"{DC}identifier")} == {
        "pub-id": "urn:uuid:5b1a3c6e-0c0e-5d0e-9d5e-3a6c1f2b4d7a",
        "identifier-1": "urn:isbn:9780000000002",
        "identifier-3": "urn:doi:10.5555/12345678",
    }
    assert texts(whole, f"{DC}source") == ["urn:isbn:9780000000019"]


def test_an_isbn_that_is_the_identifier_is_not_said_twice() -> None:
    book = replace(without_fonts(rendition()), identifier="urn:isbn:9780000000002")
    data = written(book)
    assert texts(data, f"{DC}identifier") == ["urn:isbn:9780000000002", "urn:doi:10.5555/12345678"]
    assert refined(package(data), "pub-id") == {"identifier-type": ["15"]}


@pytest.mark.parametrize(
    "doi", ["10.5555/x", "https://doi.org/10.5555/x", "doi:10.5555/x", "http://dx.doi.org/10.5555/x"]
)
def test_a_doi_may_be_given_in_any_form(doi: str) -> None:
    assert "urn:doi:10.5555/x" in texts(written(small(identifiers=(Identifier("doi", doi),))), f"{DC}identifier")


def test_subjects_have_authority_and_term_and_keywords_follow(whole: bytes) -> None:
    root = package(whole)
    assert texts(whole, f"{DC}subject") == ["Public administration", "Auditing", "audit", "trust"]
    assert refined(root, "subject-1") == {"authority": ["BISAC"], "term": ["POL017000"]}
    assert refined(root, "subject-2") == {"authority": ["LCSH"], "term": ["Auditing"]}


def test_series_with_its_number_and_issn(whole: bytes) -> None:
    assert metas(whole, "belongs-to-collection") == ["Meridian Papers"]
    assert refined(package(whole), "series") == {
        "collection-type": ["series"],
        "group-position": ["4"],
        "dcterms:identifier": ["urn:issn:1234-5679"],
    }


def test_a_series_number_that_is_no_number_is_left_out() -> None:
    assert METADATA.series is not None
    data = written(small(series=replace(METADATA.series, number="IV")))
    assert "group-position" not in refined(package(data), "series")


def test_rights_licence_date_publisher_description_and_edition(whole: bytes) -> None:
    link = package(whole).find(f"{OPF}metadata/{OPF}link")
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("cc:license", METADATA.license)
    for name in ("rights", "date", "publisher", "description", "language"):
        assert texts(whole, f"{DC}{name}") == [getattr(METADATA, name)]
    assert metas(whole, "schema:bookEdition") == ["Second edition"]
    assert metas(whole, "dcterms:issued") == [METADATA.date]


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_a_licence_known_by_its_name_is_linked(licence: str, address: str) -> None:
    data = written(small(license=licence))
    assert [link.get("href") for link in package(data).iterfind(f"{OPF}metadata/{OPF}link")] == [address]
    assert texts(data, f"{DC}rights") == [METADATA.rights]


@pytest.mark.parametrize("licence", ["CC BY", "free & easy", "CC BY-ND-SA 4.0"])
def test_other_words_of_a_licence_stand_beside_the_rights(licence: str) -> None:
    data = written(small(license=licence))
    assert package(data).find(f"{OPF}metadata/{OPF}link") is None
    assert texts(data, f"{DC}rights") == [METADATA.rights, licence]


def test_the_time_of_the_last_change_is_in_utc() -> None:
    moment = datetime(2026, 11, 2, 22, 0, tzinfo=timezone(timedelta(hours=13)))
    data = written(replace(without_fonts(rendition()), modified=moment))
    assert metas(data, "dcterms:modified") == ["2026-11-02T09:00:00Z"]


def test_accessibility_is_told_exactly_and_nothing_is_claimed(whole: bytes) -> None:
    offer = rendition().accessibility
    assert metas(whole, "schema:accessMode") == list(offer.modes)
    assert metas(whole, "schema:accessModeSufficient") == list(offer.sufficient)
    assert metas(whole, "schema:accessibilityFeature") == list(offer.features)
    assert metas(whole, "schema:accessibilityHazard") == list(offer.hazards)
    assert metas(whole, "schema:accessibilitySummary") == [offer.summary]
    assert b"conformsTo" not in unpacked(whole)["EPUB/content.opf"]


def test_metadata_that_is_not_given_leaves_no_trace() -> None:
    bare = Metadata(title="Bare")
    data = written(replace(without_fonts(rendition()), metadata=bare))
    names = {etree.QName(e).localname for e in package(data).iterfind(f"{OPF}metadata/*")}
    assert names == {"identifier", "title", "language", "meta"}


def test_no_break_spaces_in_a_title_stay_and_line_breaks_go() -> None:
    data = written(small(title="№\u00a05:\n  the ledger "))
    assert texts(data, f"{DC}title")[0] == "№\u00a05: the ledger"
