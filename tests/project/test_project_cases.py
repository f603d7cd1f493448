"""Publications with mistakes in them, and what is said of each: tests/cases/project/<case>/expected.txt."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from publish.diagnostics import Diagnostic, Log
from publish.project import load

CASES = Path(__file__).parent.parent / "cases" / "project"


def printed(found: Iterable[Diagnostic]) -> str:
    """A line for each diagnostic, with its hint below."""
    lines = []
    for d in found:
        lines.append(f"{d.place}: {d.severity}[{d.rule.name}] {d.message}")
        if d.hint:
            lines.append(f"    {d.hint}")
    return "".join(f"{line}\n" for line in lines) or "Nothing is wrong.\n"


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir() if p.is_dir()))
def test_case(case: str, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / case)
    log = Log()
    load(Path(), log)
    expected = CASES / case / "expected.txt"
    if accept:
        expected.write_text(printed(log), encoding="utf-8", newline="\n")
    assert printed(log) == expected.read_text(encoding="utf-8")


def test_there_are_many_cases() -> None:
    assert len([p for p in CASES.iterdir() if p.is_dir()]) > 40
