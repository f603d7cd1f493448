"""A program that is told to end does, whatever it is doing, and leaves neither processes nor folders."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ended import is_gone

PROGRAM = """
import signal, subprocess, sys, threading, time, weakref
from publish import leaving
from publish.processes import held

class Thing:
    pass

def drop(_):
    signal.raise_signal(int(sys.argv[1]))  # Python prints what comes here and goes on

def get_stuck():
    try:
        signal.raise_signal(int(sys.argv[1]))
    finally:
        lock = threading.Lock()
        lock.acquire()
        lock.acquire()

leaving._PATIENCE = 0.5
leaving.heed()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with leaving.folder() as folder, held(child):
    (folder / "file").write_text("of the program's own")
    print(child.pid, folder, flush=True)
    if sys.argv[2] == "unheard":
        thing = Thing()
        weak = weakref.ref(thing, drop)
        del thing
        time.sleep(600)
    elif sys.argv[2] == "stuck":
        get_stuck()
    signal.raise_signal(int(sys.argv[1]))
"""


@pytest.mark.parametrize("how", ["at once", "unheard", "stuck"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_program_ends(number: signal.Signals, code: int, how: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(number.value), how], check=False, capture_output=True, text=True, timeout=60
    )
    child, folder = told.stdout.split(maxsplit=1)
    at_once = {signal.SIGINT: -signal.SIGINT, signal.SIGTERM: code}[number]  # as Python ends for KeyboardInterrupt
    assert told.returncode == (at_once if how == "at once" else code)
    assert is_gone(int(child)) and not Path(folder.strip()).exists()
    assert ("Stopped." in told.stderr) == (how != "at once")


SAVING = """
import signal, time
from publish import leaving
leaving._PATIENCE = 0.1
leaving.heed()
try:
    signal.raise_signal(signal.SIGTERM)
except SystemExit:
    with leaving.undisturbed():
        time.sleep(1)
        print("written", flush=True)
    time.sleep(600)
"""


def test_what_is_being_written_is_written() -> None:
    told = subprocess.run([sys.executable, "-c", SAVING], check=False, capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stdout) == (143, "written\n")
