"""The NCX: the contents as EPUB 2 knew them, for old readers that look nowhere else (OPF 2.0.1, section 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from lxml import etree

from publish.formats.epub.documents import NCX, XML, one_line
from publish.rendition import OutlineEntry, Rendition


def ncx(rendition: Rendition) -> bytes:
    """Give the NCX of a rendition, nested as its outline is; without an outline every part is listed."""
    root = etree.Element(f"{{{NCX}}}ncx", {"version": "2005-1"}, nsmap={None: NCX})  # type: ignore[dict-item]
    root.set(f"{{{XML}}}lang", rendition.metadata.language)
    outline = rendition.outline or tuple(OutlineEntry(part.title, part.name) for part in rendition.parts)
    head = _add(root, "head")
    for name, content in (
        ("dtb:uid", rendition.identifier),
        ("dtb:depth", str(_depth(outline))),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ):
        _add(head, "meta", name=name, content=content)
    _text(_add(root, "docTitle"), rendition.metadata.title)
    for author in rendition.metadata.by_role("aut"):
        _text(_add(root, "docAuthor"), author.name)
    _points(_add(root, "navMap"), outline, {}, count(1))
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _points(
    parent: etree._Element, entries: Sequence[OutlineEntry], order: dict[str, int], serial: Iterator[int]
) -> None:
    for entry in entries:
        target = f"{entry.part}#{entry.fragment}" if entry.fragment else entry.part
        # Points that lead to one place must share their number, so it counts places and not points.
        place = order.setdefault(target, len(order) + 1)
        point = _add(parent, "navPoint", id=f"point-{next(serial)}", playOrder=str(place))
        _text(_add(point, "navLabel"), entry.title)
        _add(point, "content", src=target)
        _points(point, entry.children, order, serial)


def _depth(entries: Sequence[OutlineEntry]) -> int:
    return 1 + max((_depth(e.children) for e in entries), default=0) if entries else 0


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{name}", attributes)


def _text(parent: etree._Element, words: str) -> None:
    _add(parent, "text").text = one_line(words)
