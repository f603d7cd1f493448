"""Where links and pictures lead: what is safe, what is ours, what is the world's."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

from publish.project.unsound import cut
from publish.reader.characters import BAD
from publish.reader.names import xml_name
from publish.reader.reading import Reading
from publish.source import Span

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DANGEROUS = frozenset({"javascript", "vbscript", "livescript", "data", "file", "blob", "about", "jar", "view-source"})
# Reading systems strip these before they look for a scheme (WHATWG URL, basic URL parser).
_STRIPPED = re.compile("[\x00-\x20\x7f-\x9f\u00a0\u2000-\u200f\u2028\u2029\ufeff]")
_NUMBERED_MACHINE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\[[0-9A-Fa-f:.]+\]")
# A host has none of the signs that templates and slips of the pen leave there (WHATWG URL, forbidden host code points).
_WITH_A_HOST = re.compile(
    r"https?://(?:[^\s/?#@\[\]]*@)?(?:\[[0-9a-f:.]+\]|[^\s/?#:@\[\]{}<>\"\\^`|%]+)(?::\d*)?(?:[/?#]|$)", re.IGNORECASE
)
_SAFE = "!#$%&'()*+,/:;=?@~-._"


def scheme(target: str) -> str:
    """Give a target's scheme in lower case (``https``), as a reading system would see it; empty when there is none."""
    found = _SCHEME.match(_STRIPPED.sub("", target))
    return found[1].lower() if found else ""


def external(target: str) -> bool:
    """Whether a target leads out of the publication."""
    return bool(scheme(target))


def link_target(target: str, reading: Reading, span: Span) -> str:
    """Give the target of a link as it shall stand in the tree; reports what must not be linked to.

    A name in this file is ``#name``; a path is given relative to the manuscript folder, and is resolved when all
    divisions have been read.
    """
    target = target.strip()
    kind = scheme(target)
    if kind in _DANGEROUS:
        reading.report(
            "html-safe",
            f"a link of the kind {kind}: is not safe in a book",
            span.start,
            span.end,
            hint="link to a page on the web, or to a place in the publication",
        )
        return ""
    if kind == "doi":  # what scholars write; no reading system knows where it leads
        target = f"https://doi.org/{target[len('doi:') :].lstrip('/')}"
    if kind:
        return _in_the_world(target, kind, reading, span)
    if target.startswith("#"):
        return f"#{xml_name(unquote(target[1:]))}" if target != "#" else target
    if target.startswith("//") or not target:
        what = "leads nowhere" if not target else "lacks its beginning, https:"
        reading.report("link-target-exists", f"the link {what}", span.start, span.end)
        return target
    path, _, name = target.partition("#")
    return _in_manuscript(path, reading.folder) + (f"#{xml_name(unquote(name))}" if name else "")


def _in_the_world(target: str, kind: str, reading: Reading, span: Span) -> str:
    """Give an address outside the publication; reports one of a page on the web that names no machine."""
    if kind in ("http", "https") and not _WITH_A_HOST.match(target):
        message = f"“{cut(target, 60)}” is no address on the web"
        reading.report(
            "link-target-exists", message, span.start, span.end, hint="write it like https://example.org/page"
        )
    return _encoded(target)


def picture_path(target: str, reading: Reading, span: Span) -> str:
    """Give a picture's path relative to the manuscript folder, or as given when it is an address."""
    kind = scheme(target)
    if kind in _DANGEROUS:
        reading.report(
            "html-safe",
            f"a picture of the kind {kind}: is not safe in a book",
            span.start,
            span.end,
            hint="save the picture as a file beside the manuscript",
        )
        return ""
    if kind or target.startswith("/"):
        return target
    return _in_manuscript(target, reading.folder)


def _in_manuscript(path: str, folder: str) -> str:
    plain = unquote(path)
    # A percent sign can smuggle in what no file's name holds; then the path stays as typed, and leads nowhere.
    plain = path if BAD.search(plain) else plain
    return posixpath.normpath(posixpath.join(folder, plain)) if plain else ""


def _encoded(target: str) -> str:
    """Write what no address may hold (RFC 3986) with percent signs; letters of every script stay.

    Brackets may stand around the number of a machine (``https://[::1]/``), and nowhere else.
    """
    machine = _NUMBERED_MACHINE.match(target)
    kept = machine[0] if machine else ""
    return kept + "".join(c if _may_stand(c) else quote(c) for c in target[len(kept) :])


def _may_stand(character: str) -> bool:
    return character.isalnum() or character in _SAFE or (ord(character) > 127 and not character.isspace())
