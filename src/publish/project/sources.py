"""The bibliography files and the citation style that a publication or a division names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from publish.diagnostics import Log
from publish.project.files import exists, is_inside, near, read_text
from publish.project.kinds import Placed
from publish.project.model import CitationStyle
from publish.project.tables import Given
from publish.source import Source

LARGEST = 32 << 20
"""The most that a bibliography file may hold, in bytes."""

SUFFIXES = (".bib", ".bibtex", ".json")
"""What the name of a bibliography file ends in; ``publish.citations`` reads them."""

_STYLE_LARGEST = 4 << 20
_ADDRESS = re.compile(r"https?://\S*?/([\w-]+?)(?:\.csl)?/?$")


def bibliography(given: Given, folders: Iterable[Path], root: Path, log: Log) -> tuple[Source, ...]:
    """Read the files under ``bibliography``; a path begins at the first of ``folders`` that has it."""
    found = []
    for placed in given.all("bibliography", Placed):
        if not placed.text.lower().endswith(SUFFIXES):
            hint = f"it is a file whose name ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
            log.report("value-known", f"“{placed.text}” is no bibliography file", placed.span, hint=hint)
        elif (source := _read(placed, folders, root, LARGEST, log)) is not None:
            found.append(source)
    return tuple(dict.fromkeys(found))


def citation_style(given: Given, folders: Iterable[Path], root: Path, log: Log) -> CitationStyle:
    """Read what stands under ``citation-style``: the name of a style that comes with publish, or a CSL file."""
    placed = given.one("citation-style", Placed)
    if placed is None:
        return CitationStyle()
    if address := _ADDRESS.match(placed.text):  # as pandoc takes it; nothing is fetched, but the name may be known
        return CitationStyle(address[1], span=placed.span)
    if not placed.text.lower().endswith((".csl", ".xml")):
        return CitationStyle(placed.text, span=placed.span)
    source = _read(placed, folders, root, _STYLE_LARGEST, log)
    return CitationStyle(source=source, span=placed.span) if source else CitationStyle()


def _read(placed: Placed, folders: Iterable[Path], root: Path, largest: int, log: Log) -> Source | None:
    name = str(PurePosixPath(placed.text))
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        log.report("file-inside", f"“{placed.text}” leads out of the publication's folder", placed.span)
        return None
    path = next((folder / name for folder in folders if exists(folder / name, root)), None)
    if path is None:
        log.report("file-exists", f"there is no file {name}", placed.span, hint=near(name, _names(folders, name)))
    elif not is_inside(path, root):
        log.report("file-inside", f"{name} leads out of the publication's folder", placed.span)
    else:
        return read_text(path, path.relative_to(root).as_posix(), largest, log, placed.span)
    return None


def _names(folders: Iterable[Path], name: str) -> Iterator[str]:
    """Give the files that could be meant, as they would be written."""
    parent, suffixes = PurePosixPath(name).parent, (*SUFFIXES, ".csl")
    for folder in folders:
        if (folder / parent).is_dir():
            yield from (
                (parent / entry.name).as_posix()
                for entry in sorted((folder / parent).iterdir())
                if entry.name.lower().endswith(suffixes)
            )
