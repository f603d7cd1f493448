"""Order: of entries in a bibliography, and of works in a citation (CSL 1.0.2, "Sorting")."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from publish.citations.engine.items import DATES, Item
from publish.citations.engine.names import NameList
from publish.citations.engine.state import State
from publish.citations.marks import plain

_IGNORED = re.compile(r"[\"'“”‘’«»„()\[\]{}]")
_OPTIONS = {"names-min": "et-al-min", "names-use-first": "et-al-use-first", "names-use-last": "et-al-use-last"}
_PEOPLE = frozenset(
    ["author", "editor", "translator", "container-author", "collection-editor", "composer", "director", "interviewer"]
)


def ordered(items: list[Item], sort: Any, area: Any, state: State) -> list[Item]:
    """Give items in the order that a ``cs:sort`` element asks for; what lacks a key stands after what has it."""
    if sort is None:
        return items
    before = state.area
    state.area = area
    try:
        for key in reversed(sort.findall("cs:key", sort.nsmap)):
            made = [(_key(item, key, state), item) for item in items]
            there = sorted((m for m in made if m[0]), key=lambda m: m[0], reverse=key.get("sort") == "descending")
            items = [item for _, item in there] + [item for value, item in made if not value]
    finally:
        state.area, state.sorting = before, None
    return items


def _key(item: Item, key: Any, state: State) -> str:
    options = {own: key.get(name) for name, own in _OPTIONS.items() if key.get(name)}
    state.sorting = {**options, "name-as-sort-order": "all"}
    state.begin()
    try:
        if key.get("macro"):
            text = key.get_macro(key.get("macro")).render(item) or ""
        else:
            text = _variable(item, key.get("variable"), key, state)
    finally:
        state.sorting = None
    return collated(plain(str(text)))


def _variable(item: Item, name: str, key: Any, state: State) -> str:
    work = item.work
    if name == "citation-number":
        return f"{work.number:08}"
    if name in DATES:
        when = work.date(name)
        days = [day for day in (when.begin, when.end) if day] if when else []
        return "-".join(f"{d.year + 10000:05}{d.month:02}{d.day:02}" for d in days)
    if name in _PEOPLE or work.people(name):
        return NameList(key, None, state, item).text(work.people(name))
    return re.sub(r"\d+", lambda m: m[0].zfill(8), work.text(name))


def collated(text: str) -> str:
    """Give the string by which words are put in order: without case, quotation marks and (Latin, Greek) accents."""
    text = _IGNORED.sub("", text).replace("-", " ").casefold()
    return "".join(_base(c) for c in unicodedata.normalize("NFC", text)).strip()


def _base(character: str) -> str:
    if character.isascii() or not unicodedata.name(character, "").startswith(("LATIN", "GREEK")):
        return {"ё": "е"}.get(character, character)
    plain_letters = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    decomposed = unicodedata.normalize("NFD", plain_letters.get(character, character))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
