"""A finished file and the publication that it was made of, found beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.build.outcome import Progress, Request, silent
from publish.build.pipeline import rendition
from publish.build.tracing import traced
from publish.diagnostics import Log
from publish.formats import FORMATS, SUFFIXES, ordered
from publish.profiles import Order
from publish.project import Project, load
from publish.rendition import Rendition


def judge_file(
    file: Path,
    log: Log,
    progress: Progress = silent,
    *,
    referee: bool,
    epoch: int | None = None,
    order: Order | None = None,
) -> None:
    """Report what is wrong with a finished file, at the manuscript's line where that can be told.

    It can be told of an EPUB whose publication stands beside it and has not changed since. A PDF is judged as what
    ``order`` asks for, else as what it says that it is. Raises OSError when the file cannot be read, KeyError when its
    suffix is no format's.
    """
    data, found = file.read_bytes(), Log(log.off)
    form = next(FORMATS[name]() for name, suffix in SUFFIXES.items() if suffix == file.suffix.lower())
    with progress(f"Judging {file.name}"):
        if form.medium == "print":
            form = ordered(order or _order(data))
        form.verify(data, None, found, referee=referee)
    # To find the lines takes a rendering, so it is done only when there is something to be found.
    made_of = rendition_of(file, Log(), progress, epoch=epoch) if len(found) and form.medium == "epub" else None
    log.extend(traced(found, made_of) if made_of else found)


def rendition_of(file: Path, log: Log, progress: Progress = silent, *, epoch: int | None = None) -> Rendition | None:
    """Give what a finished EPUB was made of; ``None`` when no publication beside it would be made into its pages."""
    from publish.formats.epub.archive import read

    project = _project_of(file, log)
    if project is None:
        return None
    path = project.divisions[0].path if project.bare and project.divisions else project.root
    made_of = rendition("epub", Request(path, ("epub",), epoch=epoch), log, progress)
    pages = read(file.read_bytes()).files
    if made_of and all(pages.get(f"EPUB/{part.name}") == part.xhtml.encode() for part in made_of.parts):
        return made_of
    return None


def _order(data: bytes) -> Order:
    from publish.formats.pdf.preflight import order_of

    return order_of(data)


def _project_of(file: Path, log: Log) -> Project | None:
    """Give the publication that would be made into this very file."""
    for place in _places(file.absolute()):
        if place.exists():
            project = load(place, log)
            if project and project.output.absolute() / f"{project.name}{file.suffix.lower()}" == file.absolute():
                return project
    return None


def _places(file: Path) -> Iterator[Path]:
    yield file.parent.parent / "publication.yaml"
    yield file.with_suffix(".md")
