"""Work that is left for the time when another process works and this one would wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_left: ContextVar[Callable[[bool], None] | None] = ContextVar("left", default=None)


@contextmanager
def left(work: Callable[[bool], None]) -> Iterator[None]:
    """Leave something to be done by whoever waits first while the context lasts.

    It is told whether a core has nothing to do, for what another process could do. It is asked for at every wait, so it
    must know whether it was done. What it raises ends what was waited for.
    """
    token = _left.set(work)
    try:
        yield
    finally:
        _left.reset(token)


def meanwhile(*, spare: bool) -> None:
    """Do what was left, for now is the time; ``spare`` says whether a core has nothing to do."""
    work = _left.get()
    if work:
        work(spare)
