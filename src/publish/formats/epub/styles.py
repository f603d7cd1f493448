"""What stylesheets say of fonts: which files they load, and in which order families are tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from publish.formats.epub.documents import resolve


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
class Sheet:
    """A stylesheet: its font faces, its lists of families in the order tried, and whatever it quotes.

    What is quoted may be text that it adds (``content``) or a font's feature that it asks for.

    ``pinned`` are files loaded in some other way (a face inside ``@media``, a picture): they are never let go.
    """

    rules: tuple[Any, ...]
    faces: tuple[Face, ...]
    stacks: tuple[tuple[str, ...], ...]
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
        tuple(filter(None, map(_families, _declarations(others)))),
        frozenset(token.value for token in tokens if token.type == "string"),
        frozenset(_files(name, tokens)),
    )


def needed(
    sheets: Iterable[Sheet], covers: Mapping[str, frozenset[str]], used: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Give, for every font file that a page can need, the characters that it must keep.

    ``covers`` are the characters of each file, ``used`` those of the pages. A family is asked for what the
    families named before it do not have; one that is never named, or never asked for anything, is not needed.
    """
    sheets = list(sheets)
    faces = [face for sheet in sheets for face in sheet.faces]
    has: dict[str, frozenset[str]] = {}
    for face in faces:
        own = frozenset().union(*(covers.get(file, frozenset()) for file in face.files))
        has[face.family] = has.get(face.family, frozenset()) | {c for c in own if face.allows(c)}
    asked: dict[str, frozenset[str]] = {}
    for stack in {stack for sheet in sheets for stack in sheet.stacks}:
        left = used
        for family in _named(stack, has):
            asked[family] = asked.get(family, frozenset()) | (left & has[family])
            left -= has[family]
    keep = {file: used & covers[file] for sheet in sheets for file in sheet.pinned if file in covers}
    for face in faces:
        for file in face.files:
            characters = {
                c for c in asked.get(face.family, frozenset()) & covers.get(file, frozenset()) if face.allows(c)
            }
            if characters:
                keep[file] = keep.get(file, frozenset()) | characters
    return keep


def _named(stack: Iterable[str], families: Collection[str]) -> dict[str, None]:
    """Give those of the families that a list names, in order; a ``font`` shorthand says more before the name."""
    found = (f for name in stack for f in families if name == f or name.endswith(f" {f}"))
    return dict.fromkeys(found)


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


def _declarations(rules: Iterable[Any]) -> Iterator[list[Any]]:
    """Give the values of all declarations, also those inside ``@media`` and nested rules."""
    for rule in rules:
        if rule.type == "declaration":
            yield rule.value
        elif getattr(rule, "content", None) is not None:
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content))


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
