"""Two independent readings: how each page of a PDF begins by PDFium, and what follows each page marker of an EPUB."""

from __future__ import annotations

import ctypes
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
from lxml import etree
from pypdfium2 import raw

_SHOWN = re.compile(r"<figure\b.*?</figure>|<table\b.*?</table>", re.DOTALL)
XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"


@dataclass(frozen=True)
class Sheet:
    """A page of a PDF: its label, and its lines of text under the running head."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A page marker of an EPUB: its label, the file it stands in, and the words before and after it in that file.

    ``element`` is the name of the element that follows it at once, if it is not followed by words. ``shown`` are the
    words of the last figures and tables before it.
    """

    label: str
    file: str
    before: str
    after: str
    element: str
    shown: str = ""


def sheets(pdf: bytes, head: float, lines: int = 80) -> Iterator[Sheet]:
    """Read the first lines of every page, without what stands in the uppermost ``head`` points."""
    with pypdfium2.PdfDocument(pdf) as document:
        for index, page in enumerate(document):
            text = page.get_textpage()
            yield Sheet(document.get_page_label(index), tuple(_lines(text, page.get_height() - head, lines)))


def _lines(page: pypdfium2.PdfTextPage, top: float, count: int) -> Iterator[str]:
    line, height = "", None
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(page.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(page, index))
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        if character in "\r\n" or y.value > top:
            continue
        if height is not None and abs(y.value - height) > 6:
            yield line
            count -= 1
            if not count:
                return
            line, height = "", None
        height = y.value if height is None else height
        line += character
    if line:
        yield line


def labels_listed(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Give (label, target) of the page list."""
    nav = next(name for name in book.namelist() if name.endswith("contents.xhtml"))
    tree = etree.fromstring(book.read(nav))
    found = next(e for e in tree.iter(f"{XHTML}nav") if e.get(f"{EPUB}type") == "page-list")
    return [("".join(map(str, a.itertext())), a.get("href", "")) for a in found.iter(f"{XHTML}a")]


def marks(epub: bytes) -> list[Mark]:
    """Read every page marker in the order of the page list."""
    book = zipfile.ZipFile(BytesIO(epub))
    found = {f"{name.rpartition('/')[2]}#{id}": mark for name in book.namelist() for id, mark in _in_file(book, name)}
    return [found[target] for _, target in labels_listed(book)]


def _in_file(book: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Mark]]:
    """Find the markers in a file's source, not in a tree of it."""
    if not name.endswith(".xhtml"):
        return
    source = book.read(name).decode()
    source = source[source.index("<body") :]
    for span in re.finditer(
        r'<span epub:type="pagebreak" role="doc-pagebreak" id="([^"]+)" aria-label="([^"]+)"></span>', source
    ):
        rest = re.sub(r'^(<span epub:type="pagebreak"[^>]*></span>)+', "", source[span.end() :])
        element = re.match(r"\s*<(\w+)", rest)
        before = source[: span.start()]
        shown = " ".join(words(one) for one in _SHOWN.findall(before)[-4:])
        yield span[1], Mark(span[2], name, words(before), words(rest), element[1] if element else "", shown)


def words(source: str) -> str:
    """Give the characters of a piece of XHTML without its tags."""
    return re.sub(r"&#?\w+;", lambda m: _ENTITIES.get(m[0], "?"), re.sub(r"<[^>]*>|^[^<]*>", "", source))


def without_leaders(line: str) -> str:
    """Give a line of the contents without its dots and its page number."""
    return re.sub(r"(?: ?\.){4,}.*$", "", line)


_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&quot;": '"'}


def bare(text: str) -> str:
    """Give letters and figures alone, without case and accents: what two readings of a page must have in common."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LNS" and c not in "|\ufffe\x02")
