"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from publish.records import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of picture: its name, the suffixes it goes by, and Pillow's name for it (empty: not Pillow's)."""

    name: str
    suffixes: frozenset[str]
    pillow: str = ""


def _kind(name: str, suffixes: str, pillow: str = "") -> Kind:
    return Kind(name, frozenset(suffixes.split()), pillow)


JPEG = _kind("JPEG", "jpg jpeg jpe jfif", "JPEG")
PNG = _kind("PNG", "png apng", "PNG")
SVG = _kind("SVG", "svg")
KINDS = (
    JPEG,
    PNG,
    SVG,
    _kind("GIF", "gif", "GIF"),
    _kind("TIFF", "tif tiff", "TIFF"),
    _kind("WebP", "webp", "WEBP"),
    _kind("BMP", "bmp dib", "BMP"),
    _kind("AVIF", "avif", "AVIF"),
    _kind("HEIC", "heic heif hif", "HEIF"),
)
_BY_NAME: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in KINDS})

# How files begin: of pictures that can be used, and of what is often taken for one.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"RIFF....WEBP", "WebP"),
    (rb"(II\*\0|MM\0\*|II\+\0|MM\0\+)", "TIFF"),
    (rb"BM.{12}[\x0c\x28\x38\x40\x6c\x7c]\0\0\0", "BMP"),
    (rb"....ftypavi[fs]", "AVIF"),
    (rb"....ftyp(hei[cxms]|hev[cmsx]|mif1|msf1)", "HEIC"),
    (rb"%PDF-", "a PDF"),
    (rb"(%!PS|\xc5\xd0\xd3\xc6)", "a PostScript file (EPS)"),
    (rb"8BPS", "a Photoshop file"),
    (rb"gimp xcf", "a GIMP file"),
    (rb"\x1f\x8b", "a compressed file (gzip)"),
    (rb"PK\x03\x04", "a ZIP archive or an office document"),
    (rb"\xd0\xcf\x11\xe0", "an old office document"),
    (rb"version https://git-lfs", "a pointer of Git LFS, not the picture itself"),
)
_SVG_START = re.compile(
    rb"(?:\s++|<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).)*\?>|<!doctype[^\[>]*+(?:\[(?:(?!\]\s*+>).)*\])?\s*+>)*"
    rb"<(?:[a-z_][\w.-]*:)?svg[\s/>]",
    re.DOTALL,
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), name) for pattern, name in _MAGIC)


def kind_of(data: bytes) -> Kind | str:
    """Give the kind of picture that these bytes are, or else words for what they are (``a PDF``)."""
    for pattern, name in _PATTERNS:
        if pattern.match(data):
            return _BY_NAME.get(name, name)
    return _kind_of_text(data[:65536])


def _kind_of_text(start: bytes) -> Kind | str:
    # UTF-16 puts a zero beside every ASCII letter; without the zeros both look alike.
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith(b"<"):
        if _SVG_START.match(text):
            return SVG
        return "a web page (HTML)" if b"<html" in text or b"<!doctype html" in text else "a text file with markup"
    printable = sum(byte >= 32 or byte in b"\t\r\n" for byte in text)
    return "a text file" if text and printable == len(text) else "of a kind that publish does not know"


def kind_of_name(path: str) -> Kind | None:
    """Give the kind that a file's name promises, if it promises one that publish knows."""
    suffix = PurePosixPath(path).suffix.removeprefix(".").lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), None)
