"""Write a rendition as a PDF: lay it out in a child process, within limits, and tell what went wrong."""

from __future__ import annotations

import logging
import pickle
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from publish import child
from publish.cache import NOTHING_KEPT, Shelf
from publish.diagnostics import Log
from publish.formats import Written
from publish.formats.pdf import fonts
from publish.formats.pdf.ahead import WORKER, Site, site
from publish.formats.pdf.bindery import Bindery, Faulty
from publish.formats.pdf.binding import bind
from publish.formats.pdf.crew import Crew, Lost, Refused, Terms, cores
from publish.formats.pdf.join import PartError, join
from publish.formats.pdf.plan import Unsettled
from publish.formats.pdf.sheets import LEAST, head_of, take_apart
from publish.formats.pdf.wire import Answer, Book, Job
from publish.meanwhile import meanwhile
from publish.records import dataclass
from publish.rendition import Rendition

_LOGGER = logging.getLogger("publish.formats.pdf")
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What laying out a publication may take.

    ``silence`` is how many seconds may pass without a finished page or step. ``total`` seconds and ``memory`` bytes
    are for a publication of no size; each megabyte of XHTML (about 500 pages) adds ``total_more`` and
    ``memory_more``. A memory of 0 is no limit. Systems without RLIMIT_AS (Windows; macOS does not keep it) have none.
    """

    silence: float = 60
    total: float = 120
    total_more: float = 600
    memory: int = 1_500 * _MEGABYTE
    memory_more: int = 500 * _MEGABYTE


@dataclass(frozen=True)
class Method:
    """How a book is laid out; the file is the same. ``workers`` is the number of processes (0: as many as can run at
    once), ``least`` how many bytes of XHTML a rendition has that is laid out by divisions.
    """

    workers: int = 0
    least: int = LEAST


class MissingLibrary(Exception):
    """The machine lacks libraries that the layout needs; ``missing`` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"missing: {', '.join(missing)}")
        self.missing = missing


@dataclass
class _Progress:
    """How far the child is: the last page that it laid out or drew, and the part with which it goes on."""

    part: str
    page: int = 0

    def hear(self, line: Mapping[str, Any]) -> None:
        """Take a sign of progress."""
        self.page, self.part = line.get("page", self.page), line.get("part", self.part)

    def __str__(self) -> str:
        return f" (after page {self.page})" if self.page else ""


def write(
    rendition: Rendition, log: Log, *, limits: Limits = Limits(), shelf: Shelf = NOTHING_KEPT, method: Method = Method()
) -> Written | None:
    """Make a tagged PDF (PDF/UA-1) of a rendition; ``None`` when the log now says why there is none.

    A book is laid out division by division, and what ``shelf`` holds of its divisions is used again. What the layout
    engine says that no rule covers, mostly of CSS that it does not understand, goes to the Python
    logger ``publish.formats.pdf`` as debug messages. Raises MissingLibrary.
    """
    if not any(fonts.font_files(rendition)):
        log.report("glyph-exists", "the theme brings no fonts, so nothing can be printed")
        return None
    with site() as place:
        fonts.install(rendition, place.folder)
        workshop = _Workshop(rendition, log, limits, place)
        answer = _by_divisions(workshop, shelf, method)
        if answer is None and not log.failed:
            answer = workshop.lay_out()
    if answer is None:
        return None
    for remark in answer.remarks:
        _LOGGER.debug("%s", remark)
    for finding in answer.findings:
        log.report(finding.rule, finding.message, file=finding.file, hint=finding.hint, about=finding.about)
    return Written(answer.data, answer.pages) if answer.data else None


def _by_divisions(workshop: _Workshop, shelf: Shelf, method: Method) -> Answer | None:
    """Lay a book out by divisions; ``None`` when that cannot be done, or when the log now says what is wrong."""
    rendition = workshop.rendition
    if sum(len(part.xhtml) for part in rendition.parts) < method.least:
        return None
    try:
        joined = join(rendition)
    except PartError:
        return None  # the layout of the whole tells it
    with ExitStack() as stack:
        crew = partial(workshop.crew, stack, head_of(joined), method.workers or cores())
        crew().get_ready()
        sheets = take_apart(rendition, joined)
        if isinstance(sheets, str):
            _LOGGER.debug("laid out as one: %s", sheets)
            return None
        alone = ("laid out as one", *(sheet.key for sheet in sheets))
        if shelf.get(*alone) is not None:
            return None
        bindery = Bindery(crew, shelf, cores())
        try:
            laid = bindery.lay_out(sheets)
            return bind(rendition, joined, laid, lambda faces: workshop.last(bindery.cut(faces)), bindery.joint)
        except Unsettled as reason:
            _LOGGER.debug("laid out as one: %s", reason)
            shelf.put(str(reason).encode(), *alone)
            return None
        except Faulty as fault:
            return Answer(fault.findings)
        except Refused as refusal:
            return workshop.refused(refusal.head)
        except Lost as lost:
            workshop.tell(lost.outcome)
            return None


