"""Which structure type of PDF an HTML element is (ISO 32000-1, 14.8.4; ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

# Elements that are the same everywhere (``tags`` knows those that are not). Any other is transparent: what is in it
# belongs to the element around it.
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "main": "Part",
        "nav": "Sect",
        "aside": "Sect",
        "details": "Sect",
        "header": "Div",
        "footer": "Div",
        "hgroup": "Div",
        "blockquote": "BlockQuote",
        "p": "P",
        "pre": "P",
        "address": "P",
        "summary": "P",
        "legend": "P",
        "dl": "L",
        "table": "Table",
        "thead": "THead",
        "tbody": "TBody",
        "tfoot": "TFoot",
        "tr": "TR",
        "th": "TH",
        "td": "TD",
        "caption": "Caption",
        "figcaption": "Caption",
        "code": "Code",
        "samp": "Code",
        "kbd": "Code",
        "q": "Quote",
        "em": "Em",
        "strong": "Strong",
        "math": "Formula",
    }
)

# Types of PDF 2.0 that PDF 1.7 reads as spans. A file for PDF/UA-2 would need no such map.
ROLE_MAP: Mapping[str, str] = MappingProxyType({"Em": "Span", "Strong": "Span"})

# Types that hold other structure and no text of their own.
GROUPING = frozenset(
    {
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "TOC", "TOCI", "Index", "L", "LI",
        "Table", "THead", "TBody", "TFoot", "TR", "NonStruct",
    }
)  # fmt: skip

# Types that stand in a line of text.
INLINE = frozenset({"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Em", "Strong"})

_LIST_NUMBERING = {
    "none": "None", "disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal",
    "lower-roman": "LowerRoman", "upper-roman": "UpperRoman", "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha",
}  # fmt: skip


_ONE_CASE = frozenset({"all-small-caps", "all-petite-caps", "unicase"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def is_separator(name: str, text: str) -> bool:
    """Whether a text that CSS puts before or after a heading is only drawn: a bar, a row of stars."""
    element, _, pseudo = name.partition("::")
    return element in _HEADINGS and pseudo in ("before", "after") and not any(map(str.isalnum, text))


def is_decoration(name: str, element: Element) -> bool:
    """Whether an element only decorates: a rule, what is hidden from readers, a picture of which nothing is said."""
    if element.get("aria-hidden") == "true" or name == "hr":
        return True
    return name in ("img", "svg") and not description(element)


def is_recast(style: Any) -> bool:
    """Whether a style draws other letters than the author wrote: capitals by CSS, or all small capitals.

    Small capitals for both cases are one glyph for ``A`` and ``a``, which cannot tell which of them was written.
    """
    return style["text_transform"] not in ("none", "full-width") or style["font_variant_caps"] in _ONE_CASE


def drawn_word(element: Element) -> str:
    """Give the word that an element draws in pieces (a large initial and the rest), or an empty string."""
    return element.get("data-publish-word", "")


def is_note(element: Element) -> bool:
    """Whether an element says that it is a note (DPUB-ARIA 1.1)."""
    return bool({"doc-footnote", "doc-endnote"} & set(element.get("role", "").split()))


def is_index(element: Element) -> bool:
    """Whether an element says that it is an index (DPUB-ARIA 1.1)."""
    return "doc-index" in element.get("role", "").split()


def is_bibliography(element: Element) -> bool:
    """Whether an element says that it is a list of works (DPUB-ARIA 1.1)."""
    return "doc-bibliography" in element.get("role", "").split()


def is_reference(link: Element) -> bool:
    """Whether a link leads to a note or to a work in the bibliography (DPUB-ARIA 1.1)."""
    return bool({"doc-noteref", "doc-biblioref"} & set(link.get("role", "").split()))


def is_formula(picture: Element) -> bool:
    """Whether a picture is a formula, drawn."""
    return "math" in picture.get("role", "").split()


def is_contents(name: str, element: Element) -> bool:
    """Whether an element is a table of contents."""
    return name == "nav" and "doc-toc" in element.get("role", "").split()


def pictures(figure: Element) -> list[Element]:
    """Give the pictures in a figure."""
    return [element for element in figure.iter() if element.tag in ("img", "{http://www.w3.org/2000/svg}svg")]


def description(picture: Element) -> str:
    """Give a picture's description in words."""
    if picture.tag == "img":
        return picture.get("alt", "")
    title = picture.findtext("{http://www.w3.org/2000/svg}title") or ""
    return picture.get("aria-label") or " ".join(title.split())


def list_numbering(name: str, style_type: Any) -> str:
    """Give the way a list is numbered, from its element's name and its CSS list-style-type.

    Terms are not numbered, whatever list their own stands in and inherits from.
    """
    if name == "dl":
        return "None"
    fallback = "Decimal" if name == "ol" else "Disc"
    return _LIST_NUMBERING.get(style_type, fallback) if isinstance(style_type, str) else fallback


def scope(cell: Element, in_head: bool) -> str:
    """Give what a header cell is the head of."""
    said = cell.get("scope", "")
    return "Row" if said.startswith("row") or not (said or in_head) else "Column"
