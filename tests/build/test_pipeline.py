"""The whole flow on real manuscripts: files in place or as they were, and nothing done twice."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publish.build import Request, Result, build, clean, examine
from publish.build.times import time_of
from publish.cache import Cache
from publish.diagnostics import Log

ESSAY = """---
title: The Port
author: An Author
date: 2016-03-02
lang: en
---

A paragraph with a note.[^1]

## The gate

Another one.

[^1]: A note.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small publication without a mistake."""
    root = tmp_path / "journal"
    (root / "manuscript").mkdir(parents=True)
    settings = 'title: "North and East"\nauthor: An Author\ndate: 2016-03-02\nlang: en\n'
    (root / "publication.yaml").write_text(settings, encoding="utf-8")
    (root / "manuscript/essay.md").write_text(ESSAY, encoding="utf-8")
    return root


def _build(path: Path, **options: object) -> tuple[Result | None, list[str]]:
    log = Log()
    result = build(Request(path, referee=False, **options), log)  # type: ignore[arg-type]
    return result, [f"{d.place} {d.rule.name}" for d in log]


def _made(path: Path, **options: object) -> Result:
    result, said = _build(path, **options)
    assert result is not None, said
    return result


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    ("date", "epoch", "expected"),
    [
        ("2016", None, datetime(2016, 1, 1, tzinfo=UTC)),
        ("2016-03", None, datetime(2016, 3, 1, tzinfo=UTC)),
        ("2016-03-02", None, datetime(2016, 3, 2, tzinfo=UTC)),
        ("", None, datetime(1980, 1, 1, tzinfo=UTC)),
        ("2016", 0, datetime(1970, 1, 1, tzinfo=UTC)),
        ("", 1457000000, datetime(2016, 3, 3, 10, 13, 20, tzinfo=UTC)),
    ],
)
def test_the_time_that_a_file_carries(date: str, epoch: int | None, expected: datetime) -> None:
    assert time_of(date, epoch) == expected


def test_both_files_are_made_and_told(folder: Path) -> None:
    result = _made(folder)
    assert [(made.format, made.path) for made in result.files] == [
        ("pdf", folder / "build/north-and-east.pdf"),
        ("epub", folder / "build/north-and-east.epub"),
    ]
    for made in result.files:
        data = made.path.read_bytes()
        assert (made.sha256, made.size) == (hashlib.sha256(data).hexdigest(), len(data))
    with pikepdf.open(result.files[0].path) as pdf:
        assert len(pdf.pages) == result.files[0].pages > 0
    with zipfile.ZipFile(result.files[1].path) as book:
        assert any(name.endswith("images/cover.jpg") for name in book.namelist())
    assert {path.name for path in (folder / "build").iterdir()} == {
        "north-and-east.pdf",
        "north-and-east.epub",
        ".cache",
    }


def test_without_saving_the_bytes_are_given_and_nothing_is_written(folder: Path) -> None:
    (made,) = _made(folder, formats=("pdf",), save=False).files
    assert made.data.startswith(b"%PDF-") and not (folder / "build").exists()


def test_a_bare_essay_is_made_beside_itself_and_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    (made,) = _made(tmp_path / "essay.md", formats=("epub",)).files
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["essay.md", made.path.name])
    (tmp_path / "essay.md").write_text("---\ntitle: T\nutterly: unknown\n---\nText.\n")
    log = Log()
    assert clean(tmp_path / "essay.md", log) == [made.path]
    assert not len(log), "what is wrong with a manuscript is no matter of who empties build/"


def test_a_file_or_a_folder_elsewhere(folder: Path, tmp_path: Path) -> None:
    (made,) = _made(folder, formats=("epub",), file=tmp_path / "out/x.epub").files
    assert made.path == tmp_path / "out/x.epub" and made.path.exists()
    (made,) = _made(folder, formats=("epub",), folder=tmp_path / "far/away").files
    assert made.path == tmp_path / "far/away/north-and-east.epub" and made.path.exists()


# --- unchanged -----------------------------------------------------------------------------------------------------


def test_the_same_publication_is_not_built_again(folder: Path) -> None:
    first, second = _made(folder), _made(folder)
    assert not first.unchanged and second.unchanged
    assert [(a.path, a.sha256, a.size, a.pages) for a in first.files] == [
        (b.path, b.sha256, b.size, b.pages) for b in second.files
    ]


def test_one_format_does_not_make_the_other_old(folder: Path) -> None:
    _made(folder, formats=("epub",))
    result = _made(folder)
    assert [(made.format, made.unchanged) for made in result.files] == [("pdf", False), ("epub", True)]


def _edit(folder: Path) -> None:
    (folder / "manuscript/essay.md").write_text(ESSAY + "\nMore.\n", encoding="utf-8")


def _edit_settings(folder: Path) -> None:
    path = folder / "publication.yaml"
    path.write_text(path.read_text() + "subtitle: More\n", encoding="utf-8")


def _add_a_division(folder: Path) -> None:
    (folder / "manuscript/second.md").write_text("# Second\n\nText.\n", encoding="utf-8")


def _add_a_style(folder: Path) -> None:
    (folder / "styles").mkdir()
    (folder / "styles/local.css").write_text("p { color: #333 }\n", encoding="utf-8")


def _touch_what_was_made(folder: Path) -> None:
    (folder / "build/north-and-east.epub").write_bytes(b"something else")


def _lose_what_was_made(folder: Path) -> None:
    (folder / "build/north-and-east.epub").unlink()


@pytest.mark.parametrize(
    "change", [_edit, _edit_settings, _add_a_division, _add_a_style, _touch_what_was_made, _lose_what_was_made]
)
def test_every_change_is_noticed(change: object, folder: Path) -> None:
    _made(folder, formats=("epub",))
    change(folder)  # type: ignore[operator]
    assert not _made(folder, formats=("epub",)).unchanged
    assert _made(folder, formats=("epub",)).unchanged


def _with_picture(folder: Path, place: Path, name: str) -> Path:
    from PIL import Image

    (folder / "manuscript/essay.md").write_text(ESSAY + f'\n![Dawn.]({name}){{alt="" credit="X"}}\n', encoding="utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (60, 40), 128).save(place)
    return place


@pytest.mark.parametrize("name", ["port.png", "../images/port.png"])
def test_a_changed_picture_is_noticed(name: str, folder: Path) -> None:
    from PIL import Image

    picture = _with_picture(folder, folder / "manuscript" / name, name)
    _made(folder, formats=("epub",))
    assert _made(folder, formats=("epub",)).unchanged
    Image.new("L", (60, 40), 30).save(picture)
    assert not _made(folder, formats=("epub",)).unchanged


def test_another_time_is_another_file(folder: Path) -> None:
    first = _made(folder, formats=("epub",))
    second = _made(folder, formats=("epub",), epoch=1457000000)
    assert not second.unchanged and first.files[0].sha256 != second.files[0].sha256


def test_warnings_are_told_again_though_nothing_is_built(folder: Path) -> None:
    (folder / "manuscript/essay.md").write_text(ESSAY.replace("note.[^1]", "note."), encoding="utf-8")
    first = _build(folder, formats=("epub",))[1]
    result, second = _build(folder, formats=("epub",))
    assert result is not None and result.unchanged
    assert first == second and any(said.endswith("note-used") for said in second)
    assert _build(folder, formats=("epub",), strict=True)[0] is None


def test_a_meddled_record_is_no_record(folder: Path) -> None:
    _made(folder, formats=("epub",))
    cache = Cache(folder / "build/.cache")
    for path in (folder / "build/.cache").glob("??/*"):
        for forged in (b"[]", b"{}", b'{"made": {}, "outside": {}, "said": [["no-rule", 1]]}', b"\xff"):
            cache.put(path.parent.name + path.name, forged)
            assert _made(folder, formats=("epub",)).files[0].size > 1000


def test_the_cache_can_be_deleted_at_any_time(folder: Path) -> None:
    first = _made(folder, formats=("epub",))
    Cache(folder / "build/.cache").clear()
    second = _made(folder, formats=("epub",))
    assert not second.unchanged and first.files[0].sha256 == second.files[0].sha256


# --- failing -------------------------------------------------------------------------------------------------------


def test_a_mistake_leaves_the_last_good_files(folder: Path) -> None:
    _made(folder)
    before = _hashes(folder / "build")
    (folder / "manuscript/essay.md").write_text(ESSAY + "\nAnd.[^2] ![](no.png)\n", encoding="utf-8")
    result, said = _build(folder)
    assert result is None
    assert {line.split()[-1] for line in said} >= {"note-defined", "image-exists"}
    assert _hashes(folder / "build") == before


def test_when_one_format_fails_neither_is_put_in_place(folder: Path) -> None:
    _made(folder)
    before = _hashes(folder / "build")
    (folder / "manuscript/essay.md").write_text(ESSAY + "\nA sign from Pylos: 𐀀.\n", encoding="utf-8")
    result, said = _build(folder)
    assert result is None
    assert "manuscript/essay.md:16:20 glyph-exists" in said
    assert _hashes(folder / "build") == before


def test_where_nothing_can_be_written(folder: Path) -> None:
    (folder / "build").write_text("a file in the way")
    result, said = _build(folder, formats=("epub",))
    assert result is None and [line.split()[-1] for line in said] == ["output-written"]


def test_examine_reads_and_makes_nothing(folder: Path) -> None:
    log = Log()
    manuscript = examine(folder, log)
    assert manuscript is not None and len(log) == 0
    assert [division.slug for division in manuscript.publication.divisions] == ["essay"]
    assert not (folder / "build").exists()
    assert examine(folder / "nothing.md", log) is None and log.failed


# --- the same bytes, and the end of a process ----------------------------------------------------------------------


def _command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "publish", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_same_bytes_in_another_process_zone_and_folder(folder: Path, tmp_path: Path) -> None:
    made = []
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Los_Angeles")):
        out = tmp_path / f"out{number}"
        folder = folder.rename(folder.with_name(f"journal{number}"))
        options = ("--no-referee", "-o", str(out), "--format", "json")
        process = _command("build", str(folder), *options, TZ=zone, PYTHONHASHSEED=str(number), LC_ALL="C")
        told, errors = process.communicate(timeout=200)
        assert process.returncode == 0, errors
        made.append([file["sha256"] for file in json.loads(told)["files"]])
        assert list(_hashes(out).values()) and set(_hashes(out).values()) == set(made[-1])
    assert made[0] == made[1]


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield int(child)
            yield from _descendants(int(child))


def _is_gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_stopped_while_pages_are_set(number: signal.Signals, code: int, folder: Path, tmp_path: Path) -> None:
    (folder / "manuscript/essay.md").write_text(ESSAY + "\nA long paragraph. " * 40_000, encoding="utf-8")
    (folder / "build").mkdir()
    (folder / "build/north-and-east.pdf").write_bytes(b"the last good one")
    (tmp_path / "tmp").mkdir()
    process = _command("pdf", str(folder), TMPDIR=str(tmp_path / "tmp"))
    deadline = time.monotonic() + 60
    while not (children := list(_descendants(process.pid))) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(number)  # to the program alone, as no terminal would: its children are its own to end
    process.communicate(timeout=30)
    assert process.returncode == code
    killed = number is signal.SIGKILL  # nobody could tell the child; it notices when it has something to say
    assert children and all(_is_gone(child, 30 if killed else 0) for child in children)
    assert killed or list((tmp_path / "tmp").iterdir()) == []
    assert _hashes(folder / "build") == {"north-and-east.pdf": hashlib.sha256(b"the last good one").hexdigest()}


def test_the_bytes_on_stdout_are_the_file(folder: Path) -> None:
    line = [sys.executable, "-m", "publish", "epub", str(folder), "--no-referee", "-q"]
    told = subprocess.run([*line, "-o", "-"], capture_output=True, check=True)
    assert zipfile.ZipFile(BytesIO(told.stdout)).testzip() is None
    assert not (folder / "build").exists()
    subprocess.run(line, capture_output=True, check=True)
    assert (folder / "build/north-and-east.epub").read_bytes() == told.stdout
