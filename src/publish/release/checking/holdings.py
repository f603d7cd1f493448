"""The files of a catalogue against its SHA256SUMS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from publish.diagnostics import Log
from publish.release.catalogue import HOSTS, SUMS, is_hosts, read_sums

NEEDED = ("index.html", "opds.xml", "opds.json", "feed.xml", "onix.xml", "onix31.xml")
"""Files that every catalogue has."""

_AGAIN = "release again into a new folder, or fetch the release again from where it was sent"


def holdings(folder: Path, log: Log) -> dict[str, str] | None:
    """Give the catalogue's files with the digests that they truly have; ``None`` when it is no catalogue.

    Reports what is missing, what has changed, and what nobody lists.
    """
    try:
        listed = read_sums((folder / SUMS).read_bytes())
    except OSError as error:
        why = "there is no such folder" if not folder.is_dir() else f"{SUMS} cannot be read: {error.strerror}"
        log.report("release-whole", f"this is no release: {why}", file=str(folder))
        return None
    except ValueError as error:
        log.report("release-whole", f"{SUMS} cannot be read: {error}", file=str(folder / SUMS))
        return None
    there = dict(_files(folder))
    for name in sorted(listed.keys() - there.keys()):
        log.report("release-whole", f"“{name}” is not there", file=str(folder / name), hint=_AGAIN)
    if lacking := [name for name in NEEDED if name not in listed]:
        log.report("release-whole", f"{SUMS} does not list {', '.join(lacking)}", file=str(folder / SUMS))
    for name, digest in listed.items():
        if there.get(name, digest) != digest:
            log.report("release-whole", f"“{name}” has changed since it was released", file=str(folder / name))
    for name in sorted(there.keys() - listed.keys() - {SUMS, *HOSTS}):
        log.report("release-tidy", f"“{name}” is not listed in {SUMS}", file=str(folder / name))
    return there


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for place, folders, names in os.walk(folder):
        here = Path(place).relative_to(folder)
        folders[:] = sorted(name for name in folders if not (here == Path() and name.startswith(".")))
        for name in sorted(names):
            path = (here / name).as_posix()
            if not is_hosts(path) or path in HOSTS:
                try:
                    with Path(place, name).open("rb") as file:
                        yield path, file_digest(file, "sha256").hexdigest()
                except OSError:  # cannot be read: as good as changed
                    yield path, ""
