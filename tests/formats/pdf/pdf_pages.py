"""Renditions made by hand, and PDFs read back, for the tests of the PDF room."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

import publish
from publish.diagnostics import Log
from publish.document import Contributor, Identifier, Metadata, Subject
from publish.formats import Written
from publish.formats.pdf import write
from publish.rendition import Accessibility, OutlineEntry, Part, Rendition, Resource

FONTS = Path(publish.__file__).parent / "themes" / "journal" / "fonts"

CSS = """
@font-face { font-family: "Text Serif"; src: url(../fonts/SourceSerif4-Regular.ttf) }
@font-face { font-family: "Text Serif"; font-style: italic; src: url(../fonts/SourceSerif4-Italic.ttf) }
@page { size: 100mm 140mm; margin: 12mm }
@page front { @bottom-center { content: counter(page, lower-roman) } }
@page body { @top-center { content: "Running head" } @bottom-center { content: counter(page) } }
@page :nth(1 of body) { counter-reset: page 1; @bottom-center { content: none } }
html { font: 10pt/14pt "Text Serif" }
ul, ol { list-style-type: disc }
p { margin: 0 }
.front { page: front; break-before: right }
.body { page: body; break-before: right }
.footnote { float: footnote }
.contents a::after { content: leader(".") target-counter(attr(href), page) }
h2.run-in, h2.run-in + p { display: inline }
"""

METADATA = Metadata(
    title="North & East",
    contributors=(
        Contributor("An Author", "aut", "Author, An"),
        Contributor("Zoë Ünal", "aut", "Ünal, Zoë"),
        Contributor("An Editor", "edt", "Editor, An"),
    ),
    date="2016-03-02",
    language="en-GB",
    description="Essays on a border <and> more.",
    subjects=(Subject("Borders", "LCSH"),),
    keywords=("rivers", "Правда"),
    publisher="The Border Review",
    rights="© 2016 the authors",
    license="https://creativecommons.org/licenses/by/4.0/",
    identifiers=(Identifier("isbn-print", "978-3-16-148410-0"), Identifier("isbn-epub", "978-0-306-40615-7")),
)


def font(name: str) -> Resource:
    """Give a font of the journal theme."""
    return Resource(f"fonts/{name}.ttf", "font/ttf", (FONTS / f"{name}.ttf").read_bytes())


SERIF = (font("SourceSerif4-Regular"), font("SourceSerif4-Italic"))


def lent(name: str, signs: str) -> Resource:
    """Give a font of the theme that has more signs: each looks like a letter of Cyrillic, from Б on."""
    face = TTFont(FONTS / f"{name}.ttf")
    looks = face.getBestCmap()
    letters = {ord(sign): looks[ord("Б") + number] for number, sign in enumerate(signs)}
    for table in face["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(letters)
    out = BytesIO()
    face.save(out)
    return Resource(f"fonts/{name}.ttf", "font/ttf", out.getvalue())


def png(width: int = 8, height: int = 8) -> bytes:
    """Give a small grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x99" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def part(name: str, body: str, **more: Any) -> Part:
    """Give a part whose body holds the one element ``body``."""
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        f'<link rel="stylesheet" href="css/print.css"/></head><body>\n{body}\n</body></html>'
    )
    known = {"kind": "division", "role": "essay", "matter": "body", "title": "An essay", "language": "en-GB"}
    return Part(name, xhtml=xhtml, **{**known, **more})


def rendition(*parts: Part | str, css: str = "", resources: tuple[Resource, ...] = (), **more: Any) -> Rendition:
    """Give a print rendition. A part given as text is the inside of an article with a heading."""
    whole = tuple(
        part("essay.xhtml", f'<article class="body" id="essay"><h1>An essay</h1>{p}</article>')
        if isinstance(p, str)
        else p
        for p in parts
    )
    stylesheet = Resource("css/print.css", "text/css", (CSS + css).encode())
    known: dict[str, Any] = {
        "medium": "print",
        "metadata": METADATA,
        "identifier": "urn:uuid:4fb9e1a3-0a1c-5d4e-8f2b-000000000001",
        "modified": datetime(2016, 3, 2, 12, tzinfo=UTC),
        "outline": (OutlineEntry("An essay", "essay.xhtml"),),
        "accessibility": Accessibility((), (), (), (), ""),
        "words": {"cover": "Cover"},
    }
    return Rendition(parts=whole, resources=(stylesheet, *SERIF, *resources), **{**known, **more})