@dataclass
class _Workshop:
    """Where the processes that lay one rendition out are started, and what becomes of them is told."""

    rendition: Rendition
    log: Log
    limits: Limits
    site: Site
    _crew: Crew | None = None
    _used: bool = False

    def lay_out(self) -> Answer | None:
        """Lay the rendition out as one document."""
        progress = _Progress(next((part.name for part in self.rendition.parts), ""))
        outcome = child.run(
            self._first() or child.start(WORKER, environment=self.site.environment),
            feed=pickle.dumps(Job(self.rendition, str(self.site.folder / fonts.FONTS), self._memory)),
            silence=self.limits.silence,
            total=self._total,
            heard=progress.hear,
            meanwhile=partial(meanwhile, spare=True),
        )
        if outcome.errors:
            _LOGGER.debug("the layout process said:\n%s", outcome.errors)
        if outcome.code == 0 and len(outcome.data) == outcome.last.get("size"):
            return self.refused(outcome.last, outcome.data)
        self.tell(outcome, progress)
        return None

    def crew(self, stack: ExitStack, head: bytes, count: int) -> Crew:
        """Give the crew that lays the divisions out, which works until the stack is closed."""
        if self._crew is None:
            book = _book(self.rendition, head, self.site.folder, self._memory)
            terms = Terms(count, self.limits.silence, self._total, self.site.environment)
            self._crew = stack.enter_context(Crew(book, terms, self.progress.hear, self._first()))
        return self._crew

    def last(self, data: bytes) -> bytes:
        """Take the last of what the crew has made and end it: what it holds is not needed beside the merged file."""
        if self._crew:
            self._crew.close()
        return data

    def _first(self) -> child.Started | None:
        """Give the process that was started ahead, once: whoever lays out first has it."""
        used, self._used = self._used, True
        return None if used else self.site.first

    @cached_property
    def progress(self) -> _Progress:
        """How far the crew is."""
        return _Progress("")

    def refused(self, head: Mapping[str, Any], data: bytes = b"") -> Answer:
        """Give the answer of a process. Raises MissingLibrary."""
        answer = Answer.from_head(head, data)
        if answer.missing:
            raise MissingLibrary(answer.missing)
        return answer

    def tell(self, outcome: child.Outcome, progress: _Progress | None = None) -> None:
        """Tell why a process ended without an answer."""
        reached = progress or _Progress(outcome.last.get("part", ""), outcome.last.get("page", 0))
        message, hint = _why(outcome)
        self.log.report("layout-finished", f"{message}{reached}", file=reached.part, hint=hint)

    @property
    def _megabytes(self) -> float:
        return sum(len(part.xhtml) for part in self.rendition.parts) / _MEGABYTE

    @property
    def _total(self) -> float:
        return self.limits.total + self.limits.total_more * self._megabytes

    @property
    def _memory(self) -> int:
        pictures = sum(len(r.data) for r in self.rendition.resources)
        more = self.limits.memory_more * self._megabytes + 2 * pictures
        return self.limits.memory and int(self.limits.memory + more)


def _book(rendition: Rendition, head: bytes, folder: Path, memory: int) -> Book:
    """Put the resources where the crew finds them, and give what all divisions share."""
    files = folder / "files"
    files.mkdir()
    for number, resource in enumerate(rendition.resources):
        (files / str(number)).write_bytes(resource.data)
    for _, font in fonts.font_files(rendition):
        # A division that was kept may use a font that nobody uses who is laid out now: nobody else would put it there.
        (files / sha256(font.data).hexdigest()).write_bytes(font.data)
    addresses = {(folder / fonts.FONTS / name).as_uri(): r.name for name, r in fonts.font_files(rendition)}
    names = tuple((r.name, r.media_type) for r in rendition.resources)
    return Book(rendition.metadata.language, head, names, str(files), addresses, memory)


def _why(outcome: child.Outcome) -> tuple[str, str]:
    """Say why a child ended without an answer, and what may help."""
    simpler = "look for tables, columns or boxes nested in one another, or very large tables"
    if outcome.overtime:
        return "the layout did not finish in time", simpler
    if "MemoryError" in outcome.errors or outcome.code == -getattr(signal, "SIGKILL", 9):
        return "the layout needs more memory than it may use", simpler
    if outcome.code < 0:
        return f"the layout process was ended by {_signal(-outcome.code)}", simpler
    return f"the layout process ended with exit code {outcome.code}", simpler


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
