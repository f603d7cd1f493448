"""A fault in a finished EPUB is told at the line of the manuscript that it comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.build.tracing import traced
from publish.diagnostics import Log
from publish.formats.epub import verify, write
from publish.project import load
from publish.renderer import render

ESSAY = """---
title: The border
author: An Author
lang: en
---

First words.[^1]

See [the end](#end), and *also* ![a port](port.png).

[^1]: Said there.

# The end

Last words.
"""


def test_a_fault_on_a_page_is_told_at_its_line_in_the_manuscript(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    Image.new("L", (9, 9)).save(tmp_path / "port.png")
    log = Log()
    project = load(tmp_path / "essay.md", log)
    assert project is not None
    whole = read(project, log)
    book = render(whole.publication, project, whole.pictures, "epub", EARLIEST, log)
    assert book is not None
    spoilt = {
        "text/essay.xhtml": (' alt="a port"', ""),
        "text/notes.xhtml": ('href="essay.xhtml#noteref-1"', 'href="essay.xhtml#nowhere"'),
    }
    parts = tuple(replace(p, xhtml=p.xhtml.replace(*spoilt[p.name])) if p.name in spoilt else p for p in book.parts)
    assert parts != book.parts
    made = write(replace(book, parts=parts), log)
    assert made is not None
    found = Log()
    verify(made.data, None, found, referee=False)
    places = {(d.message.split(" has no ")[0].split("”")[0], d.place) for d in traced(found, book)}
    assert ("the picture ../images/port.png", "essay.md:9:33") in places
    assert any(place.startswith("essay.md:11:") for _, place in places), places
