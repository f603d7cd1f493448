"""Text that runs on before a figure: the lists, the index and the EPUB's markers know the pages on which things stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from second_reading import Sheet, marks, sheets

from publish.build import Request, build
from publish.diagnostics import Log

PUBLICATION = """title: A Book
author: A Hand
lang: en-GB
body: [one.md]
back: [list-of-figures, index]
style: {{trim: A5, theme: {theme}}}
"""
TEXT = " ".join(["words that fill the lines of a paragraph"] * 30)


def manuscript() -> str:
    """Make a text whose first figure has no room on the first page, and whose third paragraph begins there."""
    figure = '![Portrait](tall.png){#fig-tall alt="A surface" width=80%}'
    later = f"Zebra [early]{{.index}} {TEXT} [lateness]{{.index}} end."
    return "\n\n".join(["---\ntitle: One\nrole: essay\n---", f"Aardvark {TEXT}", figure, later, f"Quagga {TEXT}"])


@pytest.mark.parametrize("theme", ["journal", "literata"])
def test_lists_index_and_markers_know_the_pages(theme: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "publication.yaml").write_text(PUBLICATION.format(theme=theme), encoding="utf-8")
    (tmp_path / "manuscript" / "one.md").write_text(manuscript(), encoding="utf-8")
    Image.new("L", (900, 1000), 150).save(tmp_path / "manuscript" / "tall.png")
    log = Log()
    result = build(Request(tmp_path, ("pdf", "epub"), referee=False, save=False), log)
    assert result is not None, [d.message for d in log]
    pdf, epub = (file.data for file in result.files)
    pages = {page.label: page for page in sheets(pdf, 52)}
    assert _holding(pages, "Portrait") == "2"
    assert _holding(pages, "Zebra") == _holding(pages, "early") == "1", "the text runs on"
    later = _holding(pages, "lateness")
    listed = [line for page in pages.values() for line in page.lines]
    assert any(line.startswith("Portrait") and line.rstrip().endswith(" 2") for line in listed)
    assert "early, 1" in listed
    assert f"lateness, {later}" in listed
    (second,) = [mark for mark in marks(epub) if mark.label == "2"]
    assert "Portrait" in second.before, "an EPUB has the author's order"
    assert "Zebra early" in second.before
    assert pages["2"].lines[1].startswith(second.after[:20])


def _holding(pages: dict[str, Sheet], word: str) -> str:
    """Give the label of the first page of the text that says a word."""
    return next(label for label, page in pages.items() if label.isdigit() and word in " ".join(page.lines).split())
