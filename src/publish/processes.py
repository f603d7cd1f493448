"""Other programs, run so that none outlives what started it, also where several threads each wait for one."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from publish.leaving import owed
from publish.records import dataclass

Process: TypeAlias = "subprocess.Popen[bytes]"


@dataclass
class Group:
    """Processes that can be ended together. One that is started after the end is ended at once."""

    _running: set[Process] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: bool = False

    def end(self) -> None:
        """End every process of the group, for good."""
        with self._lock:
            self._ended = True
            for process in self._running:
                kill(process)

    def add(self, process: Process) -> None:
        """Take a process into the group."""
        with self._lock:
            self._running.add(process)
            if self._ended:
                kill(process)

    def remove(self, process: Process) -> None:
        """Let a process go that has ended."""
        with self._lock:
            self._running.discard(process)


_group: ContextVar[Group | None] = ContextVar("group", default=None)


@contextmanager
def together() -> Iterator[Group]:
    """Gather what is started while the context lasts, also by threads that run in a copy of the context."""
    group = Group()
    token = _group.set(group)
    try:
        yield group
    finally:
        _group.reset(token)


@contextmanager
def held(process: Process) -> Iterator[None]:
    """Hold a process while the context lasts; afterwards it is gone, however the context ended."""
    group = _group.get()
    if group:
        group.add(process)
    try:
        with owed(lambda: kill(process)):
            yield
    finally:
        kill(process)
        process.wait()
        if group:
            group.remove(process)


def run(command: Sequence[str], *, seconds: float, folder: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a folder and give its exit code and what it wrote.

    It is a leader of its own group of processes, so that what it starts ends with it. Raises
    subprocess.TimeoutExpired after so many seconds, OSError when there is no such program.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=os.name == "posix",
    )
    with held(process):
        out, err = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def kill(process: Process) -> None:
    """End a process, and those that it started if it leads them."""
    if process.poll() is None:
        with suppress(OSError):
            if os.name == "posix" and os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
