"""A release puts out what it should, changes nothing else, and refuses what would change a version that is out."""

from __future__ import annotations

import json
from pathlib import Path

from catalogues import ADDRESS, put_out, rules, state

from publish.diagnostics import Log
from publish.release import verify

NAME = "rivers-borders"


def test_what_is_released_is_whole(publications: Path) -> None:
    log = Log()
    records = verify(publications / "dist", log)
    assert sorted(record.name for record in records) == ["a-short-essay", NAME]
    assert list(log) == []
    there = {path.name for path in (publications / "dist" / NAME).iterdir()}
    assert there >= {
        "index.html", "read.html", "read", f"{NAME}.epub", f"{NAME}.pdf", f"{NAME}-sample.epub", "cover.jpg",
        "cover-600.jpg", "cover-thumb.jpg", "release.json", "CHANGES.txt", f"{NAME}.bib", f"{NAME}.ris",
        f"{NAME}.csl.json", "v1.0.0",
    }  # fmt: skip
    kept = {path.name for path in (publications / "dist" / NAME / "v1.0.0").iterdir()}
    assert kept == {f"{NAME}.epub", f"{NAME}.pdf", "cover.jpg", "release.json"}


def test_a_second_run_touches_nothing(own: Path) -> None:
    before, log = state(own / "dist"), Log()
    folder = (own / "dist").stat().st_ino
    again = put_out(own / "journal", "1.0.0", own / "dist", log)
    assert again is not None and again.changed == () and list(log) == []
    assert state(own / "dist") == before and (own / "dist").stat().st_ino == folder


def test_the_same_publication_gives_the_same_bytes(own: Path) -> None:
    other = own / "other"
    for name in ("journal", "essay"):  # in another order
        assert put_out(own / name, "1.0.0", other, Log()) is not None
    assert {n: data for n, (_, data) in state(other).items()} == {
        n: data for n, (_, data) in state(own / "dist").items()
    }


def test_a_change_comes_out_as_a_new_version_and_changes_nothing_else(own: Path) -> None:
    file, dist = own / "essay" / "manuscript" / "essay.md", own / "dist"
    file.write_text(file.read_text(encoding="utf-8") + "\nA last sentence.\n", encoding="utf-8")
    before, log = state(dist), Log()
    assert put_out(own / "essay", "1.0.0", dist, log) is None
    assert rules(log) == ["version-kept"]
    assert "publish release 1.0.1" in next(iter(log)).hint
    assert state(dist) == before
    log = Log()
    released = put_out(own / "essay", "1.0.1", dist, log, notes="- A last sentence.")
    assert released is not None and list(log) == []
    after = state(dist)
    touched = {name for name in after if after[name] != before.get(name)}
    assert touched == set(released.changed)
    shared = {name for name in touched if not name.startswith("a-short-essay/")}
    assert {"SHA256SUMS", "feed.xml", "opds.json", "opds.xml"} <= shared
    assert not any("/" in name for name in shared)
    assert not any(name.startswith("a-short-essay/v1.0.0/") for name in touched)
    assert {"a-short-essay/a-short-essay.epub", "a-short-essay/v1.0.1/a-short-essay.epub"} <= touched
    assert "a-short-essay/cover.jpg" not in touched
    log = Log()
    verify(dist, log)
    assert list(log) == []
    assert b"A last sentence." in (dist / "feed.xml").read_bytes()


def test_versions_come_one_after_another(own: Path) -> None:
    dist = own / "dist"
    log = Log()
    assert put_out(own / "essay", "0.9", dist, log) is None and rules(log) == ["version-sound"]
    log = Log()
    assert put_out(own / "essay", "1.0.x", dist, log) is None and rules(log) == ["version-sound"]
    log = Log()
    assert put_out(own / "essay", "1.1", dist, log) is not None and rules(log) == ["changes-told"]


def test_changes_name_the_version_its_day_and_its_notes(own: Path) -> None:
    told = "# Changes\n\n## 1.2.0 (2026-05-06)\n\nA *new* day.\n\n- One\n- Two\n\n## 1.0.0\n\nFirst.\n"
    (own / "essay" / "CHANGES.md").write_text(told, encoding="utf-8")
    log = Log()
    released = put_out(own / "essay", "", own / "dist", log)
    assert released is not None and list(log) == []
    assert (released.record.version, released.record.date) == ("1.2.0", "2026-05-06")
    page = (own / "dist" / "a-short-essay" / "index.html").read_text(encoding="utf-8")
    assert "<li>Two</li>" in page and "2026-05-06" in page


def test_without_an_address_records_leave_addresses_out(own: Path) -> None:
    log = Log()
    released = put_out(own / "essay", "1.0.0", own / "new", log, address="")
    assert released is not None and rules(log) == ["address-present"]
    assert ADDRESS not in (own / "new" / "opds.xml").read_text(encoding="utf-8")
    assert b"WebsiteLink" not in (own / "new" / "onix.xml").read_bytes()
    log = Log()
    verify(own / "new", log)
    assert list(log) == []


def test_a_catalogue_moves_to_another_address(own: Path) -> None:
    for name in ("essay", "journal"):
        assert put_out(own / name, "1.0.0", own / "dist", Log(), address="https://new.example/") is not None
    log = Log()
    verify(own / "dist", log)
    assert list(log) == []
    assert ADDRESS.encode() not in (own / "dist" / "opds.json").read_bytes()
    kept = json.loads((own / "dist" / NAME / "v1.0.0" / "release.json").read_bytes())
    assert kept["address"] == ADDRESS


def test_what_a_host_asks_for_is_kept(own: Path) -> None:
    dist = own / "dist"
    (dist / "CNAME").write_text("books.example.org\n", encoding="utf-8")
    (dist / ".git" / "refs" / "empty").mkdir(parents=True)
    (dist / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (dist / "old.html").symlink_to("index.html")
    assert put_out(own / "essay", "1.0.1", dist, Log(), notes="Again.") is not None
    assert (dist / "CNAME").read_text(encoding="utf-8") == "books.example.org\n"
    assert (dist / ".git" / "HEAD").is_file() and (dist / ".git" / "refs" / "empty").is_dir()
    assert (dist / "old.html").is_symlink()
    assert "  CNAME\n" in (dist / "SHA256SUMS").read_text(encoding="utf-8")


def test_a_folder_with_other_things_in_it_is_left_alone(own: Path) -> None:
    before, log = state(own / "essay"), Log()
    assert put_out(own / "essay", "1.0.0", own / "essay" / "manuscript", log) is None
    assert rules(log) == ["output-written"]
    assert {n: f for n, f in state(own / "essay").items() if n in before and not n.startswith("build/")} == {
        n: f for n, f in before.items() if not n.startswith("build/")
    }


def test_a_mistake_in_the_manuscript_stops_the_release(own: Path) -> None:
    file = own / "essay" / "manuscript" / "essay.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n![](nowhere.png)\n", encoding="utf-8")
    before, log = state(own / "dist"), Log()
    assert put_out(own / "essay", "1.1.0", own / "dist", log) is None
    assert "image-exists" in rules(log) and state(own / "dist") == before
