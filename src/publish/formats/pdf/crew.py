"""A crew of processes that lay divisions out, watched over: one that dies costs one order.

A process starts when there is something for it to do. It is killed when it says nothing for too long or takes
too long over an order. An order that a used process did not survive is given once more, to a fresh one; one that a
fresh process did not survive is lost.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, nullcontext
from contextvars import copy_context
from dataclasses import field
from functools import partial
from typing import Any, Literal, TypeAlias

from publish.child import Outcome, Started, listen, start, tail
from publish.formats.pdf.ahead import WORKER
from publish.formats.pdf.wire import Begin, Book, Finish
from publish.processes import held
from publish.progress import piece
from publish.records import dataclass

Answered: TypeAlias = tuple[Mapping[str, Any], bytes]
"""The head of an answer, and the bytes that followed it."""


@dataclass(frozen=True)
class Terms:
    """What the processes of a crew may take: how many there are, seconds of silence, and seconds for an order.
    ``environment`` is theirs; after so many ``pages`` another takes the place of one.
    """

    count: int
    silence: float
    total: float
    environment: Mapping[str, str]
    pages: int = 600


class Lost(Exception):
    """An order that no process survived: ``outcome`` tells how the last one ended."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"exit code {outcome.code}")
        self.outcome = outcome


@dataclass
class _Task:
    order: Any
    rank: tuple[int, ...]
    holds: str
    keeps: bool
    future: Future[Answered] = field(default_factory=Future)


class Crew:
    """Does orders for one book. To be closed, best by ``with``."""

    def __init__(
        self, book: Book, terms: Terms, heard: Callable[[Mapping[str, Any]], None], first: Started | None = None
    ) -> None:
        """``first`` is a process that was started ahead, in the same world."""
        self._book, self._terms, self._heard = book, terms, heard
        self._ready = [first] if first else []
        self._changed = threading.Condition()
        self._tasks: list[_Task] = []
        self._holders: dict[str, int] = {}
        self._hands: list[threading.Thread] = []
        self._processes: dict[int, _Process] = {}
        self._working: set[int] = set()
        self._dismissed: set[int] = set()
        self._closed = False

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get_ready(self) -> None:
        """Let the process that was started ahead read what all divisions share, before there is an order."""
        if self._ready and not self._hands:
            self._hire(self._get_ready)

    def _get_ready(self, number: int) -> None:
        # What is wrong with it the first order meets, too; or there is none any more, and it was ended meanwhile.
        with contextlib.suppress(Exception), piece("starting", _lane(number)):
            self._process(number)
        self._work(number)

    def _hire(self, work: Callable[[int], None]) -> None:
        working = partial(copy_context().run, work, len(self._hands))
        self._hands.append(threading.Thread(target=working, daemon=True))
        self._hands[-1].start()

    def submit(self, order: Any, *, rank: tuple[int, ...], holds: str = "", keeps: bool = False) -> Future[Answered]:
        """Have an order done; those of lower rank come first.

        One that ``keeps`` leaves something in its process, and the order that names the same in ``holds`` goes there.
        """
        task = _Task(order, rank, holds, keeps)
        with self._changed:
            self._tasks.append(task)
            if len(self._hands) - len(self._dismissed) < min(self._terms.count, len(self._tasks) + len(self._working)):
                self._hire(self._work)
            self._changed.notify_all()
        return task.future

    def thin_out(self) -> None:
        """End the processes that have nothing to do: no more orders will come, or one. One process stays for that."""
        with self._changed:
            used = {*self._working, *self._holders.values()}
            idle = [number for number in self._processes if number not in used]
            self._dismissed |= {*(idle if len(idle) < len(self._processes) else idle[1:])}
            self._changed.notify_all()

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            for process in self._processes.values():
                process.end()
        for hand in self._hands:
            hand.join()

    def _work(self, number: int) -> None:
        while (task := self._take(number)) is not None:
            task.future.set_running_or_notify_cancel()  # nobody cancels one
            try:
                answered = self._do(number, task)
            except Exception as error:  # noqa: BLE001 - whoever waits for the order hears of it
                task.future.set_exception(error)
            else:
                task.future.set_result(answered)
            with self._changed:
                self._working.discard(number)
        self._let_go(number)

    def _take(self, number: int) -> _Task | None:
        """Wait for the best task that this process may do; ``None`` when there will be no more."""
        with self._changed:
            while not self._closed and number not in self._dismissed:
                mine = [t for t in self._tasks if self._holders.get(t.holds, number) == number]
                if mine:
                    task = min(mine, key=lambda t: t.rank)
                    self._tasks.remove(task)
                    self._working.add(number)
                    return task
                self._changed.wait()
        return None

    def _do(self, number: int, task: _Task) -> Answered:
        for _ in range(2):
            with nullcontext() if number in self._processes else piece("starting", _lane(number)):
                process = self._process(number)
            used = process.done > 0
            try:
                with piece(_name(task.order), _lane(number)):
                    answered = process.do(task.order)
            except Lost:
                self._let_go(number)
                if not used or self._closed:
                    raise
            else:
                self._settle(number, task, process)
                return answered
        raise AssertionError("a fresh process is not a used one")

    def _settle(self, number: int, task: _Task, process: _Process) -> None:
        """Note what a process keeps now; one that keeps nothing and has laid out much ends, and its memory with it."""
        with self._changed:
            if task.keeps:
                self._holders[task.holds] = number
            else:
                self._holders.pop(task.holds, None)
            idle = number not in self._holders.values()
        if idle and process.pages >= self._terms.pages:
            self._let_go(number)

    def _process(self, number: int) -> _Process:
        if number not in self._processes:
            with self._changed:
                started = self._ready.pop() if self._ready else None
            process = _Process(self._terms, self._heard, started or start(WORKER, environment=self._terms.environment))
            with self._changed:
                self._processes[number] = process
                if self._closed:  # whoever closed the crew did not see this one
                    process.end()
            try:
                head, _ = process.do(self._book, counts=False)
            except Lost:
                self._let_go(number)
                raise
            if head:
                self._let_go(number)
                raise Refused(head)
        return self._processes[number]

    def _let_go(self, number: int) -> None:
        with self._changed:
            process = self._processes.pop(number, None)
            self._holders = {key: holder for key, holder in self._holders.items() if holder != number}
            self._changed.notify_all()
        if process is not None:
            process.end()


