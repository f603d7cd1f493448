"""Puts finished files where they are wanted: every one of them whole, or none at all.

Bytes go to a temporary file in the same folder, to the disk (fsync), and under their name by one rename, so a
reader sees the old file or the new one, also after a power cut. A temporary file is locked while it is
written; one that nobody holds any more was left by a build that was killed, and is swept.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO

from publish.diagnostics import Log
from publish.leaving import undisturbed

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_serial = count()

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space, or name another place with -o"),
    errno.EDQUOT: ("your share of the disk is used up", "free some space, or name another place with -o"),
    errno.EFBIG: ("the file is larger than allowed here", "name another place with -o"),
    errno.EROFS: ("the disk can only be read", "name a place that can be written with -o"),
    errno.EACCES: ("writing there is not allowed", "name a place that you may write to with -o"),
    errno.EPERM: ("writing there is not allowed", "name a place that you may write to with -o"),
    errno.EISDIR: ("a folder of that name stands there", "name another file with -o"),
    errno.ENOTDIR: ("what should be its folder is a file", "name another place with -o"),
    errno.EEXIST: ("what should be its folder is a file", "name another place with -o"),
    errno.ENAMETOOLONG: ("its name is too long", "name a shorter one with -o"),
}


def save(files: Mapping[Path, bytes], log: Log) -> bool:
    """Write each file, making its folder when there is none; say whether all are in place.

    All are on the disk before the first gets its name, so when one cannot be written the rule ``output-written`` is
    reported and what was there before still is. What is no ordinary file (``/dev/stdout``, a pipe) is written
    to, not replaced.
    """
    path = Path()
    special = [path for path in files if _is_special(path)]
    try:
        for path in special:  # first, for whoever is at the other end may keep us waiting
            path.write_bytes(files[path])
        with _uninterrupted() as interrupts, ExitStack() as stack:
            waiting: list[tuple[Path, Path]] = []
            for path, data in files.items():
                if path not in special:
                    waiting.append((stack.enter_context(_beside(path, data)), path))
            if interrupts:
                return False
            for temporary, path in waiting:
                temporary.replace(path)
                _to_disk(path.parent)
    except OSError as error:
        _report(path, error, log)
        return False
    return True


@contextmanager
def _uninterrupted() -> Iterator[list[int]]:
    """Let what would end us wait for the end of the context, and give the numbers of the signals that came.

    Else Ctrl-C could come between a file's making and the place from which on it would be removed.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # to which alone they come
        with undisturbed():
            yield came
        return
    known = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {one: signal.signal(one, lambda number, _: came.append(number)) for one in known}
    try:
        with undisturbed():
            yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler or signal.SIG_DFL)
        if came:
            signal.raise_signal(came[0])


def sweep(path: Path) -> list[Path]:
    """Remove the temporary files that builds which were killed left beside a file; give those removed."""
    gone: list[Path] = []
    for litter in _temporaries(path) if fcntl is not None else ():
        with contextlib.suppress(OSError):
            if _was_abandoned(litter):
                gone.append(litter)
    return gone


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Give a temporary file that holds the data, safe on the disk; it is gone afterwards, whatever happens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    sweep(path)
    temporary, file = _new_file(path)
    try:
        with file:
            with contextlib.suppress(OSError):  # nothing is there yet, whose rights could be kept
                shutil.copymode(path, temporary)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if fcntl is not None:  # the lock must last until the rename
                yield temporary
        if fcntl is None:  # Windows cannot rename an open file
            yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _new_file(path: Path) -> tuple[Path, BinaryIO]:
    while True:
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{next(_serial)}.part")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:  # left by a build of the same number, or another machine's
            continue
        _lock(descriptor)
        if os.fstat(descriptor).st_nlink:  # else swept by another build before it was locked
            return temporary, os.fdopen(descriptor, "wb")
        os.close(descriptor)


def _temporaries(path: Path) -> Iterator[Path]:
    start = f".{path.name}."
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):
            middle = name.removeprefix(start).removesuffix(".part")
            if name == f"{start}{middle}.part" and middle.replace("-", "", 1).isdecimal():
                yield path.with_name(name)


def _is_special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _was_abandoned(path: Path) -> bool:
    """Remove a temporary file unless somebody holds it; say whether it was removed."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # somebody writes it, or the file system has no locks
            return False
        path.unlink(missing_ok=True)  # while locked: whoever waits for the lock sees that the file is gone
    return True


def _lock(descriptor: int) -> None:
    if fcntl is not None:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _to_disk(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse; the rename itself is done
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reason(error: OSError) -> str:
    """Say in an editor's words why a file could not be written or removed."""
    return _REASONS[error.errno or 0][0] if error.errno in _REASONS else (error.strerror or str(error)).lower()


def _report(path: Path, error: OSError, log: Log) -> None:
    hint = _REASONS[error.errno or 0][1] if error.errno in _REASONS else "name another place with -o"
    log.report("output-written", f"“{path.name}” could not be written: {reason(error)}", file=str(path), hint=hint)
