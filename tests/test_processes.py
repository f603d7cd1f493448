"""Other programs end when they are told to, with what they started, and never outlive a context."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest

from ended import is_gone
from publish.processes import held, run, together

# A program that starts another, which would go on for a minute, and tells its number.
PARENT = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"


def test_a_program_says_how_it_ended(tmp_path: Path) -> None:
    done = run([sys.executable, "-c", "import sys; print('x'); sys.exit(3)"], seconds=30, folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"x\n", b"")


def test_a_program_that_takes_too_long_ends_with_what_it_started(tmp_path: Path) -> None:
    note = PARENT.replace("print(p.pid, flush=True)", "open('pid', 'w').write(str(p.pid))")
    with pytest.raises(subprocess.TimeoutExpired):
        run([sys.executable, "-c", note], seconds=3, folder=tmp_path)
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_nothing_outlives_its_context() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        with pytest.raises(ZeroDivisionError), held(process):
            raise ZeroDivisionError
        assert process.returncode == -9


def test_a_group_ends_at_once_also_what_comes_later(tmp_path: Path) -> None:
    begun = threading.Event()

    def work() -> list[int]:
        begun.set()
        return [run(["sleep", "60"], seconds=60, folder=tmp_path).returncode for _ in range(2)]

    with ThreadPoolExecutor() as pool, together() as group:
        future = pool.submit(copy_context().run, work)
        begun.wait()
        time.sleep(0.2)
        group.end()
        assert future.result(timeout=10) == [-9, -9]
