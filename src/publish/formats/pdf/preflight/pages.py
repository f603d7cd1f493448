"""The rules of a page: its boxes, and what is painted on it. Each says what is wrong as (message, is an error)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pikepdf import Page, PdfImage, Stream

from publish.formats.pdf.finishing.inks import coverage
from publish.formats.pdf.preflight.marks import Mark, marks
from publish.profiles import Profile

POINT = 72 / 25.4
_NEAR = 0.02  # points: what rounding may do
_SMALL = 24.0  # points: text below it shows every misregister of the plates
_ALLOWED = {
    "rgb": {"DeviceGray", "DeviceRGB", "ICCBased", "Pattern", "Separation"},
    "cmyk": {"DeviceGray", "DeviceCMYK", "Pattern", "Separation"},
    "grey": {"DeviceGray", "Pattern"},
}
_NAMES = {
    "DeviceRGB": "RGB",
    "DeviceCMYK": "CMYK",
    "DeviceGray": "grey",
    "Registration": "the colour of crop marks, which is on all plates",
}
_KINDS = {"text": "text", "area": "an area", "line": "a line", "picture": "a picture", "gradient": "a gradient"}


class Fault(NamedTuple):
    """What is wrong with a page, whether the printer would refuse it, and the picture that it is about, if one is.

    ``content`` is the number of the marked content that the picture is painted in (-1: none).
    """

    message: str
    error: bool = True
    picture: Any = None
    content: int = -1


def boxes(page: Page, profile: Profile) -> Iterator[Fault]:
    """Look at the boxes: trim inside bleed inside sheet, a bleed as wide as the profile's, the sheet from 0 0."""
    if "/TrimBox" not in page:
        yield Fault("the page has no TrimBox")
        return
    media, trim = _box(page, "/MediaBox"), _box(page, "/TrimBox")
    bleed = _box(page, "/BleedBox") if "/BleedBox" in page else trim
    if abs(media[0]) > _NEAR or abs(media[1]) > _NEAR:
        yield Fault(f"the page does not begin at 0 0 but at {media[0]:g} {media[1]:g}")
    if not (_inside(trim, bleed) and _inside(bleed, media)):
        yield Fault("the boxes do not lie one inside the other: trim, bleed, sheet")
    wide = [abs(a - b) / POINT for a, b in zip(trim, bleed, strict=True)]
    if min(wide) < profile.bleed - 0.01:
        yield Fault(f"the bleed is {min(wide):.1f} mm wide, and {profile.bleed:g} mm are asked for")
    if "/ArtBox" in page:
        yield Fault("the page has an ArtBox as well as a TrimBox")
    if int(page.get("/Rotate", 0)) % 360:
        yield Fault("the page is turned")
    if "/Annots" in page and len(page.Annots):
        yield Fault("there are links or notes on the page")


def painted(page: Page, profile: Profile) -> Iterator[Fault]:
    """Look at everything painted, each kind of fault once a page."""
    told: set[tuple[str, Any]] = set()
    for mark in marks(page):
        for fault in _faults(mark, profile):
            key = (fault.message, fault.picture.objgen if fault.picture is not None else None)
            if key not in told:
                told.add(key)
                yield fault._replace(content=mark.content)


def _faults(mark: Mark, profile: Profile) -> Iterator[Fault]:
    space = "Pattern" if mark.space.startswith("Pattern") else mark.space
    picture = mark.source if mark.kind == "picture" else None
    # The lines of crop marks stand outside the paper that is kept; anything else on all plates is soaked in ink.
    marking = space == "Registration" and mark.kind == "line" and profile.colour == "cmyk"
    if space not in _ALLOWED[profile.colour] and not marking:
        wanted = "grey" if profile.colour == "grey" else "CMYK and grey"
        yield Fault(f"{_KINDS[mark.kind]} is in {_NAMES.get(space, space)}; only {wanted} is printed", True, picture)
    if not mark.opaque and not profile.transparency:
        yield Fault(f"{_KINDS[mark.kind]} is transparent", True, picture)
    if mark.kind == "text":
        yield from _text(mark)
    ink = _ink(mark) if profile.ink else 0
    # A hundredth for what rounding adds; printers measure in whole percents.
    if ink > profile.ink / 100 + 0.01:
        what = _KINDS[mark.kind]
        yield Fault(f"{what} takes {ink:.0%} of ink, and {profile.ink} % is the most", True, picture)
    if mark.kind == "picture" and mark.size < profile.resolution * 0.99:
        dense = f"a picture has {mark.size:.0f} pixels an inch, and {profile.resolution} are asked for"
        yield Fault(dense, mark.size < 72, picture)


def _text(mark: Mark) -> Iterator[Fault]:
    """Find dark text in several inks: the plates never meet exactly, and its edges would show colours."""
    if mark.space == "DeviceCMYK" and len(mark.values) == 4 and mark.size < _SMALL:
        *colours, black = mark.values
        if black >= 0.6 and max(colours) > 0.02:
            yield Fault(f"text of {mark.size:.1f} points is printed in rich black, not in black alone")


def _ink(mark: Mark) -> float:
    if mark.kind == "picture":
        return _of_picture(mark.source) if mark.space == "DeviceCMYK" and mark.source is not None else 0.0
    return sum(mark.values) if mark.space == "DeviceCMYK" else 0.0


def _of_picture(item: Stream) -> float:
    image = PdfImage(item).as_pil_image(apply_mask=False)
    return coverage(image) if image.mode == "CMYK" else 0.0


def _box(page: Page, key: str) -> tuple[float, ...]:
    return tuple(float(value) for value in page[key])


def _inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    low = all(a >= b - _NEAR for a, b in zip(inner[:2], outer[:2], strict=True))
    return low and all(a <= b + _NEAR for a, b in zip(inner[2:], outer[2:], strict=True))
