"""What is being done, shown while it lasts, and how long each thing took."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from publish.cli.terminal import Terminal

_WAIT = 0.4
"""Seconds before something is shown at all: what is quick needs no announcement."""

_BEAT = 0.5


@dataclass
class Meter:
    """Called with what is begun; the context lasts as long as that does. ``times`` are (what, seconds) in order.

    Of several things that go on at once the one begun first is shown.
    """

    terminal: Terminal
    shown: bool = True
    times: list[tuple[str, float]] = field(default_factory=list)
    _current: list[float] = field(default_factory=list)
    _first: float | None = None
    _last: float = 0.0

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Show ``stage`` on a terminal while the context lasts."""
        begun, done = time.monotonic(), threading.Event()
        self._first = begun if self._first is None else self._first
        self._current.append(begun)
        watcher = threading.Thread(target=self._watch, args=(stage, begun, done), daemon=True)
        if self.shown and self.terminal.live:
            watcher.start()
        try:
            yield
        finally:
            done.set()
            if watcher.ident is not None:
                watcher.join()
            self._last = time.monotonic()
            self._current.remove(begun)
            self.times.append((stage, self._last - begun))

    def _watch(self, stage: str, begun: float, done: threading.Event) -> None:
        wait, said = _WAIT, False
        while not done.wait(wait):
            if self._current[:1] != [begun]:
                continue
            seconds = time.monotonic() - begun
            line = f"{stage} …" + (f" {seconds:.0f} s" if seconds >= 2 else "")
            self.terminal.write(f"\r\x1b[K{self.terminal.style(line, dim=True)}")
            wait, said = _BEAT, True
        if said:
            self.terminal.write("\r\x1b[K")

    def lines(self) -> Iterator[str]:
        """Give where the time went, one line a thing and one for all, which is less where things went on at once."""
        rows = [*self.times, ("In all", self._last - (self._first or 0.0))]
        width = max(len(stage) for stage, _ in rows)
        return (f"  {stage:<{width}} {seconds:8.2f} s" for stage, seconds in rows)
