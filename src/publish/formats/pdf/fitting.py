"""A picture too high for its page, or for its caption to stand below it, is made as much smaller as it takes.

CSS has no word for it: how high a picture may be depends on the lines of its caption. A stylesheet asks for it with the
custom property ``--fit-page``: how much may stand above it on the page (points), so that a picture under a heading is
made smaller, too, and the heading not left alone. What is inside takes it back (``figure * { --fit-page: none }``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from publish.formats.pdf.engine import Box, descendants, is_line, is_replaced, points

_LEAST = 0.5
"""A picture is not made smaller than so much of what its page could hold: then its caption goes on overleaf."""

_SLACK = 0.5  # px: what rounding may do
_TRIES = 4  # the lines of a caption take up what the first may have thought free


def install() -> None:
    """Put the replacement in place, for the rest of the process; after ``rhythm``, whose steps count."""
    inner = block.block_level_layout
    if not hasattr(inner, "publish_fits"):
        block.block_level_layout = _fitting(inner)


def _fitting(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that stands for ``weasyprint.layout.block.block_level_layout``, which is ``layout``."""

    def lay_out(
        context: Any,
        box: Box,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool = True,
        absolute_boxes: Any = None,
        fixed_boxes: Any = None,
        adjoining_margins: Any = None,
        *more: Any,
        **named: Any,
    ) -> Any:
        placed = [] if absolute_boxes is None else absolute_boxes, [] if fixed_boxes is None else fixed_boxes

        def attempt(tried: Box, space: float) -> Any:
            margins = None if adjoining_margins is None else list(adjoining_margins)
            return layout(
                context, tried, space, skip_stack, containing_block, page_is_empty, *placed, margins, *more, **named
            )

        above = points(box, "__fit_page") if skip_stack is None and not context.in_column else 0.0
        if not above:
            return layout(
                context, box, bottom_space, skip_stack, containing_block, page_is_empty, *placed, adjoining_margins,
                *more, **named
            )  # fmt: skip
        result = attempt(box, bottom_space)
        top = context.current_footnote_area.page.content_box_y()
        alone = page_is_empty or box.position_y - top <= above
        if not alone or _fits(context, result, bottom_space):
            return result
        return _smaller(context, box, bottom_space, attempt, lambda made: _forget(context, made, placed)) or attempt(
            box, bottom_space
        )

    lay_out.publish_fits = True  # type: ignore[attr-defined]
    return lay_out


def _fits(context: Any, result: Any, space: float) -> bool:
    """Whether the box around will find that it has room, whose measure is as fine."""
    made, resume_at = result[0], result[1]
    return made is not None and resume_at is None and not context.overflows_page(space, _foot(made))


def _foot(box: Box) -> float:
    return float(box.position_y + box.margin_top + box.border_height())


def _forget(context: Any, result: Any, placed: tuple[Any, Any]) -> None:
    """Take back what a layout that does not count has done to the page: its notes above all."""
    if result[0] is not None:
        block.remove_placeholders(context, [result[0]], *placed)


def _smaller(
    context: Any, box: Box, space: float, attempt: Callable[[Box, float], Any], forget: Callable[[Any], None]
) -> Any:
    """Give the layout with pictures as large as they may be, or ``None`` if they would be too small."""
    share, page = 1.0, context.current_footnote_area.page.height
    for _ in range(_TRIES):
        whole = attempt(_scaled(box, share), -inf)
        if whole[0] is None:
            return None
        high, excess = sum(_rows(whole[0])), _foot(whole[0]) - (context.page_bottom - space)
        forget(whole)
        if not high:
            return None
        least = _LEAST * min(share, page / high * share)
        share *= min(1 - (excess + _SLACK) / high, 1.0)
        if share < least:
            return None
        again = attempt(_scaled(box, share), space)
        if _fits(context, again, space):
            return again
        forget(again)
        share *= 0.98
    return None


def _rows(box: Box) -> Iterator[float]:
    """Give the heights of the rows of pictures in a box."""
    for line in descendants(box):
        if is_line(line):
            yield max((one.height for one in descendants(line) if _scales(one)), default=0.0)


def _scaled(box: Box, share: float) -> Box:
    """Give a copy of a box whose pictures take so much of the width that was asked for."""
    copy = box.deepcopy()
    for one in descendants(copy):
        if _scales(one):
            one.style = one.style.copy()
            width = one.style["width"]
            one.style["width"] = width._replace(value=width.value * share)
    return copy


def _scales(box: Box) -> bool:
    """Whether a box is a picture whose width was asked for, and whose height follows from it."""
    return is_replaced(box) and box.style["height"] == "auto" and getattr(box.style["width"], "unit", "") in ("px", "%")
