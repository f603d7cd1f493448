"""What a file is made with: our own code and theme, and the libraries beside it. A change of either is a change."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path

import publish
from publish.cache import Cache, Shelf, key

_REFEREES = ("java", "epubcheck", "verapdf", "ace", "node")


@cache
def ours() -> str:
    """Give a fingerprint of every file of this package: code, themes, fonts, words."""
    parts: list[str | bytes] = [publish.__version__]
    for path in files_under(Path(publish.__file__).parent):
        parts += [path.as_posix(), path.read_bytes()]
    return key(*parts)


@cache
def theirs() -> str:
    """Give a fingerprint of Python, of the packages installed beside us and of the referees on the PATH."""
    names = {f"python {sys.version}", f"home {os.environ.get('JAVA_HOME', '')}"}
    names.update(f"{name} {shutil.which(name)}" for name in _REFEREES)
    for folder in sys.path:
        if folder and Path(folder).is_dir():
            names.update(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
    return key(*sorted(names))


def shelf(cache: Cache) -> Shelf:
    """Give what a cache keeps of the work of these very tools."""
    return Shelf(cache, key(ours(), theirs()))


def files_under(folder: Path) -> list[Path]:
    """Give every file under a folder in a fixed order, and every link to a folder, which is not followed.

    Hidden files and what Python compiled are left out.
    """
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_passed_over(name)]
        links = [name for name in folders if Path(place, name).is_symlink()]
        found += [Path(place, name) for name in (*links, *names) if not _is_passed_over(name)]
    return sorted(found)


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"
