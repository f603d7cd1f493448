"""The files of a release as they lie in its folder, proved against the checksums that the release brought."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from publish.diagnostics import Log
from publish.project.files import reason
from publish.push.kinds import SUMS
from publish.records import dataclass

_LINE = re.compile(r"(?P<sum>[0-9a-f]{64}) [ *](?P<name>.+)")
_AGAIN = "make the release again: publish release"
_FIRST = "make one with publish release, or name its folder with --from"


@dataclass(frozen=True)
class Item:
    """A file of a release: its path there (with forward slashes), where it lies, its size in bytes and its SHA-256."""

    name: str
    path: Path
    size: int
    sha256: str

    def read(self) -> bytes:
        """Give its bytes. Raises OSError."""
        return self.path.read_bytes()


def gather(folder: Path, log: Log) -> tuple[Item, ...]:
    """Give every file of a release by name; none when the log says what is wrong with it.

    It must be whole: each file that ``SHA256SUMS`` lists is there with that checksum, and no other file is. Hidden
    files are passed over.
    """
    place = str(folder)
    try:
        items = {name: _item(name, path) for name, path in files_of(folder).items()}
        listed = _listed(folder)
    except (OSError, UnicodeDecodeError) as error:
        log.report("release-sent", _unread(error, folder), file=place, hint=_FIRST if _absent(folder) else _AGAIN)
        return ()
    found = {name: item.sha256 for name, item in items.items() if name != SUMS}
    for name in sorted(listed.keys() | found.keys()):
        if (wrong := _wrong(listed.get(name), found.get(name))) is not None:
            log.report("release-sent", f"“{name}” {wrong}, so nothing is sent", file=place, hint=_AGAIN)
    return () if log.failed else tuple(items[name] for name in sorted(items))


def _absent(folder: Path) -> bool:
    return not (folder / SUMS).exists()


def _unread(error: OSError | UnicodeDecodeError, folder: Path) -> str:
    """Say in an editor's words why a release cannot be read."""
    if not folder.is_dir():
        return "there is no such folder, so there is nothing to send"
    if _absent(folder):
        return f"the folder holds no {SUMS}, so it is no release"
    if isinstance(error, UnicodeDecodeError):
        return f"the release's {SUMS} is no text in UTF-8"
    name = Path(error.filename).name if error.filename else "a file"
    return f"the release's {name} cannot be read: {reason(error)}"


def files_of(folder: Path) -> dict[str, Path]:
    """Give every file under a folder by its path in it, without what is hidden; links to folders are not followed."""
    found: dict[str, Path] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    return found


def _item(name: str, path: Path) -> Item:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Item(name, path, path.stat().st_size, digest)


def _listed(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["sum"] for line in lines if (found := _LINE.fullmatch(line))}


def _wrong(listed: str | None, found: str | None) -> str | None:
    if found is None:
        return f"is listed in {SUMS} and is not there"
    if listed is None:
        return f"is not listed in {SUMS}"
    return None if listed == found else f"is not what {SUMS} says"
