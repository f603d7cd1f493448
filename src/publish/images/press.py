"""Pictures made fit for print before they are laid out: colours that all after it understand, pixels that are used.

The layout knows no colour profiles, so a picture that brings one is given in sRGB here; from there the finishing of a
printer's file takes it to ink. What is in CMYK stays: somebody separated it for a press.
"""

from __future__ import annotations

import math
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from publish.images.model import Colour, Picture
from publish.images.screen import foreign_profile, in_screen_colours

if TYPE_CHECKING:
    from PIL.Image import Image

DENSE = 300
"""Pixels an inch that a press can show."""

_QUALITY = 95


def box_of(trim: tuple[float, float]) -> int:
    """Give how many pixels the longer side of a page (millimetres) has room for: no picture is printed larger."""
    return math.ceil(max(trim) / 25.4 * DENSE)


def for_print(picture: Picture, box: int) -> Picture:
    """Give a picture in sRGB, grey or CMYK with 8 bits a channel and no side of more than ``box`` pixels.

    One that is so already is given back as it is, to the byte, and so are drawings.
    """
    if picture.media_type == "image/svg+xml":
        return picture
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(picture.data)) as opened:
        large = max(opened.size) > box
        foreign = opened.mode != "CMYK" and (opened.mode in {"I", "I;16"} or foreign_profile(opened) is not None)
        if not (large or foreign):
            return picture
        image = in_screen_colours(opened) if foreign else opened.copy()
    if large:
        image = image if image.mode != "P" else image.convert("RGBA" if image.has_transparency_data else "RGB")
        image.thumbnail((box, box), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    return _saved(picture, image)


def _saved(picture: Picture, image: Image) -> Picture:
    image.info = {}
    out = BytesIO()
    if picture.media_type == "image/jpeg":
        image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    else:
        image.save(out, "PNG", optimize=True)
    grey, cmyk = image.mode in {"1", "L", "LA"}, image.mode == "CMYK"
    colour: Colour = "grey" if grey else "cmyk" if cmyk else "rgb"
    return replace(picture, data=out.getvalue(), width=image.width, height=image.height, colour=colour)
