"""A manuscript read and checked, the checks apart: what else is to be made need not wait for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from publish.build.outcome import Progress, Request, silent
from publish.cache import Cache
from publish.diagnostics import Log
from publish.project import Project, load
from publish.records import dataclass

if TYPE_CHECKING:
    from publish.checks import Page
    from publish.document import Publication
    from publish.images import Picture


@dataclass(frozen=True)
class Manuscript:
    """A publication read and checked, with its pictures by path."""

    project: Project
    publication: Publication
    pictures: Mapping[str, Picture]


def examine(path: Path, log: Log, progress: Progress = silent) -> Manuscript | None:
    """Read and check a publication without making anything; ``None`` when it cannot be read."""
    with progress("Reading publication.yaml"):
        project = load(path, log)
    return read(project, log, progress) if project else None


def read(
    project: Project,
    log: Log,
    progress: Progress = silent,
    cache: Cache | None = None,
    formats: Collection[str] | None = None,
) -> Manuscript:
    """Read a loaded publication's manuscript and pictures and check them: all mistakes in one run.

    ``cache`` is where formatted citations are kept; ``formats`` are those to be made, if not all that it asks for.
    """
    manuscript = opened(project, log, progress, cache)
    _check(manuscript, log, progress, formats or project.formats)
    return manuscript


def opened(project: Project, log: Log, progress: Progress, cache: Cache | None) -> Manuscript:
    """Read a loaded publication's manuscript and pictures, without checking them."""
    from publish import images, reader

    log.switch_off(project.rules_off)
    with progress("Reading the manuscript"):
        publication = reader.read(project, log, cache)
    with progress("Looking at the pictures"):
        pictures = images.load_all(publication, project, log)
    return Manuscript(project, publication, pictures)


def _check(manuscript: Manuscript, log: Log, progress: Progress, formats: Collection[str]) -> None:
    from publish import checks

    project = manuscript.project
    with progress("Checking"):
        page = _page(project, log) if any(name.startswith("pdf") for name in formats) else None
        checks.check(manuscript.publication, project, manuscript.pictures, log, page)


def _page(project: Project, log: Log) -> Page | None:
    """Give the page that a publication is to be printed on; ``None`` when the log says that its theme is unknown."""
    from publish.checks import Page
    from publish.renderer import load_theme
    from publish.renderer.coverage import Coverage

    theme = load_theme(project.style.theme, project.styles, log)
    return Page(theme.measure(project.style.trim), Coverage(theme).lacking) if theme else None


class Mistaken(Exception):
    """The manuscript has mistakes, which are in the log."""


@dataclass
class Checking:
    """The checks of a manuscript, called as often as anybody likes and done once: where there is a wait, to use it.

    Raises Mistaken when the log holds what stops a run.
    """

    manuscript: Manuscript
    request: Request
    formats: Collection[str]
    log: Log
    progress: Progress
    done: bool = False

    def __call__(self) -> None:
        """Check, unless it was done."""
        if not self.done:
            self.done = True
            _check(self.manuscript, self.log, self.progress, self.formats)
            if stopped(self.log, self.request):
                raise Mistaken


def stopped(log: Log, request: Request) -> bool:
    """Whether a log holds what stops a run."""
    return log.failed or (request.strict and len(log) > 0)
