"""The order of the book: which files of the manuscript folder are its divisions, and in which matter."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from publish.diagnostics import Log
from publish.document import LISTS, Matter
from publish.project.files import exists, is_inside, names_in, near, shown
from publish.project.kinds import Placed
from publish.project.tables import Given
from publish.records import dataclass
from publish.source import Span

SUFFIXES = (".md", ".markdown")
MATTERS: tuple[Matter, ...] = ("front", "body", "back")

# Files about a folder rather than of a book, by their stems.
_ABOUT = frozenset({"readme", "changelog", "contributing", "license", "licence", "code_of_conduct", "todo"})


@dataclass(frozen=True)
class Place:
    """A file in the order: ``name`` inside the manuscript folder, and the place in publication.yaml that names it.

    ``matter`` is empty when the division's role decides. ``made`` says that it is no file, but a list of that name,
    which publish makes.
    """

    path: Path
    name: str
    matter: Matter | Literal[""] = ""
    span: Span | None = None
    made: bool = False


@dataclass(frozen=True)
class Manuscript:
    """The manuscript folder; ``name`` is its path inside the publication's folder ``root``, empty when it is that."""

    root: Path
    name: str

    @property
    def path(self) -> Path:
        """Where the folder is."""
        return self.root / self.name if self.name else self.root

    def called(self, name: str) -> str:
        """Give the name by which an editor knows a file of the folder."""
        return shown(f"{self.name}/{name}" if self.name else name)


def given_order(given: Given, manuscript: Manuscript, log: Log) -> tuple[Place, ...]:
    """Give the files and lists named under front, body and back, each once; report those that cannot be used."""
    places: dict[str, Place] = {}
    for matter in MATTERS:
        for item in given.all(matter, Placed):
            place = _place(item, matter, manuscript, log)
            if place is None:
                continue
            if place.name in places:
                message = f"“{place.name}” stands in the order twice"
                log.report("division-once", message, item.span, hint=_first(places[place.name]))
            else:
                places[place.name] = place
    return tuple(places.values())


def _first(place: Place) -> str:
    return f"it stands in line {place.span.begin.line} already" if place.span else ""


def _place(item: Placed, matter: Matter, manuscript: Manuscript, log: Log) -> Place | None:
    if item.text in LISTS:
        return Place(manuscript.path / item.text, item.text, matter, item.span, made=True)
    if "\\" in item.text:
        hint = f"write: {item.text.replace(chr(92), '/')}"
        log.report("file-exists", f"“{item.text}” is not a path", item.span, hint=hint)
        return None
    name = str(PurePosixPath(item.text))
    path = manuscript.path / name
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        message = f"“{item.text}” leads out of the manuscript folder"
        log.report("file-inside", message, item.span, hint="paths begin inside manuscript/")
    elif not exists(path, manuscript.root):
        message = f"there is no file {manuscript.called(name)}"
        log.report("file-exists", message, item.span, hint=_near(name, manuscript))
    elif not is_inside(path, manuscript.root):
        message = f"{manuscript.called(name)} leads out of the publication's folder"
        log.report("file-inside", message, item.span, hint="copy the file into the folder")
    elif path.suffix.lower() not in SUFFIXES:
        message = f"{manuscript.called(name)} is not Markdown"
        log.report("file-readable", message, item.span, hint="the name of Markdown ends in .md")
    else:
        return Place(path, name, matter, item.span)
    return None


def _near(name: str, manuscript: Manuscript) -> str:
    inside = name.removeprefix(f"{manuscript.name}/")
    if inside != name and (manuscript.path / inside).is_file():
        return f"paths begin inside {manuscript.name}/; write: {inside}"
    return near(name, (*markdown_below(manuscript.path), *LISTS))


def order_by_name(manuscript: Manuscript, log: Log) -> tuple[Place, ...] | None:
    """Give the Markdown files at the top of the folder by name, with numbers in their order.

    ``None`` when the log says that the folder cannot be read.
    """
    names = names_in(manuscript.path, log, manuscript.name or ".")
    if names is None:
        return None
    places = []
    for name in sorted(filter(is_division, names), key=_natural):
        path = manuscript.path / name
        if is_inside(path, manuscript.root):
            places.append(Place(path, name))
        else:
            called = manuscript.called(name)
            log.report("file-inside", f"{called} leads out of the publication's folder", file=called)
    return tuple(places)


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name.casefold()))


def is_division(name: str) -> bool:
    """Whether a file's name is one of a division: Markdown, not hidden, no draft (``_name``), no README."""
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES and not name.startswith((".", "_")) and path.stem.lower() not in _ABOUT


def markdown_below(folder: Path) -> Iterator[str]:
    """Give the names of all divisions' files in a folder and the folders in it, by name; links are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "_")))
        for file in sorted(files, key=_natural):
            if is_division(file):
                yield (Path(at) / file).relative_to(folder).as_posix()


def report_unused(manuscript: Manuscript, places: tuple[Place, ...], log: Log, *, ordered: bool) -> None:
    """Warn of Markdown files that are not in the order; without one (``ordered``) the folder's own files all are."""
    used = {place.name for place in places}
    for name in markdown_below(manuscript.path):
        if name not in used and (ordered or "/" in name):
            called = manuscript.called(name)
            hint = "name it under front, body or back in publication.yaml, or begin its file's name with “_”"
            log.report("manuscript-used", f"{called} is not in the order of the book", file=called, hint=hint)
