"""A little space where Chinese or Japanese meets what is written in other letters or in figures.

CSS Text 4, section 8.4.1 (``text-autospace``), has a gap of an eighth of an ideograph there, which WeasyPrint does not
know. A stylesheet asks for it with the custom property ``--text-autospace`` (``12.5%`` of the font's size). Nothing is
put into the text: the glyph before the gap is wider, so that what is copied and read aloud is what was typed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]

from publish.formats.pdf.engine import share

_own_first_line = Layout.get_first_line
_own_text = Layout.set_text

# CSS Text 4, section 8.4.1: Han, kana and what belongs to them, but no signs of halves and no Hangul; letters, marks
# and figures of all other scripts.
_IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = "[^\\W_\u1100-\u11ff\u2e80-\U0003ffff]"
_FIRST_IDEOGRAPH = _IDEOGRAPH[0]


@cache  # to compile so large sets takes a while, and most books never ask
def _meeting() -> re.Pattern[str]:
    return re.compile(f"(?<=[{_IDEOGRAPH}])(?={_LETTER})|(?<={_LETTER})(?=[{_IDEOGRAPH}])")


def install() -> None:
    """Put the replacements in place, for the rest of the process."""
    Layout.get_first_line = _get_first_line
    Layout.set_text = _set_text


def gap(style: Any) -> float:
    """Give how wide the gap is (px); 0 where the style asks for none."""
    own = vars(style)
    if "_publish_autospace" not in own:
        own["_publish_autospace"] = style["font_size"] * share(style, "__text_autospace")
    return own["_publish_autospace"]  # type: ignore[no-any-return]


def _set_text(self: Any, text: str, justify: bool = False) -> None:
    """Stand for ``Layout.set_text``: what is shaped anew has no gaps yet."""
    self.publish_spaced = False
    _own_text(self, text, justify)


def _get_first_line(self: Any) -> Any:
    """Stand for ``Layout.get_first_line``, to make the gaps as soon as the line is shaped."""
    found = _own_first_line(self)
    wide = gap(self.style)
    if wide and not self.publish_spaced:
        self.publish_spaced = True
        if max(self.text, default="") >= _FIRST_IDEOGRAPH:
            _space(found[0], self.text, int(wide * TO_UNITS))
    return found


def _space(line: Any, text: str, wide: int) -> None:
    """Widen each glyph of a line behind which there is a gap, by so many of Pango's units."""
    places = {len(text[: met.start()].encode()) for met in _meeting().finditer(text)}
    run = line.runs[0] if places else ffi.NULL
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        for index in range(string.num_glyphs if item.analysis.level % 2 == 0 else 0):
            last = index + 1 == string.num_glyphs
            if item.offset + (item.length if last else string.log_clusters[index + 1]) in places:
                string.glyphs[index].geometry.width += wide
        run = run.next
