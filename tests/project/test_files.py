"""Files that are missing, unreadable, too large, or somewhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publish.diagnostics import Log
from publish.project import load
from publish.project.divisions import LARGEST

SETTINGS = "title: An essay\nauthor: An Author\ndate: 2016\nlang: en\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    (root / "manuscript").mkdir(parents=True)
    (root / "publication.yaml").write_text(SETTINGS)
    (root / "manuscript" / "essay.md").write_text("# An essay\n")
    return root


def said(path: Path) -> list[tuple[str, str, str]]:
    log = Log()
    load(path, log)
    return [(d.rule.name, d.place, d.message) for d in log]


def test_nothing_is_wrong_to_begin_with(folder: Path) -> None:
    assert said(folder) == []


def test_a_path_that_leads_nowhere(folder: Path) -> None:
    log = Log()
    assert load(folder / "manuscript" / "esay.md", log) is None
    (only,) = log
    assert (only.rule.name, only.hint) == ("file-exists", "did you mean “essay.md”?")


def test_a_file_of_another_kind(folder: Path) -> None:
    (folder / "essay.docx").write_bytes(b"PK")
    log = Log()
    assert load(folder / "essay.docx", log) is None
    assert [d.rule.name for d in log] == ["file-readable"]


def test_a_link_that_leads_out(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# A secret\n")
    (folder / "manuscript" / "linked.md").symlink_to(tmp_path / "secret.md")
    message = "manuscript/linked.md leads out of the publication's folder"
    assert said(folder) == [("file-inside", "manuscript/linked.md", message)]
    (folder / "publication.yaml").write_text(SETTINGS + "body: [essay.md, linked.md]\n")
    assert said(folder) == [("file-inside", "publication.yaml:5:18", message)]


def test_a_manuscript_that_leads_out(folder: Path, tmp_path: Path) -> None:
    (folder / "manuscript").rename(tmp_path / "elsewhere")
    (folder / "manuscript").symlink_to(tmp_path / "elsewhere")
    assert [rule for rule, *_ in said(folder)] == ["file-inside"]


def test_settings_that_lead_out(folder: Path, tmp_path: Path) -> None:
    (folder / "publication.yaml").rename(tmp_path / "publication.yaml")
    (folder / "publication.yaml").symlink_to(tmp_path / "publication.yaml")
    assert [rule for rule, *_ in said(folder)] == ["file-inside"]


def test_a_link_that_stays_inside(folder: Path) -> None:
    (folder / "manuscript" / "again.md").symlink_to("essay.md")
    assert said(folder) == []


def test_a_link_in_a_circle(folder: Path) -> None:
    (folder / "manuscript" / "round.md").symlink_to("round.md")
    assert [rule for rule, *_ in said(folder)] in (["file-inside"], ["file-readable"])


def test_a_link_to_nothing(folder: Path) -> None:
    (folder / "manuscript" / "gone.md").symlink_to("nothing.md")
    assert said(folder) == [
        ("file-readable", "manuscript/gone.md", "manuscript/gone.md cannot be read: it leads nowhere")
    ]


def test_a_folder_with_a_files_name(folder: Path) -> None:
    (folder / "manuscript" / "part.md").mkdir()
    message = "manuscript/part.md cannot be read: it is not a file"
    assert said(folder) == [("file-readable", "manuscript/part.md", message)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "manuscript" / "pipe.md")
    assert [rule for rule, *_ in said(folder)] == ["file-readable"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(folder: Path) -> None:
    (folder / "manuscript").chmod(0)
    try:
        assert [rule for rule, *_ in said(folder)] == ["file-readable"]
    finally:
        (folder / "manuscript").chmod(0o755)


def test_a_folder_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for tests that run as root: the system's own refusal, at the place where it would come from."""
    listed = os.listdir

    def refuse(path: str | Path = ".") -> list[str]:
        if Path(path).name == "manuscript":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuse)
    message = "the folder manuscript cannot be read: you have no permission"
    assert said(folder) == [("file-readable", "manuscript", message)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_styles_that_may_not_be_read(folder: Path) -> None:
    (folder / "styles" / "fonts").mkdir(parents=True)
    (folder / "styles" / "fonts").chmod(0)
    try:
        assert [rule for rule, *_ in said(folder)] == ["file-readable"]
    finally:
        (folder / "styles" / "fonts").chmod(0o755)


def test_styles_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for tests that run as root: a folder of fonts and a stylesheet that the system refuses."""
    (folder / "styles" / "fonts").mkdir(parents=True)
    (folder / "styles" / "local.css").write_text("p { color: red }")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name not in ("fonts", "local.css"))
    assert said(folder) == [
        ("file-readable", f"styles/{name}", f"styles/{name} cannot be read: you have no permission")
        for name in ("fonts", "local.css")
    ]


def test_styles_that_lead_out_are_told_of(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "print.css").write_text("p { color: red }")
    (folder / "styles").mkdir()
    (folder / "styles" / "print.css").symlink_to(elsewhere / "print.css")
    (folder / "styles" / "fonts").symlink_to(elsewhere)
    assert said(folder) == [
        ("file-inside", f"styles/{name}", f"styles/{name} leads out of the folder styles")
        for name in ("fonts", "print.css")
    ]


def test_markdown_that_is_too_large(folder: Path) -> None:
    with (folder / "manuscript" / "large.md").open("wb") as file:
        file.write(b"# Large\n")
        file.truncate(LARGEST + 1)
    assert said(folder) == [("file-size", "manuscript/large.md", "manuscript/large.md is larger than 5 MB")]


def test_settings_that_are_too_large(folder: Path) -> None:
    (folder / "publication.yaml").write_text(SETTINGS + "#" * 65536)
    assert said(folder) == [("file-size", "publication.yaml", "publication.yaml is larger than 64 KB")]


def test_front_matter_that_is_too_large(folder: Path) -> None:
    (folder / "manuscript" / "essay.md").write_text(f"---\ntitle: x\n#{'x' * 65536}\n---\n")
    assert [(rule, place) for rule, place, _ in said(folder)] == [("file-size", "manuscript/essay.md:2:1")]


def test_a_name_that_is_not_utf8(folder: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(folder) + b"/manuscript/caf\xe9.md"))).write_text("Text without a title.\n")
    except OSError:
        pytest.skip("this system takes only names in UTF-8")
    assert [place for _, place, _ in said(folder)] == ["manuscript/caf?.md:1:1"]


def test_bad_bytes_are_placed_in_lines_and_columns(folder: Path) -> None:
    (folder / "manuscript" / "essay.md").write_bytes("# 북\r\n\r\n북과 ".encode() + b"\x80\xff x\n")
    assert [(rule, place) for rule, place, _ in said(folder)] == [("file-utf8", "manuscript/essay.md:3:4")]
