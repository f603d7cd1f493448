"""Where a release can be sent: what every destination must be able to do, and the opening of one by its address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from publish.records import dataclass


@dataclass(frozen=True)
class Entry:
    """A file at a destination: its size in bytes and its MD5 in hexadecimal, where the destination tells it."""

    size: int
    md5: str = ""


class Store(Protocol):
    """A destination. ``workers`` is how many files may be sent to it at a time.

    Names are paths below its root, with forward slashes. Every method raises whatever its library does.
    """

    @property
    def workers(self) -> int: ...  # noqa: D102 (the class says it)

    def listing(self) -> Mapping[str, Entry]:
        """Give every file there, without what is hidden; none where there is nothing yet."""

    def read(self, name: str) -> bytes:
        """Give the bytes of a file."""

    def put(self, name: str, data: bytes, media_type: str, *, immutable: bool) -> None:
        """Put a file there: afterwards there is the old or the new one, never a part of it."""

    def remove(self, name: str) -> None:
        """Remove a file."""


class MissingStore(Exception):
    """A package is missing without which a destination cannot be reached."""


def open_store(address: str) -> Store:
    """Open a destination: a folder, ``file:///folder``, ``s3://bucket/folder``, ``gs://``, ``sftp://host/folder``.

    Raises MissingStore when the packages for it are not installed, ValueError for an address of no known kind, and
    whatever its library raises when it cannot be reached.
    """
    from publish.push.folder import Folder

    kind, mark, _ = address.partition("://")
    if not mark:
        return Folder(Path(address))
    if kind == "file":
        parts = urlsplit(address)
        if parts.netloc not in ("", "localhost"):
            raise ValueError(f"“{address}” names a host; a folder here has three slashes: file:///{parts.netloc}")
        return Folder(Path(unquote(parts.path)))
    from publish.push.remote import open_remote

    return open_remote(address)
