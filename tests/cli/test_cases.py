"""Every case in ``cases/cli``: what a command says of it to people, and its exit code.

PUBLISH_ACCEPT=1 writes what is said now into the cases; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playing import lay_out, play_line

from publish.cli.explaining import parse

CASES = Path(__file__).parent.parent / "cases/cli"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    case = parse(text)
    lay_out(case.files, tmp_path)
    before = _files(tmp_path)
    done = play_line(case.command.name, tmp_path)
    if os.environ.get("PUBLISH_ACCEPT"):
        head = text[: text.index("==> $")]
        path.write_text(f"{head}==> {case.command.name} (exit {done.returncode})\n{done.stderr}", encoding="utf-8")
        return
    assert done.stderr == case.command.text
    assert f"exit {done.returncode}" == case.command.remark
    assert done.stdout == ""
    assert _files(tmp_path) == before


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
