"""Five hundred notes of all lengths, in both themes: read back from the finished PDF by a program that lays nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from noted import Noted, write

from publish.build import Request, build
from publish.diagnostics import Diagnostic, Log


@dataclass(frozen=True)
class Read:
    """What stands on the pages of a PDF (from 0), by the names of notes.

    ``begun`` and ``ended`` are the notes that begin and end, in order, each with its page; ``numbers`` the numbers
    that are printed before them; ``calls`` the pages on which that number stands behind the word that calls the note.
    """

    begun: tuple[tuple[str, int], ...]
    ended: tuple[tuple[str, int], ...]
    numbers: dict[str, int]
    calls: dict[str, list[int]]
    outline: tuple[str, ...]


def read(file: Path) -> Read:
    with pypdfium2.PdfDocument(file) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    with pikepdf.open(file) as opened, opened.open_outline() as outline:
        titles = tuple(str(below.title) for item in outline.root for below in (item, *item.children))

    def found(pattern: str) -> Iterator[tuple[re.Match[str], int]]:
        return ((match, page) for page, text in enumerate(texts) for match in re.finditer(pattern, text))

    begun, ended = (tuple((match[1], page) for match, page in found(rf"{mark}(\d{{3}})")) for mark in "NZ")
    numbers = {match[2]: int(match[1]) for match, _ in found(r"(\d+)\s+N(\d{3})")}
    calls: dict[str, list[int]] = {}
    for match, page in found(r"K(\d{3}) ?(\d+)"):
        # A title stands in the contents and in running heads as well, before a page's number.
        if int(match[2]) == numbers.get(match[1]):
            calls.setdefault(match[1], []).append(page)
    return Read(begun, ended, numbers, calls, titles)


def made(folder: Path, theme: str, source: Noted, essays: int, notes: int) -> tuple[list[Diagnostic], Path | None]:
    write(folder, theme, (source.text(f"Essay {number}", notes) for number in range(essays)))
    log = Log()
    result = build(Request(folder, ("pdf",), referee=False), log)
    return list(log), result.files[0].path if result else None


def line_of(folder: Path, found: Diagnostic) -> str:
    """Give the line of the manuscript that a diagnostic names."""
    file, line, _ = str(found.place).rsplit(":", 2)
    return (folder / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def apart(folder: Path, source: Noted, told: list[Diagnostic], file: Path | None) -> set[str]:
    """Prove that every note is printed once, in order, with its call or told as standing apart; give those that are."""
    assert file is not None, [(found.place, found.message) for found in told]
    pdf, names = read(file), [f"{number:03}" for number in range(1, source.count + 1)]
    assert sorted(pdf.begun) == sorted(pdf.ended), "no note is divided"
    assert sorted(name for name, _ in pdf.begun) == names, "each is there once"
    assert [pdf.numbers[name] for name, _ in pdf.begun] == list(range(1, len(names) + 1)), "in their order"
    assert sorted(pdf.calls) == names, "each is called by its number"
    begun = dict(pdf.begun)
    # The head of a table is printed again on every page of it.
    lost = {name for name in names if min(pdf.calls[name]) != begun[name]}
    assert {found.rule.name for found in told} <= {"note-beside-call"}, [(d.place, d.message) for d in told]
    assert {name_of(folder, found) for found in told} == lost
    assert [title for title in pdf.outline if re.search(r"K\d{4}", title)] == [], "no number of a note in the outline"
    return lost


def name_of(folder: Path, found: Diagnostic) -> str:
    """Give the name of the note that a diagnostic is about, which stands in the line that it names; there is advice."""
    assert "shorten it" in found.hint
    told = re.search(r"N(\d{3})", found.message)
    assert told is not None
    assert told[0] in line_of(folder, found)
    return told[1]


@pytest.mark.parametrize("theme", ["journal", "literata"])
def test_every_note_stands_with_its_call_or_is_told(theme: str, tmp_path: Path) -> None:
    source = Noted(3)
    told, file = made(tmp_path, theme, source, essays=10, notes=50)
    assert source.count >= 500
    assert len(apart(tmp_path, source, told, file)) <= 5, "all but a few find room"


def test_notes_of_nearly_a_page(tmp_path: Path) -> None:
    source = Noted(4, ((2, 9), (200, 300), (300, 380)), close=380)
    told, file = made(tmp_path, "journal", source, essays=1, notes=40)
    assert apart(tmp_path, source, told, file) != set(), "several in a line have no room"


def test_every_note_longer_than_a_page_is_an_error(tmp_path: Path) -> None:
    source = Noted(5, ((2, 9), (10, 300), (800, 900)), close=900)
    told, file = made(tmp_path, "literata", source, essays=1, notes=40)
    assert file is None
    long = {name for name, words in source.lengths_of.items() if words >= 800}
    assert {name_of(tmp_path, found) for found in told if found.rule.name == "note-printed"} == long
    assert len(long) >= 5
    assert all("is longer than a page" in found.message for found in told if found.rule.name == "note-printed")
