"""Destinations elsewhere, through fsspec: S3 and what speaks like it, Google's storage, SFTP. The only door to fsspec.

fsspec and the libraries below it find credentials, endpoints and proxies by themselves, where their own documents say:
``AWS_*`` and ``~/.aws`` for S3, ``GOOGLE_APPLICATION_CREDENTIALS`` for Google's, keys and the agent of SSH for SFTP.
"""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from publish.push.stores import Entry, MissingStore
from publish.records import dataclass

_MD5 = re.compile(r'"?(?P<md5>[0-9a-f]{32})"?')
_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "sftp": "paramiko", "ssh": "paramiko"}
_FOREVER = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"


@dataclass(frozen=True)
class Remote:
    """A place in one of fsspec's file systems. ``kind`` is ``s3``, ``gs`` or the name of another."""

    files: Any
    root: str
    kind: str
    workers: int

    def listing(self) -> Mapping[str, Entry]:
        """Give every file by name, with the MD5 that object stores keep."""
        self.files.invalidate_cache()
        try:
            found: dict[str, dict[str, Any]] = self.files.find(self.root, detail=True)
        except FileNotFoundError:
            return {}
        names = {self._name(path): told for path, told in found.items() if told.get("type") != "directory"}
        return {name: Entry(int(told["size"]), _md5(told)) for name, told in names.items() if not _is_hidden(name)}

    def read(self, name: str) -> bytes:
        """Give the bytes of a file."""
        data: bytes = self.files.cat_file(self._path(name))
        return data

    def put(self, name: str, data: bytes, media_type: str, *, immutable: bool) -> None:
        """Put a file: object stores show it when it is whole, elsewhere it gets its name when it is whole."""
        path = self._path(name)
        kept = _FOREVER if immutable else _CHECKED
        if self.kind == "s3":
            self.files.pipe_file(path, data, ContentType=media_type, CacheControl=kept)
        elif self.kind == "gs":
            self.files.pipe_file(path, data, content_type=media_type, fixed_key_metadata={"cache_control": kept})
        else:
            place = PurePosixPath(path)
            self.files.makedirs(str(place.parent), exist_ok=True)
            temporary = str(place.with_name(f".{place.name}.part"))
            self.files.pipe_file(temporary, data)
            self.files.mv(temporary, path)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self.files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"

    def _name(self, path: str) -> str:
        return path.removeprefix(self.root).removeprefix("/")


def open_remote(address: str) -> Remote:
    """Open a place by its address. Raises as ``publish.push.stores.open_store`` does."""
    kind = address.partition("://")[0]
    try:
        import fsspec  # type: ignore[import-untyped]

        options = {"host_key_policy": _known_hosts()} if _PACKAGES.get(kind) == "paramiko" else {}
        files, root = fsspec.core.url_to_fs(address, skip_instance_cache=True, **options)
    except ImportError as error:
        raise MissingStore(f"to send to {kind}:// the package {_PACKAGES.get(kind, error.name)} is needed") from error
    names = files.protocol if isinstance(files.protocol, tuple) else (files.protocol,)
    known = next((name for name in ("s3", "gs") if name in names), kind)
    return Remote(files, root.rstrip("/"), known, 8 if known in ("s3", "gs") else 1)


def _known_hosts() -> Any:
    """Give the policy that a server must be one that SSH knows: fsspec's own would trust whoever answers."""
    import paramiko  # type: ignore[import-untyped,import-not-found,unused-ignore]

    class KnownHosts(paramiko.MissingHostKeyPolicy):  # type: ignore[misc,unused-ignore]
        def missing_host_key(self, _client: object, hostname: str, key: object) -> None:
            hosts = paramiko.HostKeys()
            with contextlib.suppress(OSError):
                hosts.load(str(Path("~/.ssh/known_hosts").expanduser()))
            if not hosts.check(hostname, key):
                raise paramiko.SSHException(f"{hostname} is not in ~/.ssh/known_hosts; connect once with ssh")

    return KnownHosts()


def _md5(told: Mapping[str, Any]) -> str:
    """Give the MD5 that a store tells: S3's ETag where it is one (not of what came in parts), Google's md5Hash."""
    if told.get("md5Hash"):
        return base64.b64decode(told["md5Hash"]).hex()
    found = _MD5.fullmatch(str(told.get("ETag", "")))
    return found["md5"] if found else ""


def _is_hidden(name: str) -> bool:
    return not name or any(part.startswith(".") for part in PurePosixPath(name).parts)
