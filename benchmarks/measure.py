"""What a command takes: seconds by the clock, seconds of CPU, and memory, each with everything that it starts."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BEAT = 0.05


@dataclass(frozen=True)
class Sample:
    """One run: ``wall`` and ``cpu`` in seconds, ``memory`` in bytes at its highest; ``error`` where it failed."""

    wall: float
    cpu: float
    memory: int
    error: str = ""


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float, *, told: bool = False
) -> Sample:
    """Run a command once. One that has ``told`` its seconds on standard output has taken those, by the clock and else.

    CPU time is that of the process and of all that it waited for (wait4). Memory is the sum over its session of what
    each process has for itself and its share of what it has with others (PSS), looked at twenty times a second.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if told else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    peak, done = [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done), daemon=True)
    watcher.start()
    clock = threading.Timer(seconds, lambda: os.killpg(process.pid, 9))
    clock.start()
    assert process.stderr is not None
    errors = process.stderr.read()
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    clock.cancel()
    done.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    said = errors.decode("utf-8", "replace").strip().splitlines()
    if told and process.returncode == 0:
        return Sample(float(output), float(output), peak[0])
    error = "" if process.returncode == 0 else (said[-1] if said else f"exit code {process.returncode}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, peak[0], error)


def _watch(session: int, peak: list[int], done: threading.Event) -> None:
    while not done.wait(_BEAT):
        peak[0] = max(peak[0], sum(_memory(process) for process in _members(session)))


def _members(session: int) -> Iterator[Path]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            if fields[3] == str(session):
                yield folder


def _memory(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
