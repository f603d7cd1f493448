"""Every rule has cases that an editor can read, and each case says all that is found in it, and nothing else.

A case is a text file in tests/cases/rules/<rule>/: what it shows, then its files, each under a line ``==> name`` (with
a remark in parentheses for what characters cannot show), then under ``==> found`` every diagnostic of the run.
``pytest tests/checks --accept`` writes what was found into the cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

from publish.build.manuscript import examine
from publish.checks import CHECKS
from publish.diagnostics import RULES, Log

CASES = Path(__file__).parent.parent / "cases" / "rules"
HEADER = re.compile(r"^==> (?P<name>.*?)(?: \((?P<remark>[^()]*)\))?\n", re.MULTILINE)

# Rules that only a finished file, a template or a machine can break: they are broken in tests of their rooms.
BEYOND_READING = {
    "bibliography-known",
    "bibliography-named",
    "bibliography-wellformed",
    "citation-defined",
    "citation-once",
    "citation-style-sound",
    "template-sound",
    "layout-finished",
    "note-printed",
    "note-beside-call",
    "inside-page",
    "nothing-lost",
    "epub-accessible",
    "epub-valid",
    "font-licensed",
    "pdf-valid",
    "press-advised",
    "press-ready",
    "profile-fit",
    "referee-present",
    "output-written",
    "release-sent",
    "address-present",
    "changes-told",
    "record-sound",
    "release-linked",
    "release-tidy",
    "release-whole",
    "version-kept",
    "version-sound",
}


class Passage(NamedTuple):
    """A part of a case: a file's name, a remark on what is in it, its text."""

    name: str
    remark: str
    text: str


def passages(case: str) -> Iterator[Passage]:
    headers = list(HEADER.finditer(case))
    ends = [*(header.start() for header in headers[1:]), len(case)]
    for header, end in zip(headers, ends, strict=True):
        yield Passage(header["name"], header["remark"] or "", case[header.end() : end])


def put(file: Path, remark: str, text: str) -> None:
    """Make a file as the case describes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if pixels := re.fullmatch(r"a picture of (\d+) by (\d+) pixels", remark):
        kind = {".jpg": "JPEG"}.get(file.suffix, file.suffix[1:].upper())
        Image.new("1", (int(pixels[1]), int(pixels[2]))).save(file, kind)
    elif half := re.fullmatch(r"the first half of a picture of (\d+) by (\d+) pixels", remark):
        Image.effect_noise((int(half[1]), int(half[2])), 50).save(file)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif link := re.fullmatch(r"a symbolic link to (.*)", remark):
        file.symlink_to(link[1])
    elif remark == "a folder":
        file.mkdir()
    elif remark == "control characters as ^A to ^Z":
        file.write_text(re.sub(r"\^([A-Z])", lambda found: chr(ord(found[1]) - 64), text), encoding="utf-8")
    elif size := re.fullmatch(r"repeated to (\d+) MB", remark):
        file.write_text(text * (int(size[1]) * 1_000_000 // len(text) + 1), encoding="utf-8")
    elif count := re.fullmatch(r"“(.*)” (\d+) times", remark):
        file.write_text(text.replace("…", count[1] * int(count[2])), encoding="utf-8")
    else:
        file.write_text(text, encoding=remark or "utf-8")


def found_in(files: list[Passage], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read and check the publication that these files are, and give every diagnostic as lines of text."""
    publication = folder / "publication"
    for name, remark, text in files:
        put(publication / name, remark, text)
    monkeypatch.chdir(publication)
    log = Log()
    whole = any(name == "publication.yaml" for name, _, _ in files)
    examine(Path() if whole else Path(files[0].name), log)
    return "".join(
        f"{d.place or '(nowhere)'}: {d.severity}[{d.rule.name}]: {d.message}\n" + f"    help: {d.hint}\n" * bool(d.hint)
        for d in log
    )


@pytest.mark.parametrize("file", sorted(CASES.rglob("*.txt")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_case(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool) -> None:
    """Everything found is expected, and everything expected is found."""
    case = file.read_text(encoding="utf-8")
    *files, expected = passages(case)
    assert expected.name == "found"
    found = found_in(files, tmp_path, monkeypatch)
    if accept and found != expected.text:
        file.write_text(case[: case.rindex("==> found\n")] + "==> found\n" + found, encoding="utf-8")
    assert found == expected.text or accept


@pytest.mark.parametrize("rule", sorted(RULES.keys() - BEYOND_READING))
def test_every_rule_has_a_case_that_breaks_it(rule: str) -> None:
    cases = [file.read_text(encoding="utf-8") for file in CASES.joinpath(rule).glob("*.txt")]
    assert any(f"[{rule}]" in case for case in cases), f"tests/cases/rules/{rule} has no case that breaks {rule}"


@pytest.mark.parametrize("rule", sorted(CHECKS))
def test_every_check_has_a_case_that_is_fine(rule: str) -> None:
    cases = [file.read_text(encoding="utf-8") for file in CASES.joinpath(rule).glob("*.txt")]
    assert any(case.endswith("==> found\n") for case in cases), f"tests/cases/rules/{rule} has no sound case"


def test_every_folder_of_cases_is_named_for_a_rule() -> None:
    assert {folder.name for folder in CASES.iterdir()} <= RULES.keys()


@pytest.mark.parametrize("rule", sorted(BEYOND_READING))
def test_every_other_rule_is_broken_in_a_test_of_its_room(rule: str) -> None:
    rooms = [CASES.parent.parent / room for room in ("build", "formats", "renderer", "citations", "push", "release")]
    tests = [test for room in rooms for test in room.rglob("test_*.py")]
    tests += (CASES.parent / "citations").rglob("*.txt")
    assert any(rule in test.read_text(encoding="utf-8") for test in tests)
