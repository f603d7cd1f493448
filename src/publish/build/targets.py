"""The files that a build is asked for: formats, and among them a PDF for each profile."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from publish.build.outcome import Request
from publish.formats import FORMATS, SUFFIXES, Format, ordered
from publish.profiles import Order
from publish.project import Project
from publish.records import dataclass


@dataclass(frozen=True)
class Target:
    """A file to be made: what it is called among the others (``pdf``, ``pdf-offset``, ``epub``), and where it goes.

    ``order`` is what a PDF is to be; ``None`` for the other formats.
    """

    name: str
    path: Path
    order: Order | None = None

    @property
    def form(self) -> Format:
        """The format by which it is made."""
        return ordered(self.order) if self.order else FORMATS[self.name]()

    @property
    def key(self) -> str:
        """What tells it from any other file of the publication, down to the press profile's bytes."""
        return f"{self.name} {self.order.key} {_digest(self.order.icc)}" if self.order else self.name


def targets(project: Project, request: Request) -> dict[str, Target]:
    """Give the files asked for by their names, in the order asked."""
    return {target.name: target for target in _targets(project, request)}


def _targets(project: Project, request: Request) -> Iterator[Target]:
    for name in request.formats or project.formats:
        if name != "pdf":
            yield Target(name, _place(SUFFIXES[name], project, request))
            continue
        for order in request.profiles or project.profiles:
            yield Target(f"{name}{order.name}", _place(f"{order.name}{SUFFIXES[name]}", project, request), order)


def _place(suffix: str, project: Project, request: Request) -> Path:
    if request.file:
        return request.file
    return (request.folder or project.output) / f"{project.name}{suffix}"


def _digest(file: Path | None) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest() if file else ""
    except OSError:  # whoever uses it will say so
        return "unreadable"
