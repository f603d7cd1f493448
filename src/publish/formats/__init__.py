"""The output formats: a table, and what each must be able to do. A format that cannot prove its file is not done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from publish.cache import NOTHING_KEPT, Shelf
from publish.pages import PageMap
from publish.profiles import FOR_SCREENS, Order
from publish.records import dataclass

if TYPE_CHECKING:  # every process that lays pages out comes by here, and needs neither the tree nor the rules
    from publish.agreement import Shown
    from publish.diagnostics import Log
    from publish.rendition import Medium, Rendition

if TYPE_CHECKING:
    from publish.formats.pdf.finishing.flatten import Flattened


@dataclass(frozen=True)
class Written:
    """A finished file's bytes and, if it has pages, the label of each (``i``, ``ii``, ``1``) and where it begins.

    ``weights`` says how many bytes fonts, pictures, text ... take in it, where that can be told.
    """

    data: bytes = field(repr=False)
    pages: PageMap = field(default_factory=PageMap)
    weights: Mapping[str, int] = field(default_factory=dict)


class Write(Protocol):
    """Make a file of a rendition; ``None`` when the log now says why it could not be made.

    What ``shelf`` holds of earlier work may be used again; the bytes are the same.
    """

    def __call__(  # noqa: D102 (the class says it)
        self, rendition: Rendition, log: Log, *, shelf: Shelf = NOTHING_KEPT
    ) -> Written | None: ...


class Verify(Protocol):
    """Judge a finished file and report what is wrong with it.

    Our own fast rules always run; the field's referee (EPUBCheck, veraPDF) runs when ``referee`` is true and it
    is installed, and its absence is the warning ``referee-present``.
    """

    def __call__(self, data: bytes, rendition: Rendition | None, log: Log, *, referee: bool) -> None:  # noqa: D102
        ...


class Says(Protocol):
    """Read back what a finished file says; raises whatever its library does for a file that is not sound."""

    def __call__(self, data: bytes) -> Shown:  # noqa: D102 (the class says it)
        ...


class Finish(Protocol):
    """Make the file that is ordered of what was written; ``None`` when the log now says why it could not be made."""

    def __call__(self, data: bytes, log: Log) -> bytes | None:  # noqa: D102 (the class says it)
        ...


@dataclass(frozen=True)
class Format:
    """An output format: its name, the suffix of its files, the medium it shows, how to write and how to verify.

    ``says`` reads back what a file says, so that it can be compared with the manuscript. ``finish`` is there when
    what is written is not yet the file that is asked for (``order``): it is compared as written, and judged finished.
    ``referees`` gives the modules in whose processes others than we judge it, which take a while to start; those that
    are not installed are not among them.
    """

    name: str
    suffix: str
    medium: Medium
    write: Write
    verify: Verify
    says: Says
    referees: Callable[[], Sequence[str]]
    order: Order = FOR_SCREENS
    finish: Finish | None = None

    @property
    def title(self) -> str:
        """The format in an editor's words: PDF, PDF for offset."""
        kind, _, profile = self.name.partition("-")
        return f"{kind.upper()} for {profile}" if profile else kind.upper()


# Apart from the table below, so that a path can be told without loading a format's library.
SUFFIXES: Mapping[str, str] = MappingProxyType({"pdf": ".pdf", "epub": ".epub"})


def _pdf() -> Format:
    from publish.formats.pdf import write
    from publish.formats.pdf.saying import said

    return Format("pdf", SUFFIXES["pdf"], "print", write, _verify, said, _verapdf)


def _verify(*arguments: Any, **named: Any) -> None:
    """Load the judge, and what it reads PDFs with, when there is something to judge."""
    from publish.formats.pdf import verify

    verify(*arguments, **named)


def _verapdf() -> Sequence[str]:
    from publish.formats.pdf.referee import MODULE, lacking

    return () if lacking() else (MODULE,)


def ordered(order: Order) -> Format:
    """Give the format of a PDF that is ordered: its file is named for the profile, but for that for screens."""
    from functools import partial

    from publish.formats.pdf import write
    from publish.formats.pdf.saying import said

    if order == FOR_SCREENS:
        return _pdf()
    finish, judge = partial(_finish, order), partial(_verify, order=order)
    return Format(f"pdf{order.name}", f"{order.name}.pdf", "print", write, judge, said, _verapdf, order, finish)


def _finish(order: Order, data: bytes, log: Log) -> bytes | None:
    from publish.formats.pdf.finishing import UnfitProfile, finish

    try:
        return finish(data, order, lambda place: _pictured(place, log))
    except UnfitProfile as unfit:
        log.report("profile-fit", str(unfit), file=order.icc.name if order.icc else "")
    except OSError as error:
        log.report("file-readable", f"the press profile cannot be read: {error.strerror}", file=str(order.icc))
    return None


def _pictured(place: Flattened, log: Log) -> None:
    from publish.formats.pdf.finishing.flatten import PATCH

    about = f"page {place.page} picture {place.figure}" if place.figure else f"page {place.page}"
    message = f"page {place.page}: what shows through there is printed as a picture of {PATCH} pixels an inch"
    hint = "this printer takes nothing transparent; on white paper it would stay as it is"
    log.report("press-advised", message, hint=hint, about=about)


def _epub() -> Format:
    from publish.formats.epub import said, verify, write

    return Format("epub", SUFFIXES["epub"], "epub", write, verify, said, _epubcheck)


def _epubcheck() -> Sequence[str]:
    from publish.formats.epub.epubcheck import MODULE, lacking

    return () if lacking() else (MODULE,)


# Each is a function so that naming a format does not load its library.
FORMATS: Mapping[str, Callable[[], Format]] = MappingProxyType({"pdf": _pdf, "epub": _epub})
