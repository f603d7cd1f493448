"""No word is divided from one page to the next: the last line of a page is broken again, without a hyphen.

CSS has ``hyphenate-limit-last: page`` for it (CSS Text 4, 6.3.4), which WeasyPrint 70 does not know. The half of the
word goes to the next page with what follows; a line that would have to stretch much stays as it is, and so does one
beside which something floats. A note called on it is no hindrance.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]
from weasyprint.layout.inline import iter_line_boxes  # type: ignore[import-untyped]

from publish.formats.pdf import breaking
from publish.formats.pdf.engine import Box, descendants, is_text

_STRETCH = 0.5
"""How many letters a line may lose for each space that it keeps: one more makes its spaces more than twice as wide."""


def install() -> None:
    """Replace the function that lays out the lines of a block, for the rest of the process."""
    inner = block._linebox_layout
    if not hasattr(inner, "publish"):
        vars(block)["_linebox_layout"] = _unhyphened(inner)


def _unhyphened(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that stands for ``weasyprint.layout.block._linebox_layout``, which is ``layout``."""
    names = tuple(inspect.signature(layout).parameters)

    def lay_out(*arguments: Any) -> Any:
        result = layout(*arguments)
        abort, stop, resume_at, *rest = result
        if abort or not stop or resume_at is None:
            return result
        given = dict(zip(names, arguments, strict=True))
        lines = given["new_children"]
        if len(lines) < 2 or not _ends_hyphened(lines[-1]):
            return result
        again = _again(given, lines[-1], lines[-2].resume_at)
        if again is None:
            return result
        lines[-1] = again
        return abort, stop, {given["index"]: again.resume_at}, *rest

    lay_out.publish = True  # type: ignore[attr-defined]
    return lay_out


def _ends_hyphened(line: Box) -> bool:
    last = _last_text(line)
    return last is not None and last.text.endswith(last.style["hyphenate_character"])


def _last_text(line: Box) -> Box | None:
    last = None
    for box in descendants(line):
        if is_text(box):
            last = box
        elif not box.is_in_normal_flow():
            return None  # what stands beside the line would be put there twice
    return last


def _again(given: dict[str, Any], line: Box, start: Any) -> Box | None:
    """Break a line again, without hyphens; ``None`` where that is no better."""
    breaking.divides = False
    try:
        found = next(
            iter_line_boxes(
                given["context"], given["child"], line.position_y, given["bottom_space"], start, given["box"],
                given["absolute_boxes"], given["fixed_boxes"], None, None,
            ),
            None,
        )  # fmt: skip
    finally:
        breaking.divides = True
    if found is None or found[1] is None or _ends_hyphened(found[0]):
        return None
    text = _text(found[0])
    if len(_text(line)) - len(text) > _STRETCH * text.count(" "):
        return None
    again, again.resume_at = found
    return again


def _text(line: Box) -> str:
    return "".join(box.text for box in descendants(line) if is_text(box)).rstrip()
