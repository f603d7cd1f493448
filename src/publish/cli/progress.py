"""What is being done, shown while it lasts, and how long each thing took."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field

from publish.cli.terminal import Terminal
from publish.records import dataclass

_WAIT = 0.4
"""Seconds before something is shown at all: what is quick needs no announcement."""

_BEAT = 0.5
_BAR = 20
"""Columns of the bar that shows how many steps of a stage are done."""


@dataclass(frozen=True)
class Timed:
    """A stage, or a piece of one: what it was, where it was done, and from when to when (seconds)."""

    name: str
    lane: str
    begun: float
    ended: float

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ended - self.begun


@dataclass
class Meter:
    """Called with what is begun; the context lasts as long as that does. It is a ``publish.progress.Watcher`` too.

    ``stages`` are those that are done, in the order of their ends, and ``pieces`` what was done inside them. Of several
    things that go on at once the one begun first is shown.
    """

    terminal: Terminal
    shown: bool = True
    stages: list[Timed] = field(default_factory=list)
    pieces: list[Timed] = field(default_factory=list)
    _current: list[float] = field(default_factory=list)
    _steps: tuple[int, int] = (0, 0)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Show ``stage`` on a terminal while the context lasts."""
        begun, done = time.monotonic(), threading.Event()
        self._current.append(begun)
        self._steps = (0, 0)
        watcher = threading.Thread(target=self._watch, args=(stage, begun, done), daemon=True)
        if self.shown and self.terminal.live:
            watcher.start()
        try:
            yield
        finally:
            done.set()
            if watcher.ident is not None:
                watcher.join()
            self._current.remove(begun)
            self.stages.append(Timed(stage, threading.current_thread().name, begun, time.monotonic()))

    @contextmanager
    def piece(self, name: str, lane: str) -> Iterator[None]:
        """Take the time of a piece of a stage."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.pieces.append(Timed(name, lane, begun, time.monotonic()))

    def counted(self, done: int, whole: int) -> None:
        """Show from now on how many steps of the stage are done."""
        self._steps = (done, whole)

    def _watch(self, stage: str, begun: float, done: threading.Event) -> None:
        wait, said = _WAIT, False
        while not done.wait(wait):
            if self._current[:1] != [begun]:
                continue
            seconds = time.monotonic() - begun
            line = f"{stage} …{_bar(*self._steps)}" + (f" {seconds:.0f} s" if seconds >= 2 else "")
            self.terminal.write(f"\r\x1b[K{self.terminal.style(line, dim=True)}")
            wait, said = _BEAT, True
        if said:
            self.terminal.write("\r\x1b[K")

    def lines(self) -> Iterator[str]:
        """Give where the time went, one line a thing and one for all, which is less where things went on at once."""
        whole = max((t.ended for t in self.stages), default=0.0) - min((t.begun for t in self.stages), default=0.0)
        rows = [*((timed.name, timed.seconds) for timed in self.stages), ("In all", whole)]
        width = max(len(stage) for stage, _ in rows)
        yield from (f"  {stage:<{width}} {seconds:8.2f} s" for stage, seconds in rows)
        slowest = sorted(self.pieces, key=lambda timed: -timed.seconds)[:5]
        if slowest:
            width = max(len(timed.name) for timed in slowest)
            yield f"  of {len(self.pieces)} pieces of work the longest:"
            yield from (f"    {timed.name:<{width}} {timed.seconds:8.2f} s" for timed in slowest)


def _bar(done: int, whole: int) -> str:
    """Give a bar, or nothing where no steps are known."""
    if not whole:
        return ""
    full = _BAR * done // whole
    return f" [{'#' * full}{'.' * (_BAR - full)}] {done}/{whole}"
