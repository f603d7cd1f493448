"""Renditions made by hand, for the tests of the EPUB writer and its judge."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from lxml import etree

import publish
from publish.diagnostics import Log
from publish.document import Contributor, Identifier, Matter, Metadata, Series, Subject
from publish.formats.epub import write
from publish.rendition import Accessibility, OutlineEntry, Part, Rendition, Resource

FONTS = Path(publish.__file__).parent / "themes" / "journal" / "fonts"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"

CSS = """@charset "UTF-8";
@font-face { font-family: "Source Serif 4"; src: url("../fonts/SourceSerif4-Regular.ttf") format("truetype") }
@font-face { font-family: "Source Serif 4"; font-style: italic; src: url(../fonts/SourceSerif4-Italic.ttf) }
@font-face { font-family: "Source Code Pro"; src: url("../fonts/SourceCodePro-Regular.ttf") format("truetype") }
html { font-family: "Source Serif 4", serif }
p { margin: 0; text-indent: 1em; text-align: justify; hyphens: auto }
h1, h2 { text-align: left; font-weight: normal; hyphens: none; break-after: avoid }
.titlepage h1, .titlepage p { text-align: center; text-indent: 0 }
.byline, .smallcaps { font-variant-caps: all-small-caps }
.cover img { max-width: 100%; height: auto }
figure { break-inside: avoid; margin: 1em 0 }
nav ol { list-style: none }
a[role="doc-noteref"] { font-size: 75%; vertical-align: super; line-height: 0 }
"""
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en-GB" lang="en-GB">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="../styles/epub.css"/>
</head>
<body epub:type="{matter}">
{body}
</body>
</html>
"""
_COVER = """<section epub:type="cover" id="cover" class="cover" aria-label="Cover">
<img role="doc-cover" src="../images/cover.png" alt="Cover: The Quiet Ledger, by Maria Ortega."/></section>"""
_TITLEPAGE = """<section epub:type="titlepage" id="titlepage" class="titlepage"><h1>The Quiet Ledger</h1>
<p role="doc-subtitle">Essays on Public Trust</p><p class="byline">Maria Ortega</p></section>"""
_IMPRINT = """<section epub:type="copyright-page" id="imprint"><h1>Imprint</h1>
<p>© 2026 The Meridian Institute. <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.</p></section>"""
_CONTENTS = """<section id="contents-page">
<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-h"><h1 id="toc-h">Contents</h1><ol>
<li><a href="titlepage.xhtml">Title page</a></li>
<li><a href="introduction.xhtml">Editor’s introduction</a></li>
<li><a href="essay.xhtml">The quiet ledger</a><ol>
<li><a href="essay.xhtml#measured">What <em>was</em> measured</a></li></ol></li>
<li><a href="notes.xhtml">Notes</a></li></ol></nav>
<nav epub:type="landmarks" aria-label="Landmarks" hidden="hidden"><ol>
<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>
<li><a epub:type="toc" href="contents.xhtml#toc">Contents</a></li>
<li><a epub:type="bodymatter" href="introduction.xhtml">Start of text</a></li>
<li><a epub:type="endnotes" href="notes.xhtml">Notes</a></li></ol></nav></section>"""
_INTRODUCTION = """<section epub:type="introduction" role="doc-introduction" aria-labelledby="introduction">
<h1 id="introduction">Editor’s introduction</h1>
<p>This essay was commissioned in the spring.<a epub:type="noteref" role="doc-noteref" id="noteref-1"
href="notes.xhtml#note-1">1</a> It has <span lang="ru" xml:lang="ru">Правда</span> in it, and <code>code</code>.</p>
<p class="signature">The editors</p></section>"""
_ESSAY = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="essay"><h1 id="essay">The quiet ledger</h1>
<p class="byline">Maria Ortega</p>
<p>A ledger is a promise made in public.<a epub:type="noteref" role="doc-noteref" id="noteref-2"
href="notes.xhtml#note-2">2</a></p>
<section aria-labelledby="measured"><h2 id="measured">What was measured</h2>
<p>The odds were <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="p = 0.03"><mi>p</mi><mo>=</mo><mn>0.03</mn></math>.
See <a href="#fig-trend">the trend</a> and <a href="introduction.xhtml#introduction">the introduction</a>.</p>
<figure id="fig-trend"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" role="img" aria-labelledby="trend-title">
<title id="trend-title">A rule that rises</title><linearGradient id="fade"><stop offset="0" stop-color="currentColor"/></linearGradient>
<path d="M5 35 L195 5" stroke="currentColor" fill="none"/></svg><figcaption>Figure 1. Trend.</figcaption></figure>
<figure id="fig-map"><img src="../images/map.svg" alt="A map of the offices."/><figcaption>Figure 2. Map.</figcaption></figure>
</section></section>"""
_NOTES = """<section epub:type="endnotes" role="doc-endnotes" aria-labelledby="notes"><h1 id="notes">Notes</h1><ol>
<li><div id="note-1" epub:type="footnote" role="doc-footnote"><p>Meridian Institute, <cite>Audit Calendar</cite>.
<a role="doc-backlink" href="introduction.xhtml#noteref-1" aria-label="Back to reference 1">↩</a></p></div></li>
<li><div id="note-2" epub:type="footnote" role="doc-footnote"><p>On promises see Austin.
<a role="doc-backlink" href="essay.xhtml#noteref-2" aria-label="Back to reference 2">↩</a></p></div></li></ol></section>"""
_MAP = b"""<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="100" height="60">
<rect width="100" height="60" fill="#eee"/><text x="10" y="30" font-family="serif">Offices</text></svg>
"""


def png(width: int = 60, height: int = 90, colour: bytes = b"\x33\x55\x77") -> bytes:
    """Give a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + colour * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def font(name: str) -> Resource:
    """Give one of the journal theme's fonts."""
    return Resource(f"fonts/{name}", "font/ttf", (FONTS / name).read_bytes())


