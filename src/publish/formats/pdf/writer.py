"""Write a rendition as a PDF: lay it out in a child process, within limits, and tell what went wrong."""

from __future__ import annotations

import logging
import pickle
import signal
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.diagnostics import Log
from publish.formats import Written
from publish.formats.pdf import child, fonts
from publish.formats.pdf.wire import Answer, Job
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


def write(rendition: Rendition, log: Log, *, limits: Limits = Limits()) -> Written | None:
    """Make a tagged PDF (PDF/UA-1) of a rendition; ``None`` when the log now says why there is none.

    What the layout engine says that no rule covers, mostly of CSS that it does not understand, goes to the Python
    logger ``publish.formats.pdf`` as debug messages. Raises MissingLibrary.
    """
    if not any(fonts.font_files(rendition)):
        log.report("glyph-exists", "the theme brings no fonts, so nothing can be printed")
        return None
    with tempfile.TemporaryDirectory(prefix="publish-") as place:
        folder = Path(place)
        environment = fonts.install(rendition, folder)
        job = Job(rendition, str(folder / "fonts"))
        answer = _lay_out(job, log, limits, environment)
    if answer is None:
        return None
    for finding in answer.findings:
        log.report(finding.rule, finding.message, file=finding.file, hint=finding.hint, about=finding.about)
    return Written(answer.data, answer.pages) if answer.data else None


def _lay_out(job: Job, log: Log, limits: Limits, environment: Mapping[str, str]) -> Answer | None:
    megabytes = sum(len(part.xhtml) for part in job.rendition.parts) / _MEGABYTE
    pictures = sum(len(r.data) for r in job.rendition.resources)
    memory = limits.memory and int(limits.memory + limits.memory_more * megabytes + 2 * pictures)
    progress = _Progress(next((part.name for part in job.rendition.parts), ""))
    outcome = child.run(
        "publish.formats.pdf.worker",
        (str(memory),),
        feed=pickle.dumps(job),
        environment=environment,
        silence=limits.silence,
        total=limits.total + limits.total_more * megabytes,
        heard=progress.hear,
    )
    if outcome.errors:
        _LOGGER.debug("the layout process said:\n%s", outcome.errors)
    if outcome.code == 0 and len(outcome.data) == outcome.last.get("size"):
        answer = Answer.from_head(outcome.last, outcome.data)
        for remark in answer.remarks:
            _LOGGER.debug("%s", remark)
        if answer.missing:
            raise MissingLibrary(answer.missing)
        return answer
    message, hint = _why(outcome)
    log.report("layout-finished", f"{message}{progress}", file=progress.part, hint=hint)
    return None


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
