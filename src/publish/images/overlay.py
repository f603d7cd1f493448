"""Two pictures laid one over the other: what is gone in red, what is new in blue, what stayed as grey as it was."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 85
_MOST = 1600
"""Pixels that an overlay has on its longer side, at the most."""


def overlay(old: bytes, new: bytes) -> bytes:
    """Give two pictures (bitmaps) one over the other as WebP; nothing when one of them cannot be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(old)) as before, Image.open(BytesIO(new)) as after:
            return overlaid(before, after)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return b""


def overlaid(old: Image, new: Image) -> bytes:
    """Give two images one over the other as WebP, the smaller on white where the larger goes on."""
    from PIL import Image, ImageChops

    size = max(old.width, new.width), max(old.height, new.height)
    was, now = (_on_white(image, size) for image in (old, new))
    # Ink is dark: where only the old has it, green and blue go; where only the new has it, red and green go.
    both = Image.merge("RGB", (now, ImageChops.darker(was, now), was))
    both.thumbnail((_MOST, _MOST))
    out = BytesIO()
    both.save(out, "WEBP", quality=_QUALITY, method=3)
    return out.getvalue()


def _on_white(image: Image, size: tuple[int, int]) -> Image:
    from PIL import Image as Images

    sheet = Images.new("L", size, 255)
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    sheet.paste(image.convert("L"), (0, 0), alpha)
    return sheet
