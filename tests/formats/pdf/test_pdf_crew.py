"""The processes that lay divisions out may die, grow old, or be wanted no more: the book is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from functools import partial
from typing import Any

import pytest
from pdf_volumes import by_divisions, volume

from publish.formats.pdf import crew, writer
from publish.formats.pdf.wire import Cut, Finish


def test_a_killed_worker_costs_one_order() -> None:
    book = volume(7, chapters=3, paragraphs=6)
    clean = by_divisions(book)
    killed: list[int] = []
    do = crew._Process.do

    def kill(self: crew._Process, order: Any, **how: Any) -> Any:
        if isinstance(order, Finish) and not killed:
            killed.append(self._process.pid)
            os.kill(self._process.pid, signal.SIGKILL)
        return do(self, order, **how)

    crew._Process.do = kill  # type: ignore[method-assign]
    try:
        assert by_divisions(book).data == clean.data
    finally:
        crew._Process.do = do  # type: ignore[method-assign]
    assert killed


def test_processes_that_have_done_much_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    book = volume(7, chapters=3, paragraphs=6)
    clean = by_divisions(book)
    started: list[int] = []
    begin = crew._Process.__init__

    def note(self: crew._Process, terms: crew.Terms, heard: Any, process: Any) -> None:
        begin(self, terms, heard, process)
        started.append(self._process.pid)

    monkeypatch.setattr(crew._Process, "__init__", note)
    monkeypatch.setattr(writer, "Terms", partial(crew.Terms, pages=1))
    assert by_divisions(book).data == clean.data
    assert len(started) > 1


def test_the_book_is_put_together_where_the_memory_of_processes_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process stays to cut fonts; it is none that was started for that."""
    book = volume(7, chapters=4, paragraphs=6)
    started: list[subprocess.Popen[bytes]] = []
    running: list[int] = []
    begin, do = crew._Process.__init__, crew._Process.do

    def note(self: crew._Process, terms: crew.Terms, heard: Any, process: Any) -> None:
        begin(self, terms, heard, process)
        started.append(self._process)

    def count(self: crew._Process, order: Any, **how: Any) -> Any:
        if isinstance(order, Cut):
            deadline = time.monotonic() + 10
            while sum(one.poll() is None for one in started) > 1 and time.monotonic() < deadline:
                time.sleep(0.01)
            running.append(sum(one.poll() is None for one in started))
        return do(self, order, **how)

    monkeypatch.setattr(crew._Process, "__init__", note)
    monkeypatch.setattr(crew._Process, "do", count)
    monkeypatch.setattr(writer, "cores", lambda: 2)
    by_divisions(book, workers=2)
    assert (len(started), running) == (2, [1])
