"""What WeasyPrint 70 and pydyf work out again and again, worked out once. The pages are the same.

Each replacement says which function it stands for and what it saves. ``tests/formats/pdf/test_pdf_haste.py`` lays the
same text out with and without them; ``test_pdf_patches.py`` knows the text of the functions replaced.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pydyf  # type: ignore[import-untyped]
import pyphen  # type: ignore[import-untyped]
import weasyprint.layout.page as paging  # type: ignore[import-untyped]
from weasyprint.formatting_structure.boxes import PageBox  # type: ignore[import-untyped]
from weasyprint.layout import percent
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.constants import PANGO_DIRECTION  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p  # type: ignore[import-untyped]
from weasyprint.text.fonts import font_features, get_font_description  # type: ignore[import-untyped]

_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip
_SIZES = ("width", "min_width", "max_width", "height", "min_height", "max_height")
_LENGTHS = (
    *_SIZES, "margin_left", "margin_right", "margin_top", "margin_bottom",
    "padding_left", "padding_right", "padding_top", "padding_bottom",
)  # fmt: skip
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_own_key = line_break._font_style_cache_key
_own_resolving = percent.resolve_percentages
_own_reading, _own_positions = pyphen.HyphDict.__init__, pyphen.HyphDict.positions
_between_letters = re.compile(r"\D").split
_SPECIAL = re.compile(r"\^\^|/").search
_SAYS_SOMETHING = re.compile("[1-9]").search
_NO_FIGURES = {ord(figure): None for figure in "0123456789"}


def install() -> None:
    """Put the replacements in place, for the rest of the process."""
    line_break.Layout.setup = _setup
    line_break._font_style_cache_key = _font_style_cache_key
    paging.set_page_type_computed_styles = _set_page_type_computed_styles
    pydyf.PDF.page_references = property(_page_references)
    pyphen.HyphDict.__init__ = _read_patterns
    pyphen.HyphDict.positions = _positions
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.layout.") and hasattr(module, "resolve_percentages"):
            vars(module)["resolve_percentages"] = _resolve_percentages


def _setup(self: Any, style: Any) -> None:
    """Stand for ``weasyprint.text.line_break.Layout.setup``, which is called five times a line.

    There, Pango's context, the description of the font and its features are made anew for every line. Here a context
    is made once for each language and direction, and what a style says of its font is worked out once.
    """
    self.style = style
    self.first_line_direction = 0
    context, self.language = _context(style)
    own = vars(style)
    if "_publish_font" not in own:
        own["_publish_font"] = get_font_description(style), _features(style)
    description, attribute = own["_publish_font"]
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, description)
    self.ascent = self.underline_position = self.strikethrough_position = None
    if style["text_decoration_line"] != "none":
        _measure_lines(self, context, description)
    if attribute is not None:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _context(style: Any) -> tuple[Any, Any]:
    """Give Pango's context for a style, and its language."""
    known = vars(style.font_config).setdefault("_publish_contexts", {})
    key = style["direction"], style["font_language_override"], style["lang"]
    if key not in known:
        context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
        override = style["font_language_override"]
        name = line_break.LST_TO_ISO.get(override.lower(), override) if override != "normal" else style["lang"]
        if name:
            pointer, _held = unicode_to_char_p(name)
            language = pango.pango_language_from_string(pointer)
            pango.pango_context_set_language(context, language)
        else:
            language = pango.pango_language_get_default()
        known[key] = context, language
    return known[key]  # type: ignore[no-any-return]


def _features(style: Any) -> Any:
    """Give Pango's attribute for the features of a style's font, or ``None``."""
    features = font_features(*(style[name] for name in _FEATURES))
    if not features:
        return None
    text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    known = style.font_config.font_features
    if text not in known:
        known[text] = pango.pango_attr_font_features_new(text)
    return known[text]


def _measure_lines(self: Any, context: Any, description: Any) -> None:
    """Find out where lines under and through the text are to be drawn."""
    measured = pango.pango_context_get_metrics(context, description, self.language)
    metrics = ffi.gc(measured, pango.pango_font_metrics_unref)
    self.ascent = FROM_UNITS * pango.pango_font_metrics_get_ascent(metrics)
    self.underline_position = FROM_UNITS * pango.pango_font_metrics_get_underline_position(metrics)
    self.strikethrough_position = FROM_UNITS * pango.pango_font_metrics_get_strikethrough_position(metrics)
    self.underline_thickness = FROM_UNITS * pango.pango_font_metrics_get_underline_thickness(metrics)
    self.strikethrough_thickness = FROM_UNITS * pango.pango_font_metrics_get_strikethrough_thickness(metrics)


def _font_style_cache_key(style: Any, include_size: bool = False) -> Any:
    """Stand for ``weasyprint.text.line_break._font_style_cache_key``, which writes out a style for every box."""
    if not include_size:
        return _own_key(style)
    own = vars(style)
    if "_publish_key" not in own:
        own["_publish_key"] = _own_key(style, include_size=True)
    return own["_publish_key"]


