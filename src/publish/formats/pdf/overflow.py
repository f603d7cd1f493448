"""What does not fit on its page: tables wider than the text, and lines that run off the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from publish.formats.pdf import engine
from publish.formats.pdf.join import Joined
from publish.formats.pdf.wire import Finding

_NEARLY = 1.0  # px: less is the noise of adding numbers up
_NARROWER = "make its columns fewer or their words shorter, or make two tables of it"
_SHORTER = "break the line, or let it stand in a block ::: landscape"


def overflows(pages: Iterable[engine.Box], joined: Joined) -> Iterator[Finding]:
    """Give a finding for every table that is wider than the text of its page, and every line that leaves the paper.

    ``about`` says which table of its part it is (``table 2``): a page may be turned on its side for it.
    """
    tables: dict[Element, None] = {}
    for page in pages:
        for box in _blocks(page):
            if engine.is_table(box):
                if _is_beyond(box, page.content_box_x(), page.content_box_x() + page.width):
                    tables.setdefault(box.element)
            elif _is_beyond(box, 0, page.margin_width()):
                text = engine.text_of(box)
                if text.strip():
                    part = _part_of(box.element, joined)
                    yield Finding("inside-page", f"the line “{_short(text)}” runs off the page", part, _SHORTER, "line")
    for table in tables:
        number, name = _number(table, joined)
        yield Finding("inside-page", "this table is wider than the page", name, _NARROWER, f"table {number}")


def _blocks(page: engine.Box) -> Iterator[engine.Box]:
    """Give the tables and the lines of a page; what is inside a table is the table's."""
    waiting = [child for child in engine.children(page) if not engine.margin_keyword(child)]
    while waiting:
        box = waiting.pop()
        if engine.is_table(box) or engine.is_line(box):
            yield box
        else:
            waiting.extend(engine.children(box))


def _is_beyond(box: engine.Box, left: float, right: float) -> bool:
    x, width = box.position_x, box.border_width() if engine.is_table(box) else box.width
    return bool(x < left - _NEARLY or x + width > right + _NEARLY)


def _number(table: Element, joined: Joined) -> tuple[int, str]:
    for name, part in zip(joined.names, joined.parts, strict=True):
        for number, element in enumerate(part.iter("table"), start=1):
            if element is table:
                return number, name
    return 0, ""


def _part_of(element: Element | None, joined: Joined) -> str:
    names = zip(joined.names, joined.parts, strict=True)
    return next((name for name, part in names if any(one is element for one in part.iter())), "")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
