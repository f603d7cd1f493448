"""What cannot be written is told, each fault at its file, and nothing is packed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from epub_books import (
    DC,
    METADATA,
    XHTML,
    change,
    part,
    rendition,
    texts,
    unpacked,
    without_fonts,
    written,
)
from lxml import etree

from publish.diagnostics import Log
from publish.document import Subject
from publish.formats.epub import write
from publish.rendition import Rendition, Resource


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