def _set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Stand for ``weasyprint.layout.page.set_page_type_computed_styles``, called for every page.

    There, the styles of a page and of its sixteen margin boxes are computed for each page, after a look through those
    of all pages before. Here pages for which the same rules hold share them.
    """
    cascaded, computed = style_for.get_cascaded_styles(), style_for.get_computed_styles()
    cascaded.clear()
    style_for.add_page_declarations(page_type)
    # The values are the stylesheets' own objects, so which they are tells what they are.
    said = tuple(
        (kind, tuple((name, id(value), str(weight)) for name, (value, weight) in style.items()))
        for (_, kind), style in cascaded.items()
    )
    known = vars(style_for).setdefault("_publish_pages", {})
    alike = known.setdefault((said, style_for.initial_page_sizes["box"] is None), page_type)
    whole = {"root": html.etree_element, "base_url": html.base_url}
    kinds = [kind for _, kind in cascaded if kind]
    if alike is not page_type and (alike, None) in computed:
        computed.update({(page_type, kind): computed[alike, kind] for kind in (None, *kinds)})
        return
    style_for.set_computed_styles(page_type, parent=html.etree_element, **whole)
    for kind in kinds:
        style_for.set_computed_styles(page_type, pseudo_type=kind, parent=page_type, **whole)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Stand for ``pydyf.PDF.page_references``, which lists all pages anew for every element of the structure tree."""
    kids = pdf.pages["Kids"]
    known = vars(pdf).get("_publish_pages")
    if known is None or len(known) != len(kids) // 3:
        known = vars(pdf)["_publish_pages"] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return known  # type: ignore[no-any-return]


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """Stand for ``weasyprint.layout.percent.resolve_percentages``, called twice a line.

    There, seventeen lengths of a box are worked out one by one. What is no percentage is the same for all boxes of a
    style: those values are given to a box at once. Sizes are what some layouts (grid, flex) write into a style later.
    """
    style = box.style
    sizes = [style[name] for name in _SIZES]
    own = vars(style)
    if own.get("_publish_sizes") != sizes:
        own["_publish_sizes"], own["_publish_lengths"] = sizes, _lengths(style)
    lengths = own["_publish_lengths"]
    if lengths is None or isinstance(box, PageBox):
        _own_resolving(box, containing_block)
    else:
        vars(box).update(lengths)


def _lengths(style: Any) -> dict[str, Any] | None:
    """Give the used values of a style's lengths; ``None`` where they depend on what is around the box."""
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return None
    found = {name: style[name] for name in _BORDERS}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            found[name] = 0 if name in ("min_width", "min_height") else "auto"
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return None
    return found


def _positions(self: Any, word: str) -> Any:
    """Stand for ``pyphen.HyphDict.positions``: where a word may be divided.

    A pattern is worked out when a word is first found to hold it: a text needs few of them.
    """
    word = word.lower()
    found = self.cache.get(word)
    if found is None:
        pointed, patterns, longest = f".{word}.", self.patterns, self.maxlen
        references, get = [0] * (len(pointed) + 1), self.patterns.get
        for begin in range(len(pointed) - 1):
            for end in range(begin + 1, min(begin + longest, len(pointed)) + 1):
                pattern = get(letters := pointed[begin:end])
                if pattern:
                    if isinstance(pattern, str):
                        pattern = patterns[letters] = _figures(pattern)
                    offset, values = pattern
                    for place, value in enumerate(values, begin + offset):
                        references[place] = max(value, references[place])
        found = [pyphen.DataInt(at - 1, reference=figure) for at, figure in enumerate(references) if figure % 2]
        self.cache[word] = found
    return found


def _figures(pattern: str) -> tuple[int, tuple[int, ...]]:
    values = [int(figure) for figures in _between_letters(pattern) for figure in figures or "0"]
    told = [index for index, value in enumerate(values) if value]
    return (told[0], tuple(values[told[0] : told[-1] + 1])) if told else (0, ())


def _read_patterns(self: Any, path: Path) -> None:
    """Stand for ``pyphen.HyphDict.__init__``, which takes apart every pattern of a language: half a second for German.

    Dictionaries whose patterns say more than figures and letters are left to the function itself.
    """
    with path.open("rb") as file:
        encoding = file.readline().decode().strip()
    text = path.read_text("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding)
    lines = [line for line in map(str.strip, text.split("\n")[1:]) if line and not line.startswith(pyphen.ignored)]
    if any(_SPECIAL(line) for line in lines):
        _own_reading(self, path)
        return
    lines = [line for line in lines if _SAYS_SOMETHING(line)]
    self.patterns = dict(zip("\n".join(lines).translate(_NO_FIGURES).split("\n"), lines, strict=True))
    self.cache = {}
    self.maxlen = max(map(len, self.patterns))
