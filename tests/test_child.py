"""Children are heard, limited and killed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from publish import child

_MODULES = {
    "says": "import sys; data = sys.stdin.buffer.read(); print('{\"at\": 1}'); "
    "print('{\"size\": 3}', flush=True); sys.stdout.buffer.write(data[:3])",
    "hangs": "import time; print('{}', flush=True); time.sleep(60)",
    "chatters": "import time\nwhile True: print('{}', flush=True); time.sleep(0.1)",
    "dies": "import os, signal; os.kill(os.getpid(), signal.SIGABRT)",
    "waits": "import json, os, sys; line = sys.stdin.readline().strip(); "
    "print(json.dumps({'said': line, 'number': os.getpid(), 'size': 0}), flush=True)",
    "babbles": "import sys; print('no json', flush=True); sys.exit('oh')",
}


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in _MODULES.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_lines_are_heard_and_bytes_come_back() -> None:
    heard: list[Mapping[str, Any]] = []
    outcome = child.run(child.start("says"), feed=b"abcdef", silence=30, total=30, heard=heard.append)
    assert (outcome.code, outcome.data, outcome.overtime) == (0, b"abc", "")
    assert heard == [{"at": 1}, {"size": 3}]


def test_a_child_that_falls_silent_is_killed() -> None:
    outcome = child.run(child.start("hangs"), silence=3, total=30)
    assert outcome.overtime == "silence"
    assert outcome.code != 0


def test_a_child_that_goes_on_for_ever_is_killed() -> None:
    outcome = child.run(child.start("chatters"), silence=30, total=3)
    assert outcome.overtime == "total"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_child_that_dies() -> None:
    outcome = child.run(child.start("dies"), feed=b"x" * 1_000_000, silence=30, total=30)
    assert (outcome.code, outcome.overtime, dict(outcome.last)) == (-6, "", {})


def test_what_a_child_says_on_standard_error_is_kept() -> None:
    outcome = child.run(child.start("babbles"), silence=30, total=30)
    assert outcome.code == 1
    assert "oh" in outcome.errors


def test_who_waits_is_taken_once() -> None:
    with child.waiting(["waits", "waits"]) as summon:
        summon()
        summon()
        first, other = child.ready("waits"), child.ready("waits")
        told = child.run(first, feed=b"a\n", silence=30, total=30).last
        again = child.run(other, feed=b"b\n", silence=30, total=30).last
    assert (told["said"], again["said"]) == ("a", "b")
    assert (told["number"], again["number"]) == (first.process.pid, other.process.pid) and first != other


def test_who_is_not_called_does_not_come_and_who_waits_in_vain_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[child.Started] = []
    begin = child.start

    def start(module: str) -> child.Started:
        started.append(begin(module))
        return started[-1]

    monkeypatch.setattr(child, "start", start)
    with child.waiting(["hangs"]):
        pass
    assert not started  # nobody called
    with child.waiting(["hangs"]) as summon:
        summon()
        assert started[0].process.poll() is None
    assert started[0].process.poll() is not None
