"""Lines of text written into a page with less work: shaped as they were measured, glyphs read all at once.

Another door to WeasyPrint 70. There, a justified line is shaped anew with a spacing for each of its spaces, which
makes Pango take it for as many texts as it has words; then each glyph is asked for its numbers one by one. Here the
line is shaped as it was when it was broken, its spaces are made wider as they are written, and what is written for a
glyph is worked out once for each font. Every glyph stands where it stood, to a thousandth of its size.
"""

from __future__ import annotations

from struct import iter_unpack
from typing import Any

from weasyprint.draw import text as drawing  # type: ignore[import-untyped]
from weasyprint.layout import inline  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango  # type: ignore[import-untyped]
from weasyprint.text.fonts import get_pango_font_key  # type: ignore[import-untyped]
from weasyprint.text.line_break import Layout  # type: ignore[import-untyped]

from publish.formats.pdf.foreign import declare

_own_drawing = drawing.draw_first_line
_own_creating = line_break.create_layout
_own_reactivating = Layout.reactivate

_GLYPH = "=Iiiii"  # PangoGlyphInfo: the glyph, its width, its offsets, and whether a cluster begins with it
_GLYPH_SIZE = 20
_FIRST_SPECIAL = _NOTHING = 0x0FFFFFFF  # glyphs from this number on are none: nothing, or what the font does not have
_SPACES = (b" ", b"\xc2\xa0")


declare(ffi)


def install() -> None:
    """Put the replacements in place, for the rest of the process."""
    if ffi.sizeof("PangoGlyphInfo") == _GLYPH_SIZE:
        Layout.reactivate = _reactivate
        inline.create_layout = _create_layout
        drawing.draw_first_line = draw_first_line


def _is_plain(style: Any) -> bool:
    own = vars(style)
    if "_publish_plain" not in own:
        own["_publish_plain"] = style["word_spacing"] == 0 and style["letter_spacing"] in ("normal", 0)
    return own["_publish_plain"]  # type: ignore[no-any-return]


def _create_layout(text: str, style: Any, context: Any, max_width: Any, justification_spacing: float) -> Any:
    """Stand for ``create_layout`` where a line is justified: what it makes there is thrown away but for its text."""
    if max_width is not None or "\n" in text or style["text_decoration_line"] != "none" or not _is_plain(style):
        return _own_creating(text, style, context, max_width, justification_spacing)
    layout = object.__new__(Layout)
    layout.justification_spacing, layout.max_width = justification_spacing, max_width
    layout.text, layout.first_line_direction = text, 0
    layout.layout = layout.language = layout.style = layout.ascent = None
    layout.underline_position = layout.strikethrough_position = None
    return layout


def _reactivate(self: Any, style: Any) -> None:
    """Stand for ``Layout.reactivate``: the wider spaces are left to ``draw_first_line``."""
    if not _is_plain(style):
        _own_reactivating(self, style)
        return
    self.setup(style)
    self.set_text(self.text)


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> Any:
    """Stand for ``weasyprint.draw.text.draw_first_line``; what is unusual is left to it."""
    style, layout = textbox.style, textbox.pango_layout
    if not textbox.text.strip() or style["font_size"] < 1e-6:
        return []
    if hasattr(style, "font_config") and _is_plain(style):
        if text_overflow != "ellipsis" and block_ellipsis == "none":
            pieces = _pieces(stream, layout, style.font_config)
            if pieces is not None:
                stream.set_text_matrix(*matrix.values)
                for font, size, written in pieces:
                    stream.set_font_size(font.hash, size)
                    stream.show_text(written)
                return []
            _widen(layout)
        else:
            layout.set_text(layout.text, justify=True)
    return _own_drawing(stream, textbox, text_overflow, block_ellipsis, matrix)


