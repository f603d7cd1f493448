"""Fonts cut down to what a book uses. Obfuscation is not done: it helps nobody and breaks readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from string import printable
from typing import Any
from unicodedata import normalize

from lxml import etree

from publish.diagnostics import Log
from publish.formats.epub import styles
from publish.formats.epub.documents import attribute, elements, local
from publish.rendition import Rendition, Resource

# What a reading system may add of its own (hyphens, quotation marks, numbers of notes and lists) and what every
# text is likely to need after a correction.
_ALWAYS = frozenset(
    printable.strip() + " \u00a0\u00ad¡§©«®°±·»¿×÷‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄€™−↩\u2009\u200a\u202f" + "\u25cc"
)
# Beyond what fontTools keeps by itself: small capitals, kinds of figures, superiors, case forms.
_FEATURES = frozenset(
    {"c2pc", "c2sc", "case", "lnum", "onum", "ordn", "pcap", "pnum", "sinf", "smcp", "subs", "sups", "tnum", "zero"}
)
# Names that a licence wants kept (copyright, licence and its address) and those that identify the font.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)


def is_font(resource: Resource) -> bool:
    """Tell whether a resource is a font, by its media type (also the older names of those types)."""
    kind = resource.media_type
    return kind.startswith(("font/", "application/font-", "application/x-font-", "application/vnd.ms-opentype"))


def fit(rendition: Rendition, pages: Mapping[str, etree._Element], log: Log) -> tuple[Resource, ...] | None:
    """Give the resources with every font cut to the characters that the pages use.

    A font that no ``@font-face`` rule names is left out, and so is a family that no page can need; its rules then
    leave the stylesheets too. ``None`` when a font cannot be read; the log says which.
    """
    sheets = {r.name: styles.read(r.name, r.data.decode("utf-8", "replace")) for r in rendition.by_type("text/css")}
    files = {r.name: r for r in rendition.resources if is_font(r)}
    opened = {name: _open(files[name], log) for s in sheets.values() for name in s.files if name in files}
    if any(font is None for font in opened.values()):
        return None
    covers = {name: frozenset(map(chr, font.getBestCmap() or ())) for name, font in opened.items()}
    inline = [sheet for page in pages.values() for sheet in _inline_styles(page)]
    used = _closed(frozenset().union(*(s.characters for s in sheets.values()), *map(_characters, pages.values())))
    needed = styles.needed([*sheets.values(), *inline], covers, used)
    kept = []
    for resource in rendition.resources:
        if resource.name in sheets:
            text = sheets[resource.name].without(covers.keys() - needed.keys())
            kept.append(resource if text is None else replace(resource, data=text.encode()))
        elif resource.name not in files:
            kept.append(resource)
        elif resource.name in needed:
            characters = needed[resource.name] | _ALWAYS
            kept.append(replace(resource, data=_subset(opened[resource.name], characters)))
    return tuple(kept)


def _characters(page: etree._Element) -> frozenset[str]:
    """Give every character that a page shows or may show (descriptions, titles)."""
    found = set("".join(str(t) for t in page.itertext()))
    for element in elements(page):
        found.update(*(str(value) for value in element.attrib.values()))
    return frozenset(found)


def _inline_styles(page: etree._Element) -> Iterator[styles.Sheet]:
    """Give the styles that stand in a page itself (elements, attributes, attributes of drawings)."""
    for element in elements(page):
        if local(element) == "style":
            yield styles.read("", element.text or "")
        for text in (attribute(element, "style"), f"font-family:{attribute(element, 'font-family')}"):
            if text not in ("", "font-family:"):
                yield styles.read("", f"*{{{text}}}")


def _closed(characters: frozenset[str]) -> frozenset[str]:
    """Add what styles and shaping make of characters: capitals, small letters, composed letters."""
    found = set(characters)
    for character in characters:
        found.update(character.upper(), character.lower(), normalize("NFC", character), normalize("NFD", character))
    found.update(normalize("NFC", "".join(sorted(characters))))
    return frozenset(found)


def _open(resource: Resource, log: Log) -> Any:
    """Give the font as fontTools sees it, or ``None`` after a report."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        font = TTFont(BytesIO(resource.data), recalcTimestamp=False, lazy=True)
        font.getBestCmap()
    except (TTLibError, AssertionError, KeyError, ValueError, ImportError, OSError) as error:
        log.report("file-readable", f"The font {resource.name} cannot be read: {error}.", file=resource.name)
        return None
    return font


def _subset(font: Any, characters: frozenset[str]) -> bytes:
    """Give a font's file with only these characters and the glyphs that its features make of them."""
    from fontTools import subset  # type: ignore[import-untyped]

    options = subset.Options()
    options.layout_features = sorted({*options.layout_features, *_FEATURES})
    options.name_IDs = list(_NAMES)
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    # Two machines with and without HarfBuzz's own packer would give two files.
    options.harfbuzz_repacker = False
    options.flavor = font.flavor
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    subsetter.subset(font)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()
