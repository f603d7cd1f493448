"""Fonts of a book by divisions: each division tells which glyphs it uses, and each font is cut down once for all.

Another door to WeasyPrint 70, which cuts fonts down for every document that it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf  # type: ignore[import-untyped]
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf.fonts import Font, build_fonts_dictionary  # type: ignore[import-untyped]
from weasyprint.text.ffi import ffi, harfbuzz  # type: ignore[import-untyped]

from publish.formats.pdf import engine
from publish.formats.pdf.foreign import declare

_READ_ONLY = 1
_PLAIN = (
    "hash", "index", "font_size", "style", "family", "variations", "weight", "ascent", "descent", "tables", "bitmap",
    "italic_angle", "upem", "png", "svg", "colr", "glyph_count", "stemv", "stemh", "flags", "used_in_forms",
)  # fmt: skip

declare(ffi)


def leave_out(found: Callable[[Sequence[Any]], None]) -> None:
    """Have WeasyPrint write PDFs without fonts and hand the fonts of each to ``found``."""

    def build(_pdf: Any, fonts: Mapping[Any, Any], *_more: Any) -> Any:
        found(list(fonts.values()))
        return pydyf.Dictionary()

    weasyprint.pdf.build_fonts_dictionary = build


def put_back() -> None:
    """Have WeasyPrint write fonts again."""
    weasyprint.pdf.build_fonts_dictionary = build_fonts_dictionary


def describe(font: Any, folder: Path) -> dict[str, Any]:
    """Give what has to be known of a font to cut it down later, as JSON can hold it.

    The whole font is put into ``folder`` under its digest (``face``), unless it lies there.
    """
    face = sha256(font.file_content).hexdigest()
    if not (folder / face).exists():
        (folder / face).write_bytes(font.file_content)
    return {
        **{name: getattr(font, name) for name in _PLAIN if hasattr(font, name)},
        "name": font.name.decode(),
        "face": face,
        "widths": {str(glyph): width for glyph, width in font.widths.items()},
        "to_unicode": {str(glyph): text for glyph, text in font.to_unicode.items()},
    }


def embed(typefaces: Sequence[Mapping[str, Any]], folder: Path) -> bytes:
    """Give a PDF without pages whose catalog holds, as ``Fonts``, a dictionary of these fonts, cut down."""
    pdf = pydyf.PDF()
    fonts = {typeface["hash"]: _revive(typeface, (folder / typeface["face"]).read_bytes()) for typeface in typefaces}
    dictionary = build_fonts_dictionary(pdf, fonts, True, True, {**DEFAULT_OPTIONS, "pdf_version": "1.7"})
    pdf.add_object(dictionary)
    pdf.catalog["Fonts"] = dictionary.reference
    engine.mend_font_names(pdf)
    out = BytesIO()
    pdf.write(out, "1.7", False, True)
    return out.getvalue()


def _revive(typeface: Mapping[str, Any], data: bytes) -> Any:
    """Give WeasyPrint's font again, with the glyphs that the whole book uses."""
    font = object.__new__(Font)
    for name in _PLAIN:
        if name in typeface:
            setattr(font, name, typeface[name])
    font.name = typeface["name"].encode()
    font.widths = {int(glyph): width for glyph, width in typeface["widths"].items()}
    font.to_unicode = dict(sorted((int(glyph), text) for glyph, text in typeface["to_unicode"].items()))
    font.missing = {}
    font.file_content = data
    font.held = ffi.from_buffer(data)  # HarfBuzz reads these bytes as long as the face lives
    blob = harfbuzz.hb_blob_create(font.held, len(data), _READ_ONLY, ffi.NULL, ffi.NULL)
    font.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, font.index), harfbuzz.hb_face_destroy)
    harfbuzz.hb_blob_destroy(blob)
    return font
