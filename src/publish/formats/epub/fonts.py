"""Fonts cut down to what a book uses. Obfuscation is not done: it helps nobody and breaks readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from functools import partial
from io import BytesIO
from string import printable
from typing import Any, TypeVar
from unicodedata import normalize

from lxml import etree

from publish.cache import NOTHING_KEPT, Shelf
from publish.diagnostics import Log
from publish.formats.epub import families, styles
from publish.formats.epub.documents import attribute, elements, local
from publish.rendition import Rendition, Resource

_Result = TypeVar("_Result")

# What a reading system may add of its own (hyphens, quotation marks, numbers of notes and lists) and what every
# text is likely to need after a correction.
_ALWAYS = frozenset(
    printable.strip() + " \u00a0\u00ad¡§©«®°±·»¿×÷‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄€™−↩\u2009\u200a\u202f" + "\u25cc"
)
# Beyond what fontTools keeps by itself: small capitals, kinds of figures, superiors, case forms.
_FEATURES = frozenset(
    {
        "c2pc",
        "c2sc",
        "case",
        "dlig",
        "lnum",
        "onum",
        "ordn",
        "pcap",
        "pnum",
        "sinf",
        "smcp",
        "subs",
        "sups",
        "tnum",
        "zero",
    }
)
# Names that a licence wants kept (copyright, licence and its address) and those that identify the font.
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17})
_ENGLISH = 0x409
_ASK = "ask its maker for a licence for electronic books, or name another font in the style sheet"


def is_font(resource: Resource) -> bool:
    """Tell whether a resource is a font, by its media type (also the older names of those types)."""
    kind = resource.media_type
    return kind.startswith(("font/", "application/font-", "application/x-font-", "application/vnd.ms-opentype"))


def fit(
    rendition: Rendition, pages: Mapping[str, etree._Element], log: Log, shelf: Shelf = NOTHING_KEPT
) -> tuple[Resource, ...] | None:
    """Give the resources with every font cut to the characters that the pages use.

    A font that no ``@font-face`` rule names is left out, and so is a family that no page can need; its rules then
    leave the stylesheets too. ``None`` when a font cannot be read; the log says which.
    """
    sheets = {r.name: styles.read(r.name, r.data.decode("utf-8", "replace")) for r in rendition.by_type("text/css")}
    loaded = frozenset().union(*(sheet.files for sheet in sheets.values()))
    fonts = {r.name: r for r in rendition.resources if is_font(r)}
    covers = {name: _try(covered, font, log) for name, font in fonts.items() if name in loaded}
    allowed = {name: _try(embedding, fonts[name], log) for name in covers}
    if None in covers.values() or None in allowed.values():
        return None
    barred = {name for name, how in allowed.items() if how is Embedding.NONE}
    covers.update(dict.fromkeys(barred, frozenset()))
    inline = [sheet for page in pages.values() for sheet in _inline_styles(page)]
    quoted = frozenset().union(*(sheet.quoted for sheet in (*sheets.values(), *inline)))
    used = _closed(frozenset("".join(quoted)).union(*map(_characters, pages.values())))
    vocabulary = frozenset().union(*map(_vocabulary, pages.values()))
    known = {name: characters for name, characters in covers.items() if characters is not None}
    needed = families.needed([*sheets.values(), *inline], known, used, vocabulary)
    features = _FEATURES | {text for text in quoted if len(text) == 4}
    for name in sorted(barred):
        log.report("font-licensed", f"the font {name} may not be embedded, and is left out", file=name, hint=_ASK)
    scissors = {name: partial(_cut_once, c | _ALWAYS, features, shelf) for name, c in needed.items()}
    cuts = {name: _try(scissor, fonts[name], log) for name, scissor in scissors.items()}
    if None in cuts.values():
        return None
    changed: dict[str, bytes | None] = {**dict.fromkeys(fonts), **cuts}
    for name, sheet in sheets.items():
        text = sheet.without(covers.keys() - needed.keys())
        if text is not None:
            changed[name] = text.encode()
    return tuple(_replaced(rendition.resources, changed))


def _replaced(resources: Iterable[Resource], changed: Mapping[str, bytes | None]) -> Iterator[Resource]:
    """Give the resources with the data of some changed, and those left out for which it is ``None``."""
    for resource in resources:
        data = changed.get(resource.name, resource.data)
        if data is not None:
            yield resource if data is resource.data else replace(resource, data=data)


def _try(step: Callable[[bytes], _Result], font: Resource, log: Log) -> _Result | None:
    """Do something with a font's data; ``None`` and a report when the font does not allow it."""
    try:
        return step(font.data)
    # On broken fonts fontTools raises errors of every kind, from struct.error to RecursionError.
    except Exception as error:  # noqa: BLE001
        log.report("file-readable", f"the font {font.name} cannot be read: {error}", file=font.name)
        return None


