"""Where the time went, as a file that a browser shows (``chrome://tracing``, Perfetto): the Trace Event Format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from publish.cli.progress import Timed

_MICROSECONDS = 1_000_000


def trace(stages: Sequence[Timed], pieces: Sequence[Timed]) -> dict[str, Any]:
    """Give the data of a trace, as JSON can hold it: every lane of work is shown as a thread, the stages first."""
    every = [*stages, *pieces]
    start = min((timed.begun for timed in every), default=0.0)
    lanes = {name: number for number, name in enumerate(dict.fromkeys(timed.lane for timed in every))}
    return {"traceEvents": [*_names(lanes), *(_event(timed, lanes, start) for timed in every)]}


def _names(lanes: dict[str, int]) -> Iterator[dict[str, Any]]:
    for name, number in lanes.items():
        yield {"name": "thread_name", "ph": "M", "pid": 1, "tid": number, "args": {"name": name}}


def _event(timed: Timed, lanes: dict[str, int], start: float) -> dict[str, Any]:
    return {
        "name": timed.name,
        "ph": "X",  # an event that is complete: when it began, and how long it took
        "ts": round((timed.begun - start) * _MICROSECONDS),
        "dur": round(timed.seconds * _MICROSECONDS),
        "pid": 1,
        "tid": lanes[timed.lane],
    }
