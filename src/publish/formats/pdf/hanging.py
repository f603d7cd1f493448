"""Small marks at the edges of a text stand a little out of it, so that its edges look straight.

A hyphen or a full stop has little ink, and a line that ends with one looks shorter than those that end with a letter.
TeX's microtype calls it protrusion, InDesign optical margin alignment (Hàn Thế Thành, "Micro-typographic extensions
to the TeX typesetting system", 2000). CSS has ``hanging-punctuation``, by which a mark hangs as a whole or not at all
and which WeasyPrint does not know. A stylesheet asks for it with the custom property ``--optical-margins``: how much
of what is usual (``100%``).

At the end of a line a mark hangs where the line is justified and full, at its beginning where the text begins there.
The room that it leaves is the line's, so that breaks and spaces are chosen with it (``breaking``, ``optimum``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from weasyprint.layout import inline  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]

from publish.formats.pdf.engine import Box, children, is_span, is_text, share
from publish.formats.pdf.lexicon import Lexicon

_DOUBLE, _SINGLE = '“”„‟"«»״', "‘’‚‛'‹›׳"
_USUAL_QUOTES = {**dict.fromkeys(_DOUBLE, 0.5), **dict.fromkeys(_SINGLE, 0.6)}
_AT_START = {**_USUAL_QUOTES, "–": 0.3, "—": 0.2}
_AT_END = {
    **_USUAL_QUOTES,
    **dict.fromkeys("-‐־", 0.6),
    **dict.fromkeys(".,،۔", 0.6),
    **dict.fromkeys(":;؛", 0.4),
    **dict.fromkeys("!?؟", 0.2),
    **dict.fromkeys("–", 0.3),
    **dict.fromkeys("—…", 0.2),
}
"""How much of its own width a mark stands out: the less of its ink is at its edge, the more."""

_UNSEEN = " \u200b\u200e\u200f\u2060\ufeff"  # what a line may begin and end with, and nobody sees
_FEW = 16  # bytes of a text, among which is the first that is seen
_NEARLY = 0.01  # px: less is the noise of adding numbers up


class Marks(dict[str, float]):
    """By how much each character stands out (px): worked out when it is first met, most of them not at all."""

    def __init__(self, shares: Mapping[str, float], width: Callable[[str], float]) -> None:
        super().__init__()
        self._shares, self._width = shares, width

    def __missing__(self, character: str) -> float:
        out = self._shares[character] * self._width(character) if character in self._shares else 0.0
        self[character] = out
        return out


class Hang:
    """By how much a text of some style stands out of its line (px)."""

    def __init__(self, width: Callable[[str], float], strength: float) -> None:
        self._starts, self._ends = (
            Marks({mark: strength * part for mark, part in shares.items()}, width) for shares in (_AT_START, _AT_END)
        )

    def before(self, text: str) -> float:
        """Give by how much the first character of a text stands out."""
        return self._starts[text.lstrip(_UNSEEN)[:1]]

    def behind(self, text: str) -> float:
        """Give by how much the last character of a text stands out."""
        return self._ends[text.rstrip(_UNSEEN)[-1:]]

    def around(self, text: str) -> tuple[float, float]:
        """Give both; every word of a text is asked for, and few begin or end with what is not seen."""
        first, last = text[:1], text[-1:]
        if first in _UNSEEN or last in _UNSEEN:
            return self.before(text), self.behind(text)
        return self._starts[first], self._ends[last]


NONE = Hang(lambda character: 0.0, 0.0)
"""What holds for a style that asks for nothing."""


class _Line(NamedTuple):
    """What is known of the line that is being made: where it is, and whether its end may stand out."""

    top: float = 0.0
    ends: bool = False


line = _Line()


def install() -> None:
    """Put the replacement in place, for the rest of the process; after ``shrinking``, which has one of its own."""
    inner = inline.get_next_linebox
    if not hasattr(inner, "publish_hangs"):
        inline.get_next_linebox = _hanging(inner)


def hang(style: Any) -> Hang:
    """Give by how much texts of a style stand out."""
    own = vars(style)
    if "_publish_hang" not in own:
        strength = share(style, "__optical_margins")
        own["_publish_hang"] = _known(style, strength) if strength > 0 and style["font_size"] > 0 else NONE
    return own["_publish_hang"]  # type: ignore[no-any-return]


def _known(style: Any, strength: float) -> Hang:
    """Give what styles that set the same letters share: the width of each mark is measured once."""
    known = vars(style.font_config).setdefault("_publish_hangs", {})
    key = line_break._font_style_cache_key(style, include_size=True), str(style["letter_spacing"]), strength
    if key not in known:
        known[key] = Hang(Lexicon(style, 0, lambda word: ()).width, strength)
    return known[key]  # type: ignore[no-any-return]


def at_end(context: Any, made: Box) -> float:
    """Give by how much the end of a full line stands out that is about to be justified (px)."""
    if not line.ends or made.style["text_align_all"] != "justify":
        return 0.0
    last = _last(made)
    out = hang(last.style).behind(last.text) if last is not None else 0.0
    if last is None or not out or last.style["direction"] != made.style["direction"]:
        return 0.0
    leftward = _is_leftward(made)
    return out if _is_at_edge(last, made, leftward) and not _beside(context, line.top, leftward) else 0.0


def _last(box: Box) -> Box | None:
    """Give the last piece of text of a line that is seen, if text is the last that is seen."""
    for child in reversed(box.children):
        if not child.is_in_normal_flow() or (is_text(child) and not child.text.strip(_UNSEEN)):
            continue
        if is_text(child) or not is_span(child):
            return child if is_text(child) else None
        if child.children:
            return _last(child)
    return None


def _is_at_edge(text: Box, made: Box, leftward: bool) -> bool:
    """Whether nothing of a line, such as the frame of a word, is farther out than a piece of its text."""
    beside = [child for child in children(made) if child.is_in_normal_flow()]
    if leftward:
        return bool(text.position_x < min(child.position_x for child in beside) + _NEARLY)
    return bool(text.position_x + text.width > max(c.position_x + c.margin_width() for c in beside) - _NEARLY)


def _hanging(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that stands for ``weasyprint.layout.inline.get_next_linebox``, which is ``layout``."""

    def lay_out(
        context: Any, linebox: Box, position_y: Any, bottom_space: Any, skip_stack: Any, containing_block: Any,
        absolute_boxes: Any, fixed_boxes: Any, first_letter: Any, *more: Any,
    ) -> Any:  # fmt: skip
        global line  # lines are made inside lines, and who breaks them is told nothing else
        around, indent = line, linebox.text_indent
        out, ends = 0.0, False
        if hang(linebox.style) is not NONE:
            leftward = _is_leftward(linebox)
            edges = _room(context, containing_block, linebox.style["font_size"])
            ends = edges[not leftward] and not _beside(context, position_y, leftward)
            out = 0.0 if first_letter or not edges[leftward] else _at_start(linebox, skip_stack)
            if out and _beside(context, position_y, not leftward):
                out = 0.0
        line, linebox.text_indent = _Line(position_y, ends), indent - out
        try:
            found = layout(
                context, linebox, position_y, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes,
                first_letter, *more,
            )  # fmt: skip
        finally:
            line, linebox.text_indent = around, indent
        _mirror(found[0], indent - out)
        return found

    lay_out.publish_hangs = True  # type: ignore[attr-defined]
    return lay_out