def _characters(page: etree._Element) -> frozenset[str]:
    """Give every character that a page shows or may show (descriptions, titles)."""
    text = "".join(str(t) for t in page.itertext())
    # Shaping joins a letter and its accent when a font has both as one.
    found = set(text + normalize("NFC", text))
    for element in elements(page):
        found.update(*(str(value) for value in element.attrib.values()))
    return frozenset(found)


def _vocabulary(page: etree._Element) -> frozenset[str]:
    """Give the names of elements, classes (``.x``) and ids (``#x``) that selectors can match in a page."""
    found = set()
    for element in elements(page):
        found.add(local(element).lower())
        found.update(f".{name}" for name in attribute(element, "class").split())
        found.add(f"#{attribute(element, 'id')}")
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
    """Add what styles and shaping make of characters: capitals, small letters, letters taken apart."""
    found = set(characters)
    for character in characters:
        found.update(character.upper(), character.lower(), normalize("NFD", character))
    return frozenset(found)


class Embedding(Enum):
    """What a font's maker allows to be done with it in a document."""

    NONE = "not embedded"
    WHOLE = "embedded, and not cut down"
    CUT = "embedded and cut down"


def embedding(data: bytes) -> Embedding:
    """Give what a font's file says may be done with it (OpenType 1.9, OS/2, fsType); silence allows everything."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font = TTFont(BytesIO(data), lazy=True)
    bits = font["OS/2"].fsType if "OS/2" in font else 0
    # Of the first four bits the least restrictive counts; only "restricted" alone forbids. Bitmaps are of no use here.
    if bits & 0x000E == 0x0002 or bits & 0x0200:
        return Embedding.NONE
    return Embedding.WHOLE if bits & 0x0100 else Embedding.CUT


def covered(data: bytes) -> frozenset[str]:
    """Give the characters that a font's file has glyphs for."""
    from fontTools.ttLib import TTFont

    return frozenset(map(chr, TTFont(BytesIO(data), lazy=True).getBestCmap() or ()))


def cut(data: bytes, characters: frozenset[str], features: frozenset[str] = _FEATURES) -> bytes:
    """Give a font's file with only these characters and the glyphs that features make of them.

    The features that fontTools keeps by itself (kerning, ligatures, local forms ...) are kept in any case.

    A pure function of its arguments and the slowest step of writing an EPUB (up to half a second a font).
    """
    import logging

    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    if embedding(data) is Embedding.WHOLE:
        return data
    # It warns of every table that it does not know and leaves out: those of font editors, of no use to a reader.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    font = TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
    options = subset.Options()
    options.layout_features = sorted({*options.layout_features, *features})
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    # Two machines with and without HarfBuzz's own packer would give two files.
    options.harfbuzz_repacker = False
    options.flavor = font.flavor
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    # fontTools would look for names in use through the whole of every table, which takes longer than all the rest.
    names = font["name"]
    del font["name"]
    subsetter.subset(font)
    kept = _NAMES | _names_in_use(font)
    names.names = [n for n in names.names if n.isUnicode() and n.langID == _ENGLISH and n.nameID in kept]
    font["name"] = names
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _cut_once(characters: frozenset[str], features: frozenset[str], shelf: Shelf, data: bytes) -> bytes:
    """Do as ``cut`` does, unless it has been done."""
    work = ("font", "".join(sorted(characters)), " ".join(sorted(features)), data)
    kept = shelf.get(*work)
    if kept is None:
        kept = cut(data, characters, features)
        shelf.put(kept, *work)
    return kept


def _names_in_use(font: Any) -> frozenset[int]:
    """Give the numbers of the names that features, axes and palettes point to."""
    from fontTools.ttLib.tables._n_a_m_e import NameRecordVisitor  # type: ignore[import-untyped]

    visitor = NameRecordVisitor()
    for tag in visitor.TABLES:
        if tag in font:
            pointing = font[tag].table.FeatureList if tag in ("GSUB", "GPOS") else font[tag]
            if pointing is not None:
                visitor.visit(pointing)
    return frozenset(visitor.seen)
