"""Judges that work beside the making: referees are slow programs of their own, and the waits for them overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeAlias

from publish.processes import together

Begin: TypeAlias = Callable[[Callable[[], None]], None]


@contextmanager
def judges(count: int) -> Iterator[Begin]:
    """Give a function that begins a piece of work beside everything else; at the end all of it is waited for.

    What one of them raises is raised here. When the context is left by an exception (Ctrl-C), every program that was
    started inside is ended first, so that nothing goes on by itself.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    waiting: list[Future[None]] = []
    with ThreadPoolExecutor(max_workers=max(1, count), thread_name_prefix="judge") as pool, together() as group:

        def begin(work: Callable[[], None]) -> None:
            waiting.append(pool.submit(copy_context().run, work))

        try:
            yield begin
            for future in waiting:
                future.result()
        except BaseException:
            group.end()
            raise
