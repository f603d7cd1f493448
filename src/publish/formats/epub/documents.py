"""XHTML and SVG parsed, and what a writer must know of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"
OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"

XHTML_TYPE = "application/xhtml+xml"
SVG_TYPE = "image/svg+xml"
NCX_TYPE = "application/x-dtbncx+xml"


class Unsound(Exception):
    """An XML file cannot be used; says why, and where (line and column from 1, or 0)."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def parse(data: bytes) -> etree._Element:
    """Parse XML without touching the network, loading a DTD or expanding an entity.

    Raises Unsound when it is not well-formed, or declares or uses entities of its own.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        row, column = error.position
        message = (error.msg or "not well-formed").removesuffix(f", line {row}, column {column}")
        raise Unsound(message, row or 0, column or 0) from None
    except ValueError as error:
        raise Unsound(str(error)) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[union-attr]
        raise Unsound("entities are declared, which no reader may expand")
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise Unsound(f"the entity {entity.text} is not known to XML", line(entity))
    return root


def elements(root: etree._Element) -> Iterator[etree._Element]:
    """Give the elements of a tree in order, without comments and processing instructions."""
    return (e for e in root.iter() if isinstance(e.tag, str))


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return etree.QName(element).localname


def attribute(element: etree._Element, name: str) -> str:
    """Give an attribute's value, or an empty string."""
    return str(element.get(name, ""))


def line(element: etree._Element) -> int:
    """Give the line on which an element begins (from 1), or 0 when it was not read from a file."""
    number: Any = element.sourceline
    return number or 0


def text(root: etree._Element) -> str:
    """Give the characters of a tree (outside comments) as one line."""
    return one_line("".join(str(t) for t in root.itertext(etree.Element)))


def one_line(words: str) -> str:
    """Give words with every run of XML's white space as one space; other spaces (no-break, thin) mean something."""
    return re.sub("[ \t\r\n]+", " ", words).strip(" ")


def properties(root: etree._Element) -> list[str]:
    """Give the manifest properties that a content document must declare (EPUB 3.3, appendix D.5)."""
    found = set()
    for element in elements(root):
        name = etree.QName(element)
        if name.namespace == SVG and name.localname == "svg":
            found.add("svg")
        elif name.namespace == MATHML and name.localname == "math":
            found.add("mathml")
        elif name.localname in ("script", "form"):
            found.add("scripted")
    return sorted(found)


def resolve(base: str, reference: str) -> tuple[str, str] | None:
    """Give the file and the fragment that a reference in the file ``base`` leads to; None when it leads outside."""
    parts = urlsplit(reference)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    path = unquote(parts.path)
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
    return name, unquote(parts.fragment)
