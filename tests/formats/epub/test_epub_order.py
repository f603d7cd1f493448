"""Manifest, spine, guide and NCX: what the book holds, and in which order."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from epub_books import (
    OPF,
    package,
    rendition,
    unpacked,
    without_fonts,
    written,
)
from lxml import etree

from publish.rendition import OutlineEntry, Resource

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written(rendition())


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
