"""What a release says of itself: ``release.json``, from which every page, feed and record is made."""

from __future__ import annotations

from typing import Literal

from publish.metadata import Contributor, Metadata
from publish.records import dataclass
from publish.release.version import Version
from publish.rendition import Accessibility

FORM = 1
"""The form of ``release.json``; it grows when a field changes its meaning."""

Role = Literal["epub", "pdf", "cover", "sample"]
Verdict = Literal["passed", "warned", "absent"]


@dataclass(frozen=True)
class File:
    """A file of a release: its name in the publication's folder, what it is for, and how to know it again.

    ``width`` and ``height`` are a picture's pixels, ``pages`` those of what has pages; 0 where there are none.
    """

    name: str
    role: Role
    media_type: str
    size: int
    sha256: str
    pages: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Judgement:
    """What a referee found in a file: its own name and version, the verdict, and what it warned of.

    ``absent`` says that the referee was not installed, or not asked. A file with an error is never released.
    """

    file: str
    referee: str
    version: str
    verdict: Verdict
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tool:
    """A program that a release was made with."""

    name: str
    version: str


@dataclass(frozen=True)
class Work:
    """A division that stands for itself: what a catalogue lists. ``place`` leads to it in the text read online."""

    title: str
    role: str
    place: str
    subtitle: str = ""
    description: str = ""
    date: str = ""
    contributors: tuple[Contributor, ...] = ()


@dataclass(frozen=True)
class Record:
    """One version of a publication.

    ``name`` is the stem of its files and the name of its folder; ``version`` without a ``v``; ``modified`` the time of
    the release (UTC, ``2026-03-02T00:00:00Z``), ``date`` its day. ``address`` is the catalogue's web address, ending
    with a slash, or empty. ``identifier`` is the URN of the EPUB. ``notes`` say what has changed, in Markdown.
    """

    name: str
    version: str
    date: str
    modified: str
    address: str
    identifier: str
    theme: str
    metadata: Metadata
    works: tuple[Work, ...]
    accessibility: Accessibility
    files: tuple[File, ...]
    notes: str = ""
    tools: tuple[Tool, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    form: int = FORM

    def file(self, role: Role, width: int = 0) -> File | None:
        """Give the first file of a role, of that width when one is given."""
        return next((f for f in self.files if f.role == role and (not width or f.width == width)), None)

    @property
    def books(self) -> tuple[File, ...]:
        """The files that hold the whole publication, the EPUB first."""
        return tuple(f for role in ("epub", "pdf") for f in self.files if f.role == role)

    def passed(self, referee: str) -> frozenset[str]:
        """Give the files that a referee found nothing wrong with."""
        return frozenset(one.file for one in self.judgements if one.referee == referee and one.verdict == "passed")

    @property
    def order(self) -> Version:
        """The version, so that it can be compared."""
        return Version.parse(self.version)

    @property
    def folder(self) -> str:
        """The folder, inside the publication's, that keeps this version for ever."""
        return f"v{self.version}"

    def at(self, path: str = "") -> str:
        """Give where a file of the publication's folder is found: its web address, or its path in the catalogue."""
        return f"{self.address}{self.name}/{path}"
