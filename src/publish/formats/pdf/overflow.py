"""What does not fit on its page: tables wider than the text, and words that run over the edge of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from publish.formats.pdf import engine
from publish.formats.pdf.findings import short
from publish.formats.pdf.join import Joined
from publish.formats.pdf.wire import Finding

_NEARLY = 1.0  # px: less is the noise of adding numbers up
_NARROWER = "make its columns fewer or their words shorter, or make two tables of it"
_BREAK = "write &shy; where a long word may be divided, or a space"


def overflows(pages: Iterable[engine.Box], joined: Joined) -> Iterator[Finding]:
    """Give a finding for every page on which text runs over the edge of the paper, and for every table that is wider
    than the text of its page.

    ``about`` is the first of the words, or says which table of its part it is (``table 2``): a page may be turned on
    its side for it.
    """
    tables: dict[Element, None] = {}
    for page in pages:
        off: list[str] = []
        for box in _outermost(page):
            if not engine.is_table(box):
                off += [max(box.text.split(), key=len, default="")] if engine.is_off(box, page) else []
            elif _is_wide(box, page):
                tables.setdefault(box.element)
        yield from _cut_off([word for word in off if word])
    for table in tables:
        number, name = _number(table, joined)
        yield Finding("inside-page", "this table is wider than the page", name, _NARROWER, f"table {number}")


def _outermost(page: engine.Box) -> Iterator[engine.Box]:
    """Give the tables and the pieces of text of a page in their order; what is inside a table is the table's."""
    waiting = [page]
    while waiting:
        box = waiting.pop()
        if engine.is_table(box) or engine.is_text(box):
            yield box
        elif not engine.is_moved(box):
            waiting.extend(reversed(list(engine.children(box))))


def _cut_off(words: list[str]) -> Iterator[Finding]:
    if words:
        more = len(words) - 1
        others = f", and {more} other piece{'s' if more > 1 else ''} of text there" if more else ""
        message = f"“{short(words[0])}” runs over the edge of the page{others}"
        yield Finding("nothing-lost", message, hint=_BREAK, about=words[0])


def _is_wide(table: engine.Box, page: engine.Box) -> bool:
    left, right = page.content_box_x(), page.content_box_x() + page.width
    begins, width = table.position_x, table.border_width()
    return bool(begins < left - _NEARLY or begins + width > right + _NEARLY)


def _number(table: Element, joined: Joined) -> tuple[int, str]:
    for name, part in zip(joined.names, joined.parts, strict=True):
        for number, element in enumerate(part.iter("table"), start=1):
            if element is table:
                return number, name
    return 0, ""
