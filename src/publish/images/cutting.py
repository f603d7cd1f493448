"""A picture cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

_QUALITY = 80


def cut(data: bytes, boxes: Iterable[tuple[int, int, int, int]]) -> list[bytes]:
    """Give a piece (WebP) for each box (left, top, width, height in pixels) that lies in the picture.

    Raises Pillow's errors for what is no picture.
    """
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        whole = opened.convert("RGB")
    pieces = []
    for left, top, width, height in boxes:
        if left + width <= whole.width and top + height <= whole.height:
            out = BytesIO()
            whole.crop((left, top, left + width, top + height)).save(out, "WEBP", quality=_QUALITY, method=3)
            pieces.append(out.getvalue())
    return pieces
