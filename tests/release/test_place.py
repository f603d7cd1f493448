"""A catalogue is the old one or the new one, whenever its maker is killed, and whatever cannot be written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publish.diagnostics import Log
from publish.release import place

COUNT = 120

# Puts trees of numbered files in place, one after another, until it is killed; says when it begins.
MAKER = f"""
import sys
from pathlib import Path
from publish.diagnostics import Log
from publish.release import place
dist = Path(sys.argv[1])
print("begun", flush=True)
for turn in range(int(sys.argv[2]), 10_000):
    files = {{f"essay/{{n}}.txt": (f"{{turn}} " * (200 + n)).encode() for n in range({COUNT} + turn % 3)}}
    gone = {{f"essay/{{n}}.txt" for n in range({COUNT}, {COUNT} + 3)}} - files.keys()
    with place.alone(dist):
        assert place.put(dist, files, gone, Log())
"""


def whole(dist: Path) -> int:
    """Give the number of the one tree that the folder holds; fails when it holds parts of two."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (dist / "essay").iterdir()}
    turns = {text.split()[0] for text in texts.values()}
    assert len(turns) == 1
    turn = int(turns.pop())
    assert texts == {f"{n}.txt": f"{turn} " * (200 + n) for n in range(COUNT + turn % 3)}
    return turn


@pytest.mark.skipif(os.name != "posix", reason="is killed by a signal")
def test_killed_at_ten_moments(tmp_path: Path) -> None:
    dist, turn, chance = tmp_path / "dist", 0, random.Random(7)
    (tmp_path / "neighbour.txt").write_text("somebody else's", encoding="utf-8")
    for _ in range(10):
        maker = subprocess.Popen(
            [sys.executable, "-c", MAKER, str(dist), str(turn + 1)], stdout=subprocess.PIPE, text=True
        )
        assert maker.stdout is not None and maker.stdout.readline() == "begun\n"
        while turn == 0 and not dist.exists():
            time.sleep(0.005)
        time.sleep(chance.uniform(0.01, 0.4))
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        maker.stdout.close()
        turn = whole(dist)
    with place.alone(dist):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"dist", "neighbour.txt"}, "nothing is left beside it"


def test_without_an_exchange_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_exchange", lambda one, other: False)
    dist = tmp_path / "dist"
    for text in (b"old", b"new"):
        with place.alone(dist):
            assert place.put(dist, {"a.txt": text}, (), Log())
    assert (dist / "a.txt").read_bytes() == b"new"
    dist.rename(tmp_path / ".dist.old.part")  # killed between the two steps
    with place.alone(dist):
        assert (dist / "a.txt").read_bytes() == b"new"


def test_what_has_not_changed_keeps_its_place_on_the_disk(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    assert place.put(dist, {"a.txt": b"same", "b/c.txt": b"old"}, (), Log())
    same = (dist / "a.txt").stat()
    assert place.changed(dist, {"a.txt": b"same", "b/c.txt": b"new"}, {"gone.txt"}) == ["b/c.txt"]
    assert place.put(dist, {"a.txt": b"same", "d.txt": b"new"}, {"b/c.txt"}, Log())
    assert (dist / "a.txt").stat().st_mtime_ns == same.st_mtime_ns and (dist / "a.txt").stat().st_ino == same.st_ino
    assert sorted(p.relative_to(dist).as_posix() for p in dist.rglob("*")) == ["a.txt", "d.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    log = Log()
    assert not place.put(tmp_path / "dist", {"a.txt": b""}, (), log)
    assert [d.rule.name for d in log] == ["output-written"]


def test_a_full_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dist = tmp_path / "dist"
    assert place.put(dist, {"a.txt": b"old"}, (), Log())

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, "_write", full)
    log = Log()
    assert not place.put(dist, {"a.txt": b"new"}, (), log)
    assert [d.message for d in log] == ["the release could not be written: the disk is full"]
    assert (dist / "a.txt").read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["dist"]
