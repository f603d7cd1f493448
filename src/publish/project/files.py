"""Reads the editor's text files, and nothing outside the publication's folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from publish.diagnostics import Log, did_you_mean
from publish.source import Source, Span


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path lies in a folder, also where symbolic links lead."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def shown(path: Path | str) -> str:
    """Give a path as it can be printed, also when its name is not UTF-8."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def names_in(folder: Path, log: Log, name: str) -> list[str] | None:
    """Give the names in a folder; ``None``, with a diagnostic, when it cannot be read. ``name`` is the folder's."""
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        log.report("file-readable", f"the folder {name} cannot be read: {reason(error)}", file=name)
        return None


def exists(path: Path, root: Path) -> bool:
    """Whether something exists under exactly this name, also where the disk does not tell A from a."""
    try:
        for part in [path, *path.parents]:
            if part == root:
                return True
            if part.name not in os.listdir(part.parent):
                return False
    except (OSError, ValueError):
        return os.path.lexists(path)
    return True


def read_text(path: Path, name: str, largest: int, log: Log, span: Span | None = None) -> Source | None:
    """Read a text file of at most ``largest`` bytes as UTF-8, with line breaks ``\\n`` and no byte order mark.

    ``name`` is what the editor calls it; ``span`` the place that names it. ``None`` when the log says why not.
    """
    try:
        data = _read(path, largest)
    except OSError as error:
        log.report("file-readable", f"{name} cannot be read: {reason(error)}", span, file=name)
        return None
    if len(data) > largest:
        limit = f"{largest // 1024} KB" if largest < 1 << 20 else f"{largest >> 20} MB"
        log.report("file-size", f"{name} is larger than {limit}", span, file=name)
        return None
    return _decode(data, name, log)


def _read(path: Path, largest: int) -> bytes:
    # A pipe would be waited for, a device never ends: only what is a file by its kind is opened.
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is not a file")
    with path.open("rb") as file:
        return file.read(largest + 1)


def _decode(data: bytes, name: str, log: Log) -> Source | None:
    for mark, encoding in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            log.report("file-utf8", f"the file is encoded in {encoding}", file=name, hint="save it as UTF-8")
            return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return Source(name, unix(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        source = Source(name, unix(data.decode("utf-8", "replace")))
        start = len(unix(data[: error.start].decode("utf-8")))
        log.report("file-utf8", _bad_byte(data, error.start), source.span(start, start + 1), hint="save it as UTF-8")
        return source


def unix(text: str) -> str:
    """Give a text with every line end as it is on Unix."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_byte(data: bytes, index: int) -> str:
    byte = data[index : index + 1]
    try:
        letter = byte.decode("cp1252")
    except UnicodeDecodeError:
        letter = ""
    likely = f"; it would be “{letter}” in Windows-1252" if letter.isprintable() and letter else ""
    return f"the byte {byte.hex().upper()} is not UTF-8{likely}"


def reason(error: OSError) -> str:
    """Say in an editor's words why a file cannot be read."""
    if isinstance(error, PermissionError):
        return "you have no permission"
    if isinstance(error, FileNotFoundError):
        return "it leads nowhere" if error.filename and Path(error.filename).is_symlink() else "it does not exist"
    return (error.strerror or str(error)).lower()


def near(name: str, names: Iterable[str]) -> str:
    """Give ``did you mean “essay.md”?`` for the file that is nearest in name, or an empty string."""
    names = list(names)
    by_stem = {Path(n).stem.lower(): n for n in names}
    stem = by_stem.get(Path(name).stem.lower())
    return f"did you mean “{stem}”?" if stem else did_you_mean(name, names)
