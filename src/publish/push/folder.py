"""A destination that is a folder of this machine, or of one whose disk is mounted here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from publish.push.source import files_of
from publish.push.stores import Entry
from publish.records import dataclass


@dataclass(frozen=True)
class Folder:
    """A folder; it is made when the first file is put there."""

    root: Path
    workers: int = 1

    def listing(self) -> Mapping[str, Entry]:
        """Give every file by name, without hidden ones."""
        return {name: Entry(path.stat().st_size) for name, path in files_of(self.root).items()}

    def read(self, name: str) -> bytes:
        """Give the bytes of a file."""
        return (self.root / name).read_bytes()

    def put(self, name: str, data: bytes, _media_type: str, *, immutable: bool) -> None:
        """Write a file beside its place, to the disk, and give it its name by a rename."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Always the same name: what an interrupted run left is written over by the next one.
        temporary = path.with_name(f".{path.name}.part")
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that held nothing else."""
        path = self.root / name
        path.unlink(missing_ok=True)
        for folder in path.relative_to(self.root).parents:
            if folder != Path() and not any((self.root / folder).iterdir()):
                (self.root / folder).rmdir()
