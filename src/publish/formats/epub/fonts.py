"""Fonts cut down to what a book uses. Obfuscation is not done: it helps nobody and breaks readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from string import printable
from typing import TypeVar
from unicodedata import normalize

from lxml import etree

from publish.cache import NOTHING_KEPT, Shelf
from publish.diagnostics import Log
from publish.formats.epub import cutting, families, styles
from publish.formats.epub.cutting import Embedding
from publish.formats.epub.documents import attribute, elements, local
from publish.rendition import Rendition, Resource

_Result = TypeVar("_Result")

# What a reading system may add of its own (hyphens, quotation marks, numbers of notes and lists) and what every
# text is likely to need after a correction.
_ALWAYS = frozenset(
    printable.strip() + " \u00a0\u00ad¡§©«®°±·»¿×÷‐‑‒–—―‘’‚“”„†‡•…‰′″‹›⁄€™−↩\u2009\u200a\u202f" + "\u25cc"
)
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
    opened = {
        name: _try(partial(cutting.opened, font.data), name, log) for name, font in fonts.items() if name in loaded
    }
    cuttable = {name: font for name, font in opened.items() if font is not None}
    if len(cuttable) < len(opened):
        return None
    barred = {name for name, font in cuttable.items() if font.embedding is Embedding.NONE}
    covers = {name: frozenset[str]() if name in barred else font.characters for name, font in cuttable.items()}
    inline = [sheet for page in pages.values() for sheet in _inline_styles(page)]
    quoted = frozenset().union(*(sheet.quoted for sheet in (*sheets.values(), *inline)))
    used = _closed(frozenset("".join(quoted)).union(*map(_characters, pages.values())))
    vocabulary = frozenset().union(*map(_vocabulary, pages.values()))
    needed = families.needed([*sheets.values(), *inline], covers, used, vocabulary)
    for name in sorted(barred):
        log.report("font-licensed", f"the font {name} may not be embedded, and is left out", file=name, hint=_ASK)
    knives = {name: partial(cuttable[name].cut, c | _ALWAYS, quoted, shelf) for name, c in needed.items()}
    cuts = {name: _try(knife, name, log) for name, knife in knives.items()}
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


def _try(step: Callable[[], _Result], name: str, log: Log) -> _Result | None:
    """Do something with a font; ``None`` and a report when the font does not allow it."""
    try:
        return step()
    # On broken fonts the libraries raise errors of every kind, from struct.error to RecursionError.
    except Exception as error:  # noqa: BLE001
        log.report("file-readable", f"the font {name} cannot be read: {error}", file=name)
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
