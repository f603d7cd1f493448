"""Lines broken with less shaping: the words that fit are found from one measured piece of text, not by trial.

Another door to WeasyPrint 70. It has Pango break a piece of two lines, then tries one word more, then each
hyphenation, always with all of the line shaped anew under Pango's own breaking, which is the dearest part of a book's
layout. Here the piece is little longer than the line and is shaped without breaking. Where its words end says which
of them can fit, and only a line that nearly fits is shaped to know for sure. The lines are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyphen  # type: ignore[import-untyped]
from weasyprint.layout.percent import percentage  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, ffi, pango  # type: ignore[import-untyped]
from weasyprint.text.line_break import (  # type: ignore[import-untyped]
    Layout,
    first_line_metrics,
    get_next_break_point_from_text,
    get_next_word_boundaries,
    line_size,
)

from publish.formats.pdf import autospace, hanging, shrinking
from publish.formats.pdf.foreign import declare
from publish.formats.pdf.lexicon import Lexicon
from publish.formats.pdf.optimum import Face, Planner
from publish.formats.pdf.shrinking import narrow, shrinkage

_own_split = line_break.split_first_line

_DOUBT = 0.2
"""By how much of the font's size two words put side by side may be narrower than the two of them (kerning)."""

_ROOM = 1.1  # how much longer than a line a piece of text is, if its letters are as wide as those of the line before
_MORE = 8  # letters that a piece has beyond that
_USUAL = 0.4  # of the font's size: how wide a letter is, until it is known
_NARROW = 6  # of the font's size: columns not wider are left to WeasyPrint
_ASIDE = re.compile(
    "[\n\t\r\f\x85\xad\u2028\u2029\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
).search
"""What WeasyPrint is left to break: line ends and tabs that are kept, soft hyphens, what runs from right to left."""

_END = "\u2060"
"""What stands behind the last word of a paragraph, and before the number of a note: such a word is not divided, nor is
what is kept together with it."""

_WORD = re.compile(r"([A-Za-z]+)[,.;:]? [A-Za-z]").match

divides = True
"""Whether words may be divided; taken back for the last line of a page (``overleaf``)."""

_HAIR = 0.001
"""By how much a line that counts as full is narrower than its room (px): sums of widths are compared with the room."""

_planner = Planner()
_LETTERS = re.compile(r"[^\W\d_]+")

declare(ffi)


