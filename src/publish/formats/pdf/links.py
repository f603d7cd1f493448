"""Links in the pages, before they are written: both ways between notes and their calls, and one area a line."""

from __future__ import annotations

from typing import Any

from publish.formats.pdf import engine

_Rectangle = tuple[float, float, float, float]


def tidy_links(document: engine.Document) -> None:
    """Put the links of a document that was laid out in order.

    A note's call leads to the note and its number back to the call, whether or not the template says so. What stands
    in a margin or in a table's repeated head leads nowhere. Where elements inside a link were each given an area of
    their own, only the link's is kept.
    """
    heads: dict[Any, int] = {}
    read = [list(_read(engine.page_box(page), index, heads)) for index, page in enumerate(document.pages)]
    printed = {box.element for boxes in read for box in boxes if engine.tag(box).endswith("::footnote-marker")}
    names = {note: note.get("id") or f"note-{number}" for number, note in enumerate(_calls(read), start=1)}
    names = {note: name for note, name in names.items() if note in printed}
    for page, boxes in zip(document.pages, read, strict=True):
        _link_notes(page, boxes, names)
        readable = set(map(id, boxes))
        page.links[:] = _without_repeats([link for link in page.links if id(link[3]) in readable])


def _calls(read: list[list[engine.Box]]) -> list[Any]:
    """Give the notes that are called, in order."""
    calls = (box.element for boxes in read for box in boxes if engine.tag(box).endswith("::footnote-call"))
    return list(dict.fromkeys(calls))


def _read(box: engine.Box, page: int, heads: dict[Any, int]) -> Any:
    """Give the boxes of a page that are read, not only seen."""
    if engine.margin_keyword(box):
        return
    if engine.tag(box) in ("thead", "tfoot") and heads.setdefault(box.element, page) != page:
        return
    yield box
    for child in engine.children(box):
        yield from _read(child, page, heads)


def _link_notes(page: Any, read: list[engine.Box], names: dict[Any, str]) -> None:
    """Link the calls and the numbers on a page that the engine set; a template may set its own."""
    linked = {id(link[3]) for link in page.links}
    for box in read:
        kind = engine.tag(box).partition("::")[2]
        if kind not in ("footnote-call", "footnote-marker") or box.element not in names or box.border_width() <= 0:
            continue
        name, area = names[box.element], _area(box)
        here, there = (f"call-{name}", name) if kind == "footnote-call" else (name, f"call-{name}")
        page.anchors.setdefault(here, area)
        if id(box) not in linked:
            page.links.append(("internal", there, area, box))


def _area(box: engine.Box) -> _Rectangle:
    left, top, width, height = box.hit_area()
    return left, top, left + width, top + height


def _without_repeats(links: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for link in links:
        if not any(_inside(link, other) for other in kept):
            kept.append(link)
    return kept


def _inside(link: Any, other: Any) -> bool:
    """Whether a link's area lies in the line of another's that leads to the same place."""
    if link[:2] != other[:2]:
        return False
    (left, top, right, bottom), (o_left, o_top, o_right, o_bottom) = link[2], other[2]
    return bool(left >= o_left - 0.5 and right <= o_right + 0.5 and top < o_bottom and bottom > o_top)
