"""publish diff from the command line: two files, a file and a publication, a publication and its last release."""

from __future__ import annotations

import shutil
from pathlib import Path

from playing import ESSAY, play, publication


def test_against_the_last_release_and_between_files(tmp_path: Path) -> None:
    settings = "formats: [epub]\nstyle: {pages: none}\n"
    publication(tmp_path, settings=settings)
    none = play("diff", cwd=tmp_path)
    assert none.returncode == 2 and "“dist” holds no version of “north-and-east”" in none.stderr
    for version in ("v0.9.0", "v0.10.0", "v0.10.0-rc1"):
        (tmp_path / "dist/north-and-east" / version).mkdir(parents=True)
    old = tmp_path / "dist/north-and-east/v0.10.0/north-and-east.epub"
    shutil.copy(tmp_path / "build/north-and-east.epub", old)
    same = play("diff", "--exit-code", cwd=tmp_path)
    assert same.returncode == 0
    assert same.stdout.splitlines() == [
        "dist/north-and-east/v0.10.0/north-and-east.epub -> build/north-and-east.epub",
        "  nothing that a reader could see has changed",
        "build/north-and-east.diff.html",
    ]
    (tmp_path / "manuscript/essay.md").write_text(ESSAY.replace("Another one.", "Another two."), encoding="utf-8")
    for arguments in ((), (str(old),), (".",)):
        done = play("diff", *arguments, "--exit-code", cwd=tmp_path)
        assert done.returncode == 1
        assert "    The Port: Another [-one.-] {+two.+}" in done.stdout.splitlines()
    assert "<del>one.</del>" in (tmp_path / "build/north-and-east.diff.html").read_text(encoding="utf-8")
    two = play("diff", str(old), "build/north-and-east.epub", "-o", "x.html", cwd=tmp_path)
    assert two.returncode == 0 and two.stdout.endswith("x.html\n") and (tmp_path / "x.html").is_file()


def test_what_cannot_be_compared(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no")
    (tmp_path / "b.epub").write_bytes(b"no")
    kinds = play("diff", "a.pdf", "b.epub", cwd=tmp_path)
    assert kinds.returncode == 2 and "two PDFs or two EPUBs" in kinds.stderr
    broken = play("diff", "a.pdf", "a.pdf", cwd=tmp_path)
    assert broken.returncode == 2 and "cannot be compared: not a PDF" in broken.stderr
    missing = play("diff", "a.pdf", "c.pdf", cwd=tmp_path)
    assert missing.returncode == 2 and "there is no file “" in missing.stderr and "Errno" not in missing.stderr
