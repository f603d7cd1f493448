"""Whether a publication is just as it was when it was last built, told from the states of its files alone.

As in git's index, a file whose times, size and inode are what they were holds what it held; one changed so shortly
before it was looked at that its time might not tell of another change is not trusted (git calls it racy). Where a
glance does not do, ``publish.build.memory`` looks into the files. What it saves is to read, hash and parse a whole
publication only to find that there is nothing to do.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from hashlib import file_digest
from pathlib import Path
from typing import Any, TypeAlias

import publish
from publish.build import ledger
from publish.build.outcome import Made, Request, Result
from publish.build.tools import theirs
from publish.cache import Cache, key
from publish.diagnostics import Diagnostic, Log
from publish.records import dataclass
from publish.source import Source, Span

State: TypeAlias = list[int]
"""A file's times of change (of what it holds, of the file: nanoseconds), its size and its inode."""

SETTINGS = "publication.yaml"
OUTPUT, CACHE = "build", ".cache"
_MADE = (".pdf", ".epub", ".html")
_PASSED_OVER = frozenset({".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__"})
_MOST = 20_000
_TICK, _SECONDS = 100_000_000, 2_100_000_000
"""Nanoseconds within which two changes may have the same time: with times in fractions of a second, and in seconds."""


@dataclass(frozen=True)
class Glance:
    """A publication's files at one moment (``at``, nanoseconds); none for what cannot be known at a glance."""

    root: Path | None
    name: str
    files: Mapping[str, State] = field(repr=False)
    at: int

    def recall(self, log: Log) -> Result | None:
        """Give what was made when the files were as they are; what was said of them is reported again."""
        data = Cache(self._folder).get(self.name) if self.root else None
        if data is None:
            return None
        try:
            record: dict[str, Any] = json.loads(data)
            if record["files"] != self.files:
                return None
            made = [_made(row) for row in record["made"]]
            said = ledger.diagnostics(record["said"], {n: Source(n, text) for n, text in record["texts"].items()})
            sound = [_is_sound(one, row["state"], record["at"]) for one, row in zip(made, record["made"], strict=True)]
        except (KeyError, TypeError, ValueError, AttributeError):  # no record of ours
            return None
        if not all(sound):
            return None
        result = Result(tuple(made))
        if not all(_is_settled(row["state"], record["at"]) for row in record["made"]):
            self._put(result, said, time.time_ns())
        log.extend(said)
        return result

    def keep(self, result: Result, request: Request, log: Log) -> None:
        """Remember what was made, if the files stayed as they were from before it was begun until now."""
        if self.root and all(_is_settled(state, self.at) for state in self.files.values()):
            now = glance(request)
            if (now.name, now.files) == (self.name, self.files):
                self._put(result, list(log), now.at)

    def _put(self, result: Result, said: Sequence[Diagnostic], at: int) -> None:
        record = {
            "at": at,
            "files": self.files,
            "made": [_row(made) for made in result.files],
            "said": ledger.rows(said),
            "texts": {span.source.name: span.source.text for d in said for span in _spans(d)},
        }
        Cache(self._folder).put(self.name, json.dumps(record).encode())

    @property
    def first(self) -> bool:
        """Whether nothing is kept of an earlier build."""
        return self._folder is None or not self._folder.is_dir()

    @property
    def _folder(self) -> Path | None:
        return self.root / OUTPUT / CACHE if self.root else None


def glance(request: Request) -> Glance:
    """Look at the files of what is to be built. A bare essay, and one that is not saved, keeps nothing to compare."""
    at, root = time.time_ns(), _root(request.path)
    if root is None or not request.save:
        return Glance(None, "", {}, at)
    try:
        files = dict(_files(root, request))
        name = key("glance", _ours(), theirs(), str(Path.cwd()), str(root.absolute()), repr(request))
    except (OSError, _Unsure):
        return Glance(None, "", {}, at)
    return Glance(root, name, files, at)


class _Unsure(Exception):
    """There is something whose state its own file does not tell."""


def _root(path: Path) -> Path | None:
    root = path.parent if path.name == SETTINGS else path
    return root if (root / SETTINGS).is_file() else None


def _files(root: Path, request: Request) -> Iterator[tuple[str, State]]:
    """Give the state of every file that may be read: all but what is made."""
    for order in request.profiles:
        if order.icc:
            yield str(order.icc), _state(order.icc)
    elsewhere = {place.absolute() for place in (request.file, request.folder) if place}
    for count, entry in enumerate(_entries(root, root / OUTPUT)):
        if entry.is_symlink() or count > _MOST:
            raise _Unsure
        if Path(entry.path).absolute() not in elsewhere:
            yield entry.path, _told(entry.stat())


def _entries(folder: Path | str, output: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _PASSED_OVER and Path(entry.path) != output / CACHE:
                    yield from _entries(entry.path, output)
            elif not entry.name.endswith(_MADE) or output not in Path(entry.path).parents:
                yield entry


def _ours() -> str:
    """Tell this package from any other state of it."""
    home = Path(publish.__file__).parent
    return repr(sorted((entry.path, _told(entry.stat())) for entry in _entries(home, home / OUTPUT)))


def _state(path: Path) -> State:
    return _told(path.stat())


def _told(status: os.stat_result) -> State:
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _is_settled(state: State, at: int) -> bool:
    """Whether a file that is changed after this moment would have another time."""
    changed = max(state[:2])
    return changed + (_TICK if changed % 1_000_000 else _SECONDS) < at


def _is_sound(made: Made, state: State, at: int) -> bool:
    """Whether a file that was made is still as it was made."""
    try:
        if _is_settled(state, at) and _state(made.path) == state:
            return True
        with made.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == made.sha256
    except OSError:
        return False


def _row(made: Made) -> dict[str, Any]:
    row = {"format": made.format, "path": str(made.path), "sha256": made.sha256, "size": made.size}
    return {**row, "pages": made.pages, "state": _state(made.path)}


def _made(row: Mapping[str, Any]) -> Made:
    return Made(row["format"], Path(row["path"]), row["sha256"], row["size"], row["pages"], unchanged=True)


def _spans(d: Diagnostic) -> Iterator[Span]:
    yield from (edit.span for edit in (d.fix.edits if d.fix else ()))
    if d.span:
        yield d.span