def _pieces(stream: Any, layout: Any, configuration: Any) -> list[tuple[Any, float, str]] | None:
    """Give what is to be written of a line: fonts, their sizes, and glyphs with what stands between them.

    ``None`` for a line with glyphs that are no letters (pictures, letters that the font lacks) or stand raised.
    """
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text = layout.text.encode()
    wider = int(layout.justification_spacing * TO_UNITS)
    pieces: list[tuple[Any, float, str]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = _font(stream, item.item.analysis.font, configuration)
        if font.bitmap or font.svg or font.png or font.colr:
            return None
        glyphs = _glyphs(item, font, size, text, wider)
        if glyphs is None:
            return None
        if pieces and pieces[-1][:2] == (font, size):
            glyphs = pieces.pop()[2] + glyphs
        pieces.append((font, size, glyphs))
    return [(font, size, f"<{glyphs}>".replace("<>", "")) for font, size, glyphs in pieces]


def _widen(layout: Any) -> None:
    """Make the spaces of a line wider as it is shaped.

    Were it shaped anew with a spacing for each, a space between words of a second font might become one of the first
    font's, and the line end short of its edge.
    """
    line, _ = layout.get_first_line()
    text, wider = layout.text.encode(), int(layout.justification_spacing * TO_UNITS)
    run = line.runs[0] if wider else ffi.NULL
    while run != ffi.NULL:
        item, run = run.data, run.next
        for index in range(item.glyphs.num_glyphs):
            if _is_space(item, index, text):
                item.glyphs.glyphs[index].geometry.width += wider


def _glyphs(run: Any, font: Any, size: float, text: bytes, wider: int) -> str | None:
    """Give the glyphs of a run, the spaces among them wider by so many of Pango's units."""
    known = vars(font).setdefault("_publish_glyphs", {}).setdefault(size, {})
    string = run.glyphs
    count = string.num_glyphs
    infos = list(iter_unpack(_GLYPH, ffi.buffer(string.glyphs, count * _GLYPH_SIZE)))
    spaces: dict[Any, str] = {}
    written = []
    for index, info in enumerate(infos):
        piece = known.get(info[:3])
        if piece is None:
            if info[:2] == (_NOTHING, 0):  # what joins two words, in every range of figures
                continue
            if info[0] >= _FIRST_SPECIAL or info[3]:
                return None
            piece = known[info[:3]] = _written(run, index, info, font, size, text), _is_space(run, index, text)
        elif info[3]:
            return None
        if piece[1] and wider:
            if info not in spaces:
                spaces[info] = _with_gap(info[0], info[1] + wider, info[2], font, size)
            written.append(spaces[info])
        else:
            written.append(piece[0])
    return "".join(written)


def _written(run: Any, index: int, info: tuple[int, ...], font: Any, size: float, text: bytes) -> str:
    """Give what is written for a glyph, and note the width and the letters of one that is met for the first time."""
    glyph = info[0]
    if glyph not in font.to_unicode:
        first, last = _cluster(run, index)
        font.to_unicode[glyph] = text[first:last].decode()
    if glyph not in font.widths:
        extents = ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(run.item.analysis.font, glyph, ffi.NULL, extents)
        font.widths[glyph] = round(extents.width * 1000 * FROM_UNITS / size)
    return _with_gap(glyph, info[1], info[2], font, size)


def _with_gap(glyph: int, width: int, offset: int, font: Any, size: float) -> str:
    """Give a glyph with what has to be written around it for it to be so wide, in Pango's units."""
    aside = offset / size
    gap = int(font.widths[glyph] + aside - width * 1000 * FROM_UNITS / size)
    before = f">{-aside}<" if aside else ""
    return f"{before}{glyph:04x}>{gap}<" if gap else f"{before}{glyph:04x}"


def _is_space(run: Any, index: int, text: bytes) -> bool:
    first, last = _cluster(run, index)
    return text[first:last] in _SPACES


def _cluster(run: Any, index: int) -> tuple[int, int]:
    """Give where in the text the letters of a glyph begin and end."""
    item, clusters, count = run.item, run.glyphs.log_clusters, run.glyphs.num_glyphs
    if item.analysis.level % 2:  # from right to left
        last = item.length if index == 0 else clusters[index - 1]
    else:
        last = item.length if index == count - 1 else clusters[index + 1]
    return item.offset + clusters[index], item.offset + last


def _font(stream: Any, font: Any, configuration: Any) -> tuple[Any, float]:
    """Stand for ``Stream.add_font``, which has Pango describe the font of every piece of text."""
    known = vars(configuration).setdefault("_publish_keys", {})
    address = int(ffi.cast("intptr_t", font))
    if address not in known:
        known[address] = (*get_pango_font_key(font)[::2], ffi.gc(gobject.g_object_ref(font), gobject.g_object_unref))
    key, size, _ = known[address]
    return (stream._fonts[key], size) if key in stream._fonts else stream.add_font(font)
