"""A table that is wider than its page stands on one turned on its side; one that is too wide even for that is told."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path

import pypdf
import pytest

from publish.build import Request, build
from publish.diagnostics import Log

WIDE = (
    "| Year | Administration | Transportation | Telecommunications | Reconsideration | Establishment |\n"
    "|------|------|-----|-----|-----|-----|\n"
    "| 1900 | Parliamentarians | Representatives | Intergovernmental | Extraordinary | Constitutional |\n"
)
HEAD = "---\ntitle: Wide\nauthor: A Hand\ndate: 2026-03-02\nlang: en-GB\n---\n"
ENDLESS = "x" * 90


def made(folder: Path, text: str, *formats: str) -> tuple[Log, list[Path]]:
    file = folder / "essay.md"
    file.write_text(HEAD + text, encoding="utf-8")
    log = Log()
    result = build(Request(file, formats=formats or ("pdf",), referee=False), log)
    return log, [made.path for made in result.files] if result else []


def turned(path: Path) -> list[bool]:
    """Say of each page whether it is wider than high."""
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    return [float(page.mediabox.width) > float(page.mediabox.height) for page in pages]


@pytest.mark.parametrize("theme", ["journal", "literata"])
def test_a_wide_table_has_a_page_turned_for_it(theme: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript/essay.md").write_text(f"{HEAD}Before.\n\n{WIDE}\nAfter.\n", encoding="utf-8")
    (tmp_path / "publication.yaml").write_text(
        f"title: W\nauthor: A Hand\ndate: 2026-03-02\nlang: en-GB\nstyle: {{theme: {theme}, prelims: no}}\n", "utf-8"
    )
    log = Log()
    result = build(Request(tmp_path, formats=("pdf",), referee=False), log)
    assert result is not None and list(log) == []
    assert turned(result.files[0].path) == [False, True, False]


def test_a_table_that_fits_stays_where_it_is(tmp_path: Path) -> None:
    log, paths = made(tmp_path, "Before.\n\n| Year | Tons |\n|---|---|\n| 1900 | 12 |\n\nAfter.\n")
    assert list(log) == [] and turned(paths[0]) == [False]


def test_only_the_wide_one_of_several_in_a_list_is_turned(tmp_path: Path) -> None:
    narrow = "| Year | Tons |\n|---|---|\n| 1900 | 12 |\n"
    inside = "".join(f"    {line}\n" for line in WIDE.splitlines())
    log, paths = made(tmp_path, f"Before.\n\n{narrow}\n- An item.\n\n{inside}\n- Another.\n\n{narrow}")
    assert list(log) == [] and turned(paths[0]) == [False, True, False]


def test_one_that_is_too_wide_even_so_is_told_at_its_place(tmp_path: Path) -> None:
    log, _ = made(tmp_path, f"Before.\n\n| {ENDLESS} | {ENDLESS} |\n|---|---|\n| a | b |\n\nAfter.\n")
    (told,) = list(log)
    assert told.rule.name == "inside-page" and told.message == "this table is wider than the page"
    assert told.span is not None and str(told.span).endswith("essay.md:9:1")


def test_an_author_may_object(tmp_path: Path) -> None:
    log, paths = made(tmp_path, f"Before.\n\n::: upright\n{WIDE}:::\n\nAfter.\n")
    assert turned(paths[0]) == [False]
    (told,) = list(log)
    assert told.message == "this table is wider than the page" and str(told.span).endswith("essay.md:10:1")


def test_it_is_said_where_a_page_was_turned(tmp_path: Path) -> None:
    stages: list[str] = []

    def progress(stage: str) -> nullcontext[None]:
        stages.append(stage)
        return nullcontext()

    (tmp_path / "essay.md").write_text(f"{HEAD}Before.\n\n{WIDE}\nAfter.\n", encoding="utf-8")
    assert build(Request(tmp_path / "essay.md", formats=("pdf",), referee=False), Log(), progress) is not None
    assert "Turning a page for what is wider: essay.md:9:1" in stages


def test_the_epub_has_the_pages_of_the_print(tmp_path: Path) -> None:
    from zipfile import ZipFile

    _, (pdf, epub) = made(tmp_path, f"Before.\n\n{WIDE}\nAfter.\n", "pdf", "epub")
    alone = tmp_path / "alone"
    alone.mkdir()
    _, (again,) = made(alone, f"Before.\n\n{WIDE}\nAfter.\n", "epub")
    for path in (epub, again):
        with ZipFile(path) as book:
            nav = next(text for name in book.namelist() if b"page-list" in (text := book.read(name))).decode()
        assert nav.partition("page-list")[2].partition("</ol>")[0].count("<li>") == len(turned(pdf)) == 3
