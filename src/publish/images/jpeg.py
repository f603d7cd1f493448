"""JPEG files, segment by segment (ITU T.81, annex B): proof that one is whole, and metadata taken out untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.images.model import PictureError
from publish.records import dataclass

_EOI, _SOS, _COMMENT = 0xD9, 0xDA, 0xFE
_APP0, _APP2, _APP14, _APP15 = 0xE0, 0xE2, 0xEE, 0xEF
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})

# A marker is FF and a byte that is neither 00 (a stuffed FF), nor FF (a fill byte); a restart marker ends no scan.
_MARKER = re.compile(rb"\xff([^\x00\xff])", re.DOTALL)
_MARKER_AFTER_SCAN = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)


@dataclass(frozen=True)
class Segment:
    """A piece of a JPEG: its marker, its payload, and all its bytes (with a scan's data)."""

    marker: int
    payload: bytes
    whole: bytes


def segments(data: bytes) -> Iterator[Segment]:
    """Give the segments between start and end of the image, leaving out what stands after the end.

    Raises PictureError when the file ends before the image does.
    """
    at = 2
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            raise ends_early()
        marker, at = found[1][0], found.start()
        if marker == _EOI:
            return
        if marker in _STANDALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            raise ends_early()
        payload = data[at + 4 : end]
        if marker == _SOS:
            following = _MARKER_AFTER_SCAN.search(data, end)
            if following is None:
                raise ends_early()
            end = following.start()
        yield Segment(marker, payload, data[at:end])
        at = end


def stripped(data: bytes) -> bytes:
    """Give the same image, bit for bit, without EXIF, XMP, IPTC, comments, thumbnails and what follows its end.

    Colour profile and Adobe's colour transform stay, because they change what is seen.
    """
    return b"\xff\xd8" + b"".join(_kept(segment) for segment in segments(data)) + b"\xff\xd9"


def _kept(segment: Segment) -> bytes:
    marker, payload = segment.marker, segment.payload
    if marker == _APP0 and payload.startswith(b"JFIF\0") and len(payload) >= 14:
        return b"\xff\xe0\x00\x10" + payload[:12] + b"\0\0"  # no thumbnail
    if marker == _APP2 and payload.startswith(b"ICC_PROFILE\0"):
        return segment.whole
    if marker == _APP14 and payload.startswith(b"Adobe"):
        return segment.whole
    return b"" if _APP0 <= marker <= _APP15 or marker == _COMMENT else segment.whole


def ends_early() -> PictureError:
    """Say that a file ends before its picture does."""
    return PictureError(
        "image-readable",
        "is not whole: the file ends before the picture does",
        "fetch it again from where it came",
    )
