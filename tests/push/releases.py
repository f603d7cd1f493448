"""A small release as publish makes one, and an S3 server to send it to through a line that can be cut."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

FILES = {
    "index.html": b"<!doctype html><title>Catalogue</title>",
    "opds.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "opds.json": b"{}",
    "feed.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "onix.xml": b"<ONIXMessage/>",
    "port/index.html": b"<!doctype html><title>The Port</title>",
    "port/port.epub": b"PK" * 4000,
    "port/port.pdf": b"%PDF" * 4000,
    "port/cover.jpg": b"\xff\xd8 cover",
    "port/cover-thumb.jpg": b"\xff\xd8 thumbnail",
    "port/port.bib": b"@book{port}",
    "port/port.csl.json": b"[]",
    "port/release.json": b"{}",
    "port/v1.0.0/port.epub": b"PK" * 4000,
    "port/v1.0.0/port.pdf": b"%PDF" * 4000,
    "port/v1.0.0/index.html": b"<!doctype html><title>The Port 1.0.0</title>",
}


def release(folder: Path, files: dict[str, bytes] = FILES) -> Path:
    """Write a release with its checksums and give its folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    seal(folder)
    return folder


def seal(folder: Path) -> None:
    """Write the checksums of what lies in a folder now."""
    sums = folder / "SHA256SUMS"
    sums.unlink(missing_ok=True)
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in tree(folder).items())
    sums.write_text("".join(lines), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file in a folder by its path there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@dataclass
class Line:
    """A line to a server. Once ``left`` files have passed, it is cut, and stays so until it is ``mended``."""

    port: int
    left: int = 10**9
    puts: list[str] = field(default_factory=list)
    _listener: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """The address at which the server is reached through the line."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def mended(self) -> None:
        """Let everything pass again."""
        self.left, self.puts = 10**9, []

    def close(self) -> None:
        """Take the line away."""
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self.left <= 0:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.port))
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(*ends, ends[0] is near), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, upward: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if upward and data.startswith(b"PUT /"):
                    if self.left <= 0:
                        break
                    self.left -= 1
                    self.puts.append(data.split(b" ", 2)[1].decode())
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
