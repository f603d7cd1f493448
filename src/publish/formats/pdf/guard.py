"""The child process shuts itself in before it looks at a document: no network, no other program, no file of others.

The fetcher already refuses everything that the layout engine asks for by an address. This is the wall behind it, for
whatever opens a file or a connection without asking the fetcher. It covers what Python does (audit events of
``sys.addaudithook``), not what a C library does by itself, and nothing can take it down again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty")


class Guard:
    """What may be opened, and what was asked for and refused (``refused``, in order)."""

    def __init__(self, folders: Iterable[str]) -> None:
        homes = (sys.prefix, sys.base_prefix, *sys.path, *folders)
        self._allowed = tuple({os.path.realpath(home) for home in homes if home})
        self.refused: dict[str, None] = {}

    def close(self) -> None:
        """Shut this process in, for good."""
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path = arguments[0]
            if isinstance(path, str | bytes | os.PathLike) and not self._is_ours(os.fsdecode(path)):
                self._refuse(os.fsdecode(path))
        elif event in _NETWORK or event in _PROGRAMS:
            self._refuse(event)

    def _is_ours(self, path: str) -> bool:
        if path == os.devnull:
            return True
        real = Path(os.path.realpath(path))
        return any(real.is_relative_to(home) for home in self._allowed)

    def _refuse(self, what: str) -> None:
        self.refused.setdefault(what)
        raise PermissionError(f"refused while laying out a document: {what}")
