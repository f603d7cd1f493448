"""The journal theme in the hands of the PDF writer: silent, whole, and accessible by veraPDF."""

from __future__ import annotations

import logging
from ctypes import c_double
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_pages import png, tags, text_of
from PIL import Image
from pypdfium2 import raw

from publish import project, renderer
from publish.diagnostics import Log
from publish.document import (
    Cell,
    Code,
    Contributor,
    Division,
    Emphasis,
    Figure,
    InlineSpan,
    List,
    ListItem,
    Note,
    NoteCall,
    Paragraph,
    Publication,
    Quotation,
    Row,
    Section,
    Table,
)
from publish.document import Image as Picture
from publish.formats.pdf import first_page, referee, verify, write
from publish.images import Picture as Prepared
from publish.rendition import Medium, Rendition

_MODIFIED = datetime(2016, 3, 2, tzinfo=UTC)


def shown(folder: Path, medium: Medium) -> Rendition:
    """Render a publication with everything that the tree can hold, through the theme."""
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "essay.md").write_text("# An essay\n\nText.\n")
    (folder / "publication.yaml").write_text(
        "title: North and East\ncontributors:\n  - An Author\ndate: 2016-03-02\nlang: en-GB\n"
    )
    log = Log()
    told = project.load(folder, log)
    assert told is not None, [d.message for d in log]
    words = Paragraph(("Words that run on over the line and over the next one, as words do. " * 6,))
    section = Section(
        ("A river",),
        2,
        (
            Paragraph(
                (
                    "It flows",
                    NoteCall("a"),
                    " past ",
                    Code("code"),
                    InlineSpan(("Правда",), language="ru"),
                    " and ",
                    Emphasis(("on",)),
                )
            ),
            Figure((Picture("port.png", "A grey port"),), ("The port",), ("Nobody",)),
            List((ListItem((words,)), ListItem((words,)))),
            Quotation((words,)),
            Table((Row((Cell(("Year",), header=True),)),), (Row((Cell(("2015",)),)),), ("Years",)),
            *(words,) * 20,
        ),
        run_in=True,
        id="river",
    )
    note = Note("a", (Paragraph(("A note.",)), Paragraph(("And more of it.",))), id="note-a")
    author = Contributor("An Author", "aut", "Author, An")
    essay = Division(
        "essay", "essay", "body", ("An essay",), (words, section), (note,), contributors=(author,), id="essay"
    )
    pictures = {"port.png": Prepared("port.png", "image/png", png(), 8, 8)}
    made = renderer.render(Publication(told.metadata, (essay,)), told, pictures, medium, _MODIFIED, log)
    assert made is not None, [d.message for d in log]
    return made


def test_print(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "publish.formats.pdf")
    log, rendition = Log(), shown(tmp_path, "print")
    written = write(rendition, log)
    assert written is not None, [d.message for d in log]
    assert not caplog.messages, "the engine does not understand all of the theme's CSS"
    verify(written.data, rendition, log, referee=not referee.lacking())
    assert not [d.message for d in log if d.rule.name != "referee-present"]
    pdf = pikepdf.open(BytesIO(written.data))
    tree = tags(pdf)
    assert tree.one("Note").outline().startswith("Note(Lbl(Link(@,#))")
    assert str(tree.one("Figure").data.Alt) == "A grey port"
    assert [page.label for page in pdf.pages] == list(written.pages.labels)
    assert "1" in written.pages.labels
    assert "A note." in " ".join(text_of(written))
    lines = grid(written.data)
    assert len(lines) > 20
    assert max(lines) - min(lines) < 0.05, (
        "calls of notes, code and headings in the line leave the lines where they are"
    )


def grid(pdf: bytes) -> list[float]:
    """Give where in its step of 13.5 points each line of the text (10 points) stands, whatever the page."""
    found = set()
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text, x, y = page.get_textpage(), c_double(), c_double()
        for index in range(text.count_chars()):
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            if raw.FPDFText_GetFontSize(text, index) == pytest.approx(10 / 0.75, abs=0.01):
                found.add((number, round(page.get_height() - y.value, 3)))
    return [height % 13.5 for _, height in sorted(found)]


def test_cover(tmp_path: Path) -> None:
    log, rendition = Log(), shown(tmp_path, "cover")
    written = write(rendition, log)
    assert written is not None, [d.message for d in log]
    image = Image.open(BytesIO(first_page(written.data, 600)))
    assert image.width == 600
    assert image.height > 600
