"""What stylesheets say of fonts: which files they load, and in which order families are tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from publish.formats.epub.documents import resolve
from publish.records import dataclass


@dataclass(frozen=True)
class Face:
    """An ``@font-face`` rule: family, the files it loads (as packed) and its ``unicode-range`` (empty: everything)."""

    family: str
    files: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    rule: Any

    def allows(self, character: str) -> bool:
        """Tell whether the rule's range lets the character be set in it."""
        return not self.ranges or any(low <= ord(character) <= high for low, high in self.ranges)


@dataclass(frozen=True)
class Stack:
    """A list of families in the order in which they are tried, and what it is for.

    ``selectors`` has, for each selector of its rule, the names (``code``), classes (``.byline``) and ids (``#x``)
    that a page must have for it to match anything.
    """

    families: tuple[str, ...]
    selectors: tuple[frozenset[str], ...]

    def applies(self, vocabulary: frozenset[str]) -> bool:
        """Tell whether it can match in pages that have these names, classes and ids."""
        return any(selector <= vocabulary for selector in self.selectors)


@dataclass(frozen=True)
class Sheet:
    """A stylesheet: its font faces, its lists of families, and whatever it quotes.

    What is quoted may be text that it adds (``content``) or a font's feature that it asks for. ``pinned`` are
    files loaded in some other way (a face inside ``@media``, a picture): they are never let go.
    """

    rules: tuple[Any, ...]
    faces: tuple[Face, ...]
    stacks: tuple[Stack, ...]
    quoted: frozenset[str]
    pinned: frozenset[str]

    @property
    def files(self) -> frozenset[str]:
        """Every file that it loads."""
        return self.pinned.union(*(face.files for face in self.faces))

    def without(self, files: Collection[str]) -> str | None:
        """Give the text without the faces whose every file is among these; ``None`` when nothing changes."""
        gone = {id(f.rule) for f in self.faces if f.files and all(file in files for file in f.files)}
        if not gone:
            return None
        return str(tinycss2.serialize([rule for rule in self.rules if id(rule) not in gone]))


def read(name: str, css: str) -> Sheet:
    """Read a stylesheet of that name. What cannot be parsed is passed over, as a reading system does."""
    rules = tuple(tinycss2.parse_stylesheet(css))
    others = [rule for rule in rules if not _is_face(rule)]
    tokens = [token for rule in others for token in _deep(_inside(rule))]
    return Sheet(
        rules,
        tuple(_face(name, rule) for rule in rules if _is_face(rule)),
        tuple(_stacks(others, (frozenset(),))),
        frozenset(token.value for token in tokens if token.type == "string"),
        frozenset(_files(name, tokens)),
    )


def _is_face(rule: Any) -> bool:
    return rule.type == "at-rule" and rule.lower_at_keyword == "font-face" and rule.content is not None


def _face(name: str, rule: Any) -> Face:
    values = {d.lower_name: d.value for d in tinycss2.parse_blocks_contents(rule.content) if d.type == "declaration"}
    ranges = [(t.start, t.end) for t in values.get("unicode-range", ()) if t.type == "unicode-range"]
    families = _families(values.get("font-family", ()))
    return Face(families[0] if families else "", tuple(_files(name, _deep(values.get("src", ())))), tuple(ranges), rule)


def _inside(rule: Any) -> list[Any]:
    """Give the tokens of a rule, its selector or condition left out."""
    return getattr(rule, "content", None) or (rule.prelude if rule.type == "at-rule" else [])


def _deep(tokens: Iterable[Any]) -> Iterator[Any]:
    """Give tokens and those inside their blocks and functions, in order."""
    for token in tokens:
        yield token
        yield from _deep(getattr(token, "content", None) or getattr(token, "arguments", None) or ())


def _files(name: str, tokens: Iterable[Any]) -> Iterator[str]:
    """Give the files of the package that url() tokens lead to."""
    for address in _addresses(tokens):
        found = resolve(name, address)
        if found:
            yield found[0]


def _addresses(tokens: Iterable[Any]) -> Iterator[str]:
    """Give what url() tokens say, quoted or not."""
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield "".join(t.value for t in token.arguments if t.type == "string")


def _stacks(rules: Iterable[Any], selectors: tuple[frozenset[str], ...]) -> Iterator[Stack]:
    """Give the lists of families in all declarations, also those inside ``@media`` and nested rules."""
    for rule in rules:
        if rule.type == "declaration":
            families = _families(rule.value)
            if families:
                yield Stack(families, selectors)
        elif getattr(rule, "content", None) is not None:
            inner = tuple(_selectors(rule.prelude)) if rule.type == "qualified-rule" else selectors
            yield from _stacks(tinycss2.parse_blocks_contents(rule.content), inner)


def _selectors(prelude: Iterable[Any]) -> Iterator[frozenset[str]]:
    """Give what each selector needs to match at all. What stands in brackets may be an exception, and is left out."""
    names: set[str] = set()
    before = ""
    for token in prelude:
        if token == ",":
            yield frozenset(names)
            names = set()
        elif token.type == "hash":
            names.add(f"#{token.value}")
        elif token.type == "ident" and before != ":":
            names.add(f".{token.value}" if before == "." else token.lower_value)
        before = token.value if token.type == "literal" else ""
    yield frozenset(names)


def _families(value: Iterable[Any]) -> tuple[str, ...]:
    """Read a value as a list of families, in lower case; in what is no such list the names mean nothing."""
    names: list[str] = []
    words: list[str] = []
    for token in (*value, None):
        if token is None or token == ",":
            names.append(" ".join(words))
            words = []
        elif token.type == "string":
            words = [token.value]
        elif token.type == "ident":
            words.append(token.value)
    return tuple(name.casefold() for name in names if name)


def remote(css: str) -> Iterator[str]:
    """Give the addresses outside the package that a stylesheet loads; pictures written out as data: are inside."""
    for rule in tinycss2.parse_stylesheet(css):
        tokens = (
            [*_deep(rule.prelude), *_deep(getattr(rule, "content", None) or ())] if hasattr(rule, "prelude") else []
        )
        imported = (
            [t.value for t in tokens if t.type == "string"] if getattr(rule, "lower_at_keyword", "") == "import" else []
        )
        for address in [*_addresses(tokens), *imported]:
            if resolve("", address) is None and not address.startswith("data:"):
                yield address
