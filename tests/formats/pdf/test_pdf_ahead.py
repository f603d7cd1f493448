"""A layout process that is started ahead lays out the same bytes, and never stays behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from pdf_pages import make, rendition

from publish import child
from publish.formats.pdf import Limits
from publish.formats.pdf.ahead import ahead


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[child.Started]:
    """The children started, in order."""
    children: list[child.Started] = []
    begin = child.start

    def start(*arguments: object, **named: object) -> child.Started:
        children.append(begin(*arguments, **named))  # type: ignore[arg-type]
        return children[-1]

    monkeypatch.setattr(child, "start", start)
    return children


def test_the_bytes_do_not_tell_when_the_process_was_started(started: list[child.Started]) -> None:
    pages = rendition("<p>The port.</p>")
    plain = make(pages).written
    with ahead():
        first = make(pages).written
        second = make(pages).written
    assert plain and first and second
    assert plain.data == first.data == second.data
    assert len(started) == 3
    assert all(one.process.poll() is not None for one in started)


def test_limits_hold_for_a_process_that_was_there_before_they_were_known() -> None:
    with ahead():
        (found,) = make(rendition("<p>x</p>" * 3000), limits=Limits(memory=100_000_000, memory_more=0)).log
    assert found.rule.name == "layout-finished"
    assert "memory" in found.message


@pytest.mark.parametrize("raised", [None, ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_stays_behind(
    raised: type[BaseException] | None,
    started: list[child.Started],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    try:
        with ahead():
            (one,) = started
            assert list(tmp_path.iterdir()) and one.process.poll() is None
            if raised:
                raise raised
    except (ValueError, KeyboardInterrupt, SystemExit):
        assert raised
    assert one.process.poll() is not None
    assert not list(tmp_path.iterdir())
