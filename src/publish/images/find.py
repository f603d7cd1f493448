"""The way from a name in a manuscript to a file's bytes, without leaving the publication's folder."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from publish.images.model import PictureError

_MAX_SEARCHED = 5_000


def locate(path: str, base: Path, root: Path, *, advise: bool = True) -> Path:
    """Give the real file that ``path``, written from the folder ``base``, names inside the folder ``root``.

    With ``advise``, an error says which file may have been meant, which takes a look through all there are.
    Raises PictureError when it is an address, leads out of ``root`` (also through a symbolic link), or does not
    exist under exactly that name; capitals count on every system, percent escapes are understood.
    """
    _refuse_addresses(path)
    try:
        return _follow(path, base, root, advise=advise)
    except PictureError as error:
        if error.rule != "image-exists" or "%" not in path:
            raise
        try:
            return _follow(unquote(path), base, root, advise=advise)
        except PictureError as other:
            raise (error if other.rule == "image-exists" else other) from None


def read(file: Path, limit: int) -> bytes:
    """Give the bytes of a regular file of at most ``limit`` bytes, as ``locate`` found it.

    Raises PictureError for a folder, a pipe or a device (never waiting for one), for a file too large, empty or
    closed to us.
    """
    # A pipe would block for ever without O_NONBLOCK; a link put there since ``locate`` looked is not followed.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with _no_permission():
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise PictureError("image-readable", "is no file but " + _what(status.st_mode))
        if status.st_size > limit:
            raise PictureError("image-size", _too_large(status.st_size, limit), "save it smaller")
        with os.fdopen(os.open(file, flags), "rb") as opened:
            data = opened.read(limit + 1)
    if len(data) > limit:
        raise PictureError("image-size", _too_large(len(data), limit), "save it smaller")
    if not data:
        raise PictureError("image-readable", "is an empty file", "put the picture there again")
    return data


def _too_large(size: int, limit: int) -> str:
    return f"is a file of {size / 1e6:,.1f} MB; the most that can be handled is {limit / 1e6:,.0f} MB"


def _refuse_addresses(path: str) -> None:
    if not path.strip() or "\0" in path:
        raise PictureError("image-exists", "names no file", "write the file's name in the parentheses")
    if re.match(r"data:", path, re.IGNORECASE):
        raise PictureError(
            "resource-local", "is written into the text as data", "save it as a file beside the manuscript"
        )
    if re.match(r"([a-z][a-z0-9+.-]+:|//)", path, re.IGNORECASE):
        raise PictureError(
            "resource-local",
            "is an address outside the publication",
            "save the picture beside the manuscript and name that file; nothing is fetched while a book is made",
        )
    if path.startswith(("/", "~")) or re.match(r"[a-z]:[\\/]", path, re.IGNORECASE):
        raise PictureError(
            "file-inside",
            "is a place on one computer, not in the publication",
            "write the path from the manuscript's folder: images/port.jpg",
        )


def _follow(path: str, base: Path, root: Path, *, advise: bool) -> Path:
    real_root = root.resolve()
    here = base.resolve()
    linked = False
    parts = [part for part in PurePosixPath(path).parts if part != "."]
    for number, part in enumerate(parts):
        here = here.parent if part == ".." else _entry(here, part, parts[number:], base if advise else None)
        linked = linked or here.is_symlink()
        _stay_inside(here, real_root, linked=linked)
    return here.resolve() if linked else here


def _stay_inside(place: Path, root: Path, *, linked: bool) -> None:
    try:
        inside = (place.resolve() if linked else place).is_relative_to(root)
    except (OSError, RuntimeError) as error:  # a ring of links
        raise PictureError("image-exists", "is a symbolic link that leads nowhere") from error
    if not inside:
        how = "leads out of the publication's folder" + (" (symbolic link)" if place.is_symlink() else "")
        raise PictureError("file-inside", how, "copy the picture into the publication's folder")


def _entry(folder: Path, name: str, rest: list[str], base: Path | None) -> Path:
    """Give the entry of a folder that has this name, to the letter.

    Asking the system for the name would not do: some systems answer to another case. Letters composed in two ways
    look the same to everybody, so either form is taken.
    """
    with _no_permission():
        names = os.listdir(folder) if folder.is_dir() else []
    if name in names:
        entry = folder / name
        if entry.is_symlink() and not entry.exists():
            raise PictureError("image-exists", "is a symbolic link that leads nowhere")
        return entry
    form = unicodedata.normalize("NFC", name)
    same = [other for other in names if unicodedata.normalize("NFC", other) == form]
    if len(same) == 1:
        return folder / same[0]
    cases = [other for other in names if other.casefold() == name.casefold()]
    instead = cases[0] if len(cases) == 1 and len(rest) == 1 else ""
    hint = _near(name, names, rest, base) if base else ""
    raise PictureError("image-exists", "does not exist", hint, instead)


def _near(name: str, names: list[str], rest: list[str], base: Path) -> str:
    """Say which file may have been meant: another case, another suffix, a like name, the same name elsewhere."""
    if "\\" in name:
        return "write the path with forward slashes: " + name.replace("\\", "/")
    for other in sorted(names):
        if other.casefold() == name.casefold():
            return f"the folder has “{other}”: capitals and small letters must be the same"
    stem = PurePosixPath(name).stem.casefold()
    same_stem = [other for other in sorted(names) if PurePosixPath(other).stem.casefold() == stem]
    elsewhere = _elsewhere(rest[-1], base)
    likely = same_stem or [elsewhere] * bool(elsewhere) or get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    if likely:
        return f"did you mean “{likely[0]}”?"
    return "put the file there, or mend its name"


def _elsewhere(name: str, base: Path) -> str:
    found = (
        Path(folder, name).relative_to(base).as_posix()
        for folder, _, files in islice(os.walk(base), _MAX_SEARCHED)
        if name in files
    )
    return next(found, "")


@contextmanager
def _no_permission() -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise PictureError(
            "file-readable", "may not be read", "give yourself the right to read it and its folder"
        ) from error
    except OSError as error:
        raise PictureError("file-readable", f"cannot be read ({error.strerror})") from error


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe, a socket or a device"
