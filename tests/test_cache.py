"""The cache: kept by content, safe to delete, safe for two at once, limited."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publish.cache import TAG, Cache, Shelf, keeping, key, once


def test_a_key_tells_where_its_parts_end() -> None:
    assert key("ab", "c") != key("a", "bc") != key("abc")
    assert key("ab", b"c") == key("ab", "c")


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    cache.put(key("a"), b"words")
    assert cache.get(key("a")) == b"words"
    assert cache.get(key("b")) is None
    assert (tmp_path / "kept" / TAG).read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put(key("a"), b"words")
    assert cache.get(key("a")) is None
    assert cache.clear() == []


def _only_entry(folder: Path) -> Path:
    (entry,) = folder.glob("??/*")
    return entry


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"!" + data[41:]])
def test_a_torn_or_meddled_entry_is_none(tmp_path: Path, harm: object) -> None:
    cache = Cache(tmp_path)
    cache.put(key("a"), b"many, many words")
    entry = _only_entry(tmp_path)
    entry.write_bytes(harm(entry.read_bytes()))  # type: ignore[operator]
    assert cache.get(key("a")) is None


def test_the_oldest_entries_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=1000)
    for number, name in enumerate("abc"):
        cache.put(key(name), bytes(250))
        os.utime(tmp_path / key(name)[:2] / key(name)[2:], (number, number))
    assert cache.get(key("a")) is not None  # asked for, so young again
    cache.put(key("d"), bytes(250))
    assert [name for name in "abcd" if cache.get(key(name)) is not None] == ["a", "c", "d"]
    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 1000


def test_what_is_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=1000)
    cache.put(key("a"), bytes(2000))
    assert cache.get(key("a")) is None


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_said(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file in the way")
    cache = Cache(tmp_path / "kept")
    cache.put(key("a"), b"words")
    assert cache.get(key("a")) is None


def test_clear_leaves_what_is_not_the_caches(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    cache.put(key("a"), b"words")
    _only_entry(tmp_path / "kept").with_suffix(".12-0.part").write_bytes(b"left by a killed build")
    (tmp_path / "kept" / "mine.txt").write_text("mine")
    assert len(cache.clear()) == 3
    assert [path.name for path in tmp_path.rglob("*")] == ["kept", "mine.txt"]


def test_clear_does_not_follow_a_link_out(tmp_path: Path) -> None:
    Cache(tmp_path / "other").put(key("a"), b"words")
    (tmp_path / "kept").symlink_to(tmp_path / "other")
    assert Cache(tmp_path / "kept").clear() == []
    assert Cache(tmp_path / "other").get(key("a")) == b"words"


def test_two_may_write_and_read_the_same_entry_at_once(tmp_path: Path) -> None:
    contents = [bytes([number]) * 50_000 for number in range(8)]

    def work(number: int) -> bool:
        cache = Cache(tmp_path)
        cache.put(key("a"), contents[number % 8])
        return cache.get(key("a")) in contents

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))
    assert not list(tmp_path.glob("??/*.part"))


def test_work_is_done_once_while_it_is_kept(tmp_path: Path) -> None:
    done: list[str] = []

    def work() -> bytes:
        done.append("work")
        return b"result"

    with keeping(Shelf(Cache(tmp_path), "tools")):
        assert [once(work, "a"), once(work, "a")] == [b"result", b"result"]
    with keeping(Shelf(Cache(tmp_path), "other tools")):
        assert once(work, "a") == b"result"
    assert once(work, "a") == b"result"
    assert len(done) == 3


def test_what_the_work_raises_is_not_kept(tmp_path: Path) -> None:
    with keeping(Shelf(Cache(tmp_path), "tools")):
        with pytest.raises(ZeroDivisionError):
            once(lambda: bytes(1 // 0), "a")
        assert once(lambda: b"result", "a") == b"result"


def test_a_cache_never_grows_far_beyond_its_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=64_000)
    for number in range(300):
        cache.put(key(str(number)), bytes(500))
        assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 64_000 * 1.1
