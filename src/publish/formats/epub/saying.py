"""What an EPUB says, read back from its text: the pages of the divisions and of the notes."""

from __future__ import annotations

from lxml import etree

from publish.agreement import Shown, words_of
from publish.formats.epub import documents
from publish.formats.epub.archive import read
from publish.formats.epub.documents import EPUB, XHTML, attribute, elements, local

# Pages that only say again what stands elsewhere, or what the metadata say.
_ABOUT_THE_BOOK = frozenset({"copyright-page", "cover", "titlepage", "toc"})
_BLOCK_NAMES = """
address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li
ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())


def said(data: bytes) -> Shown:
    """Give what the text of an EPUB says. Nothing is raised for a broken file: it says nothing."""
    book = read(data)
    pages = [tree for name in book.spine if (tree := book.pages.get(name)) is not None and not _is_about(tree)]
    found = [element for page in pages for element in elements(page)]
    types = [attribute(element, f"{{{EPUB}}}type").split() for element in found]
    hrefs = (attribute(element, "href") for element in found if local(element) == "a")
    return Shown(
        words_of("\n".join(_text(page) for page in pages)),
        tuple(documents.text(e) for e in found if local(e) in {"h1", "h2", "h3", "h4", "h5", "h6"}),
        frozenset(href for href in hrefs if href.startswith(("http://", "https://"))),
        sum("footnote" in kinds or "endnote" in kinds for kinds in types),
        sum(local(element) == "img" for element in found),
    )


def _is_about(page: etree._Element) -> bool:
    kinds = {kind for e in elements(page) for kind in attribute(e, f"{{{EPUB}}}type").split()}
    return bool(kinds & _ABOUT_THE_BOOK)


def _text(page: etree._Element) -> str:
    """Give a page's text, its blocks on lines of their own; a call of a note parts no word."""
    parts: list[str] = []
    body = page.find(f"{{{XHTML}}}body")

    def take(element: etree._Element) -> None:
        block = local(element) in BLOCKS
        parts.append("\n" if block else "")
        parts.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                take(child)
            parts.append(child.tail or "")
        parts.append("\n" if block else "")

    if body is not None:
        take(body)
    return "".join(parts)
