"""What each file of a release is: how it is announced to a browser, when its turn comes, whether it may ever change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from pathlib import PurePosixPath

SUMS = "SHA256SUMS"
"""The file at a release's root that lists the checksum of every other."""

_UTF8 = "; charset=utf-8"
_OPDS = "application/atom+xml;profile=opds-catalog;kind=acquisition"

_BY_NAME: Mapping[str, str] = {
    "opds.xml": _OPDS,
    "opds.json": "application/opds+json",
    "feed.xml": "application/atom+xml",
    SUMS: f"text/plain{_UTF8}",
}
_BY_SUFFIX: Mapping[str, str] = {
    ".bib": f"application/x-bibtex{_UTF8}",
    ".css": f"text/css{_UTF8}",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".htm": f"text/html{_UTF8}",
    ".html": f"text/html{_UTF8}",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_UTF8}",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": f"text/markdown{_UTF8}",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": f"application/x-research-info-systems{_UTF8}",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": f"text/plain{_UTF8}",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",  # ONIX has no type of its own
}
_FEEDS = frozenset({"opds.xml", "opds.json", "feed.xml"})
_PAGES = frozenset({".htm", ".html", ".xhtml"})
_VERSION = re.compile(r"v\d[^/]*")


class Turn(IntEnum):
    """When a file is sent: whatever leads to another file comes after it, so that no link is ever dead."""

    FILE = 0
    PAGE = 1
    FEED = 2
    SUMS = 3


def media_type(name: str) -> str:
    """Give the media type (RFC 9110, section 8.3) of a file by its path in the release."""
    path = PurePosixPath(name)
    if path.name in _BY_NAME:
        return _BY_NAME[path.name]
    suffixes = ("".join(path.suffixes[-2:]).lower(), path.suffix.lower())
    return next((_BY_SUFFIX[suffix] for suffix in suffixes if suffix in _BY_SUFFIX), "application/octet-stream")


def turn(name: str) -> Turn:
    """Say when the file at this path of the release is sent."""
    path = PurePosixPath(name)
    if name == SUMS:
        return Turn.SUMS
    if path.name in _FEEDS or (path.name.startswith("onix") and path.suffix == ".xml"):
        return Turn.FEED
    return Turn.PAGE if path.suffix.lower() in _PAGES else Turn.FILE


def is_immutable(name: str) -> bool:
    """Whether the file lies in the folder of a version (``slug/v1.0.0/``): sent once, it never changes."""
    return any(_VERSION.fullmatch(folder) for folder in PurePosixPath(name).parts[1:-1])
