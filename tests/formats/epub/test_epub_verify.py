"""Our own rules: silent on a good EPUB, and each finds the fault that is planted for it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from epub_books import change, edited, png, rendition, repacked, unpacked, without_fonts, written
from PIL import Image

from publish.diagnostics import Log
from publish.formats.epub import rules, verify
from publish.formats.epub.archive import read
from publish.rendition import OutlineEntry, Rendition


@cache
def good() -> bytes:
    return written(without_fonts(rendition()))


def found(data: bytes, book: Rendition | None = None) -> list[tuple[str, str, str]]:
    log = Log()
    verify(data, book, log, referee=False)
    return [(d.rule.name, d.place, d.message) for d in log]


def test_a_good_epub_is_passed_in_silence() -> None:
    assert found(good(), without_fonts(rendition())) == []
    assert found(written(rendition()), rendition()) == []


# --- faults, one at least for each rule ----------------------------------------------------------------------------


def text(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: edited(data, name, old, new)


def compressed_mimetype(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in unpacked(data).items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mimetype_last(data: bytes) -> bytes:
    return repacked(repacked(data, {"mimetype": None}), {"mimetype": b"application/epub+zip"})


def ink(data: bytes) -> bytes:
    """Put a JPEG in the colours of printing ink where the cover is."""
    out = io.BytesIO()
    Image.new("CMYK", (20, 20)).save(out, "JPEG")
    name = "EPUB/content.opf"
    package = unpacked(data)[name]
    package = package.replace(b'media-type="image/png"', b'media-type="image/jpeg"')
    return repacked(data, {"EPUB/images/cover.png": out.getvalue(), name: package})


def twice(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("EPUB/Text/ESSAY.xhtml", unpacked(data)["EPUB/text/essay.xhtml"])
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    position = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    return data[: position + 8] + bytes([data[position + 8] | 1]) + data[position + 9 :]


ESSAY, NOTES, PACKAGE = "text/essay.xhtml", "text/notes.xhtml", "content.opf"
MARKER = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-7" aria-label="7"></span>'
PAGES = '<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages"><ol><li><a href="essay.xhtml#essay">7</a></li></ol></nav>'
FAULTS: list[tuple[str, Callable[[bytes], bytes], str, str]] = [
    ("mimetype_comes_first", compressed_mimetype, "compressed", "mimetype"),
    ("mimetype_comes_first", mimetype_last, "does not come first", "META-INF/container.xml"),
    ("mimetype_comes_first", text("mimetype", "zip", "zip\n"), "application/epub+zip", "mimetype"),
    ("names_are_plain", twice, "more than one file", "EPUB/Text/ESSAY.xhtml"),
    ("names_are_plain", lambda d: repacked(d, {"EPUB/../x": b""}), "does not stay inside", "EPUB/../x"),
    ("names_are_plain", encrypted, "encrypted", "META-INF/container.xml"),
    ("manifest_is_complete", lambda d: repacked(d, {"EPUB/images/x.png": png()}), "not in the manifest", "EPUB/images/x.png"),
    ("manifest_is_complete", lambda d: repacked(d, {"EPUB/images/map.svg": None}), "is not there", "EPUB/content.opf"),
    ("manifest_is_complete", text(PACKAGE, 'href="images/map.svg"', 'href="images/cover.png"'), "more than once", "EPUB/content.opf"),
    ("refinements_refine_something", text(PACKAGE, 'refines="#title"', 'refines="#tilte"'), "#tilte", "EPUB/content.opf"),
    ("metadata_is_there", text(PACKAGE, "<dc:language>en-GB</dc:language>", ""), "no language", "EPUB/content.opf"),
    ("metadata_is_there", text(PACKAGE, 'unique-identifier="pub-id"', 'unique-identifier="x"'), "its own", "EPUB/content.opf"),
    ("modified_once", text(PACKAGE, "dcterms:modified", "dcterms:created"), "never", "EPUB/content.opf"),
    ("modified_once", text(PACKAGE, "09:30:15Z", "09:30:15+13:00"), "+13:00", "EPUB/content.opf"),
    ("modified_once", text(PACKAGE, "</metadata>", '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'), "2026-01-01", "EPUB/content.opf"),
    ("spine_is_sound", text(PACKAGE, 'idref="text-essay.xhtml"', 'idref="essay"'), "does not have", "EPUB/content.opf"),
    ("spine_is_sound", text(PACKAGE, 'idref="text-essay.xhtml"', 'idref="text-notes.xhtml"'), "more than once", "EPUB/content.opf"),
    ("properties_are_told", text(PACKAGE, ' properties="mathml svg"', ' properties="svg"'), "mathml: the page holds it", "EPUB/text/essay.xhtml"),
    ("properties_are_told", text(PACKAGE, ' properties="nav"', ' properties="nav svg"'), "svg: the page is said", "EPUB/text/contents.xhtml"),
    ("properties_are_told", text(PACKAGE, ' properties="nav"', ""), "0 items", "EPUB/content.opf"),
    ("ids_are_unique", text(ESSAY, 'id="fig-map"', 'id="fig-trend"'), "“fig-trend”", "EPUB/text/essay.xhtml"),
    ("ids_are_unique", text(PACKAGE, 'id="creator-2"', 'id="creator-1"'), "“creator-1”", "EPUB/content.opf"),
    ("pages_are_titled", text(ESSAY, "<title>The quiet ledger</title>", "<title> </title>"), "no title", "EPUB/text/essay.xhtml"),
    ("pages_are_titled", text(ESSAY, ' lang="en-GB"', ""), "which language", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "#fig-trend", "#fig-trend2"), "a place", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "introduction.xhtml#", "intro.xhtml#"), "not in the book", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "#fig-trend", "/etc/passwd"), "out of the book", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "#fig-trend", "javascript:alert(1)"), "javascript", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "#fig-trend", "file:///etc/passwd"), "file", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "#fig-trend", "http://[x"), "no address", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text(ESSAY, "../images/map.svg", "../images/nap.svg"), "not in the book", "EPUB/text/essay.xhtml"),
    ("links_lead_somewhere", text("toc.ncx", "essay.xhtml#measured", "essay.xhtml#mesured"), "a place", "EPUB/toc.ncx"),
    ("links_lead_somewhere", text(PACKAGE, 'href="text/introduction.xhtml"/>\n  </guide>', 'href="text/x.xhtml"/></guide>'), "not in the book", "EPUB/content.opf"),
    ("links_lead_somewhere", text("styles/epub.css", "html {", "body { background: url(../images/x.png) } html {"), "images/x.png", "EPUB/styles/epub.css"),
    ("resources_are_local", text(ESSAY, "../images/map.svg", "https://example.org/map.svg"), "not in the book", "EPUB/text/essay.xhtml"),
    ("resources_are_local", text(ESSAY, "../images/map.svg", "file:///tmp/map.svg"), "not in the book", "EPUB/text/essay.xhtml"),
    ("resources_are_local", text("images/map.svg", "<rect", '<image href="http://127.0.0.1/x.png"/><rect'), "127.0.0.1", "EPUB/images/map.svg"),
    ("resources_are_local", text("styles/epub.css", "html {", "@media all { p { background: url('http://x.test/y') } } html {"), "x.test", "EPUB/styles/epub.css"),
    ("resources_are_local", text("styles/epub.css", '@charset "UTF-8";', '@import "https://x.test/y.css";'), "x.test", "EPUB/styles/epub.css"),
    ("resources_are_local", text(ESSAY, '<p class="byline">', '<p style="background:url(//x.test/y)">'), "x.test", "EPUB/text/essay.xhtml"),
    ("pictures_are_described", text(ESSAY, ' alt="A map of the offices."', ""), "map.svg", "EPUB/text/essay.xhtml"),
    ("notes_are_answered", text(ESSAY, "notes.xhtml#note-2", "notes.xhtml#notes"), "leads to no note", "EPUB/text/essay.xhtml"),
    ("notes_are_answered", text(ESSAY, "notes.xhtml#note-2", "notes.xhtml#note-1"), "“note-2” is never called", "EPUB/text/notes.xhtml"),
    ("notes_are_answered", text(NOTES, 'role="doc-backlink"', 'class="x"'), "“note-1” has no link back", "EPUB/text/notes.xhtml"),
    ("notes_are_answered", text(NOTES, "essay.xhtml#noteref-2", "essay.xhtml#measured"), "“note-2” does not lead back", "EPUB/text/notes.xhtml"),
    ("nothing_runs", text(ESSAY, "</head>", "<script>1</script></head>"), "<script>", "EPUB/text/essay.xhtml"),
    ("nothing_runs", text(ESSAY, "<p>A ledger", '<p onclick="x()">A ledger'), "onclick", "EPUB/text/essay.xhtml"),
    ("nothing_runs", text(ESSAY, "<p>A ledger", '<iframe title="x"></iframe><p>A ledger'), "<iframe>", "EPUB/text/essay.xhtml"),
    ("nothing_runs", text(ESSAY, "</head>", '<meta http-equiv="Refresh" content="0"/></head>'), "elsewhere", "EPUB/text/essay.xhtml"),
    ("nothing_runs", text("images/map.svg", "<rect", '<g onload="x()"/><rect'), "onload", "EPUB/images/map.svg"),
    ("contents_are_there", text("text/contents.xhtml", 'epub:type="toc" role="doc-toc"', ""), "no list", "EPUB/text/contents.xhtml"),
    ("contents_are_there", text("text/contents.xhtml", 'epub:type="landmarks"', 'epub:type="toc"'), "2 lists", "EPUB/text/contents.xhtml"),
    ("contents_follow_the_book", text("text/contents.xhtml", 'href="essay.xhtml"', 'href="imprint.xhtml"'), "“The quiet ledger” comes earlier", "EPUB/text/contents.xhtml"),
    ("pages_are_listed", text(ESSAY, "<p>A ledger", f"<p>{MARKER}A ledger"), "“7” is marked and not in", "EPUB/text/essay.xhtml"),
    ("page_source_is_named", text("text/contents.xhtml", "</section>", f"{PAGES}</section>"), "not named", "EPUB/content.opf"),
    ("types_have_roles", text(ESSAY, ' role="doc-chapter"', ""), "needs the role doc-chapter", "EPUB/text/essay.xhtml"),
    ("pages_are_small", text(ESSAY, "<p>A ledger", f"<p>{'very ' * 60_000}A ledger"), "more than 260 kB", "EPUB/text/essay.xhtml"),
    ("pictures_suit_screens", ink, "in CMYK", "EPUB/images/cover.png"),
    ("contents_follow_the_book", text("text/contents.xhtml", 'href="notes.xhtml"', 'href="essay.xhtml"'), "“Notes” comes earlier", "EPUB/text/contents.xhtml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "spoil", "message", "file"), FAULTS, ids=[f"{r}-{i}" for i, (r, *_) in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found(rule: str, spoil: Callable[[bytes], bytes], message: str, file: str) -> None:
    book = read(spoil(good()))
    function = next(f for f in (*rules.OF_AN_ARCHIVE, *rules.OF_A_BOOK) if f.__name__ == rule)
    findings = list(function(book))
    assert any(message in f.message and f.file == file for f in findings), findings
    assert findings, "and the whole judge says the same"
    assert {f.message for f in findings} <= {m for _, _, m in found(spoil(good()))}


def test_every_rule_has_a_planted_fault() -> None:
    planted = {rule for rule, *_ in FAULTS}
    assert planted == {rule.__name__ for rule in (*rules.OF_AN_ARCHIVE, *rules.OF_A_BOOK)}


def test_a_finding_names_file_and_line() -> None:
    data = edited(good(), ESSAY, "#fig-trend", "#nowhere")
    line = unpacked(data)["EPUB/text/essay.xhtml"].decode().split("#nowhere")[0].count("\n") + 1
    ((rule, place, _),) = found(data)
    assert (rule, place) == ("epub-valid", f"EPUB/text/essay.xhtml:{line}")


def test_something_from_outside_breaks_its_own_rule() -> None:
    data = edited(good(), ESSAY, "../images/map.svg", "https://example.org/map.svg")
    assert [rule for rule, _, _ in found(data)] == ["resource-local"]


@pytest.mark.parametrize("reference", ["https://example.org/a?b#c", "mailto:a@example.org", "tel:+1", "#fig-trend", ""])
def test_links_that_are_right_are_left_alone(reference: str) -> None:
    assert found(edited(good(), ESSAY, "#fig-trend", reference)) == []


def test_one_note_may_be_called_twice() -> None:
    call = '<a epub:type="noteref" role="doc-noteref" id="again" href="notes.xhtml#note-2">2</a>'
    assert found(edited(good(), ESSAY, "See <a", f"See {call} <a")) == []


# --- what is no EPUB ------------------------------------------------------------------------------------------------


def broken_files() -> Iterator[tuple[str, bytes]]:
    data = good()
    yield "nothing", b""
    yield "no zip", b"%PDF-1.7"
    yield "cut short", data[: len(data) // 2]
    yield "no container", repacked(data, {"META-INF/container.xml": None})
    yield "no package", repacked(data, {"EPUB/content.opf": None})
    yield "ill-formed package", edited(data, PACKAGE, "</manifest>", "")
    yield "ill-formed page", edited(data, ESSAY, "</section>", "")
    yield "entities", edited(data, ESSAY, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "b">]>')
    yield "empty archive", b"PK\x05\x06" + b"\0" * 18
    position = data.index(b"essay.xhtml") + 40
    yield (
        "bytes flipped",
        data[:position] + bytes(b ^ 0x5A for b in data[position : position + 40]) + data[position + 40 :],
    )


@pytest.mark.parametrize(("name", "data"), list(broken_files()), ids=[n for n, _ in broken_files()])
def test_what_is_no_epub_is_told_and_not_a_traceback(name: str, data: bytes) -> None:
    assert {rule for rule, _, _ in found(data, without_fonts(rendition()))} >= {"epub-valid"}


# --- promises: compared with the rendition --------------------------------------------------------------------------


def promised(book: Rendition) -> list[tuple[str, str, str]]:
    return found(good(), book)


def test_a_lost_word_is_found() -> None:
    data = edited(good(), ESSAY, "a promise made in public", "a made in public")
    ((_, place, message),) = found(data, without_fonts(rendition()))
    assert place == "EPUB/text/essay.xhtml"
    assert "“promise” has become “”" in message


def test_text_outside_any_element_counts() -> None:
    book = change(without_fonts(rendition()), "essay", lambda t: t.replace("<h1", "stray words <h1", 1))
    assert "stray words" in promised(book)[0][2]


def test_a_part_left_out_or_moved_is_found() -> None:
    book = without_fonts(rendition())
    assert "reading order" in promised(replace(book, parts=book.parts[::-1]))[0][2]
    data = repacked(good(), {f"EPUB/{ESSAY}": None})
    assert any("missing" in m and p == f"EPUB/{ESSAY}" for _, p, m in found(data, book))


OUTLINE = without_fonts(rendition()).outline
OUTLINES: list[tuple[tuple[OutlineEntry, ...], str]] = [
    (OUTLINE[:-1], "“Notes” is one line too many"),
    ((*OUTLINE, OutlineEntry("Index", "text/essay.xhtml")), "“Index” is missing"),
    ((*OUTLINE[:2], replace(OUTLINE[2], children=()), OUTLINE[3]), "“What was measured” is one line too many"),
    ((replace(OUTLINE[0], title="Half title"), *OUTLINE[1:]), "“Half title” is called “Title page”"),
    ((replace(OUTLINE[0], part="text/cover.xhtml"), *OUTLINE[1:]), "should lead to EPUB/text/cover.xhtml"),
    ((OUTLINE[1], OUTLINE[0], *OUTLINE[2:]), "“Editor’s introduction” should lead to"),
]


@pytest.mark.parametrize(("outline", "message"), OUTLINES)
def test_contents_that_differ_from_the_outline_are_found(outline: Any, message: str) -> None:
    findings = promised(replace(without_fonts(rendition()), outline=outline))
    assert {place for _, place, _ in findings} == {"EPUB/text/contents.xhtml", "EPUB/toc.ncx"}
    assert all(message in m for _, _, m in findings)


def test_a_line_of_the_contents_may_say_more_than_the_title() -> None:
    data = edited(good(), "text/contents.xhtml", "The quiet ledger</a>", "The quiet ledger <span>Maria</span></a>")
    assert [m for _, p, m in found(data, without_fonts(rendition())) if "outline" in m] == []
