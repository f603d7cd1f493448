"""Notes stay with their calls and in their place: what WeasyPrint 70 does otherwise, put right.

By itself it pushes a page's last note on to the next page when a later line finds no room; so a note stands on another
page than its call though both had room together. Here the line goes to the next page, as every other line does.

Notes that were pushed on are the first that a page holds. By itself it puts all of them there, however high they are,
and then at least one thing of the text, as if the page were empty: notes reach over the head, and text or a picture
lies under them. Here those go on to the page after that have no room, and so does the text.
"""

from __future__ import annotations

from weasyprint.layout import block, page  # type: ignore[import-untyped]

from publish.formats.pdf.rewriting import rewrite

_OF_LINES = (
    (
        "report = not context.in_column and can_break_now and not could_break_before",
        "report = False",
    ),
)
_NOTES = "(context.footnotes, context.current_page_footnotes, context.reported_footnotes)"
_EMPTY = "    adjoining_margins = []\n    positioned_boxes = []  # Mixed absolute and fixed\n    out_of_flow_boxes"
_TRIAL = "    root_box, resume_at, next_page, _, _, _ = block_level_layout(\n"
_AGAIN = "        resume_at, next_page = initial_resume_at, context.page_maker[page_number - 1][1]\n"
_OF_PAGES = (
    (
        "overflow = context.layout_footnote(reported_footnote)\n",
        "overflow = context.layout_footnote(reported_footnote) or context.overflows_page(0, page.content_box_y())\n",
    ),
    (
        f"page_is_empty = True\n{_EMPTY}",
        f"page_is_empty = not context.current_page_footnotes\n{_EMPTY}",
    ),
    # Where no text has room, its trial takes all notes away.
    (
        _TRIAL,
        f"    held = [list(notes) for notes in {_NOTES}]\n{_TRIAL}",
    ),
    # The way to where the text goes on ends in the middle of a line; only boxes on it can be emptied.
    (
        "        while skip_stack and len(skip_stack) == 1:\n",
        "        while skip_stack and len(skip_stack) == 1 and not isinstance(box, boxes.LineBox):\n",
    ),
    # The next page then goes on as this one should have.
    (
        "        resume_at = initial_resume_at\n",
        f"        {_NOTES[1:-1]} = held\n        context._update_footnote_area()\n{_AGAIN}",
    ),
)


def install() -> None:
    """Replace the functions that lay out lines and pages by some that differ in this alone, for the whole process.

    ``tests/formats/pdf/test_pdf_patches.py`` knows the functions' text. Raises RuntimeError for another text.
    """
    if getattr(block, "_publish_keeps_notes", False):
        return
    rewrite(block, block._linebox_layout, _OF_LINES)
    rewrite(page, page.make_page, _OF_PAGES)
    block._publish_keeps_notes = True
