"""Every rule has a sentence and an example, and every example says what publish truly says.

PUBLISH_ACCEPT=1 writes what is said now into the examples; look at the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playing import lay_out, play, play_line

import publish.cli
from publish.cli.explaining import Example, example
from publish.diagnostics import RULES

EXAMPLES = Path(publish.cli.__file__).parent / "examples"

# What cannot be broken at will: an engine's fault, a machine without referees.
TOLD = {"epub-accessible", "font-licensed", "layout-finished", "note-printed", "nothing-lost", "referee-present",
        "address-present", "changes-told", "version-kept", "press-ready"}  # fmt: skip


TOLD.update(("note-beside-call", "inside-page"))  # a long note among others, a table wider than a turned page


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {path.stem for path in EXAMPLES.iterdir()} == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_an_example_explains(rule: str) -> None:
    shown = example(rule)
    assert shown.prose.endswith(".") and len(shown.prose) > 40
    assert shown.files and shown.command.name.startswith("$ publish ")
    assert f"{RULES[rule].severity}[{rule}]" in shown.command.text
    assert max(map(len, (EXAMPLES / f"{rule}.txt").read_text(encoding="utf-8").splitlines())) <= 120


def test_only_few_are_told_without_being_run() -> None:
    assert {rule for rule in RULES if example(rule).command.remark == "told"} == TOLD


@pytest.mark.parametrize("rule", sorted(set(RULES) - TOLD))
def test_an_example_says_what_is_said(rule: str, tmp_path: Path) -> None:
    shown = example(rule)
    lay_out(shown.files, tmp_path)
    done = play_line(shown.command.name, tmp_path)
    said = "\n".join(block for block in done.stderr.split("\n\n") if f"[{rule}]" in block) + "\n"
    if os.environ.get("PUBLISH_ACCEPT"):
        _accept(rule, shown, said)
    else:
        assert said == shown.command.text


def _accept(rule: str, shown: Example, said: str) -> None:
    path = EXAMPLES / f"{rule}.txt"
    text = path.read_text(encoding="utf-8")
    head = text[: text.index(f"==> {shown.command.name}")]
    path.write_text(f"{head}==> {shown.command.name}\n{said}", encoding="utf-8")


def test_explain_prints_a_rules_sentence_and_its_example(tmp_path: Path) -> None:
    done = play("explain", "image-exists", cwd=tmp_path)
    assert done.returncode == 0
    assert RULES["image-exists"].holds in done.stdout
    assert "![The port at dawn.](Port.png)" in done.stdout
    assert play("explain", "error[image-exists]:", cwd=tmp_path).stdout == done.stdout


def test_explain_lists_every_rule(tmp_path: Path) -> None:
    listed = re.findall(r"^  ([a-z0-9-]+)  ", play("explain", cwd=tmp_path).stdout, re.MULTILINE)
    assert listed == list(RULES)


def test_an_unknown_rule(tmp_path: Path) -> None:
    done = play("explain", "image-exist", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean “image-exists”?" in done.stderr