class Refused(Exception):
    """A process could not begin; ``head`` is its answer."""

    def __init__(self, head: Mapping[str, Any]) -> None:
        super().__init__("the layout cannot begin")
        self.head = head


class _Process:
    """One process. ``done`` counts the orders that it has done, ``pages`` the pages that it has laid out."""

    def __init__(self, terms: Terms, heard: Callable[[Mapping[str, Any]], None], started: Started) -> None:
        self.done = self.pages = 0
        self._terms, self._heard, self._started = terms, heard, started
        self._process, self._errors = started.process, started.errors
        self._held = ExitStack()
        self._held.enter_context(held(self._process))
        self._said: queue.Queue[tuple[Mapping[str, Any], bytes] | None] = queue.Queue()
        threading.Thread(target=listen, args=(self._process.stdout, self._said), daemon=True).start()

    def do(self, order: Any, *, counts: bool = True) -> Answered:
        """Give an order and wait for its answer. Raises Lost."""
        assert self._process.stdin is not None
        last: Mapping[str, Any] = {}
        overtime: Literal["", "silence", "total"] = ""
        until = time.monotonic() + self._terms.total
        with contextlib.suppress(OSError):  # it is gone; its exit code tells
            pickle.dump(order, self._process.stdin)
            self._process.stdin.flush()
        while True:
            left = until - time.monotonic()
            try:
                item = self._said.get(timeout=max(0, min(self._terms.silence, left)))
            except queue.Empty:
                overtime = "total" if left <= self._terms.silence else "silence"
                item = None
            if item is None:
                break
            last, data = item
            if "size" in last:
                self.done += counts
                return {key: value for key, value in last.items() if key != "size"}, data
            self.pages += last.get("at") == "layout"
            self._heard(last)
        self._process.kill()
        raise Lost(Outcome(self._process.wait(), last, b"", tail(self._errors), overtime))

    def end(self) -> None:
        """End it and let go of what it held."""
        self._held.close()
        self._started.end()


def _lane(number: int) -> str:
    return f"layout {number + 1}"


def _name(order: Any) -> str:
    """Give what an order is called where the times are told."""
    if isinstance(order, Begin):
        return f"{order.sheet.name}: breaking into pages"
    return f"{order.sheet.name}: drawing" if isinstance(order, Finish) else "cutting fonts"


def cores() -> int:
    """Give how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
