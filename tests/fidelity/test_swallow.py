"""``scripts/swallow`` sees what it says it sees: nothing wrong with our own manuscript, and each thing that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import swallow as script
from elements import KINDS, NAMED, NAMED_ANYWHERE, differences, ours, theirs
from leaks import leaks
from test_places import read
from wording import missing_words

from publish.build.manuscript import examine
from publish.diagnostics import Log
from publish.source import Source

ROOT = Path(__file__).parent.parent.parent


def test_our_own_manuscript_is_swallowed_whole() -> None:
    found = script.swallow(ROOT / "manuscript", build=False)
    assert found.sound and not found.crash and found.kept == 1
    assert found.ours["headings"] > 3 and found.ours["notes"] > 3 and found.ours["images"] > 0
    assert found.ours == found.theirs


def test_a_folder_is_copied_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "b.md").write_text("# Б\n\nТекст.\n", encoding="utf-8")
    (tmp_path / "two").mkdir()
    assert script.manuscripts(tmp_path) == [tmp_path / "one"]
    assert script.manuscripts(tmp_path / "one") == [tmp_path / "one"]
    made = script.prepared(tmp_path / "one", tmp_path / "copy")
    assert "lang: ru" in (made / "publication.yaml").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["b.md"]


def test_the_table_shows_both_counts_where_they_differ() -> None:
    one = script.Found(
        "a", 1, ours=Counter(lists=2, notes=1), theirs=Counter(lists=1, notes=1), unnamed=["a.md:1: lists +1"]
    )
    head, _, row = script.table([one]).splitlines()
    assert len(head.split("|")) == len(row.split("|")) and all(kind in head for kind in KINDS)
    assert "**2/1**" in row and not one.sound


def test_a_crash_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    monkeypatch.setattr(script, "examine", lambda *_: 1 / 0)
    found = script.swallow(tmp_path, build=False)
    assert "ZeroDivisionError" in found.crash and not found.sound


def test_what_is_not_seen_alike_is_seen() -> None:
    source = Source("a.md", "| one\n| two\n\nText.\n\n- item\n")
    mine, other = ours(read(source.text).division, source, 0), theirs("# one\n\nText.\n\n\n- item\n")
    assert list(differences(mine, mine, source)) == []
    assert list(differences(mine, other, source)) == [("line-blocks", "headings", 1, -1)]
    assert list(differences(mine, theirs("\n\n\n\n- item\n"), source)) == [
        ("", "items", 5, -1),
        ("", "items", 6, 1),
        ("", "lists", 5, -1),
        ("", "lists", 6, 1),
    ]


def test_every_intended_difference_is_told_in_the_dialect() -> None:
    text = (ROOT / "docs" / "dialect.md").read_text(encoding="utf-8")
    told = text[text.index("for\nthese intended differences") :]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", told, re.MULTILINE)) == {*NAMED, *NAMED_ANYWHERE}


def test_words_that_are_missing_are_named() -> None:
    division = read("One *two* three.\n").division
    assert missing_words(division, "One *two* three.\n") == (3, Counter())
    assert missing_words(division, "One two three four, `five`.\n") == (5, Counter(four=1, five=1))


def test_leaks_are_found_but_for_what_is_meant_and_what_is_told(tmp_path: Path) -> None:
    text = "# T\n\nA **half, \\*\\*meant\\*\\*, `**code**`, &lt;b&gt; {{ told }}.\n\nAnother ~~one.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    log = Log()
    manuscript = examine(tmp_path / "a.md", log)
    assert manuscript is not None
    assert [(span.begin.line, span.text) for span in leaks(manuscript.publication, log)] == [(5, "~~")]
    found = [(span.begin.line, span.text) for span in leaks(manuscript.publication, ())]
    assert found == [(3, "**"), (3, "{{ told }"), (5, "~~")]
