"""PNG files, chunk by chunk (PNG, third edition, section 5): proof that one is whole, and metadata taken out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from publish.images.jpeg import ends_early
from publish.images.model import PictureError

SIGNATURE = b"\x89PNG\r\n\x1a\n"

# What changes how the picture looks or how large it is; all else is text, dates, camera data or animation.
_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"cICP", b"sBIT", b"pHYs"})


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give each chunk's name and all its bytes, up to the image's end, leaving out what stands after it.

    Raises PictureError when the file ends early or a chunk's checksum is wrong.
    """
    at = len(SIGNATURE)
    while True:
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 12 + length
        if end > len(data):
            raise ends_early()
        name, body = data[at + 4 : at + 8], data[at + 4 : end - 4]
        if zlib.crc32(body) != int.from_bytes(data[end - 4 : end], "big"):
            raise PictureError(
                "image-readable", "is damaged: a checksum in it is wrong", "fetch it again from where it came"
            )
        yield name, data[at:end]
        if name == b"IEND":
            return
        at = end


def stripped(data: bytes) -> bytes:
    """Give the same image, bit for bit, without texts, dates, EXIF, animation and what follows its end."""
    kept = (whole for name, whole in chunks(data) if name in _KEPT or name == b"IEND")
    return SIGNATURE + b"".join(kept)
