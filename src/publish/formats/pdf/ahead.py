"""Where a rendition is laid out, and a layout process that is there before the rendition is.

To start Python and load the layout engine takes a third of the time in which a short text is laid out. While the
manuscript is read, checked and rendered, another core can do it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path

from publish import child, leaving
from publish.formats.pdf import fonts
from publish.processes import held
from publish.records import dataclass

WORKER = "publish.formats.pdf.worker"
"""The module that lays pages out."""


@dataclass(frozen=True)
class Site:
    """A private ``folder``, the ``environment`` of the processes that work in it, and the first of them, if it was
    started ahead.
    """

    folder: Path
    environment: Mapping[str, str]
    first: child.Started | None = None


_waiting: ContextVar[list[tuple[Site, ExitStack]] | None] = ContextVar("waiting", default=None)


@contextmanager
def ahead() -> Iterator[None]:
    """Start a layout process for the first rendition that is written while the context lasts.

    When there is none, because a mistake was found, the process is ended with the context.
    """
    with ExitStack() as stack:
        held = stack.enter_context(ExitStack())
        waiting = [(held.enter_context(_opened(early=True)), held)]
        token = _waiting.set(waiting)
        stack.callback(_waiting.reset, token)
        yield


@contextmanager
def site() -> Iterator[Site]:
    """Give the place for one rendition, which is gone with its processes when the context ends."""
    waiting = _waiting.get()
    if waiting:
        found, held = waiting.pop()
        with held.pop_all():
            yield found
    else:
        with _opened(early=False) as found:
            yield found


@contextmanager
def _opened(*, early: bool) -> Iterator[Site]:
    with leaving.folder() as folder:
        environment = fonts.world(folder)
        if not early:
            yield Site(folder, environment)
            return
        first = child.start(WORKER, environment=environment)
        with held(first.process):
            try:
                yield Site(folder, environment, first)
            finally:
                first.end()