def part(name: str, kind: str, title: str, body: str, matter: Matter = "front", role: str = "") -> Part:
    """Give a part with the body put into a whole page."""
    xhtml = _PAGE.format(title=escape(title), matter=f"{matter}matter", body=body)
    return Part(f"text/{name}.xhtml", kind, role or kind, matter, title, xhtml, "en-GB")


METADATA = Metadata(
    title="The Quiet Ledger",
    subtitle="Essays on Public Trust",
    contributors=(
        Contributor("Maria Ortega-Núñez", "aut", "Ortega-Núñez, Maria", orcid="0000-0002-1825-0097"),
        Contributor("Jan van der Meer", "aut", "Meer, Jan van der"),
        Contributor("Ruth Ó Faoláin", "edt", "Ó Faoláin, Ruth"),
        Contributor("Jan van der Meer", "ill", "Meer, Jan van der"),
    ),
    date="2026-11-02",
    language="en-GB",
    description="Why public records that nobody can check stop being records.",
    subjects=(Subject("Public administration", "bisac", "POL017000"), Subject("Auditing", "LCSH")),
    keywords=("audit", "trust", "Auditing"),
    publisher="The Meridian Institute",
    rights="© 2026 The Meridian Institute.",
    license="https://creativecommons.org/licenses/by/4.0/",
    identifiers=(
        Identifier("isbn-epub", "978-0-00-000000-2"),
        Identifier("isbn-print", "978-0-00-000001-9"),
        Identifier("doi", "10.5555/12345678"),
        Identifier("issn", "1234-5679"),
    ),
    series=Series("Meridian Papers", "4"),
    edition="Second edition",
)


