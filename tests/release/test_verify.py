"""What is wrong with a release is found, at its place and under its rule."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from catalogues import ADDRESS, rules

from publish.diagnostics import Log
from publish.release import verify

NAME = "rivers-borders"


def relist(dist: Path) -> None:
    """Write SHA256SUMS anew, as somebody would who covers his tracks."""
    files = sorted(path for path in dist.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = (f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(dist).as_posix()}\n" for p in files)
    (dist / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def edit(file: Path, old: str, new: str) -> None:
    """Change a file: write it anew, for its bytes may be linked elsewhere."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.unlink()
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(dist: Path) -> list[str]:
    log = Log()
    verify(dist, log)
    return rules(log)


def test_files_against_their_checksums(dist: Path) -> None:
    (dist / NAME / "cover.jpg").write_bytes(b"another")
    assert found(dist) == ["release-whole", "release-whole"]  # as listed, and as the record has it
    (dist / NAME / "cover.jpg").unlink()
    log = Log()
    verify(dist, log)
    assert set(rules(log)) == {"release-whole", "release-linked"}
    assert any("“rivers-borders/cover.jpg” is not there" in d.message for d in log)


def test_a_file_that_nobody_lists(dist: Path) -> None:
    (dist / "draft.docx").write_bytes(b"not yet")
    (dist / ".nojekyll").write_bytes(b"")
    assert found(dist) == ["release-tidy"]


def test_no_release_at_all(tmp_path: Path) -> None:
    assert found(tmp_path) == ["release-whole"]
    assert found(tmp_path / "nowhere") == ["release-whole"]
    (tmp_path / "SHA256SUMS").write_text("nonsense\n", encoding="utf-8")
    assert found(tmp_path) == ["release-whole"]
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  ../secret\n", encoding="utf-8")
    assert found(tmp_path) == ["release-whole"]


BROKEN: dict[str, tuple[str, str, str, str]] = {
    "a link to no file": (f"{NAME}/index.html", 'href="read.html"', 'href="raed.html"', "release-linked"),
    "a link to no place": (f"{NAME}/read.html", "#the-bank-p1", "#the-bunk-p1", "release-linked"),
    "a picture that is gone": (f"{NAME}/read.html", 'src="read/', 'src="raed/', "release-linked"),
    "an address of a feed": ("opds.xml", f"{ADDRESS}{NAME}/cover.jpg", f"{ADDRESS}{NAME}/no.jpg", "release-linked"),
    "a size in a feed": ("opds.json", '"size": ', '"size": 1', "record-sound"),
    "a media type": ("opds.xml", "application/epub+zip", "application/zip", "record-sound"),
    "an entry without a date": ("feed.xml", "<updated>2026", "<updated>MMXXVI", "record-sound"),
    "a feed without an id": ("opds.xml", "<id>", "<id/><x>", "record-sound"),
    "a title of the wrong kind": ("opds.json", '"title": "A Short Essay"', '"title": 4', "record-sound"),
    "a code that ONIX does not have": ("onix.xml", "<ProductForm>ED", "<ProductForm>QQ", "record-sound"),
    "a product too few": ("onix31.xml", ":pdf</RecordReference>", ":mp3</RecordReference>", "record-sound"),
    "a record that is none": (f"{NAME}/release.json", '"version": "1.0.0"', '"version": 1', "record-sound"),
    "a record of another form": (f"{NAME}/v1.0.0/release.json", '"form": 1', '"form": 99', "record-sound"),
    "a checksum in a record": (f"{NAME}/release.json", '"sha256": "', '"sha256": "0', "release-whole"),
}


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_what_is_broken_is_found(case: str, dist: Path) -> None:
    name, old, new, rule = BROKEN[case]
    edit(dist / name, old, new)
    assert "release-whole" in found(dist), "its checksum tells"
    relist(dist)
    log = Log()
    verify(dist, log)
    assert rule in rules(log)
    assert any(d.rule.name == rule and d.file for d in log)


def test_a_version_whose_folder_is_gone(dist: Path) -> None:
    for file in (dist / NAME / "v1.0.0").iterdir():
        file.unlink()
    relist(dist)
    assert "release-whole" in found(dist)


@pytest.mark.parametrize(
    "break_it", [lambda d: (d / "opds.json").write_bytes(b"{"), lambda d: (d / "feed.xml").write_bytes(b"<feed")]
)
def test_what_cannot_be_read_at_all(break_it: Callable[[Path], object], dist: Path) -> None:
    for name in ("opds.json", "feed.xml"):
        data = (dist / name).read_bytes()
        (dist / name).unlink()
        (dist / name).write_bytes(data)
    break_it(dist)
    relist(dist)
    assert "record-sound" in found(dist)


def test_a_feed_that_reaches_for_other_files_gets_none(dist: Path) -> None:
    feed = (dist / "feed.xml").read_text(encoding="utf-8")
    (dist / "feed.xml").unlink()
    bomb = feed.replace("<feed", '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<feed', 1)
    (dist / "feed.xml").write_text(bomb.replace("<title>", "<title>&x;", 1), encoding="utf-8")
    relist(dist)
    log = Log()
    verify(dist, log)
    assert "root:" not in "".join(d.message for d in log)


def test_the_record_is_data_that_other_programs_read(dist: Path) -> None:
    record = json.loads((dist / NAME / "release.json").read_bytes())
    assert record["version"] == "1.0.0"
    for file in record["files"]:
        data = (dist / NAME / file["name"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert {tool["name"] for tool in record["tools"]} >= {"publish", "python", "weasyprint", "ebooklib"}
    judged = {(one["file"], one["referee"]): one["verdict"] for one in record["judgements"]}
    assert judged[f"{NAME}.epub", "EPUBCheck"] == "absent" and judged[f"{NAME}.pdf", "publish"] == "passed"
