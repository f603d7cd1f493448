"""Notes stay with their calls: what WeasyPrint 70 does when a later line of the page finds no room, put right.

By itself it then pushes the page's last note on to the next page, to let the line in; so a note stands on another page
than its call though both had room together. Here the line goes to the next page, as every other line does.
"""

from __future__ import annotations

import inspect

from weasyprint.layout import block  # type: ignore[import-untyped]

_PUSHES_ON = "report = not context.in_column and can_break_now and not could_break_before"
_STAYS = "report = False"


def install() -> None:
    """Replace the function that lays out lines by one that differs in this alone, for the rest of the process.

    ``tests/formats/pdf/test_pdf_patches.py`` knows the function's text. Raises RuntimeError for another text.
    """
    if getattr(block, "_publish_keeps_notes", False):
        return
    source = inspect.getsource(block._linebox_layout)
    if source.count(_PUSHES_ON) != 1:
        raise RuntimeError("weasyprint.layout.block._linebox_layout is not the function that we know")
    # Written anew from its own text: a copy would be 150 lines of another's, of which one is ours.
    exec(compile(source.replace(_PUSHES_ON, _STAYS), block.__file__, "exec"), vars(block))
    block._publish_keeps_notes = True
