"""Run a module of ours in a process of its own, within limits, and hear what it says.

A document can kill or hang the process that lays it out, and the layout engine swallows exceptions, so a limit
here is a process that is killed and never an exception raised inside it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import field
from typing import IO, Any, Literal

from publish.processes import held
from publish.records import dataclass

_waiting: ContextVar[dict[str, Started]] = ContextVar("waiting", default={})  # noqa: B039 (never added to)
_ERRORS_KEPT = 20_000  # bytes of a child's standard error that are kept for the debug log


@dataclass(frozen=True)
class Outcome:
    """How a child ended: its exit code (negative: the signal), its last line, the bytes after it, and what it
    wrote to standard error. ``overtime`` says which limit it was killed for, if any.
    """

    code: int
    last: Mapping[str, Any] = field(default_factory=dict)
    data: bytes = field(default=b"", repr=False)
    errors: str = field(default="", repr=False)
    overtime: Literal["", "silence", "total"] = ""


@dataclass(frozen=True)
class Started:
    """A child that runs. ``errors`` takes what it writes to standard error."""

    process: subprocess.Popen[bytes]
    errors: IO[bytes]

    def end(self) -> None:
        """End it, if it has not ended, and let go of its pipes."""
        with held(self.process):
            pass
        # Only now: a pipe that somebody listens at does not close before its other end has.
        for pipe in (self.process.stdin, self.process.stdout, self.errors):
            if pipe is not None:
                with suppress(OSError):  # what it was to be told cannot be told any more
                    pipe.close()


def start(module: str, arguments: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> Started:
    """Start ``python -m module arguments`` with pipes to it. Whoever starts it must hold it, or end it."""
    errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
    # -P keeps the folder where the command runs, which may be anybody's, off the path of imports.
    process = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, **(environment or {})},
    )
    return Started(process, errors)


@contextmanager
def waiting(modules: Iterable[str]) -> Iterator[Callable[[], None]]:
    """Let modules whose loading takes a while wait for their work: give what starts them, the first time it is called.

    Only then are they asked for. Who was not needed is ended with the context.
    """
    names, known = iter(modules), set[str]()
    with ExitStack() as stack:
        started: dict[str, Started] = {}
        token = _waiting.set(started)
        stack.callback(_waiting.reset, token)

        def call() -> None:
            for name in names:
                if name in known:
                    continue
                known.add(name)
                one = start(name)
                stack.callback(one.end)
                stack.enter_context(held(one.process))
                started[name] = one

        yield call


def ready(module: str) -> Started:
    """Give a process of a module: the one that waits, if nobody has taken it, or a new one."""
    return _waiting.get().pop(module, None) or start(module)


def run(
    started: Started,
    *,
    feed: bytes = b"",
    silence: float,
    total: float,
    heard: Callable[[Mapping[str, Any]], None] = lambda line: None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Outcome:
    """Give a child that was just started ``feed`` on its standard input, do something ``meanwhile``, and hear it out.

    The child writes lines of JSON; each is handed to ``heard``. A line with a ``size`` is its last and announces
    so many bytes. The child is killed when it says nothing for ``silence`` seconds or runs for ``total`` seconds.
    """
    with held(started.process), started.errors:
        return _attend(started.process, feed, started.errors, silence, total, heard, meanwhile)


def _attend(
    process: subprocess.Popen[bytes],
    feed: bytes,
    errors: IO[bytes],
    silence: float,
    total: float,
    heard: Callable[[Mapping[str, Any]], None],
    meanwhile: Callable[[], object],
) -> Outcome:
    assert process.stdin is not None and process.stdout is not None
    said: queue.Queue[tuple[Mapping[str, Any], bytes] | None] = queue.Queue()
    threading.Thread(target=_feed, args=(process.stdin, feed), daemon=True).start()
    threading.Thread(target=listen, args=(process.stdout, said), daemon=True).start()
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(total, end)
    clock.daemon = True
    clock.start()
    meanwhile()
    overtime: Literal["", "silence", "total"] = ""
    last: Mapping[str, Any] = {}
    data = b""
    try:
        while (item := said.get(timeout=silence)) is not None:
            last, data = item
            heard(last)
    except queue.Empty:
        overtime = "silence"
        process.kill()
    finally:
        clock.cancel()
    code = process.wait()
    if late.is_set():
        overtime = "total"
    return Outcome(code, last, data, tail(errors), overtime)


def _feed(pipe: IO[bytes], feed: bytes) -> None:
    try:
        with pipe:
            pipe.write(feed)
    except OSError:
        pass  # the child is gone; its exit code tells


def listen(pipe: IO[bytes], said: queue.Queue[tuple[Mapping[str, Any], bytes] | None]) -> None:
    """Take what a child says until it says no more: lines of JSON and the bytes after them, and at last ``None``."""
    try:
        with pipe:
            for raw in iter(pipe.readline, b""):
                line = json.loads(raw)
                said.put((line, pipe.read(line.get("size", 0))))
    except (OSError, ValueError):
        pass  # half a line: the child died while writing it
    finally:
        said.put(None)


def tail(errors: IO[bytes]) -> str:
    """Give the end of what a child wrote to standard error."""
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - _ERRORS_KEPT))
    return errors.read().decode("utf-8", "replace")
