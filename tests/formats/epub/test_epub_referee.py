"""EPUBCheck itself, on what we write and on what we spoil. It takes a few seconds a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from epub_books import METADATA, edited, part, rendition, without_fonts, written

import old_epubcheck
from publish.diagnostics import Log
from publish.document import Contributor, Metadata, Series, Subject
from publish.formats.epub import epubcheck, verify
from publish.rendition import OutlineEntry, Rendition

installed = pytest.mark.skipif(bool(epubcheck.lacking()), reason="EPUBCheck or Java is not installed")

asked = pytest.mark.skipif(not old_epubcheck.installed(), reason="scripts/old-epubcheck was not run")


def judged(data: bytes, book: Rendition | None = None) -> list[tuple[str, str, str]]:
    log = Log()
    verify(data, book, log, referee=True)
    return [(d.rule.name, d.place, d.message) for d in log]


@installed
def test_a_whole_book_is_passed_in_silence() -> None:
    assert judged(written(rendition()), rendition()) == []


@asked
def test_a_whole_book_is_passed_by_the_referee_of_some_bookshops(tmp_path: Path) -> None:
    assert old_epubcheck.complaints(written(rendition()), tmp_path) == []


@asked
def test_the_referee_of_some_bookshops_knows_no_page_break_source(tmp_path: Path) -> None:
    newer = b'<meta property="pageBreakSource">urn:isbn:9780000000019</meta></metadata>'
    data = edited(written(without_fonts(rendition())), "content.opf", "</metadata>", newer.decode())
    (complaint,) = old_epubcheck.complaints(data, tmp_path)
    assert "pageBreakSource" in complaint


@installed
def test_a_book_of_hostile_words_is_passed_in_silence() -> None:
    words = "\u200e“Q” & <T> ]]> 😀 \u2067עברית ﷽\u2069 ’ -- a\u0301"
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    metadata = replace(
        METADATA,
        title=words,
        subtitle=words,
        language="ar",
        contributors=(Contributor(words, "aut", words),),
        description=words * 20,
        keywords=(words,),
        subjects=(Subject(words, "Thema", "JP"),),
        series=Series(words, "IV"),
        publisher=words,
        rights=words,
        license="free & easy",
    )
    book = without_fonts(rendition())
    odd = part("odd-1.x", "division", words, f"<section id='odd'><h1>{escaped}</h1></section>")
    again = OutlineEntry(words, "text/odd-1.x.xhtml", "odd")
    entry = f'<li><a href="odd-1.x.xhtml#odd">{escaped}</a></li>'
    parts = tuple(
        replace(p, xhtml=p.xhtml.replace('<li><a href="notes.xhtml">', f'{entry}<li><a href="notes.xhtml">', 1))
        if p.kind == "contents"
        else p
        for p in book.parts
    )
    outline = (*book.outline[:-1], again, book.outline[-1])
    book = replace(book, metadata=metadata, parts=(*parts[:-1], odd, parts[-1]), outline=outline)
    assert judged(written(book), book) == []


@installed
def test_a_book_of_the_least_metadata_is_passed_in_silence() -> None:
    book = without_fonts(rendition())
    book = replace(book, metadata=Metadata("Bare"), outline=(), start="", cover="")
    assert judged(written(book), book) == []


@installed
def test_what_only_the_referee_sees_is_told_with_its_place() -> None:
    data = edited(written(without_fonts(rendition())), "text/essay.xhtml", '<p class="byline">', '<p align="left">')
    ((rule, place, message),) = judged(data)
    assert rule == "epub-valid"
    assert place.startswith("EPUB/text/essay.xhtml:11:")
    assert message.startswith("RSC-005: ")


@installed
def test_a_file_that_is_no_epub_is_told_by_the_referee_too() -> None:
    assert any(message.startswith("PKG-") for _, _, message in judged(b"not a zip"))


@pytest.mark.parametrize(("name", "missing"), [("find_jvm", "Java"), ("find_jar", "EPUBCheck")])
def test_a_missing_referee_is_a_warning(name: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epubcheck, "find_jvm", lambda: Path("java"))
    monkeypatch.setattr(epubcheck, "find_jar", lambda: Path("x.jar"))
    monkeypatch.setattr(epubcheck, name, lambda: None)
    ((rule, _, message),) = judged(written(without_fonts(rendition())))
    assert rule == "referee-present"
    assert message.startswith(f"{missing} is not installed")


@pytest.mark.parametrize(
    ("script", "seconds", "message"),
    [
        ("import time; time.sleep(30)", 1, "no verdict within 1 seconds"),
        ("raise SystemExit('Error: no room')", 60, "without a verdict: Error: no room"),
        ("raise SystemExit(3)", 60, "without a verdict: exit code 3"),
    ],
)
def test_a_referee_that_fails_is_an_error(
    script: str, seconds: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fails.py").write_text(script, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(epubcheck, "lacking", lambda: ())
    monkeypatch.setattr(epubcheck, "MODULE", "fails")
    monkeypatch.setattr(epubcheck, "_SECONDS", seconds)
    ((rule, _, said),) = judged(written(without_fonts(rendition())))
    assert rule == "epub-valid"
    assert message in said
