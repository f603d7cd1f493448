"""A large initial on the page: where it stands, and that its word is one word to whoever reads or copies it."""

from __future__ import annotations

import shutil
import subprocess
from ctypes import c_double
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_pages import tags
from pypdfium2 import raw

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.formats.pdf import write
from publish.project import load
from publish.project.styles import theme_names
from publish.renderer import render

ESSAY = """\
---
title: A title
author: An Author
lang: en-GB
style: {{theme: {theme}, openings: drop-cap-and-small-caps}}
---

“Hear The Two armies”, it says, had not met for twenty years, and when they did the meeting was reported in four lines by
one agency and not at all by the other. Nobody in the hall could say afterwards who had asked for it, nor what was promised.
"""


class Letter(NamedTuple):
    """A letter on a page: its foot, its head, its line, in points from the foot of the page; and its size."""

    letter: str
    foot: float
    head: float
    line: float
    size: float


def letters(data: bytes) -> list[Letter]:
    page = pypdfium2.PdfDocument(data)[0]
    text, found = page.get_textpage(), []
    for index in range(text.count_chars()):
        sides = [c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(text, index, *sides)
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = raw.FPDFText_GetFontSize(text, index)
        found.append(Letter(text.get_text_range(index, 1), sides[2].value, sides[3].value, round(y.value, 2), size))
    return found


@pytest.mark.parametrize("theme", theme_names())
def test_an_initial(theme: str, tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(ESSAY.format(theme=theme), encoding="utf-8")
    log = Log()
    project = load(tmp_path / "essay.md", log)
    assert project is not None
    whole = read(project, log)
    rendition = render(whole.publication, project, whole.pictures, "print", EARLIEST, log)
    assert rendition is not None
    written = write(rendition, log)
    assert written is not None and not log.failed
    its_head_and_foot_are_on_the_lines(letters(written.data))
    with pikepdf.open(_saved(written.data, tmp_path)) as pdf:
        (span,) = [tag for tag in tags(pdf).walk() if tag.role == "Span" and "/ActualText" in tag.data]
        assert str(span.data.ActualText) == "“Hear"
    if shutil.which("pdftotext"):
        copied = subprocess.run(["pdftotext", tmp_path / "made.pdf", "-"], capture_output=True, text=True, check=True)
        assert "“Hear The Two armies”, it says, had" in copied.stdout


def head(letter: Letter) -> float:
    """Give where a letter's head is; PDFium makes the boxes a hundredth of the letter's size (px) too high."""
    return letter.head - letter.size * 0.75 * 0.01


def its_head_and_foot_are_on_the_lines(found: list[Letter]) -> None:
    initial = next(one for one in found if one.letter == "H" and one.size > 40)
    beside = next(one for one in found if one.letter == "T" and one.line > initial.line)
    assert initial.line == pytest.approx(beside.line - 27, abs=0.1), "on the third line"
    assert head(initial) == pytest.approx(head(beside), abs=0.1), "level with the capitals of the first"
    assert initial.foot == pytest.approx(initial.line, abs=0.1)


def _saved(data: bytes, folder: Path) -> Path:
    (folder / "made.pdf").write_bytes(data)
    return folder / "made.pdf"