def book(**more: Any) -> Rendition:
    """Give a small book with all that a structure tree knows."""
    title = part(
        "title.xhtml", '<section class="front" id="title"><h1>North &amp; East</h1></section>', kind="titlepage"
    )
    contents = part(
        "contents.xhtml",
        '<nav class="front contents" role="doc-toc" id="contents"><h1>Contents</h1><ol><li><a href="essay.xhtml">'
        'An essay</a><ol><li><a href="essay.xhtml#s1">A river</a></li></ol></li></ol></nav>',
        kind="contents",
    )
    essay = part("essay.xhtml", f'<article class="body" id="essay"><h1>An essay</h1>{_ESSAY}</article>')
    picture = Resource("images/port.png", "image/png", png(), 8, 8)
    return rendition(title, contents, essay, resources=(picture,), **more)


@cache
def made_book() -> Made:
    """Give the small book, written once for all tests that only look at it."""
    return make(book())


_ESSAY = (
    '<section id="s1"><h2 class="run-in">A river</h2><p>It flows<span class="footnote" id="n1">A note with '
    '<em>stress</em>.</span> past <span lang="ru">Правда</span> and <a href="https://example.org/">a place</a>.</p>'
    '<figure><img src="images/port.png" alt="A grey port"/><figcaption>The port. Photo: Nobody</figcaption></figure>'
    "<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>"
    "<table><caption>Years</caption><thead><tr><th>Year</th><th>Event</th></tr></thead>"
    '<tbody><tr><th scope="row">2015</th><td>A treaty</td></tr></tbody></table>'
    "<blockquote><p>Said by another.</p></blockquote><dl><dt>Port</dt><dd>A gate.</dd></dl>"
    f"</section><section id='s2'><h4>Skipped a level</h4>{'<p>A long and winding line of words goes on here.</p>' * 60}"
    "<p>The end.</p></section>"
)


@dataclass
class Made:
    """What came of writing a rendition: the file, the log, and the PDF opened."""

    log: Log
    written: Written | None

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        assert self.written is not None, [d.message for d in self.log]
        return pikepdf.open(BytesIO(self.written.data))

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(d.rule.name, d.message) for d in self.log]


def make(made_of: Rendition, **more: Any) -> Made:
    """Write a rendition."""
    log = Log()
    return Made(log, write(made_of, log, **more))


@dataclass
class Tag:
    """A structure element read back: its type, what it says, and what is in it (marks as numbers)."""

    role: str
    data: Any
    pdf: pikepdf.Pdf  # an element lives only as long as its PDF
    kids: list[Any] = field(default_factory=list)

    def all(self, role: str) -> list[Tag]:
        return [tag for tag in self.walk() if tag.role == role]

    def one(self, role: str) -> Tag:
        (found,) = self.all(role)
        return found

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def outline(self) -> str:
        """Give the tree in one line: ``P(#,Em(#))``."""
        inside = ",".join(kid.outline() if isinstance(kid, Tag) else kid for kid in self.kids)
        return f"{self.role}({inside})"


def tags(pdf: pikepdf.Pdf) -> Tag:
    """Read a PDF's structure tree; ``#`` stands for content and ``@`` for a link's area."""

    def read(element: Any) -> Tag:
        kids = element.get("/K", pikepdf.Array())
        return Tag(str(element.S)[1:], element, pdf, [leaf(kid) for kid in kids])

    def leaf(kid: Any) -> Any:
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            return "#"
        return "@" if kid.get("/Type") == "/OBJR" else read(kid)

    return read(pdf.Root.StructTreeRoot.K[0])


def text_of(written: Written | None) -> list[str]:
    """Give the text of every page."""
    import pypdf

    assert written is not None
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(written.data)).pages]
