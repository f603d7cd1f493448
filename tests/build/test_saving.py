"""Finished files are put in place whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from publish.build.output import save, sweep
from publish.diagnostics import Log


def _said(log: Log) -> list[str]:
    return [f"{d.rule.name}: {d.message}" for d in log]


def test_files_and_their_folder_are_made(tmp_path: Path) -> None:
    log = Log()
    assert save({tmp_path / "a/b/book.pdf": b"pdf", tmp_path / "a/book.epub": b"epub"}, log)
    assert (tmp_path / "a/b/book.pdf").read_bytes() == b"pdf"
    assert (tmp_path / "a/book.epub").read_bytes() == b"epub"
    assert len(log) == 0
    assert len(list(tmp_path.rglob("*"))) == 4


def test_a_file_has_the_rights_that_a_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"")
    save({tmp_path / "book.pdf": b"pdf"}, Log())
    assert (tmp_path / "book.pdf").stat().st_mode == (tmp_path / "mine").stat().st_mode


def test_when_one_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"old")
    (tmp_path / "book.epub").mkdir()
    log = Log()
    assert not save({tmp_path / "book.pdf": b"new", tmp_path / "book.epub": b"new"}, log)
    assert (tmp_path / "book.pdf").read_bytes() == b"old"
    assert _said(log) == ["output-written: “book.epub” could not be written: a folder of that name stands there"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.epub", "book.pdf"]


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "book.pdf").symlink_to(tmp_path / "precious")
    assert save({tmp_path / "book.pdf": b"new"}, Log())
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert not (tmp_path / "book.pdf").is_symlink()


def test_a_full_disk(tmp_path: Path) -> None:
    log = Log()
    assert not save({Path("/dev/full"): b"new"}, log)
    assert _said(log) == ["output-written: “full” could not be written: the disk is full"]
    assert Path("/dev/full").is_char_device()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    log = Log()
    assert not save({tmp_path / "out/book.pdf": b"new"}, log)
    assert _said(log) == ["output-written: “book.pdf” could not be written: what should be its folder is a file"]


def _python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


def test_no_room_left_half_way(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").write_bytes(b"old")
    code = """
        import resource, signal, sys
        from pathlib import Path
        from publish.build.output import save
        from publish.diagnostics import Log
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        log = Log()
        good = save({Path(sys.argv[1]): bytes(1_000_000)}, log)
        print(good, [d.rule.name for d in log])
    """
    told = subprocess.run(_python(code, tmp_path / "book.pdf"), capture_output=True, text=True, check=True)
    assert told.stdout == "False ['output-written']\n"
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("book.pdf", b"old")]


_SAVE_FOR_EVER = """
    import sys
    from itertools import count
    from pathlib import Path
    from publish.build.output import save
    from publish.diagnostics import Log
    for number in count():
        save({Path(sys.argv[1]): bytes([number % 256]) * 3_000_000}, Log())
        print(number, flush=True)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle(tmp_path: Path, end: signal.Signals) -> None:
    book = tmp_path / "book.pdf"
    for delay in (0.001, 0.003, 0.004, 0.006, 0.009):
        process = subprocess.Popen(_python(_SAVE_FOR_EVER, book), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(end)
        process.communicate()
        data = book.read_bytes()
        assert len(data) == 3_000_000 and len(set(data)) == 1
        if end is signal.SIGINT:
            assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]
    save({book: b"new"}, Log())
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_readers_and_two_builds_see_whole_files_only(tmp_path: Path) -> None:
    book, logs = tmp_path / "book.pdf", [Log(), Log()]
    save({book: b"0" * 100_000}, Log())

    def write(number: int) -> None:
        for _ in range(40):
            save({book: str(number).encode() * 100_000}, logs[number])

    writers = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for writer in writers:
        writer.start()
    seen = []
    while any(writer.is_alive() for writer in writers):
        seen.append(book.read_bytes())
    assert all(len(data) == 100_000 and len(set(data)) == 1 for data in seen)
    assert [_said(log) for log in logs] == [[], []]
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_only_what_nobody_holds_is_swept(tmp_path: Path) -> None:
    for name in (".book.pdf.1-0.part", ".book.pdf.2-0.part", ".book.pdf.notes.part", ".other.pdf.1-0.part"):
        (tmp_path / name).write_bytes(b"half")
    with (tmp_path / ".book.pdf.2-0.part").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert [path.name for path in sweep(tmp_path / "book.pdf")] == [".book.pdf.1-0.part"]
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    log = Log()
    assert not save({tmp_path / "book.pdf": b"new"}, log)
    assert _said(log) == ["output-written: “book.pdf” could not be written: writing there is not allowed"]
