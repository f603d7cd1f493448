"""Spaces that may shrink: one more word on a line, where all its spaces are a little narrower for it.

CSS has no property for it, and WeasyPrint only ever widens the spaces of a justified line, so that they are wider than
the font's by a third and words are divided that need not be. A stylesheet allows it with the custom property
``--space-shrink``: by how much of its width a space may shrink at most (``20%``).
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline  # type: ignore[import-untyped]
from weasyprint.layout.inline import get_next_linebox, justify_line, text_align  # type: ignore[import-untyped]

from publish.formats.pdf import hanging
from publish.formats.pdf.engine import Box, children, is_text, share

measure = 0.0
"""How wide the line is that is being made, in px."""


def install() -> None:
    """Put the replacement in place, for the rest of the process."""
    inline.text_align = _text_align
    inline.get_next_linebox = _get_next_linebox


def _get_next_linebox(
    context: Any, linebox: Box, position_y: Any, bottom_space: Any, skip_stack: Any, containing_block: Any, *more: Any
) -> Any:
    """Stand for ``weasyprint.layout.inline.get_next_linebox``, to say how wide the lines are."""
    global measure  # noqa: PLW0603 - what is asked for a line at a time is not told
    width = getattr(containing_block, "width", 0.0)
    measure = width if isinstance(width, float | int) else 0.0
    return get_next_linebox(context, linebox, position_y, bottom_space, skip_stack, containing_block, *more)


def shrinkage(style: Any) -> float:
    """Give by how much of its width a space may shrink; 0 where the style does not say or nothing is justified."""
    own = vars(style)
    if "_publish_shrinkage" not in own:
        own["_publish_shrinkage"] = share(style, "__space_shrink") if style["text_align_all"] == "justify" else 0.0
    return own["_publish_shrinkage"]  # type: ignore[no-any-return]


def narrow(layout: Any, over: float) -> None:
    """Mark a text that is wider than its line by ``over`` (px): its spaces are to shrink, or its last mark hangs."""
    layout.publish_over = over


def _text_align(context: Any, line: Box, available_width: float, last: bool) -> Any:
    """Stand for ``weasyprint.layout.inline.text_align``: a line that was counted as full is made so.

    What hangs at its end is beside its room.
    """
    over, out = _widened(line), 0.0 if last else hanging.at_end(context, line)
    if over and not last:
        justify_line(context, line, out - over)
        return 0
    return text_align(context, line, available_width + out, last)


def _widened(box: Box) -> float:
    """Give its own width back to a text that is marked, and to what is around it; give by how much it is too wide."""
    if is_text(box):
        over: float = vars(box.pango_layout).pop("publish_over", 0.0) if box.pango_layout else 0.0
    else:
        inside = [child for child in children(box) if child.is_in_normal_flow()]
        over = _widened(inside[-1]) if inside else 0.0
        if over and box.style["direction"] == "rtl":
            for child in inside[:-1]:
                child.translate(over)
    if over:
        box.width += over
    return over
