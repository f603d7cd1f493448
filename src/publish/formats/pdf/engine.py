"""The door to WeasyPrint 70: whatever is not its public interface is used here and in ``patches`` only.

Importing this module loads Pango and takes half a second, so only the child process does it, after
``publish.formats.pdf.native`` has shown where the libraries are. Boxes are WeasyPrint's own objects and untyped;
the functions below say what the rest of the room may ask of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

import cssselect2  # type: ignore[import-untyped]
import pydyf  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]
from weasyprint.matrix import Matrix  # type: ignore[import-untyped]
from weasyprint.text.ffi import fontconfig  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

__all__ = ["VERSION", "Array", "Box", "Dictionary", "Document", "Stream", "String", "URLFetcher", "URLFetcherResponse"]

Box: TypeAlias = Any
Document: TypeAlias = Any
Array, Dictionary, Stream, String = pydyf.Array, pydyf.Dictionary, pydyf.Stream, pydyf.String
VERSION: str = weasyprint.VERSION

_FC_SET_SYSTEM = 0
_SVG = "{http://www.w3.org/2000/svg}svg"


class NoFonts(Exception):
    """There is not one font that the layout could use; going on would kill the process."""


def lay_out(root: Element, base: str, fetcher: URLFetcher) -> Document:
    """Lay out a tree and give WeasyPrint's document of it. ``base`` is the address of what it links to.

    Raises NoFonts, and whatever WeasyPrint raises.
    """
    return document(root, base, fetcher).render(font_config=fonts())


def fonts() -> Any:
    """Give what holds a document's fonts. Raises NoFonts."""
    configuration = FontConfiguration()
    if not fontconfig.FcConfigGetFonts(configuration._config, _FC_SET_SYSTEM).nfont:
        raise NoFonts
    return configuration


def document(root: Element, base: str, fetcher: URLFetcher) -> Any:
    """Give WeasyPrint's document of a tree, before it is laid out."""
    html = weasyprint.HTML(string="<html></html>", base_url=base, url_fetcher=fetcher)
    # Our tree in place of one that a HTML parser would make: it moves elements that HTML forbids where XML had them.
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


def write(document: Document, finish: Callable[[Any], None]) -> bytes:
    """Give the bytes of a tagged PDF 1.7. ``finish`` is handed the PDF just before its trailer is written."""
    data: bytes = document.write_pdf(
        finisher=lambda _, pdf: finish(pdf), pdf_tags=True, pdf_identifier=True, pdf_version="1.7"
    )
    return data


def groups(pdf: Any) -> dict[int, list[Any]]:
    """Give the streams of groups (boxes with opacity are drawn by themselves), by the page whose marks they share.

    A page is named by the identity of its stream's table of marks.
    """
    found: dict[int, list[Any]] = {}
    for item in pdf.objects:
        if isinstance(item, weasyprint.pdf.stream.Stream) and item.extra.get("Subtype") == "/Form":
            found.setdefault(id(item._tags), []).append(item)
    return found


def mend_font_names(pdf: Any) -> None:
    """Take the comma off the names of fonts whose family ends in a figure; Pango puts it there for its own use."""
    for item in pdf.objects:
        for key in ("BaseFont", "FontName") if isinstance(item, dict) else ():
            if key in item:
                name = item[key]
                item[key] = (name.decode() if isinstance(name, bytes) else name).rstrip(",")


def watch_drawing(document: Document, drawn: Callable[[int], None]) -> None:
    """Have ``drawn`` called with the number of every page (from 1) when it has been drawn."""

    def watch(page: Any, number: int) -> None:
        paint = page.paint

        def painted(*arguments: Any) -> None:
            paint(*arguments)
            drawn(number)

        page.paint = painted

    for number, page in enumerate(document.pages, start=1):
        watch(page, number)


def bookmarks(document: Document) -> Iterator[tuple[int, str, int, float, float, str]]:
    """Give every bookmark: level, label, page (from 0), place on it in points from the lower left, and state."""
    for number, page in enumerate(document.pages):
        matrix = Matrix(a=0.75, d=-0.75, f=page.height * 0.75)
        for level, label, place, state in page.bookmarks:
            yield level, label, number, *matrix.transform_point(*place), state


def page_box(page: Any) -> Box:
    """Give the box of one of a document's pages."""
    return page._page_box


def page_boxes(document: Document) -> list[Box]:
    """Give the box of every page."""
    return [page_box(page) for page in document.pages]


def page_name(page: Box) -> str:
    """Give the name of a page's type: what the property ``page`` says, or an empty string."""
    return page.page_type.name or ""


def children(box: Box) -> Iterator[Box]:
    """Give the boxes inside a box, in the order of the text."""
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child


def descendants(box: Box) -> Iterator[Box]:
    """Give a box and every box inside it, in the order of the text."""
    waiting = [box]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(list(children(current))))


def is_text(box: Box) -> bool:
    """Whether a box is a line's piece of text."""
    return isinstance(box, boxes.TextBox)


def is_replaced(box: Box) -> bool:
    """Whether a box is a picture."""
    return isinstance(box, boxes.ReplacedBox)


