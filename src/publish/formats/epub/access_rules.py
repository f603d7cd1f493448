"""Rules for who reads otherwise than with their eyes, and on what: roles, sizes of pages, colours of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import EPUB, XHTML, attribute, elements, line

RULE = "epub-accessible"
"""What is broken: such an EPUB is sound, and not everybody can read it."""

LARGEST = 260_000
"""Bytes of a page: more, and older readers grow slow or refuse it."""

_SAME = """
abstract acknowledgments afterword appendix bibliography biblioref chapter colophon conclusion credit credits
dedication endnotes epigraph epilogue errata footnote foreword glossary glossref index introduction noteref notice
pagebreak part preface prologue pullquote qna subtitle tip toc
"""
ROLES: Mapping[str, str] = MappingProxyType(
    {**{name: f"doc-{name}" for name in _SAME.split()}, "page-list": "doc-pagelist", "referrer": "doc-backlink"}
)
"""The role (DPUB-ARIA 1.1) that says to assistive technology what each epub:type says to reading systems."""


def types_have_roles(book: Book) -> Iterator[Finding]:
    """Whatever an epub:type says of an element its role says too; in landmarks the type is a link's target's."""
    for name, tree in book.pages.items():
        landmarks = {
            element
            for nav in tree.iter(f"{{{XHTML}}}nav")
            if "landmarks" in attribute(nav, f"{{{EPUB}}}type").split()
            for element in elements(nav)
        }
        for element in elements(tree):
            for kind in attribute(element, f"{{{EPUB}}}type").split():
                wanted = ROLES.get(kind)
                if wanted and element not in landmarks and wanted not in attribute(element, "role").split():
                    message = f"the epub:type {kind} needs the role {wanted}"
                    yield Finding(message, name, line(element), RULE)


def pages_are_small(book: Book) -> Iterator[Finding]:
    """No page is so large that a reader grows slow over it; the contents cannot be parted."""
    for name in book.pages.keys() - {book.nav}:
        size = len(book.files[name])
        if size > LARGEST:
            yield Finding(
                f"the page has {size / 1000:,.0f} kB; more than {LARGEST / 1000:,.0f} kB is slow", name, 0, RULE
            )


def pictures_suit_screens(book: Book) -> Iterator[Finding]:
    """No picture is in the colours of printing ink, which many readers show wrong or not at all."""
    for item in book.manifest:
        if item.media_type == "image/jpeg" and _channels(book.files.get(item.name, b"")) == 4:
            yield Finding("the picture is in CMYK, which readers show wrong or not at all", item.name, 0, RULE)


def _channels(jpeg: bytes) -> int:
    """Give the number of components that a JPEG's frame header names (ITU-T T.81, B.2.2), or 0."""
    at = 2
    while at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return jpeg[at + 9]
        at += 2 + length
    return 0
