"""A publication with thirty faults, as editors make them: all are found, each at its place, and nothing else is.

``expected.txt`` says of each fault where it is planted, the rule that it breaks and what is said of it, and in a second
line the very words of the manuscript that are pointed at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish.build import examine
from publish.diagnostics import Diagnostic, Log

CASE = Path(__file__).parent.parent / "cases/thirty-faults"
FAULT = re.compile(r"^(\S+:\d+:\d+) (\S+) (.*)\n    (.*)$", re.MULTILINE)


def _found(monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    monkeypatch.chdir(CASE)
    log = Log()
    examine(Path(), log)
    return list(log)


def _told(d: Diagnostic) -> str:
    words = d.span.text.split("\n")[0] if d.span else ""
    return f"{d.place} {d.rule.name} {d.message}\n    {words[:60].rstrip()}"


def test_all_are_found_and_nothing_else(monkeypatch: pytest.MonkeyPatch, accept: bool) -> None:
    expected = CASE / "expected.txt"
    told = "".join(f"{_told(d)}\n" for d in _found(monkeypatch))
    if accept:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def test_there_are_thirty_of_as_many_kinds_as_an_editor_meets() -> None:
    faults = FAULT.findall((CASE / "expected.txt").read_text(encoding="utf-8"))
    assert len(faults) == 30
    assert len({rule for _, rule, _, _ in faults}) >= 26


@pytest.mark.parametrize("fault", FAULT.findall((CASE / "expected.txt").read_text(encoding="utf-8")), ids=lambda f: f[0])
def test_a_fault_stands_where_it_is_said_to(fault: tuple[str, str, str, str]) -> None:
    """The place, counted by hand here, holds the words that the case quotes."""
    place, _, _, words = fault
    name, line, column = place.rsplit(":", 2)
    text = (CASE / name).read_text(encoding="utf-8").split("\n")[int(line) - 1]
    assert text[int(column) - 1 :].startswith(words)


def test_without_its_faults_nothing_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The remainder is sound: with every faulty line mended by hand no rule is broken."""
    for file in CASE.rglob("*"):
        if file.is_file() and file.name not in ("expected.txt", "mended.txt"):
            target = tmp_path / file.relative_to(CASE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    for passage in re.split(r"^==> ", (CASE / "mended.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, pairs = passage.partition("\n")
        text = (tmp_path / name).read_text(encoding="utf-8")
        for was, instead in re.findall(r"^- (.*)\n\+ (.*)$", pairs, re.MULTILINE):
            assert text.count(was) == 1, was
            text = text.replace(was, instead.replace("\\n", "\n"))
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    log = Log()
    examine(Path(), log)
    assert [_told(d) for d in log] == []
