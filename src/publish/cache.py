"""Work kept by content, so that it need not be done twice; safe to delete at any time.

An entry's name is the SHA-256 of what it was made from; its file begins with the SHA-256 of what it holds, so a torn
or meddled file is no entry. Two builds may use the same folder at once. A cache is an aid: when it cannot be
read or written (a full disk, a read-only folder) nothing is kept and nothing is reported.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from itertools import count
from pathlib import Path

from publish.records import dataclass

LIMIT = 256 * 1024 * 1024
"""How many bytes a cache may hold before its oldest entries go."""

TAG = "CACHEDIR.TAG"
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# Kept by publish to save work; safe to delete.\n"
_SLACK = 32
"""A cache may be larger than its limit by one part in so many."""

_serial = count()
_put: dict[Path | None, int] = {}  # bytes put since the entries were last looked through, by folder


def key(*parts: str | bytes) -> str:
    """Give the name of an entry: the SHA-256 of its parts, in hexadecimal. ``("ab", "c")`` is not ``("a", "bc")``."""
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@dataclass(frozen=True)
class Cache:
    """Entries in ``folder``, at most ``limit`` bytes of them; without a folder nothing is kept."""

    folder: Path | None
    limit: int = LIMIT

    def get(self, name: str) -> bytes | None:
        """Give what was kept under this name, or ``None``."""
        path = self._path(name)
        if path is None:
            return None
        try:
            held = path.read_bytes()
            os.utime(path)  # the oldest entries go first, so a useful one is made young again
        except OSError:
            return None
        seal, data = held[:32], held[32:]
        return data if seal == sha256(data).digest() else None

    def put(self, name: str, data: bytes) -> None:
        """Keep something under this name in place of what was there."""
        path = self._path(name)
        if path is None or self.folder is None or len(data) > self.limit:
            return
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(self.folder / TAG, _TAG_TEXT.encode())
            _replace(path, sha256(data).digest() + data)
            self._grown(len(data))

    def clear(self) -> list[Path]:
        """Remove every entry and the folder; give the files removed. What is not a cache's own file stays.

        Raises OSError when something cannot be removed.
        """
        if self.folder is None or self.folder.is_symlink() or not self.folder.is_dir():
            return []
        gone = [*self._entries(), *self._litter(), self.folder / TAG]
        gone = [path for path in gone if path.exists()]
        for path in gone:
            path.unlink(missing_ok=True)
        for folder in [*self.folder.iterdir(), self.folder]:
            if folder.is_dir() and not folder.is_symlink():
                with contextlib.suppress(OSError):  # something that is not ours lies in it
                    folder.rmdir()
        return gone

    def _path(self, name: str) -> Path | None:
        return self.folder / name[:2] / name[2:] if self.folder else None

    def _entries(self) -> Iterator[Path]:
        assert self.folder is not None
        return (path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if len(path.name) == 62)

    def _litter(self) -> Iterator[Path]:
        assert self.folder is not None
        return self.folder.glob("[0-9a-f][0-9a-f]/*.part")

    def _grown(self, size: int) -> None:
        """Look through the entries at the first one put, and whenever what was put since could matter."""
        grown = _put.get(self.folder)
        _put[self.folder] = (grown or 0) + size
        if grown is None or grown + size >= self.limit // _SLACK:
            self._trim()
            _put[self.folder] = 0

    def _trim(self) -> None:
        found = [(status.st_mtime_ns, status.st_size, path) for path in self._entries() if (status := _stat(path))]
        excess = sum(size for _, size, _ in found) - self.limit
        for _, size, path in sorted(found):
            if excess <= 0:
                break
            path.unlink(missing_ok=True)
            excess -= size


@dataclass(frozen=True)
class Shelf:
    """A part of a cache for work that only one edition of the tools would do again (``edition``)."""

    cache: Cache = Cache(None)
    edition: str = ""

    def get(self, *parts: str | bytes) -> bytes | None:
        """Give what was kept of the work that these parts tell from any other, or ``None``."""
        return self.cache.get(key(self.edition, *parts))

    def put(self, data: bytes, *parts: str | bytes) -> None:
        """Keep what came of the work that these parts tell from any other."""
        self.cache.put(key(self.edition, *parts), data)


NOTHING_KEPT = Shelf()
_shelf: ContextVar[Shelf] = ContextVar("shelf", default=NOTHING_KEPT)


@contextmanager
def keeping(shelf: Shelf) -> Iterator[None]:
    """Let ``once`` keep its work on a shelf while the context lasts, also in threads that run in a copy of it."""
    token = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(token)


def once(make: Callable[[], bytes], *parts: str | bytes) -> bytes:
    """Do some work, unless it is kept; ``parts`` tell it from any other. What the work raises is raised."""
    shelf = _shelf.get()
    data = shelf.get(*parts)
    if data is None:
        data = make()
        shelf.put(data, *parts)
    return data


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:  # another build removed it meanwhile
        return None


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{next(_serial)}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_once(path: Path, data: bytes) -> None:
    if not path.exists():
        path.write_bytes(data)