def rendition() -> Rendition:
    """Give a whole small book: every kind of part, two divisions, notes, a drawing, mathematics, fonts."""
    return Rendition(
        medium="epub",
        metadata=METADATA,
        identifier="urn:uuid:5b1a3c6e-0c0e-5d0e-9d5e-3a6c1f2b4d7a",
        modified=datetime(2026, 11, 2, 9, 30, 15, tzinfo=UTC),
        parts=(
            part("cover", "cover", "Cover", _COVER),
            part("titlepage", "titlepage", "The Quiet Ledger", _TITLEPAGE),
            part("imprint", "imprint", "Imprint", _IMPRINT),
            part("contents", "contents", "Contents", _CONTENTS),
            part("introduction", "division", "Editor’s introduction", _INTRODUCTION, "body", "introduction"),
            part("essay", "division", "The quiet ledger", _ESSAY, "body", "essay"),
            part("notes", "notes", "Notes", _NOTES, "back"),
        ),
        resources=(
            Resource("styles/epub.css", "text/css", CSS.encode()),
            Resource("images/map.svg", "image/svg+xml", _MAP),
            Resource("images/cover.png", "image/png", png(), 60, 90),
            font("SourceSerif4-Regular.ttf"),
            font("SourceSerif4-Italic.ttf"),
            font("SourceCodePro-Regular.ttf"),
            font("SourceSans3-Regular.ttf"),
        ),
        outline=(
            OutlineEntry("Title page", "text/titlepage.xhtml"),
            OutlineEntry("Editor’s introduction", "text/introduction.xhtml"),
            OutlineEntry(
                "The quiet ledger",
                "text/essay.xhtml",
                "",
                (OutlineEntry("What was measured", "text/essay.xhtml", "measured"),),
            ),
            OutlineEntry("Notes", "text/notes.xhtml"),
        ),
        accessibility=Accessibility(
            modes=("textual", "visual"),
            sufficient=("textual", "textual,visual"),
            features=("alternativeText", "MathML", "readingOrder", "structuralNavigation", "tableOfContents"),
            hazards=("none",),
            summary="All pictures are described.",
        ),
        words={"contents": "Contents", "cover": "Cover", "landmarks": "Landmarks"},
        start="text/introduction.xhtml",
        cover="images/cover.png",
    )


def without_fonts(book: Rendition) -> Rendition:
    """Give the rendition with no fonts and no rule that names one: quick to write."""
    css = "\n".join(line for line in CSS.splitlines() if not line.startswith("@font-face"))
    kept = tuple(r for r in book.resources if not r.name.startswith("fonts/"))
    return replace(book, resources=tuple(replace(r, data=css.encode()) if "css" in r.name else r for r in kept))


def change(book: Rendition, name: str, edit: Callable[[str], str]) -> Rendition:
    """Give the rendition with one part's XHTML edited; the edit must change something."""
    old = next(p for p in book.parts if p.name == f"text/{name}.xhtml")
    new = replace(old, xhtml=edit(old.xhtml))
    assert new.xhtml != old.xhtml
    return replace(book, parts=tuple(new if p is old else p for p in book.parts))


def written(book: Rendition) -> bytes:
    """Write a rendition that must be without fault."""
    log = Log()
    result = write(book, log)
    assert result is not None, [d.message for d in log]
    assert not len(log)
    return result.data


def unpacked(data: bytes) -> dict[str, bytes]:
    """Give the files of a zip by name, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(data: bytes) -> etree._Element:
    """Give the package document's root."""
    return etree.fromstring(unpacked(data)["EPUB/content.opf"])


def repacked(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Give the EPUB with files replaced, added or (``None``) taken away; everything else is as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = changes.get(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content, entry.compress_type)
        for name in changes.keys() - set(old.namelist()):
            content = changes[name]
            if content is not None:
                new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def edited(data: bytes, name: str, old: str, new: str) -> bytes:
    """Give the EPUB with some text of one file replaced; the text must be there."""
    name = name if name.startswith("META-INF/") or name == "mimetype" else f"EPUB/{name}"
    content = unpacked(data)[name].decode()
    assert old in content, (name, old)
    return repacked(data, {name: content.replace(old, new, 1).encode()})


def small(**changes: object) -> Rendition:
    """Give a book without fonts, some of its metadata changed."""
    book = without_fonts(rendition())
    return replace(book, metadata=replace(book.metadata, **changes))  # type: ignore[arg-type]


def metas(data: bytes, name: str) -> list[str]:
    """Give the values of a property in the package document."""
    return [e.text or "" for e in package(data).iter(f"{OPF}meta") if e.get("property") == name]


def test_the_package_says_its_language_and_direction(whole: bytes) -> None:
    root = package(whole)
    assert root.get("version") == "3.0"
    assert (root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("dir")) == ("en-GB", "ltr")


def texts(data: bytes, tag: str) -> list[str]:
    """Give the texts of the elements with this tag in the package document."""
    return [e.text or "" for e in package(data).iter(tag)]
