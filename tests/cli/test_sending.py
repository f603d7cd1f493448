"""publish push from the command line: what goes to standard output, and every way to end."""

from __future__ import annotations

import hashlib
from pathlib import Path

from playing import play

FILES = {"index.html": b"<!doctype html><title>Catalogue</title>", "port/port.epub": b"PK", "opds.xml": b"<feed/>"}


def release(folder: Path) -> None:
    for name, data in FILES.items():
        (folder / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "dist" / name).write_bytes(data)
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in FILES.items())
    (folder / "dist/SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def test_a_release_is_sent(tmp_path: Path) -> None:
    release(tmp_path)
    site = tmp_path / "site"
    listed = "new      port/port.epub\nnew      index.html\nnew      opds.xml\nnew      SHA256SUMS\n"
    dry = play("push", "site", "--dry-run", cwd=tmp_path)
    assert (dry.returncode, dry.stdout, dry.stderr) == (0, listed, "4 files would be sent.\n")
    assert not site.exists()
    done = play("push", site.as_uri(), cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, listed, "4 files sent.\n")
    assert (site / "port/port.epub").read_bytes() == b"PK"
    (site / "old.html").write_text("old", encoding="utf-8")
    again = play("push", "site", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "0 files sent, 4 there already; 1 file of no release left there (--delete).\n"
    swept = play("push", "site", "--delete", cwd=tmp_path)
    assert (swept.returncode, swept.stdout) == (0, "removed  old.html\n")
    assert not (site / "old.html").exists()


def test_ways_to_end(tmp_path: Path) -> None:
    release(tmp_path)
    inside = play("push", "dist/site", cwd=tmp_path)
    assert inside.returncode == 2 and "lie one in the other" in inside.stderr
    unknown = play("push", "nowhere://x", cwd=tmp_path)
    assert unknown.returncode == 1 and "error[release-sent]: “nowhere://x” cannot be reached" in unknown.stderr
    none = play("push", "site", "--from", "elsewhere", cwd=tmp_path)
    assert none.returncode == 1 and "there is no such folder" in none.stderr
