"""The paragraphs of an EPUB in reading order, each with the title of the part it stands in, and its pictures."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.agreement import Passage
from publish.formats.epub.archive import Book, read
from publish.formats.epub.documents import XHTML, attribute, elements, local, text
from publish.formats.epub.saying import BLOCKS

# A number or an arrow that leads elsewhere is not what a paragraph says: one note more would change them all.
_LEADS = frozenset({"doc-noteref", "doc-backlink", "doc-pagebreak"})


def passages(data: bytes) -> list[Passage]:
    """Give the paragraphs of an EPUB. Nothing is raised for a broken file: it has none."""
    book = read(data)
    return [passage for name in book.spine if name in book.pages for passage in _of_page(book.pages[name])]


def pictures(data: bytes) -> dict[str, tuple[bytes, str]]:
    """Give the pictures of an EPUB by name, each with its media type."""
    book = read(data)
    named = ((item.name, item.media_type) for item in book.manifest if item.media_type.startswith("image/"))
    return {name: (book.files[name], kind) for name, kind in named if name in book.files}


def is_book(data: bytes) -> bool:
    """Whether these bytes are an EPUB that has at least one page."""
    book: Book = read(data)
    return any(name in book.pages for name in book.spine)


def _of_page(page: etree._Element) -> Iterator[Passage]:
    title = next((text(e) for e in elements(page) if local(e) == "title"), "")
    runs: list[str] = []
    body = page.find(f"{{{XHTML}}}body")
    _take(body, runs) if body is not None else None
    for run in "".join(runs).split("\0"):
        if told := " ".join(run.replace("\u00ad", "").split()):
            yield Passage(told, title)


def _take(element: etree._Element, runs: list[str]) -> None:
    """Read an element; a null character parts one block from the next. What is hidden says nothing."""
    if "hidden" in element.attrib:
        return
    edge = "\0" if local(element) in BLOCKS else ""
    runs.append(edge)
    if not _LEADS.intersection(attribute(element, "role").split()):
        runs.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                _take(child, runs)
            runs.append(child.tail or "")
    runs.append(edge)
