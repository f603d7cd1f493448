"""What has changed, as the publication's CHANGES.md says it: a heading for each version, newest first."""

from __future__ import annotations

import re

from publish.records import dataclass
from publish.release.version import Version, is_version

FILE = "CHANGES.md"

_HEADING = re.compile(
    r"^#{1,3}[ \t]+(?:Version[ \t]+)?\[?(?P<version>v?\d[\w.-]*)\]?(?:\([^)\n]*\))?"
    r"[ \t]*(?:[-–—:,(]*[ \t]*(?P<date>\d{4}-\d{2}-\d{2})\)?)?[ \t]*#*[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Change:
    """What is said of a version: its day (ISO 8601, or empty) and its notes in Markdown."""

    version: Version
    date: str
    notes: str


def changes(text: str) -> tuple[Change, ...]:
    """Read a CHANGES.md: ``## 1.1.0 (2026-03-02)`` and what stands below it, for each version in the order written.

    What stands before the first heading of a version, or below one that names none, is not about a version.
    """
    text = text.replace("\r\n", "\n")
    found = [m for m in _HEADING.finditer(text) if is_version(m["version"])]
    ends = [*(m.start() for m in found), len(text)][1:] if found else []
    return tuple(
        Change(Version.parse(m["version"]), m["date"] or "", text[m.end() : end].strip())
        for m, end in zip(found, ends, strict=True)
    )


def of_version(told: tuple[Change, ...], version: Version) -> Change | None:
    """Give what is said of a version, if anything is."""
    return next((change for change in told if change.version.text == version.text), None)


def passages(notes: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give notes as a page sets them: (``list``, its items) and (``text``, a paragraph), in their order."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for block in re.split(r"\n\s*\n", notes.strip()):
        items = re.split(r"^[ \t]*[-*+][ \t]+", block, flags=re.MULTILINE)
        lead, lines = _line(items[0]), tuple(map(_line, items[1:]))
        found += [("text", (lead,))] if lead else []
        found += [("list", lines)] if lines else []
    return tuple(found)


def _line(text: str) -> str:
    return " ".join(re.sub(r"^#+\s+", "", text.strip()).split())