def _mirror(made: Box, indent: float) -> None:
    """Put the indent of a line that runs from right to left at its right, where WeasyPrint leaves it at its left."""
    if made is not None and indent and _is_leftward(made):
        for child in children(made):
            if child.is_in_normal_flow():
                child.translate(-indent)


def _at_start(linebox: Box, skip: Any) -> float:
    """Give by how much the beginning of a line stands out that is still to be made (px)."""
    align, leftward = linebox.style["text_align_all"], _is_leftward(linebox)
    if align not in ("start", "justify", "right" if leftward else "left"):
        return 0.0
    first = next(_shown(linebox, skip), None)
    out = hang(first[0]).before(first[1]) if first else 0.0
    return out if first and out and first[0]["direction"] == linebox.style["direction"] else 0.0


def _shown(box: Box, skip: Any) -> Iterator[tuple[Any, str] | None]:
    """Give the pieces of text of a line, each with its style; ``None`` for what is no text and takes room."""
    index, inner = next(iter(skip.items())) if skip else (0, None)
    for child in box.children[index:]:
        if is_text(child):
            begin = next(iter(inner)) if inner else 0
            text = child.text.encode()[begin : begin + _FEW].decode(errors="ignore").lstrip(_UNSEEN)
            if text:
                yield child.style, text
        elif child.is_in_normal_flow():
            if not is_span(child) or (inner is None and _is_framed(child)):
                yield None
            else:
                yield from _shown(child, inner)
        elif child.is_floated():
            yield None
        inner = None


def _is_framed(box: Box) -> bool:
    """Whether there is something between the edge of a piece of a line and its text."""
    side = "right" if _is_leftward(box) else "left"
    lengths = (box.style[f"margin_{side}"], box.style[f"padding_{side}"])
    return bool(box.style[f"border_{side}_width"]) or any(getattr(length, "value", 0) for length in lengths)


def _is_leftward(box: Box) -> bool:
    return bool(box.style["direction"] == "rtl")


def _beside(context: Any, top: float, left: bool) -> bool:
    """Whether something floats on a side of the lines that begin at ``top``."""
    shapes = context.excluded_shapes
    return bool(shapes) and any(s.position_y + s.margin_height() > top and _floats_left(s) is left for s in shapes)


def _floats_left(shape: Box) -> bool:
    side = shape.style["float"]
    return bool(side == "left" or (side == ("inline-end" if _is_leftward(shape) else "inline-start")))


def _room(context: Any, block: Box, least: float) -> tuple[bool, bool]:
    """Give whether there is so much room between a block and the left and the right edge of the paper."""
    area = context.current_footnote_area
    if area is None:
        return False, False
    left = block.content_box_x()
    return left >= least, area.page.margin_width() - left - block.width >= least
