"""A line of two fonts is full: its spaces are those that it was measured with."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]
from pdf_pages import font, lent, part, rendition

from publish.diagnostics import Log
from publish.formats.pdf import write

HEBREW = "אבגדהוזחטיכלמנ"
RIGHT = 88 / 25.4 * 72
# What joins the figures has no glyph; the engine itself would shape the line anew, and its spaces might change their font.
LINES = " ".join(["גדאב חיה (1914–\u20601918), אבג דהו NATO זחט יכל."] * 12)


def test_lines_from_right_to_left_reach_their_edge() -> None:
    css = (
        "body { margin: 0 } @page { @top-center { content: none !important } }"
        "p { text-align: justify; hyphens: manual; text-indent: 0; font: 10pt 'Source Serif 4', 'Source Sans 3' }"
    )
    # The sans, whose spaces are narrower than the serif's, has the letters that look like Cyrillic here.
    fonts = font("SourceSerif4-Regular"), lent("SourceSans3-Regular", HEBREW)
    article = f'<article class="body" id="c" dir="rtl" lang="he"><p>{LINES}</p></article>'
    log = Log()
    written = write(rendition(part("c.xhtml", article), css=css, resources=fonts), log)
    assert written is not None, [d.message for d in log]
    rows: dict[int, float] = {}
    for page in pypdfium2.PdfDocument(written.data):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, _ = text.get_charbox(index, loose=True)
            if text.get_text_range(index, 1).strip() and right - left > 0:
                row = round(bottom / 12)
                rows[row] = max(rows.get(row, 0), right)
    edges = [right for right in rows.values() if right > 100]
    assert len(edges) > 6
    assert [round(right, 1) for right in edges if abs(right - RIGHT) > 1] == []
