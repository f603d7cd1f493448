"""A release sent to a folder and to a real S3 server: equal trees, nothing twice, whole after a broken line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import s3fs  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer
from releases import FILES, Line, release, seal, tree

from publish.diagnostics import Log
from publish.push import MissingStore, Plan, Store, compare, gather, open_store, send
from publish.push.kinds import Turn, media_type, turn


@pytest.fixture(scope="session")
def server() -> Iterator[int]:
    """The port of an S3 server that runs as long as the tests do."""
    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    yield moto.get_host_and_port()[1]
    moto.stop()


@pytest.fixture
def line(server: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """A line to that server, found as the libraries find theirs: in the environment."""
    line = Line(server)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "reader",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": line.address,
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 2)  # so that a broken line is soon believed
    yield line
    line.close()


@pytest.fixture
def bucket(line: Line, request: pytest.FixtureRequest) -> str:
    """The address of a new bucket."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_")).strip("-")[:60]
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name)
    line.mended()
    return f"s3://{name}"


def pushed(source: Path, dest: str, *, delete: bool = False) -> tuple[Plan, tuple[str, ...], list[str]]:
    """Send a release as the command does; give the plan, what arrived and what was said."""
    log = Log()
    items = gather(source, log)
    if log.failed:
        return Plan(), (), [d.message for d in log]
    store = open_store(dest)
    plan = compare(items, store)
    arrived = send(plan, store, log, delete=delete)
    assert {d.rule.name for d in log} <= {"release-sent"}
    return plan, arrived, [d.message for d in log]


def contents(store: Store) -> dict[str, bytes]:
    return {name: store.read(name) for name in sorted(store.listing())}


def test_a_folder_and_s3_hold_the_same(bucket: str, tmp_path: Path) -> None:
    source = release(tmp_path / "dist")
    folder = tmp_path / "a site"
    for dest in (folder.as_uri(), f"{bucket}/journal"):
        plan, arrived, said = pushed(source, dest)
        assert (len(arrived), said) == (len(FILES) + 1, [])
        assert [turn(name) for name in arrived] == sorted(turn(name) for name in arrived)
        assert arrived[-1] == "SHA256SUMS"
        assert (plan.changed, plan.same) == ((), ())
        assert contents(open_store(dest)) == tree(source)
    assert tree(folder) == tree(source)


def test_media_types_on_the_server(bucket: str, tmp_path: Path) -> None:
    pushed(release(tmp_path / "dist"), bucket)
    files = s3fs.S3FileSystem(skip_instance_cache=True)

    def told(name: str) -> tuple[str, str]:
        head: dict[str, Any] = files.call_s3("head_object", Bucket=bucket.removeprefix("s3://"), Key=name)
        return head["ContentType"], head["CacheControl"]

    forever = "public, max-age=31536000, immutable"
    assert told("port/port.epub") == ("application/epub+zip", "no-cache")
    assert told("port/v1.0.0/port.pdf") == ("application/pdf", forever)
    assert told("index.html") == ("text/html; charset=utf-8", "no-cache")
    assert told("opds.xml")[0] == "application/atom+xml;profile=opds-catalog;kind=acquisition"
    assert told("opds.json")[0] == "application/opds+json"
    assert told("port/port.csl.json")[0] == "application/vnd.citationstyles.csl+json"


def test_a_second_push_sends_nothing_and_reads_nothing(bucket: str, line: Line, tmp_path: Path) -> None:
    source = release(tmp_path / "dist")
    pushed(source, bucket)
    line.mended()
    plan, arrived, said = pushed(source, bucket)
    assert (arrived, said, plan.sent, line.puts) == ((), [], (), [])
    assert len(plan.same) == len(FILES) + 1


@pytest.mark.parametrize("passed", [1, 9, 16])
def test_a_line_that_breaks_in_the_middle(bucket: str, line: Line, tmp_path: Path, passed: int) -> None:
    source = release(tmp_path / "dist")
    line.left = passed
    _, arrived, said = pushed(source, bucket)
    assert said and "could not be sent" in said[0]
    line.mended()
    there = contents(open_store(bucket))
    assert set(arrived) <= set(there) < set(tree(source))
    assert len(there) == passed
    if any(turn(name) > Turn.FILE for name in there):
        assert {name for name in FILES if turn(name) is Turn.FILE} <= set(there)
    plan, again, said = pushed(source, bucket)
    assert (len(again), len(plan.same), said) == (len(FILES) + 1 - passed, passed, [])
    assert contents(open_store(bucket)) == tree(source)


