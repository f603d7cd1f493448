"""The container of an EPUB, read back with zipfile and with EbookLib's own reader."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ebooklib import epub  # type: ignore[import-untyped]
from epub_books import (
    metas,
    rendition,
    unpacked,
    without_fonts,
    written,
)


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written(rendition())


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
