"""Judges work side by side, what they raise is raised, and nothing goes on when the build is broken off."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from publish import java
from publish.build.judging import judges
from publish.formats import FORMATS
from publish.formats.epub.epubcheck import lacking
from publish.processes import run


def test_two_judges_work_at_once() -> None:
    both = threading.Barrier(2)

    def meet() -> None:
        both.wait(10)

    with judges(2) as begin:
        begin(meet)
        begin(meet)


def test_everything_is_waited_for() -> None:
    done: list[int] = []
    with judges(1) as begin:
        for number in range(3):
            begin(partial(done.append, number))
    assert done == [0, 1, 2]


def test_what_a_judge_raises_is_raised() -> None:
    def work() -> None:
        raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"), judges(2) as begin:
        begin(work)


def test_breaking_off_ends_the_referees(tmp_path: Path) -> None:
    begun = time.monotonic()
    ended: list[int] = []

    def break_off() -> None:
        with judges(2) as begin:
            begin(lambda: ended.append(run(["sleep", "60"], seconds=60, folder=tmp_path).returncode))
            time.sleep(0.3)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert ended == [-9]
    assert time.monotonic() - begun < 20


def _descendants(pid: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = ""
        with suppress(OSError):  # a thread may end while it is looked at
            children = (task / "children").read_text()
        for child in map(int, children.split()):
            with suppress(OSError):
                found |= {child: Path(f"/proc/{child}/cmdline").read_text(), **_descendants(child)}
    return found


@pytest.mark.skipif(bool(lacking()), reason="EPUBCheck is not installed")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_while_the_referees_judge(number: signal.Signals, code: int, tmp_path: Path) -> None:
    essay = tmp_path / "essay.md"
    essay.write_text("---\ntitle: The Port\nauthor: A\ndate: 2016\nlang: en\n---\n\nText.\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "build", str(essay)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 100
    children: dict[int, str] = {}
    # Once the pages are there, the referees are all that runs.
    while "epub.checker" not in (running := "".join(children.values())) or "pdf.worker" in running:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.02)
        children = _descendants(process.pid)
    process.send_signal(number)  # to the program alone: its children are its own to end
    process.communicate(timeout=30)
    assert process.returncode == code
    assert [line for child, line in children.items() if Path(f"/proc/{child}").exists()] == []
    assert list(tmp_path.iterdir()) == [essay]


@pytest.mark.parametrize("name", ["pdf", "epub"])
def test_a_referee_that_is_not_installed_is_not_called(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert FORMATS[name]().referees() == ()
