"""The themes that come with publish let a book be laid out by divisions, whatever its style asks for.

What stands in the way is found in the text of stylesheets, and the pages are the same without divisions: only the time
would tell.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.build import Request
from publish.build.pipeline import rendition
from publish.diagnostics import Log
from publish.formats.pdf.join import join
from publish.formats.pdf.sheets import take_apart

CHAPTER = """---
title: The Well
role: essay
author: A Hand
---
A first paragraph that is long enough to open with a large initial, and that calls a note.[^1]

## A part {.run-in}
It goes on.[^2]

[^1]: A note.
[^2]: Another one.
"""


@pytest.mark.parametrize("theme", ["journal", "literata"])
@pytest.mark.parametrize("style", ["openings: plain", "openings: drop-cap-and-small-caps", "notes: division"])
def test_a_book_in_this_theme_is_taken_apart(theme: str, style: str, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    for name in ("one", "two"):
        (tmp_path / f"manuscript/{name}.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "publication.yaml").write_text(
        "title: North\nauthor: A Hand\nlang: en-GB\nbody: [one.md, two.md]\nback: [index]\n"
        f"style: {{theme: {theme}, {style}}}\n",
        encoding="utf-8",
    )
    log = Log()
    book = rendition("pdf", Request(tmp_path), log)
    assert book is not None, [d.message for d in log]
    assert not isinstance(apart := take_apart(book, join(book)), str), apart
