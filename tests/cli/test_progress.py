"""What a meter shows and keeps."""

from __future__ import annotations

import io
import time

from publish.cli.progress import Meter, Timed
from publish.cli.terminal import Terminal
from publish.cli.timings import trace


def test_a_bar_shows_how_many_steps_are_done() -> None:
    stream = io.StringIO()
    meter = Meter(Terminal(stream, live=True))
    with meter("Making the PDF"):
        meter.counted(3, 12)
        time.sleep(0.6)
    assert "Making the PDF … [#####...............] 3/12" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_what_is_no_terminal_stays_silent() -> None:
    stream = io.StringIO()
    meter = Meter(Terminal(stream, live=False))
    with meter("Making the PDF"):
        meter.counted(1, 2)
        time.sleep(0.5)
    assert stream.getvalue() == ""


def test_lines_say_what_took_longest() -> None:
    meter = Meter(Terminal(io.StringIO()))
    meter.stages = [Timed("Reading", "main", 1.0, 2.0), Timed("Judging", "judge_0", 1.5, 4.0)]
    meter.pieces = [Timed("a.xhtml: drawing", "layout 1", 2.0, 2.5), Timed("b.xhtml: drawing", "layout 2", 2.0, 3.5)]
    assert [line.split() for line in meter.lines()] == [
        ["Reading", "1.00", "s"],
        ["Judging", "2.50", "s"],
        ["In", "all", "3.00", "s"],
        "of 2 pieces of work the longest:".split(),  # noqa: SIM905
        ["b.xhtml:", "drawing", "1.50", "s"],
        ["a.xhtml:", "drawing", "0.50", "s"],
    ]


def test_a_trace_has_a_thread_for_each_lane_and_starts_at_nought() -> None:
    data = trace([Timed("Reading", "main", 7.0, 7.5)], [Timed("a: drawing", "layout 1", 7.25, 8.0)])
    assert data["traceEvents"] == [
        {"name": "thread_name", "ph": "M", "pid": 1, "tid": 0, "args": {"name": "main"}},
        {"name": "thread_name", "ph": "M", "pid": 1, "tid": 1, "args": {"name": "layout 1"}},
        {"name": "Reading", "ph": "X", "ts": 0, "dur": 500_000, "pid": 1, "tid": 0},
        {"name": "a: drawing", "ph": "X", "ts": 250_000, "dur": 750_000, "pid": 1, "tid": 1},
    ]