def points(box: Box, name: str) -> float:
    """Give a custom property of a box that is a length in points (``__block_step``), in CSS pixels; 0 for any other."""
    tokens = [token for token in box.style[name] if token.type != "whitespace"]
    if len(tokens) == 1 and tokens[0].type == "dimension" and tokens[0].unit == "pt":
        return float(tokens[0].value) * 4 / 3
    return 0.0


def ems(style: Any, name: str) -> float:
    """Give a custom property of a style that is a length in em (``__indent_behind``), in CSS pixels, else 0."""
    tokens = [token for token in style[name] if token.type != "whitespace"]
    if len(tokens) == 1 and tokens[0].type == "dimension" and tokens[0].unit == "em":
        return float(tokens[0].value) * float(style["font_size"])
    return 0.0


def share(style: Any, name: str) -> float:
    """Give a custom property of a style that is a percentage (``__space_shrink``), as a share of 1; 0 for any other."""
    try:
        tokens = [token for token in style[name] if token.type != "whitespace"]
    except KeyError:  # the style of text in a drawing
        return 0.0
    return float(tokens[0].value) / 100 if len(tokens) == 1 and tokens[0].type == "percentage" else 0.0


def mark_passed(box: Box, elements: Sequence[Element]) -> None:
    """Take note that a box stands later than it was written: the elements have gone before it."""
    box.publish_passed = tuple(elements)


def passed(box: Box) -> tuple[Element, ...]:
    """Give the elements that stand before a box though they were written after it."""
    found: tuple[Element, ...] = getattr(box, "publish_passed", ())
    return found


def is_line(box: Box) -> bool:
    """Whether a box is a line of text."""
    return isinstance(box, boxes.LineBox)


def is_inline(box: Box) -> bool:
    """Whether a box stands in a line."""
    return isinstance(box, boxes.InlineLevelBox)


def is_span(box: Box) -> bool:
    """Whether a box is a piece of a line that may be broken: an emphasis, a link."""
    return isinstance(box, boxes.InlineBox)


def is_leader(box: Box) -> bool:
    """Whether a box is a row of dots that leads to a page number."""
    return bool(getattr(box, "is_leader", False))


def is_table(box: Box) -> bool:
    """Whether a box is a table, with the widths of its columns; a caption stands beside it."""
    return isinstance(box, boxes.TableBox)


def is_footnote_area(box: Box) -> bool:
    """Whether a box is the area of notes at the foot of a page."""
    return isinstance(box, boxes.FootnoteAreaBox)


def is_too_high(area: Box, page: Box) -> bool:
    """Whether the area of notes reaches above the page's upper margin."""
    return bool(area.position_y < page.content_box_y() - 1)


def is_off(text: Box, page: Box) -> bool:
    """Whether a piece of text that is shown reaches over the left or right edge of the paper."""
    reaches = text.position_x < -1 or text.position_x + text.width > page.margin_width() + 1
    return bool(reaches and text.style["visibility"] == "visible")


def is_moved(box: Box) -> bool:
    """Whether a box stands elsewhere than where the layout put it: it is turned or moved afterwards."""
    return bool(box.style["transform"])


def margin_keyword(box: Box) -> str:
    """Give a margin box's at-keyword (``@top-left``), or an empty string for any other box."""
    return box.at_keyword if isinstance(box, boxes.MarginBox) else ""


def tag(box: Box) -> str:
    """Give the name of the box's element, with the pseudo-element (``p``, ``li::marker``).

    What no element made has none: pages, margins, lines and the pieces of text in them.
    """
    if box.element is None or isinstance(box, boxes.PageBox | boxes.LineBox | boxes.TextBox):
        return ""
    name: str = box.element_tag or ""
    return "svg" if name == _SVG else name


class Piece(NamedTuple):
    """A piece of a line that shows an element's own text, or an element that is shown as a whole (a picture, a rule).

    ``text`` is as printed, with capitals made and a hyphen put in at the end of the line; ``hyphen`` is what such a
    hyphen looks like here. An element shown as a whole has no text. ``late`` is whether it belongs to what stands after
    text that was written behind it.
    """

    element: Element
    text: str = ""
    hyphen: str = ""
    late: bool = False


def pieces(page: Box) -> Iterator[Piece]:
    """Give what a page shows of the elements' own text, in the order of the text.

    Left out are the margins, the notes at the foot, and what CSS made: markers, leaders, ``::before`` and ``::after``.
    """
    waiting = [(child, False) for child in children(page) if not (margin_keyword(child) or is_footnote_area(child))]
    waiting.reverse()
    while waiting:
        box, late = waiting.pop()
        made_by = set((box.element_tag or "").split("::")[1:])  # a line set twice has first-letter in first-letter
        if box.element is None or made_by - {"first-letter"}:
            continue
        late = late or bool(passed(box))
        if is_text(box):
            yield Piece(box.element, box.text, box.style["hyphenate_character"], late)
        elif is_replaced(box) or tag(box) == "hr":
            yield Piece(box.element, late=late)
        waiting.extend((child, late) for child in reversed(list(children(box))))
