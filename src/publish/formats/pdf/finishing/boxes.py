"""The boxes of a page (ISO 32000-1, 14.11.2), pages to fill up, and crop marks.

Lengths are millimetres on the way in and points (1/72 inch) in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf

from publish.profiles import Order

POINT = 72 / 25.4
_GROUPS = {"rgb": Name.DeviceRGB, "cmyk": Name.DeviceCMYK, "grey": Name.DeviceGray}
_LENGTH, _GAP = 5.0, 1.0  # of a crop mark, and between it and the bleed (mm)
_HAIR = 0.25  # the line's width (pt)
_PARTS = ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox", "/ArtBox")


def set_boxes(pdf: Pdf, order: Order) -> None:
    """Give every page its boxes: the sheet begins at 0 0; trim, and bleed as the profile asks, lie where they are.

    Everything that says a place on a page moves with it: what is drawn, patterns, links, destinations, structure.
    """
    bleed = order.profile.bleed * POINT
    slug = (_LENGTH + _GAP) * POINT if order.marks else 0.0
    shifts: dict[tuple[int, int], tuple[float, float]] = {}
    moved: set[tuple[int, int]] = set()
    for page in pdf.pages:
        trim = _floats(page.get("/TrimBox", page.MediaBox))
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        edge = bleed + slug
        shift = (edge - trim[0], edge - trim[1])
        shifts[page.obj.objgen] = shift
        if any(abs(value) > 1e-6 for value in shift):
            _move(page, pdf, shift, moved)
        sheet = (0.0, 0.0, width + 2 * edge, height + 2 * edge)
        _name_boxes(page, sheet, (edge, edge, edge + width, edge + height), bleed)
        if order.marks:
            _draw_marks(page, pdf, bleed)
    _move_destinations(pdf, shifts)
    _move_structure(pdf, shifts)


def _name_boxes(page: Page, sheet: tuple[float, ...], trim: tuple[float, ...], bleed: float) -> None:
    for key in _PARTS:
        if key in page:
            del page[key]
    page.MediaBox, page.TrimBox = _array(sheet), _array(trim)
    page.BleedBox = _array((trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed))


def _move(page: Page, pdf: Pdf, shift: tuple[float, float], moved: set[tuple[int, int]]) -> None:
    x, y = (round(value, 4) for value in shift)
    page.contents_add(f"q 1 0 0 1 {x} {y} cm".encode(), prepend=True)
    page.contents_add(b"Q")
    for annotation in page.get("/Annots", ()):
        annotation.Rect = _shifted(annotation.Rect, shift)
        if "/QuadPoints" in annotation:
            annotation.QuadPoints = _shifted(annotation.QuadPoints, shift)
    patterns: Any = page.get("/Resources", Dictionary()).get("/Pattern", Dictionary())
    for pattern in dict(patterns.items()).values():
        # A pattern stands still on its page whatever is drawn with it (8.7.2).
        if pattern.objgen == (0, 0) or pattern.objgen not in moved:
            moved.add(pattern.objgen)
            matrix = _floats(pattern.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
            pattern.Matrix = _array((*matrix[:4], matrix[4] + shift[0], matrix[5] + shift[1]))


def _move_destinations(pdf: Pdf, shifts: dict[tuple[int, int], tuple[float, float]]) -> None:
    for destination in list(_destinations(pdf)):
        if len(destination) >= 4 and str(destination[1]) == "/XYZ" and isinstance(destination[0], Dictionary):
            x, y = shifts.get(destination[0].objgen, (0.0, 0.0))
            for place, by in ((2, x), (3, y)):
                if destination[place] is not None:
                    destination[place] = round(float(destination[place]) + by, 4)


def _destinations(pdf: Pdf) -> Iterator[Array]:
    seen: set[tuple[int, int]] = set()
    for item in pdf.objects:
        for key in ("/Dest", "/D"):
            found = item.get(key) if isinstance(item, Dictionary) else None
            if isinstance(found, Array) and (found.objgen == (0, 0) or found.objgen not in seen):
                seen.add(found.objgen)
                yield found
    yield from _named(pdf.Root.get("/Names", Dictionary()).get("/Dests"))


def _named(tree: Any) -> Iterator[Array]:
    if tree is None:
        return
    for item in list(tree.get("/Names", ()))[1::2]:
        if isinstance(item, Array):
            yield item
    for kid in tree.get("/Kids", ()):
        yield from _named(kid)


def _move_structure(pdf: Pdf, shifts: dict[tuple[int, int], tuple[float, float]]) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") is not None and "/A" in item and "/Pg" in item:
            attributes = item.A if isinstance(item.A, Array) else [item.A]
            for one in attributes:
                if isinstance(one, Dictionary) and "/BBox" in one:
                    one.BBox = _shifted(one.BBox, shifts.get(item.Pg.objgen, (0.0, 0.0)))


# --- crop marks ------------------------------------------------------------------------------------------------------


def _draw_marks(page: Page, pdf: Pdf, bleed: float) -> None:
    """Draw a pair of lines at each corner, outside the bleed, on every plate."""
    left, bottom, right, top = _floats(page.TrimBox)
    near, far = bleed + _GAP * POINT, bleed + (_GAP + _LENGTH) * POINT
    lines = [(x, y + side * near, x, y + side * far) for x in (left, right) for y, side in ((bottom, -1), (top, 1))]
    lines += [(x + side * near, y, x + side * far, y) for y in (bottom, top) for x, side in ((left, -1), (right, 1))]
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l" for a, b, c, d in lines)
    resources = page.get("/Resources", Dictionary())
    if "/ColorSpace" not in resources:
        resources.ColorSpace = Dictionary()
    resources.ColorSpace["/Registration"] = _registration(pdf)
    page.Resources = resources
    page.contents_add(f"/Artifact BMC q /Registration CS 1 SCN {_HAIR} w {drawn} S Q EMC".encode())


def _registration(pdf: Pdf) -> Array:
    """Give the colour that prints on every plate (8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


# --- pages -----------------------------------------------------------------------------------------------------------


def fill_up(pdf: Pdf, multiple: int) -> int:
    """Add blank pages of the last one's size until their number is a multiple; give how many were added."""
    added = -len(pdf.pages) % multiple
    for _ in range(added):
        last = pdf.pages[-1]
        pdf.add_blank_page()
        page = pdf.pages[-1]
        page.Contents, page.Resources = pdf.make_stream(b"q Q"), Dictionary()
        for key in (*_PARTS, "/Tabs"):
            if key in last:
                page[key] = Array(last[key]) if key in _PARTS else last[key]
    return added


def set_groups(pdf: Pdf, order: Order) -> None:
    """Say in which colours each page is blended (11.4.7); a file without transparency says nothing of it."""
    for page in pdf.pages:
        if order.profile.transparency and order.profile.colour != "rgb":
            page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=_GROUPS[order.profile.colour])
        elif "/Group" in page:
            del page["/Group"]


def _shifted(array: Any, shift: tuple[float, float]) -> Array:
    return _array(tuple(value + shift[i % 2] for i, value in enumerate(_floats(array))))


def _array(values: tuple[float, ...]) -> Array:
    return Array([round(value, 4) for value in values])


def _floats(array: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in array)
