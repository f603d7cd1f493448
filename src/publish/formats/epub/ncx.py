"""The NCX: contents and pages as EPUB 2 knew them, for old readers that look nowhere else (OPF 2.0.1, 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from lxml import etree

from publish.formats.epub.documents import NCX, XML, attribute, elements, one_line
from publish.rendition import OutlineEntry, Rendition

# The kinds of page (ANSI/NISO Z39.86, section 8.4.4), by the letters that their labels are made of.
_NUMBERED, _ROMAN = frozenset("0123456789"), frozenset("ivxlcdmIVXLCDM")


def ncx(rendition: Rendition, parts: Mapping[str, etree._Element]) -> bytes:
    """Give the NCX of a rendition, nested as its outline is; without an outline every part is listed.

    ``parts`` are the rendition's parts parsed, by name: they tell in which order the lines are read.
    """
    root = etree.Element(f"{{{NCX}}}ncx", {"version": "2005-1"}, nsmap={None: NCX})  # type: ignore[dict-item]
    root.set(f"{{{XML}}}lang", rendition.metadata.language)
    outline = rendition.outline or tuple(OutlineEntry(part.title, part.name) for part in rendition.parts)
    head = _add(root, "head")
    numbers = [int(page.title) for page in rendition.pages if _kind(page.title) == "normal"]
    for name, content in (
        ("dtb:uid", rendition.identifier),
        ("dtb:depth", str(_depth(outline))),
        ("dtb:totalPageCount", str(len(rendition.pages))),
        ("dtb:maxPageNumber", str(max(numbers, default=0))),
    ):
        _add(head, "meta", name=name, content=content)
    _text(_add(root, "docTitle"), rendition.metadata.title)
    for author in rendition.metadata.by_role("aut"):
        _text(_add(root, "docAuthor"), author.name)
    order = _order([*_flat(outline), *rendition.pages], parts)
    _points(_add(root, "navMap"), outline, order, count(1))
    if rendition.pages:
        _pages(_add(root, "pageList"), rendition.pages, order)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _order(entries: Sequence[OutlineEntry], parts: Mapping[str, etree._Element]) -> dict[str, int]:
    """Number the places that lines lead to as they are read; lines that lead to one place share its number."""
    files = {name: number for number, name in enumerate(parts)}
    ids = {
        (name, attribute(element, "id")): number
        for name in dict.fromkeys(e.part for e in entries)
        for number, element in enumerate(elements(parts[name]) if name in parts else ())
        if element.get("id")
    }
    ranked = sorted(entries, key=lambda e: (files.get(e.part, len(files)), ids.get((e.part, e.fragment), -1)))
    return {target: number for number, target in enumerate(dict.fromkeys(map(_target, ranked)), start=1)}


def _flat(entries: Sequence[OutlineEntry]) -> Iterator[OutlineEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.children)


def _target(entry: OutlineEntry) -> str:
    return f"{entry.part}#{entry.fragment}" if entry.fragment else entry.part


def _points(
    parent: etree._Element, entries: Sequence[OutlineEntry], order: Mapping[str, int], serial: Iterator[int]
) -> None:
    for entry in entries:
        point = _add(parent, "navPoint", id=f"point-{next(serial)}", playOrder=str(order[_target(entry)]))
        _text(_add(point, "navLabel"), entry.title)
        _add(point, "content", src=_target(entry))
        _points(point, entry.children, order, serial)


def _pages(parent: etree._Element, pages: Sequence[OutlineEntry], order: Mapping[str, int]) -> None:
    for number, page in enumerate(pages, start=1):
        kind = _kind(page.title)
        about = {"id": f"sheet-{number}", "type": kind, "playOrder": str(order[_target(page)])}
        if kind == "normal":
            about["value"] = page.title
        target = _add(parent, "pageTarget", **about)
        _text(_add(target, "navLabel"), page.title)
        _add(target, "content", src=_target(page))


def _kind(label: str) -> str:
    if _NUMBERED.issuperset(label) and int(label or 0):
        return "normal"
    return "front" if label and _ROMAN.issuperset(label) else "special"


def _depth(entries: Sequence[OutlineEntry]) -> int:
    return 1 + max((_depth(e.children) for e in entries), default=0) if entries else 0


def _add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NCX}}}{name}", attributes)


def _text(parent: etree._Element, words: str) -> None:
    _add(parent, "text").text = one_line(words)
