"""A book that is read from right to left: on which side its pages are bound, and what stands at their heads."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.project import load
from publish.renderer import render


def page_of(language: str, folder: Path, own: str = "") -> str:
    lines = f"title: T\nauthor: A\nlang: {language}\n"
    (folder / "publication.yaml").write_text(lines, encoding="utf-8")
    (folder / "manuscript").mkdir()
    front = f"---\ntitle: E\nlang: {own}\n---\n" if own else "# E\n"
    (folder / "manuscript" / "a.md").write_text(f"{front}\nWords.\n", encoding="utf-8")
    log = Log()
    project = load(folder, log)
    assert project is not None
    book = read(project, log)
    made = render(book.publication, project, book.pictures, "print", EARLIEST, log)
    assert made is not None
    return made.parts[-1].xhtml


@pytest.mark.parametrize(("language", "recto", "verso"), [("en", "right", "left"), ("he", "left", "right")])
def test_the_head_of_a_recto_is_the_divisions(language: str, recto: str, verso: str, tmp_path: Path) -> None:
    page = page_of(language, tmp_path)
    head = page[page.index(f"@page body:{recto} ") :].split("@page", 2)[1]
    assert "string(running)" in head and f"@top-{recto}" in head and f"@top-{verso}" not in head
    assert ("html { direction: rtl; }" in page) is (language == "he")


def test_a_division_says_its_direction_where_it_is_another(tmp_path: Path) -> None:
    assert 'class="division essay body opening" id="a" lang="he" xml:lang="he" dir="rtl"' in page_of(
        "en", tmp_path, "he"
    )
