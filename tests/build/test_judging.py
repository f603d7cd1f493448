"""A finished file is judged by the referees once, as long as it, we and they stay the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from publish.agreement import Shown
from publish.build.verdicts import compare, judge
from publish.cache import NOTHING_KEPT, Cache, Shelf
from publish.diagnostics import Log
from publish.document import Division, Metadata, Paragraph, Publication
from publish.formats import Format, Written
from publish.rendition import Medium, Rendition


class _Court:
    """A format whose judge counts what it is asked, and says what it is told to say."""

    def __init__(self, *referee_says: str) -> None:
        self.asked: list[bool] = []
        self.says = referee_says
        self.format = Format("pdf", ".pdf", "print", self.write, self.verify, self.shown, tuple)

    def write(self, rendition: Rendition, log: Log, *, shelf: Shelf = NOTHING_KEPT) -> Written | None:
        raise AssertionError

    def shown(self, data: bytes) -> Shown:
        raise AssertionError

    def verify(self, data: bytes, rendition: Rendition | None, log: Log, *, referee: bool) -> None:
        self.asked.append(referee)
        log.report("caption-has-credit", "Our own rule.")
        if referee:
            for rule in self.says:
                log.report(rule, "The referee.", hint="Do this.", about="x")

    def judge(self, data: bytes, cache: Cache, *, referee: bool = True) -> list[str]:
        log = Log()
        judge(self.format, data, None, log, cache, referee=referee)
        return [d.rule.name for d in log]


def test_the_same_bytes_are_judged_once_and_told_each_time(tmp_path: Path) -> None:
    court, cache = _Court("note-used"), Cache(tmp_path)
    first = court.judge(b"book", cache)
    assert first == court.judge(b"book", cache) == ["caption-has-credit", "note-used"]
    assert court.asked == [True, False]  # our own rules run each time
    court.judge(b"another book", cache)
    assert court.asked == [True, False, True]


def test_without_referee_no_verdict_is_asked_for_or_kept(tmp_path: Path) -> None:
    court, cache = _Court("note-used"), Cache(tmp_path)
    assert court.judge(b"book", cache, referee=False) == ["caption-has-credit"]
    court.judge(b"book", cache)
    assert court.asked == [False, True]


@pytest.mark.parametrize("said", ["pdf-valid", "referee-present"])
def test_a_bad_verdict_and_an_absent_referee_are_asked_again(said: str, tmp_path: Path) -> None:
    court, cache = _Court(said), Cache(tmp_path)
    court.judge(b"book", cache)
    court.judge(b"book", cache)
    assert court.asked == [True, True]


def test_a_bare_essay_has_nowhere_to_keep_a_verdict() -> None:
    court = _Court()
    court.judge(b"book", Cache(None))
    court.judge(b"book", Cache(None))
    assert court.asked == [True, True]


@pytest.mark.parametrize(("medium", "rule"), [("print", "nothing-lost"), ("epub", "epub-valid")])
def test_what_a_file_lost_of_the_manuscript_is_told(medium: Medium, rule: str) -> None:
    court, log = _Court(), Log()
    court.shown = lambda data: Shown(Counter())  # type: ignore[method-assign]
    form = Format("book", ".book", medium, court.write, court.verify, court.shown, tuple)
    words = Division("essay", "essay", "body", ("Title",), (Paragraph(("text",)),))
    compare(form, b"book", Publication(Metadata("Title"), (words,)), log)
    assert {d.rule.name for d in log} == {rule}
    assert any("“text”" in d.message for d in log)
