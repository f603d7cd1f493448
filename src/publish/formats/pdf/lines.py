"""Lines that WeasyPrint 70 breaks after a single word, put right by replacing one function of it."""

from __future__ import annotations

from typing import Any

import weasyprint.layout.inline  # type: ignore[import-untyped]

from publish.formats.pdf.breaking import split_first_line as split

_COLLAPSING = frozenset({"normal", "nowrap", "pre-line"})


def install() -> None:
    """Put the replacement in place, for the rest of the process."""
    weasyprint.layout.inline.split_first_line = split_first_line


def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
    """Stand for ``weasyprint.text.line_break.split_first_line`` where lines are laid out.

    There, a text that fits but for the space at its end (an emphasis follows, or a mark for the index) is taken for
    one that cannot be broken, and its first word is left alone on the line.
    """
    found = split(text, style, context, max_width, *rest, **named)
    if found[2] is None or not text.endswith(" ") or style["white_space"] not in _COLLAPSING:
        return found
    if " " in text.encode()[: found[1]].decode():
        return found
    whole = split(text.rstrip(" "), style, context, max_width, *rest, **named)
    return whole if whole[2] is None else found
