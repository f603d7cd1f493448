"""Fonts for the web: cut to the characters of the pages that use them, as WOFF2 (W3C, WOFF File Format 2.0)."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from publish.cache import Shelf

_ALWAYS = frozenset(string.printable.strip() + " \u00a0¶·–—‘’“”„…↑«»©")


def web_fonts(fonts: Mapping[str, bytes], pages: Iterable[str], shelf: Shelf) -> dict[str, bytes]:
    """Give the fonts as files (``fonts/X.woff2``) with the characters of the pages alone.

    A font whose maker forbids embedding is left out. A pure function of its arguments, kept on the shelf, since a font
    takes up to half a second.
    """
    characters = _ALWAYS | {c for page in pages for c in page}
    made = {f"fonts/{name}.woff2": _kept(data, characters, shelf) for name, data in fonts.items()}
    return {name: data for name, data in made.items() if data}


def _kept(font: bytes, characters: frozenset[str], shelf: Shelf) -> bytes:
    work = ("web font", "".join(sorted(characters)), font)
    found = shelf.get(*work)
    if found is None:
        found = _cut(font, characters)
        shelf.put(found, *work)
    return found


def _cut(data: bytes, characters: frozenset[str]) -> bytes:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    from publish.formats.epub.cutting import Embedding, opened

    whole = opened(data)
    if whole.embedding is Embedding.NONE:
        return b""
    font: Any = TTFont(BytesIO(whole.cut(characters)), recalcTimestamp=False)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()
