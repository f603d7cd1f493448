"""What the EPUB writer packs, read back with zipfile and lxml, and with EbookLib's own reader."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from ebooklib import epub  # type: ignore[import-untyped]
from epub_books import DC, METADATA, OPF, XHTML, change, package, part, rendition, unpacked, without_fonts, written
from lxml import etree

from publish.diagnostics import Log
from publish.document import Contributor, Identifier, Metadata, Subject
from publish.formats.epub import write
from publish.rendition import OutlineEntry, Rendition, Resource

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written(rendition())


def small(**changes: object) -> Rendition:
    book = without_fonts(rendition())
    return replace(book, metadata=replace(book.metadata, **changes))  # type: ignore[arg-type]


def texts(data: bytes, tag: str) -> list[str]:
    return [e.text or "" for e in package(data).iter(tag)]


def refined(root: etree._Element, id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter(f"{OPF}meta"):
        if meta.get("refines") == f"#{id}":
            found.setdefault(str(meta.get("property")), []).append(meta.text or "")
    return found


def metas(data: bytes, name: str) -> list[str]:
    return [e.text or "" for e in package(data).iter(f"{OPF}meta") if e.get("property") == name]


# --- the container ---------------------------------------------------------------------------------------------


def test_mimetype_comes_first_and_is_stored(whole: bytes) -> None:
    assert whole[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_every_entry_has_the_time_of_the_rendition_and_the_same_mode(whole: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = archive.infolist()
    assert {e.date_time for e in entries} == {(2026, 11, 2, 9, 30, 14)}  # a zip counts every second second
    assert {e.external_attr >> 16 for e in entries} == {0o100644}
    assert {e.extra for e in entries} == {b""}


def test_pictures_are_stored_and_text_is_deflated(whole: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        kinds = {e.filename: e.compress_type for e in archive.infolist()}
    assert kinds["EPUB/images/cover.png"] == zipfile.ZIP_STORED
    assert kinds["EPUB/images/map.svg"] == kinds["EPUB/text/essay.xhtml"] == zipfile.ZIP_DEFLATED
    assert kinds["EPUB/fonts/SourceSerif4-Regular.ttf"] == zipfile.ZIP_DEFLATED


def test_pages_are_packed_to_the_byte(whole: bytes) -> None:
    files = unpacked(whole)
    for page in rendition().parts:
        assert files[f"EPUB/{page.name}"] == page.xhtml.encode()


def test_apple_is_told_that_fonts_are_meant_only_if_there_are_fonts(whole: bytes) -> None:
    name = "META-INF/com.apple.ibooks.display-options.xml"
    assert b'"specified-fonts">true<' in unpacked(whole)[name]
    assert name not in unpacked(written(without_fonts(rendition())))


@pytest.mark.parametrize(("year", "zipped"), [(1900, 1980), (1980, 1980), (2107, 2107), (3000, 2107)])
def test_a_date_that_a_zip_cannot_hold_becomes_the_nearest(year: int, zipped: int) -> None:
    data = written(replace(without_fonts(rendition()), modified=datetime(year, 5, 6, tzinfo=UTC)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].date_time[0] == zipped
    assert metas(data, "dcterms:modified") == [f"{year}-05-06T00:00:00Z"]


# --- the package document --------------------------------------------------------------------------------------


def test_the_package_says_its_language_and_direction(whole: bytes) -> None:
    root = package(whole)
    assert root.get("version") == "3.0"
    assert (root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("dir")) == ("en-GB", "ltr")


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


# --- manifest, spine, guide, NCX --------------------------------------------------------------------------------


def test_manifest_properties_are_computed_from_the_pages(whole: bytes) -> None:
    items = {e.get("href"): e.get("properties") for e in package(whole).iter(f"{OPF}item")}
    assert {name: value for name, value in items.items() if value} == {
        "text/contents.xhtml": "nav",
        "text/essay.xhtml": "mathml svg",
        "images/cover.png": "cover-image",
    }


def test_the_spine_is_in_the_order_of_the_parts(whole: bytes) -> None:
    root = package(whole)
    names = {e.get("id"): e.get("href") for e in root.iter(f"{OPF}item")}
    assert [names[e.get("idref")] for e in root.iter(f"{OPF}itemref")] == [p.name for p in rendition().parts]
    cover = next(e for e in root.iter(f"{OPF}meta") if e.get("name") == "cover")
    assert names[str(cover.get("content"))] == "images/cover.png"


def test_ids_never_meet_though_names_are_alike() -> None:
    book = without_fonts(rendition())
    names = ("images/a-b.png", "images-a/b.png", "title", "ncx", "pub-id", "1.png")
    more = tuple(Resource(name, "image/png", book.resources[-1].data) for name in names)
    root = package(written(replace(book, resources=(*book.resources, *more))))
    ids = [str(e.get("id")) for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert all(etree.QName("urn:x", id).localname == id for id in ids)  # a QName refuses what is no NCName


def test_guide(whole: bytes) -> None:
    assert [(e.get("type"), e.get("href")) for e in package(whole).iter(f"{OPF}reference")] == [
        ("cover", "text/cover.xhtml"),
        ("toc", "text/contents.xhtml"),
        ("text", "text/introduction.xhtml"),
    ]


def test_ncx_is_nested_as_the_outline_is(whole: bytes) -> None:
    root = etree.fromstring(unpacked(whole)["EPUB/toc.ncx"])
    head = {e.get("name"): e.get("content") for e in root.iter(f"{NCX}meta")}
    assert head["dtb:uid"] == rendition().identifier
    assert head["dtb:depth"] == "2"
    targets = [str(e.get("src")) for e in root.iter(f"{NCX}content")]
    assert targets[3] == "text/essay.xhtml#measured"
    inner = root.findall(f"{NCX}navMap/{NCX}navPoint/{NCX}navPoint/{NCX}navLabel/{NCX}text")
    assert [e.text for e in inner] == ["What was measured"]
    assert [e.get("playOrder") for e in root.iter(f"{NCX}navPoint")] == ["1", "2", "3", "4", "5"]


def test_ncx_points_to_one_place_share_their_number() -> None:
    same = OutlineEntry("Again", "text/notes.xhtml")
    book = replace(without_fonts(rendition()), outline=(same, OutlineEntry("Cover", "text/cover.xhtml"), same))
    root = etree.fromstring(unpacked(written(book))["EPUB/toc.ncx"])
    assert [e.get("playOrder") for e in root.iter(f"{NCX}navPoint")] == ["2", "1", "2"]


def test_ncx_lists_the_parts_when_there_is_no_outline() -> None:
    root = etree.fromstring(unpacked(written(replace(without_fonts(rendition()), outline=())))["EPUB/toc.ncx"])
    assert [e.get("src") for e in root.iter(f"{NCX}content")] == [p.name for p in rendition().parts]


def test_naming_the_format_loads_nothing_heavy() -> None:
    code = "import sys; from publish.formats import FORMATS; FORMATS['epub'](); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"ebooklib", "lxml", "fontTools", "tinycss2"} & set(run.stdout.split())


# --- read by another ----------------------------------------------------------------------------------------------


def test_ebooklib_reads_it_back(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(whole)
    book = epub.read_epub(path)
    assert book.title == "The Quiet Ledger"
    assert [name for name, _ in book.get_metadata("DC", "creator")] == ["Maria Ortega-Núñez", "Jan van der Meer"]
    assert [id for id, _ in book.spine] == [f"text-{p.name.removeprefix('text/')}" for p in rendition().parts]
    assert [entry[0].title if isinstance(entry, tuple) else entry.title for entry in book.toc] == [
        entry.title for entry in rendition().outline
    ]


# --- what cannot be written ---------------------------------------------------------------------------------------


def refused(book: Rendition) -> list[tuple[str, str, str]]:
    log = Log()
    assert write(book, log) is None
    return [(d.rule.name, d.place, d.message) for d in log]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</h1>", ""),
        ("A ledger", "A & ledger"),
        ("A ledger", "A&nbsp;ledger"),
        ("A ledger", "A \x07 ledger"),
        ("A ledger", "A \uffff ledger"),
        ("A ledger", "A \ud800 ledger"),
        ("A ledger", "<o:p>A</o:p>"),
        ("A ledger", "<!-- a -- b -->"),
        ("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "y">]>'),
    ],
)
def test_an_ill_formed_page_is_never_packed(old: str, new: str) -> None:
    book = change(without_fonts(rendition()), "essay", lambda text: text.replace(old, new, 1))
    ((rule, place, message),) = refused(book)
    assert rule == "template-sound"
    assert place.startswith("text/essay.xhtml")
    assert "not well-formed XHTML" in message


def test_all_ill_formed_pages_are_told_in_one_run() -> None:
    book = without_fonts(rendition())
    for name in ("cover", "essay", "notes"):
        book = change(book, name, lambda text: text.replace("</section>", "", 1))
    assert [place.partition(":")[0] for _, place, _ in refused(book)] == [
        "text/cover.xhtml",
        "text/essay.xhtml",
        "text/notes.xhtml",
    ]


def test_an_entity_is_not_expanded_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    book = change(without_fonts(rendition()), "essay", lambda text: text.replace("<!DOCTYPE html>", doctype))
    book = change(book, "essay", lambda text: text.replace("A ledger", "&x;"))
    assert refused(book)[0][0] == "template-sound"


def test_an_ill_formed_drawing_is_never_packed() -> None:
    book = without_fonts(rendition())
    broken = Resource("images/broken.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")
    ((rule, place, _),) = refused(replace(book, resources=(*book.resources, broken)))
    assert (rule, place.partition(":")[0]) == ("image-readable", "images/broken.svg")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe", "\udc80"])
def test_metadata_that_xml_cannot_hold_is_told(character: str) -> None:
    data = replace(METADATA, title=f"The {character} Ledger", subjects=(Subject(f"x{character}"),))
    found = refused(replace(without_fonts(rendition()), metadata=data))
    assert {rule for rule, _, _ in found} == {"text-characters"}
    assert [f"U+{ord(character):04X}" in message for _, _, message in found] == [True, True]


@pytest.mark.parametrize(
    "name",
    [
        "../x.png",
        "/x.png",
        "images//x.png",
        "images/../x.png",
        "images/é.png",
        "a b.png",
        "TOC.ncx",
        "Images/MAP.svg",
        ".x",
    ],
)
def test_a_name_that_an_archive_should_not_hold_is_our_own_fault(name: str) -> None:
    book = without_fonts(rendition())
    with pytest.raises(ValueError, match="EPUB"):
        write(replace(book, resources=(*book.resources, Resource(name, "image/png", b""))), Log())


def test_a_rendition_has_one_contents() -> None:
    book = without_fonts(rendition())
    with pytest.raises(ValueError, match="contents"):
        write(replace(book, parts=tuple(p for p in book.parts if p.kind != "contents")), Log())


def test_a_page_with_hostile_title_and_words_is_packed_as_it_is() -> None:
    words = "“Q” & <T> 😀 \u202eעברית\u202c ’ ﷽ a\u0301"
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    book = without_fonts(rendition())
    page = part("odd", "division", words, f"<section id='odd'><h1>{escaped}</h1></section>")
    data = written(replace(book, parts=(*book.parts, page), metadata=replace(METADATA, title=words)))
    heading = etree.fromstring(unpacked(data)["EPUB/text/odd.xhtml"]).find(f".//{XHTML}h1")
    assert heading is not None
    assert heading.text == words
    assert texts(data, f"{DC}title")[0] == words
