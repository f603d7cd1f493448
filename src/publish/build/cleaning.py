"""Removing what builds made of a publication, and nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from publish.build.memory import CACHE
from publish.build.output import reason, sweep
from publish.cache import Cache
from publish.covers import BINDINGS
from publish.diagnostics import Log
from publish.formats import SUFFIXES
from publish.profiles import PROFILES
from publish.project import Project, load


def clean(path: Path, log: Log) -> list[Path]:
    """Remove a publication's finished files, what killed builds left beside them, and the work kept.

    Gives the paths removed. Beside a bare essay, which shares its folder with what others made, a file goes
    only if it says that publish made it. What cannot be removed is reported (``output-written``); what is wrong with
    the manuscript is not, unless it cannot be told what was made of it.
    """
    found = Log()
    project = load(path, found)
    if project is None:
        log.extend(found)
        return []
    gone: list[Path] = []
    for file in _made_of(project):
        try:
            file.unlink()
            gone.append(file)
        except OSError as error:
            log.report("output-written", f"“{file.name}” could not be removed: {reason(error)}", file=str(file))
    if not project.bare:
        gone += _empty(project.output / CACHE, log)
    return gone


def _made_of(project: Project) -> Iterator[Path]:
    profiles = (f"-{name}{SUFFIXES['pdf']}" for name in PROFILES)
    covers = ("-cover.jpg", *(f"-cover-{name}{SUFFIXES['pdf']}" for name in BINDINGS))
    for suffix in (*SUFFIXES.values(), *profiles, *covers):
        file = project.output / f"{project.name}{suffix}"
        sweep(file)
        if file.is_symlink() or (file.is_file() and (not project.bare or _is_ours(file))):
            yield file


def _empty(folder: Path, log: Log) -> list[Path]:
    try:
        return [folder] if Cache(folder).clear() else []
    except OSError as error:
        log.report("output-written", f"“{folder.name}” could not be emptied: {reason(error)}", file=str(folder))
        return []


def _is_ours(file: Path) -> bool:
    """Whether a PDF or an EPUB names publish as the program that made it."""
    try:
        if file.suffix == ".pdf":
            return b"CreatorTool>publish " in file.read_bytes()
        with zipfile.ZipFile(file) as book:
            sheets = [name for name in book.namelist() if name.endswith(".opf")]
            return any(b'name="generator" content="publish' in book.read(name) for name in sheets)
    except (OSError, zipfile.BadZipFile):
        return False
