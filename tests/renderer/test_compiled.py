"""The themes' templates are compiled once, and never anybody else's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2.bccache import Bucket

from publish.diagnostics import Log
from publish.project.styles import THEMES
from publish.renderer import compiled, load_theme
from publish.renderer.environment import environment
from publish.renderer.theme import Theme


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates are kept, for this test."""
    monkeypatch.setattr(compiled.Compiled, "_file", staticmethod(lambda bucket: tmp_path / "kept" / bucket.key))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def _theme(overlay: Path | None = None) -> Theme:
    theme = load_theme("journal", overlay, Log())
    assert theme is not None
    return theme


def test_a_theme_s_template_is_compiled_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment(_theme()).get_template("page.css")
    assert len(list(home.iterdir())) == 1
    again = environment(_theme())
    monkeypatch.setattr(again, "compile", lambda *_, **__: pytest.fail("compiled again"))
    assert again.get_template("page.css").name == "page.css"


def test_a_changed_text_is_compiled_anew(home: Path) -> None:
    env = environment(_theme())
    env.get_template("page.css")
    (kept,) = home.iterdir()
    bucket = Bucket(env, kept.name, "another text's digest")
    compiled.Compiled("").load_bytecode(bucket)
    assert bucket.code is None


def test_a_publication_s_own_template_is_not_kept(home: Path, tmp_path: Path) -> None:
    styles = tmp_path / "styles"
    styles.mkdir()
    (styles / "page.css").write_text("p { margin: 0 }", "utf-8")
    assert environment(_theme(styles)).get_template("page.css").render() == "p { margin: 0 }"
    assert not home.exists()
    assert (THEMES / "journal").is_dir()


def test_a_torn_file_is_no_template(home: Path) -> None:
    environment(_theme()).get_template("page.css")
    (kept,) = home.iterdir()
    kept.write_bytes(kept.read_bytes()[:40])
    assert environment(_theme()).get_template("page.css").name == "page.css"


def test_a_folder_that_cannot_be_written_does_no_harm(home: Path) -> None:
    home.write_text("a file in the way", "utf-8")
    assert environment(_theme()).get_template("page.css").name == "page.css"
