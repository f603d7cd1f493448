"""Puts a catalogue in its place: the old one whole or the new one whole, whenever the program is killed.

The new tree is laid out in a hidden folder beside the old one. What has not changed is linked, not copied, and keeps
its time; what is new is on the disk (fsync) before the two folders change names in one step. Where the system cannot
exchange names, the old folder steps aside first, and the next release puts it back if it was not replaced.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from publish.diagnostics import Log

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_ASIDE = "old"
_serial = count()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other releases from the same folder while the context lasts, and clear up after one that was killed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder.parent, os.O_RDONLY) if fcntl is not None else -1
    try:
        if fcntl is not None:
            with contextlib.suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        _clear_up(folder)
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _clear_up(folder: Path) -> None:
    aside = _beside(folder, _ASIDE)
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)
    start = f".{folder.name}."
    for name in os.listdir(folder.parent):
        middle = name.removeprefix(start).removesuffix(".part")
        if name == f"{start}{middle}.part" and (middle == _ASIDE or middle.replace("-", "", 1).isdecimal()):
            shutil.rmtree(folder.parent / name, ignore_errors=True)


def _beside(folder: Path, mark: str) -> Path:
    return folder.with_name(f".{folder.name}.{mark}.part")


def changed(folder: Path, files: Mapping[str, bytes], gone: Collection[str]) -> list[str]:
    """Give the paths of the files that are not in the folder as they should be, or should not be there."""
    wanted = (path for path, data in files.items() if not _holds(folder / path, data))
    return sorted([*wanted, *(path for path in gone if os.path.lexists(folder / path))])


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def put(folder: Path, files: Mapping[str, bytes], gone: Collection[str], log: Log) -> bool:
    """Give the folder these files; say whether it has them. What else lies in it stays, but for what is ``gone``.

    When something cannot be written, ``output-written`` is reported and the folder is as it was.
    """
    stage = _beside(folder, f"{os.getpid()}-{next(_serial)}")
    try:
        stage.mkdir()
        if folder.is_dir():
            shutil.copymode(folder, stage)
            _carry_over(folder, stage, {*files, *gone}, files)
        for path, data in files.items():
            if not os.path.lexists(stage / path):
                _write(stage / path, data)
        for place, _, _ in os.walk(stage):
            _to_disk(Path(place))
        _swap(stage, folder)
        _to_disk(folder.parent)
    except OSError as error:
        why = {errno.ENOSPC: "the disk is full", errno.EACCES: "writing there is not allowed"}.get(
            error.errno or 0, (error.strerror or str(error)).lower()
        )
        log.report("output-written", f"the release could not be written: {why}", file=str(folder))
        return False
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return True


def _carry_over(old: Path, new: Path, ours: Collection[str], files: Mapping[str, bytes]) -> None:
    """Link into the new tree what the old one has and the new one shall have: unchanged files, and others' files."""
    for place, folders, names in os.walk(old):
        here = Path(place).relative_to(old)
        linked = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = [name for name in folders if name not in linked]
        for name in (*names, *linked):
            path = (here / name).as_posix()
            data = files.get(path)
            if path not in ours or (data is not None and _holds(old / path, data)):
                (new / here).mkdir(parents=True, exist_ok=True)
                _link(old / path, new / path)
        if not (names or linked or folders) and here.parts and here.parts[0].startswith("."):
            (new / here).mkdir(parents=True, exist_ok=True)  # version control keeps empty folders of its own


def _link(old: Path, new: Path) -> None:
    if old.is_symlink():
        new.symlink_to(old.readlink())
    elif stat.S_ISREG(old.stat().st_mode):
        try:
            os.link(old, new)
        except OSError:  # a file system without links
            shutil.copy2(old, new)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap(stage: Path, folder: Path) -> None:
    """Let two folders change names in one step; the first time there is nothing to change with."""
    if not os.path.lexists(folder):
        stage.rename(folder)
    elif not _exchange(stage, folder):
        aside = _beside(folder, _ASIDE)
        folder.rename(aside)
        stage.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names atomically (renameat2(2), renamex_np(2)); say whether the system can."""
    names = os.fsencode(one), os.fsencode(other)
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        result = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(*names, _EXCHANGE)
    else:
        return False
    if result == 0:
        return True
    fault = ctypes.get_errno()
    if fault in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(fault, os.strerror(fault), str(other))
