"""What a glance at the files' states tells, and what it must never take for unchanged."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from publish.build import Request, Result, build, pipeline
from publish.build.glance import SETTINGS, glance
from publish.diagnostics import Log

ESSAY = "---\ntitle: The Port\nauthor: An Author\ndate: 2016-03-02\nlang: en\n---\n\nThe port.\n\n## The gate\n\n[^1]: Nobody calls.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / SETTINGS).write_text('title: "North"\nauthor: An Author\ndate: 2016-03-02\nlang: en\n')
    (tmp_path / "manuscript/essay.md").write_text(ESSAY)
    time.sleep(0.15)  # a file changed just now is not trusted
    return tmp_path


def _request(folder: Path) -> Request:
    return Request(folder, ("epub",), referee=False)


def _made(folder: Path) -> tuple[Result, list[str]]:
    log = Log()
    result = build(_request(folder), log)
    assert result is not None, list(log)
    return result, [f"{d.place} {d.message}" for d in log]


def test_what_was_made_and_said_is_told_without_a_look_into_the_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert glance(_request(folder)).first
    first, said = _made(folder)
    assert said and not glance(_request(folder)).first

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the publication was read")

    monkeypatch.setattr(pipeline, "build", never)
    for _ in range(2):  # the second time the file made is trusted, too
        second, again = _made(folder)
        assert again == said
        assert second.unchanged
        assert [(m.path, m.sha256, m.size) for m in second.files] == [(m.path, m.sha256, m.size) for m in first.files]


def _same_size_and_time(folder: Path) -> None:
    file = folder / "manuscript/essay.md"
    was = file.stat()
    file.write_text(ESSAY.replace("gate", "pier"))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))


def _another_file(folder: Path) -> None:
    (folder / "manuscript/more.md").write_text(ESSAY.replace("Port", "Pier"))


def _its_file_meddled_with(folder: Path) -> None:
    (file,) = (folder / "build").glob("*.epub")
    file.write_bytes(b"x" * file.stat().st_size)


def _a_hidden_file(folder: Path) -> None:
    (folder / "manuscript/.note").write_text("x")


def _its_file_gone(folder: Path) -> None:
    next((folder / "build").glob("*.epub")).unlink()


@pytest.mark.parametrize(
    "change", [_same_size_and_time, _another_file, _its_file_meddled_with, _a_hidden_file, _its_file_gone]
)
def test_what_changed_is_not_taken_for_unchanged(change: object, folder: Path) -> None:
    _made(folder)
    assert glance(_request(folder)).recall(Log())
    change(folder)  # type: ignore[operator]
    assert glance(_request(folder)).recall(Log()) is None


def test_another_request_is_not_answered(folder: Path) -> None:
    _made(folder)
    assert glance(Request(folder, ("epub",), referee=False, epoch=5)).recall(Log()) is None
    assert glance(Request(folder, ("epub",), referee=True)).recall(Log()) is None


def test_a_file_changed_while_it_was_built_is_not_remembered(folder: Path) -> None:
    def progress(stage: str) -> object:
        if stage.startswith("Checking"):
            (folder / "manuscript/essay.md").write_text(ESSAY.replace("gate", "pier"))
        from contextlib import nullcontext

        return nullcontext()

    assert build(_request(folder), Log(), progress)  # type: ignore[arg-type]
    assert glance(_request(folder)).recall(Log()) is None


def test_a_file_changed_just_before_is_not_remembered(folder: Path) -> None:
    (folder / "manuscript/essay.md").touch()
    before = glance(_request(folder))
    result = pipeline.build(_request(folder), Log())
    assert result
    before.keep(result, _request(folder), Log())
    assert glance(_request(folder)).recall(Log()) is None


def test_links_are_never_trusted(folder: Path) -> None:
    (folder / "manuscript/link.md").symlink_to("essay.md")
    assert glance(_request(folder)).root is None
