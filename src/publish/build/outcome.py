"""What a build is asked for, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from publish.profiles import Order
from publish.records import dataclass

Progress: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""Called with what is begun, in an editor's words; the context lasts as long as that does."""


def silent(_stage: str) -> AbstractContextManager[object]:
    """Tell nobody."""
    return nullcontext()


@dataclass(frozen=True)
class Request:
    """What to build: a publication's folder or a Markdown file, and how.

    ``formats`` are names in ``publish.formats.FORMATS`` and ``profiles`` the PDFs among them; when empty the
    publication's own. What is made goes to
    ``file`` (for one file only), else to ``folder``, else to the publication's own place; without ``save`` nothing
    is written and the result holds the bytes. ``epoch`` is SOURCE_DATE_EPOCH (seconds since 1970, UTC). ``strict`` lets
    a warning stop the build as an error does; without ``referee`` the files are judged by our own rules only.
    """

    path: Path
    formats: tuple[str, ...] = ()
    folder: Path | None = None
    file: Path | None = None
    save: bool = True
    epoch: int | None = None
    strict: bool = False
    referee: bool = True
    profiles: tuple[Order, ...] = ()


@dataclass(frozen=True)
class Made:
    """A finished file. ``format`` is ``pdf``, ``pdf-offset`` or the like, ``epub``; ``pages`` is 0 for what has none.

    ``weights`` are the bytes that fonts, text ... take.

    ``data`` is empty when the file was up to date already.
    """

    format: str
    path: Path
    sha256: str
    size: int
    pages: int = 0
    unchanged: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Result:
    """Every file that was asked for, in the order asked."""

    files: tuple[Made, ...]

    @property
    def unchanged(self) -> bool:
        """Whether nothing had to be made."""
        return all(made.unchanged for made in self.files)