class _Way(NamedTuple):
    """What a style says of how lines are broken; ``plain`` is whether they can be broken here, ``hang`` by how much
    they may be wider than their room.
    """

    plain: bool
    hyphens: bool = False
    language: str = ""
    limits: tuple[int, int, int] = (0, 0, 0)
    character: str = ""
    shrinks: float = 0.0
    hang: hanging.Hang = hanging.NONE


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification_spacing: Any,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Stand for ``weasyprint.text.line_break.split_first_line`` where lines are laid out.

    What is not plain text in a column of some width is left to it, and so is every line that turns out not to have
    room for its first word.
    """
    way = _way(style)
    if way.plain and max_width is not None and _NARROW * style["font_size"] < max_width < 10_000:
        found = None
        if way.shrinks and divides and not minimum and shrinking.measure and len(text) * _letter(style) > max_width:
            found = _planned(text, style, way, max_width, justification_spacing, context)
        found = found or _split(text, style, way, max_width, justification_spacing, context)
        if found is not None:
            return found
    own = _undivided if way.hyphens and (not divides or _is_last(text)) else _own_split
    found = own(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    if way.hang is hanging.NONE or max_width is None or found[2] is None or minimum:
        return found
    wider = max_width + _next_hang(text.encode()[found[2] :].decode(), way)
    if wider == max_width:
        return found
    farther = own(text, style, context, wider, justification_spacing, is_line_start, minimum)
    return _hung(farther, way, max_width) or found


def _next_hang(text: str, way: _Way) -> float:
    """Give by how much the first word of a text stands out of a line that it ends."""
    return way.hang.behind(text.lstrip(" ").partition(" ")[0])


def _hung(found: Any, way: _Way, max_width: float) -> Any:
    """Give a line as ``split_first_line`` does, if it is no wider than its room and what hangs behind it."""
    layout, length, resume_at, width, *more = found
    if resume_at is None or width > max_width + way.hang.behind(layout.text):
        return None
    return layout, length, resume_at, _counted(layout, width, max_width), *more


def _undivided(text: str, style: Any, *more: Any) -> Any:
    """Break a line as WeasyPrint does where no word may be divided."""
    style["hyphens"] = "manual"
    try:
        return _own_split(text, style, *more)
    finally:
        style["hyphens"] = "auto"


def _is_last(text: str) -> bool:
    """Whether a text has nothing but the last word of a paragraph, and what is kept together with it."""
    return text.endswith(_END) and " " not in text.replace(f" {_END}", "")


def _way(style: Any) -> _Way:
    """Give the way of a style, for a line whose end may stand out or for one whose end may not."""
    own = vars(style)
    if "_publish_ways" not in own:
        way = _said(style)
        own["_publish_ways"] = way._replace(hang=hanging.NONE), way
    return own["_publish_ways"][hanging.line.ends]  # type: ignore[no-any-return]


def _said(style: Any) -> _Way:
    plain = (
        style["white_space"] == "normal"
        and style["word_break"] == "normal"
        and style["word_spacing"] == 0
        and style["letter_spacing"] in ("normal", 0)
        and style["font_size"] > 0
    )
    hyphens = style["hyphens"]
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    return _Way(
        plain and hyphens in ("none", "auto", "manual"),
        hyphens == "auto" and bool(language),
        language or "",
        style["hyphenate_limit_chars"],
        style["hyphenate_character"],
        shrinkage(style),
        hanging.hang(style) if style["text_align_all"] == "justify" else hanging.NONE,
    )


def _planned(text: str, style: Any, way: _Way, max_width: float, spacing: Any, context: Any) -> Any:
    """Give what ``split_first_line`` gives, with a view to the lines that follow; ``None`` where there is no choice."""
    if _ASIDE(text) or autospace.gap(style):  # with gaps, a text is not as wide as its words
        return None
    own = vars(style).setdefault("_publish_face", {})
    face = own.get(way.hang)
    if face is None:
        # Styles that set the same letters share what is known of their words, in all divisions of a book.
        faces = vars(style.font_config).setdefault("_publish_faces", {})
        key = (line_break._font_style_cache_key(style, include_size=True), style["font_kerning"], way)
        if key not in faces:
            faces[key] = _face(style, way, spacing, context)
        face = own[way.hang] = faces[key]
    found = _planner.first_break(text, face, max_width, shrinking.measure)
    if found is None:
        return None
    words = text[: found.end] + way.character if found.divided else text[: found.end].rstrip(" ")
    layout, line, width = _shaped(words, style, spacing, max_width)
    room = max_width + face.shrink * words.count(" ") + way.hang.behind(words)
    if line is None or width > room + _doubt(style):
        return None
    if not found.divided:
        return _metrics(_Words(found.end, layout, line, width), text, style, max_width)
    return _divided(found.end, layout, line, width, text, style, way, max_width)


def _face(style: Any, way: _Way, spacing: Any, context: Any) -> Face:
    """Give what has to be known of a style to plan its lines."""
    words = Lexicon(style, spacing, lambda word: _ends(word, way, context))
    space = words.width("n n") - words.width("nn")
    hyphen = words.width(way.character) - way.hang.behind(way.character)
    return Face(words.width, space, hyphen, space * way.shrinks, words.parts, words.learn, way.hang.around)


def _ends(word: str, way: _Way, context: Any) -> list[int]:
    """Give behind how many of its letters a word may be divided."""
    found = _LETTERS.search(word) if way.hyphens else None
    if found is None or len(found[0]) < way.limits[0] or "-" in word or _END in word or "\u200b" in word:
        return []
    dictionary = _dictionary(way, context)
    places = dictionary.positions(found[0])
    if any(place.data for place in places):  # letters change where the word is divided
        places = sorted(len(start) for start, _ in dictionary.iterate(found[0]))
    return [found.start() + place for place in places]


def _split(text: str, style: Any, way: _Way, max_width: float, spacing: Any, context: Any) -> Any:
    """Give what ``split_first_line`` gives, or ``None``."""
    piece = text[: int(max_width / _letter(style) * _ROOM) + _MORE]
    if _ASIDE(piece):
        return None
    layout, line, width = _shaped(piece, style, spacing, max_width)
    if line is None:
        return None
    vars(style)["_publish_letter"] = width / len(piece)
    whole = len(piece) == len(text)
    if whole and width <= max_width:
        return first_line_metrics(line, text, layout, None, True, style)
    if width <= max_width + _doubt(style) or (whole and text[-1] == " "):
        return None  # too short a piece, or it may fit but for its last space
    measured = _Measured(piece, layout, line, max_width + _doubt(style))
    words = _words(measured, style, way, max_width, spacing)
    if words is None or words.line is None:
        return None
    hyphened = None
    if way.hyphens and divides and words.width <= max_width:
        hyphened = _hyphened(text, measured, words, way, style, max_width, spacing, context)
    return hyphened or _metrics(words, piece, style, max_width)


def _letter(style: Any) -> float:
    return vars(style).get("_publish_letter") or _USUAL * style["font_size"]  # type: ignore[no-any-return]


def _doubt(style: Any) -> float:
    return _DOUBT * style["font_size"]  # type: ignore[no-any-return]


class _Measured:
    """A piece of text longer than the line, shaped: it says whether the text with which it begins may fit."""

    def __init__(self, text: str, layout: Any, line: Any, most: float) -> None:
        self.text, self._layout, self._line, self._most = text, layout, line, most
        self._is_ascii, self._place = text.isascii(), ffi.new("int *")

    def reach(self, end: int) -> float:
        """Give how far the first ``end`` characters reach."""
        index = end if self._is_ascii else len(self.text[:end].encode())
        pango.pango_layout_line_index_to_x(self._line, index, False, self._place)
        return self._place[0] * FROM_UNITS  # type: ignore[no-any-return]

    def may_fit(self, width: float) -> bool:
        """Whether what is so wide here might be no wider than the line when it is shaped by itself."""
        return width <= self._most

    def ends(self) -> Iterator[int]:
        """Give where the line may be broken, the last place first."""
        attributes = pango.pango_layout_get_log_attrs_readonly(self._layout.layout, ffi.NULL)
        return (end for end in range(len(self.text) - 1, 0, -1) if attributes[end].is_line_break)


class _Words(NamedTuple):
    """The words that fit on a line: where they end in the text, how they were shaped, how wide they are."""

    end: int
    layout: Any
    line: Any
    width: float


def _words(measured: _Measured, style: Any, way: _Way, max_width: float, spacing: Any) -> _Words | None:
    """Give the most words that fit, as spaces shrink and the last mark hangs; ``None`` when not even the first does."""
    give = _give(style, way, spacing)
    for end in measured.ends():
        words = measured.text[:end].rstrip(" ")
        room = give * words.count(" ") + way.hang.behind(words)
        if measured.may_fit(measured.reach(len(words)) - room):
            found = _Words(end, *_shaped(words, style, spacing, max_width))
            if found.line is None or found.width <= max_width + room:
                return found
    return None


def _give(style: Any, way: _Way, spacing: Any) -> float:
    """Give by how much a space of a style may become narrower, in px."""
    if not way.shrinks:
        return 0
    own = vars(style)
    if "_publish_space" not in own:
        own["_publish_space"] = _shaped("n n", style, spacing, None)[2] - _shaped("nn", style, spacing, None)[2]
    return way.shrinks * own["_publish_space"]  # type: ignore[no-any-return]


def _hyphened(
    text: str, measured: _Measured, words: _Words, way: _Way, style: Any, max_width: float, spacing: Any, context: Any
) -> Any:
    """Give what ``split_first_line`` gives of a line that ends with a part of the next word, or ``None``."""
    end = words.end
    for part in _parts(text[end:], max_width - words.width, way, style, context, max_width):
        stop = end + len(part)
        known = stop < len(measured.text)
        if known and not measured.may_fit(words.width + measured.reach(stop) - measured.reach(end)):
            continue
        layout, line, width = _shaped(text[:stop] + way.character, style, spacing, max_width)
        if width <= max_width + way.hang.behind(way.character):
            return _divided(stop, layout, line, width, text, style, way, max_width)
    return None


def _divided(
    stop: int, layout: Any, line: Any, width: float, text: str, style: Any, way: _Way, max_width: float
) -> Any:
    """Give what ``split_first_line`` gives of a line that ends with a part of a word."""
    resume = len(text[:stop].encode())
    made = first_line_metrics(line, text, layout, resume, True, style, True, way.character)
    return *made[:3], _counted(layout, width, max_width), *made[4:]


def _metrics(words: _Words, piece: str, style: Any, max_width: float) -> Any:
    """Give what ``split_first_line`` gives of a line of whole words."""
    baseline = pango.pango_layout_get_baseline(words.layout.layout) * FROM_UNITS
    height = line_size(words.line, style)[1]
    length = words.line.length
    words.layout.deactivate()
    width = _counted(words.layout, words.width, max_width)
    return words.layout, length, len(piece[: words.end].encode()), width, height, baseline


def _counted(layout: Any, width: float, max_width: float) -> float:
    """Give how wide a text counts that may be wider than its line until its spaces have shrunk."""
    if width <= max_width:
        return width
    narrow(layout, width - max_width)
    return max_width - _HAIR


def _shaped(text: str, style: Any, spacing: Any, max_width: float | None) -> tuple[Any, Any, float]:
    """Give a text as Pango shapes it in one line: the layout, its line (``None``: it is not one) and its width."""
    layout = Layout(style, spacing, max_width)
    layout.set_text(text)
    line, second = layout.get_first_line()
    return (layout, None, 0) if second is not None else (layout, line, line_size(line, style)[0])


def _parts(text: str, space: float, way: _Way, style: Any, context: Any, max_width: float) -> list[str]:
    """Give what of the next words may be put on the line before a hyphen, the longest first."""
    total = way.limits[0]
    if plain := _WORD(text):
        begin, word = 0, plain[1]
        if len(word) < total:
            return []
    else:
        found = _next_word(text, way.language, total)
        if found is None:
            return []
        begin, word = found
        if _is_last(text[begin:]):
            return []
    if not space > percentage(style["hyphenate_limit_zone"], style, max_width):
        return []
    return [text[:begin] + start for start, _ in _dictionary(way, context).iterate(word)]


def _dictionary(way: _Way, context: Any) -> Any:
    total, left, right = way.limits
    key = (way.language, left, right, total)
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=way.language, left=left, right=right)
    return context.dictionaries[key]


def _next_word(text: str, language: str, total: int) -> tuple[int, str] | None:
    """Give the first word that is long enough, and where it begins, before the next place to break a line."""
    second = text.find(" ", text.find(" ") + 1)
    rest = text[:second] if second > 0 else text
    point = get_next_break_point_from_text(rest, language)
    if point == 0:
        return None
    begin, rest = 0, rest[:point]
    while rest:
        bounds = get_next_word_boundaries(rest, language)
        if not bounds:
            return None
        start, stop = bounds
        if stop - start >= total:
            return begin + start, rest[start:stop]
        rest = rest[stop:]
        begin += stop
    return None
