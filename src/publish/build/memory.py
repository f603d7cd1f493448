"""What earlier builds made of which inputs, so that an unchanged publication is not built again.

An input is every file in the folders that a publication is made of, what was loaded of them, our own code and the
libraries. What was loaded counts as well as what lies there: a file saved while a build runs is noticed then.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from hashlib import file_digest
from pathlib import Path
from typing import Any

from publish.build import ledger
from publish.build.outcome import Made, Request
from publish.build.targets import Target
from publish.build.tools import files_under, ours, theirs
from publish.cache import Cache, key
from publish.diagnostics import Diagnostic, Log
from publish.project import Project
from publish.records import dataclass

CACHE = ".cache"
"""The folder, inside the one for what is made, where work is kept."""


@dataclass(frozen=True)
class Memory:
    """The records of one publication in its present state (``inputs``); a bare essay has none."""

    cache: Cache
    inputs: str
    project: Project = field(repr=False)
    referee: bool = True

    def recall(self, target: Target, log: Log) -> Made | None:
        """Give the file that a format was made into, if it is up to date; what was said of it is reported again."""
        for referee in dict.fromkeys((True, self.referee)):
            record = self._record(target, referee)
            if record is None:
                continue
            made, diagnostics = record
            log.switch_off(self.project.rules_off)
            log.extend(diagnostics)
            return made
        return None

    def keep(self, target: Target, made: Made, pictures: Iterable[str], diagnostics: Iterable[Diagnostic]) -> None:
        """Remember a file that was put in place, the pictures it shows, and what was said of it."""
        if not self.inputs:
            return
        record = {
            "made": {"sha256": made.sha256, "size": made.size, "pages": made.pages},
            "outside": {str(file): _digest(file) for file in self._outside(pictures)},
            "said": ledger.rows(diagnostics),
        }
        self.cache.put(self._name(target, self.referee), json.dumps(record).encode())

    def _record(self, target: Target, referee: bool) -> tuple[Made, list[Diagnostic]] | None:
        data = self.cache.get(self._name(target, referee)) if self.inputs else None
        if data is None:
            return None
        try:
            record: dict[str, Any] = json.loads(data)
            made = Made(target.name, target.path, **record["made"], unchanged=True)
            diagnostics = ledger.diagnostics(record["said"], self.project.sources)
            same = all(_digest(Path(file)) == digest for file, digest in record["outside"].items())
        except (KeyError, TypeError, ValueError, AttributeError):  # a place in another text, or no record of ours
            return None
        return (made, diagnostics) if same and _digest(target.path) == made.sha256 else None

    def _outside(self, pictures: Iterable[str]) -> Iterator[Path]:
        """Give the files of pictures that lie outside the folders whose every file is an input already."""
        from publish.images.find import locate
        from publish.images.model import PictureError

        root, manuscript = self.project.root, self.project.manuscript
        for picture in pictures:
            for folder in (manuscript, root):
                with contextlib.suppress(PictureError):
                    file = locate(picture, folder, root, advise=False)
                    if not file.is_relative_to(manuscript.resolve()):
                        yield file

    def _name(self, target: Target, referee: bool) -> str:
        return key("made", self.inputs, target.key, str(target.path.absolute()), str(referee))


def memory_of(project: Project, request: Request) -> Memory:
    """Give the memory of a publication as it is now. A bare essay has none, nor a build whose result is not saved."""
    if project.bare or not request.save:
        return Memory(Cache(None), "", project)
    return Memory(Cache(project.output / CACHE), _inputs(project, request.epoch), project, request.referee)


def _inputs(project: Project, epoch: int | None) -> str:
    """Give a fingerprint of everything that a build depends on, or nothing when that cannot be known."""
    folders = [project.manuscript, *([project.styles] if project.styles else [])]
    files = [project.root / "publication.yaml", *(file for folder in folders for file in files_under(folder))]
    if any(file.is_symlink() and file.is_dir() for file in files):
        return ""
    parts: list[str | bytes] = [ours(), theirs(), str(epoch), *_loaded(project)]
    for file in files:
        parts += [file.as_posix(), _link(file), _digest(file, inside=project.root) or ""]
    return key(*parts)


def _loaded(project: Project) -> Iterator[str]:
    style = replace(project.style, options={})
    yield repr((project.metadata, style, sorted(project.style.options.items()), project.formats, project.cover))
    yield repr((project.name, sorted(project.rules_off), project.citation_style.name))
    for division in project.divisions:
        yield repr((division.source.name, division.slug, division.matter, division.front))
    for name, source in project.sources.items():
        yield name
        yield source.text


def _link(file: Path) -> str:
    return str(file.readlink()) if file.is_symlink() else ""


def _digest(file: Path, inside: Path | None = None) -> str | None:
    """Give a file's SHA-256; ``None`` for what is no ordinary file or, through a link, lies not ``inside``."""
    try:
        if not file.is_file() or (inside and not file.resolve().is_relative_to(inside.resolve())):
            return None
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError:
        return None
