"""publish proof from the command line."""

from __future__ import annotations

from pathlib import Path

from playing import ESSAY, play, publication


def test_a_proof_is_put_beside_what_was_made(tmp_path: Path) -> None:
    publication(tmp_path, ESSAY.replace("A note.", "A note. teh {{end}}").replace("## The gate", "### The gate"))
    done = play("proof", "--no-referee", "--no-browser", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no proof was made" in done.stderr
    (tmp_path / "manuscript/essay.md").write_text(ESSAY.replace("## The gate", "#### The gate"), encoding="utf-8")
    done = play("proof", "--no-referee", "--no-browser", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "build/north-and-east.proof.html\n"), done.stderr
    text = (tmp_path / done.stdout.strip()).read_text(encoding="utf-8")
    assert "heading-levels" in text and "manuscript/essay.md:" in text and "Page iii" in text
    again = play("proof", "--no-referee", "--no-browser", "-o", "x.html", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "x.html\n")
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == text
