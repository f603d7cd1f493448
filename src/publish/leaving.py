"""How the program ends when it is told to: within seconds, and with all that it started."""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

_PATIENCE = 5.0  # seconds from the signal until the program ends even so

_owed: dict[object, Callable[[], object]] = {}
_writing = threading.RLock()


def heed() -> None:
    """End the program as if it asked for it by itself when it is told to end (Ctrl-C, SIGTERM, SIGHUP).

    An exception ends it, so that every context cleans up. Python drops one that comes while it calls back
    (a weak reference's end, ``__del__``), and a lock that it took may stay taken; so after a few seconds the program
    ends without asking, and does first what is ``owed``.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    # Not threading's thread: its start takes a lock that may be held where the signal came.
    _thread.start_new_thread(_insist, (128 + number,))
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def _insist(code: int) -> NoReturn:
    time.sleep(_PATIENCE)
    with _writing:
        for work in reversed(list(_owed.values())):
            with suppress(Exception):  # the rest is owed all the same
                work()
        with suppress(OSError):
            os.write(2, b"Stopped.\n")
        os._exit(code)


@contextmanager
def owed(work: Callable[[], object]) -> Iterator[None]:
    """Have something done, should the program end in the midst of the context: the last such thing first."""
    key = object()
    _owed[key] = work
    try:
        yield
    finally:
        del _owed[key]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the program not end while the context lasts."""
    with _writing:
        yield


@contextmanager
def folder() -> Iterator[Path]:
    """Give a new folder of our own for what is needed for a while; it is gone afterwards with all that is in it."""
    from tempfile import TemporaryDirectory  # not at the top: a build with nothing to do needs no folder

    place = TemporaryDirectory(prefix="publish-", ignore_cleanup_errors=True)
    with place, owed(place.cleanup):
        yield Path(place.name)
