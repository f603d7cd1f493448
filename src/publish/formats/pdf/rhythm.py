"""Blocks that take whole lines: a figure or a table between two paragraphs leaves the lines of facing pages level.

WeasyPrint has no ``block-step-size`` (CSS Rhythmic Sizing 1, section 2.1). A stylesheet asks for it with the custom
property ``--block-step``, a length in points; since custom properties are inherited, it takes it back from what is
inside (``figure * { --block-step: none }``).
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]
from weasyprint.layout.block import block_level_layout  # type: ignore[import-untyped]

from publish.formats.pdf.engine import Box, points

_NEARLY = 0.01  # px: less is the noise of adding numbers up


def install() -> None:
    """Put the replacement in place, for the rest of the process."""
    block.block_level_layout = _block_level_layout


def _block_level_layout(context: Any, box: Box, *arguments: Any, **named: Any) -> Any:
    """Stand for ``weasyprint.layout.block.block_level_layout``, and round up the height of what asks for it.

    A block that goes on overleaf ends where its page ends and is left as it is.
    """
    result = block_level_layout(context, box, *arguments, **named)
    new_box, resume_at = result[0], result[1]
    step = points(box, "__block_step")
    if step and new_box is not None and resume_at is None:
        lacking = -new_box.border_height() % step
        if _NEARLY < lacking < step - _NEARLY:
            _grow(new_box, lacking)
    return result


def _grow(box: Box, lacking: float) -> None:
    """Make a box taller: at its foot, or on both sides between two rules."""
    box.height += lacking
    if box.border_top_width and box.border_bottom_width:
        for child in box.children:
            child.translate(0, lacking / 2)
