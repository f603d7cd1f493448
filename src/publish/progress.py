"""What is going on inside a stage, told to whoever watches: steps that are counted, and pieces of work done beside each
other. Nobody needs to watch; no clock is read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Protocol


class Watcher(Protocol):
    """Whoever shows or measures what is going on; called from several threads."""

    def piece(self, name: str, lane: str) -> AbstractContextManager[object]:
        """Take note of a piece of work that lasts as long as the context; ``lane`` is where it is done."""
        ...

    def counted(self, done: int, whole: int) -> None:
        """Take note of how many steps of the stage are done, and how many there are."""
        ...


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Let somebody watch while the context lasts, also what threads do that run in a copy of the context."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def piece(name: str, lane: str) -> AbstractContextManager[object]:
    """Tell of a piece of work that lasts as long as the context."""
    watcher = _watcher.get()
    return watcher.piece(name, lane) if watcher else nullcontext()


def counted(done: int, whole: int) -> None:
    """Tell how many steps of the stage are done."""
    watcher = _watcher.get()
    if watcher:
        watcher.counted(done, whole)