def test_only_what_differs_is_sent(tmp_path: Path) -> None:
    source, site = release(tmp_path / "dist"), tmp_path / "site"
    pushed(source, str(site))
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    (source / "port/port.epub").write_bytes(b"pk" * 4000)  # as many bytes as before
    seal(source)
    plan, arrived, said = pushed(source, str(site))
    assert (arrived, said) == (("port/port.epub", "SHA256SUMS"), [])
    assert [item.name for item in plan.changed] == ["port/port.epub", "SHA256SUMS"]
    touched = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert touched == {"port.epub", "SHA256SUMS"}


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_a_version_never_changes(where: str, bucket: str, tmp_path: Path) -> None:
    source, dest = release(tmp_path / "dist"), bucket if where == "s3" else str(tmp_path / "site")
    pushed(source, dest)
    before = contents(open_store(dest))
    (source / "port/v1.0.0/port.pdf").write_bytes(b"%PDF other")
    (source / "index.html").write_bytes(b"<!doctype html><title>Other</title>")
    seal(source)
    plan, arrived, said = pushed(source, dest)
    assert [item.name for item in plan.frozen] == ["port/v1.0.0/port.pdf"]
    assert arrived == ()
    assert "“port/v1.0.0/port.pdf” was sent before with other bytes" in said[0]
    assert contents(open_store(dest)) == before


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_what_is_stale_goes_only_when_asked(where: str, bucket: str, tmp_path: Path) -> None:
    source, dest = release(tmp_path / "dist"), bucket if where == "s3" else str(tmp_path / "site")
    pushed(source, dest)
    store = open_store(dest)
    store.put(".well-known/nothing", b"hidden", "text/plain", immutable=False)
    for name in ("port/cover-thumb.jpg", "port/v1.0.0/port.pdf"):
        (source / name).unlink()
    seal(source)
    plan, _, said = pushed(source, dest)
    assert (plan.stale, said) == (("port/cover-thumb.jpg",), [])
    assert "port/cover-thumb.jpg" in open_store(dest).listing()
    plan, arrived, said = pushed(source, dest, delete=True)
    assert (plan.stale, arrived, said) == (("port/cover-thumb.jpg",), (), [])
    left = open_store(dest).listing()
    assert "port/cover-thumb.jpg" not in left and "port/v1.0.0/port.pdf" in left
    assert store.read(".well-known/nothing") == b"hidden"


def test_nothing_is_removed_from_a_folder_that_is_no_releases(tmp_path: Path) -> None:
    site = tmp_path / "home"
    site.mkdir()
    (site / "letters.txt").write_text("Mine.")
    _, arrived, said = pushed(release(tmp_path / "dist"), str(site), delete=True)
    assert arrived == () and "it is no release's" in said[0]
    assert tree(site) == {"letters.txt": b"Mine."}


def test_a_release_that_is_not_whole_is_not_sent(tmp_path: Path) -> None:
    source = release(tmp_path / "dist")
    (source / "index.html").write_text("mended by hand")
    (source / "port/port.pdf").unlink()
    (source / "notes.txt").write_text("mine")
    _, _, said = pushed(source, str(tmp_path / "site"))
    assert said == [
        "“index.html” is not what SHA256SUMS says, so nothing is sent",
        "“notes.txt” is not listed in SHA256SUMS, so nothing is sent",
        "“port/port.pdf” is listed in SHA256SUMS and is not there, so nothing is sent",
    ]
    assert not (tmp_path / "site").exists()


def test_no_release_at_all(tmp_path: Path) -> None:
    _, _, said = pushed(tmp_path / "dist", str(tmp_path / "site"))
    assert said == ["there is no such folder, so there is nothing to send"]
    (tmp_path / "dist").mkdir()
    _, _, said = pushed(tmp_path / "dist", str(tmp_path / "site"))
    assert said == ["the folder holds no SHA256SUMS, so it is no release"]


def test_a_bucket_that_is_not_there(line: Line, tmp_path: Path) -> None:
    _, arrived, said = pushed(release(tmp_path / "dist"), "s3://no-such-bucket/journal")
    assert arrived == () and "could not be sent" in said[0] and "does not exist" in said[0]


def test_a_package_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "gcsfs", None)
    with pytest.raises(MissingStore, match="gcsfs"):
        open_store("gs://bucket/journal")


@pytest.mark.parametrize("address", ["file://host/journal", "nowhere://bucket"])
def test_addresses_of_no_kind(address: str) -> None:
    with pytest.raises(ValueError, match=r"host|nowhere"):
        open_store(address)


def test_media_types_of_names() -> None:
    assert media_type("a/feed.xml") == "application/atom+xml"
    assert media_type("a/A.EPUB") == "application/epub+zip"
    assert media_type("LICENSE") == "application/octet-stream"
