"""Schema.org's own types and properties, and whether JSON-LD keeps to them.

``cut.tsv`` in tests/cases/schema-org holds the types that the records use, with what they inherit: one term in a line.

    type      Book            CreativeWork            a type and the types above it
    property  Book            illustrator   Person    what a type has, and the kinds of value it takes
    member    BookFormatType  EBook                   a word that stands for one of a type
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

CUT = Path(__file__).parent.parent / "cases" / "schema-org" / "cut.tsv"
HOME = "https://schema.org"
USED = (
    "Book", "BookSeries", "Chapter", "CreativeWork", "ItemList", "MediaObject", "Organization", "Periodical", "Person",
    "PropertyValue", "PublicationIssue", "ScholarlyArticle", "Thing",
)  # fmt: skip
# What schema.org has no word for is said in another vocabulary's, by its whole name.
OTHERS = {"http://purl.org/dc/terms/conformsTo": ("Text",)}


@dataclass(frozen=True)
class Vocabulary:
    """Types with the types right above them, their own properties with the kinds each takes, and enumerated words."""

    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    properties: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, type: str) -> tuple[str, ...]:
        """Give a type and every type above it, each once."""
        above = (one for parent in self.parents.get(type, ()) for one in self.line(parent))
        return tuple(dict.fromkeys((type, *above)))

    def kinds(self, type: str, name: str) -> tuple[str, ...]:
        """Give the kinds of value that a property of a type takes; none if the type has no such property."""
        found = (self.properties.get(one, {}).get(name, ()) for one in self.line(type))
        return tuple(dict.fromkeys(kind for kinds in found for kind in kinds))

    def cut(self, *types: str) -> Vocabulary:
        """Keep these types, what they inherit from, and the words that their properties take."""
        kept = sorted({one for type in types for one in self.line(type)})
        properties = {type: self.properties[type] for type in kept if type in self.properties}
        taken = sorted({kind for own in properties.values() for kinds in own.values() for kind in kinds})
        return Vocabulary(
            {type: self.parents[type] for type in kept},
            properties,
            {kind: self.members[kind] for kind in taken if kind in self.members},
        )

    def written(self) -> str:
        """Give the vocabulary as the lines of a table."""
        lines = [("type", type, *above) for type, above in self.parents.items()]
        lines += [("property", t, name, *kinds) for t, own in self.properties.items() for name, kinds in own.items()]
        lines += [("member", type, word) for type, words in self.members.items() for word in words]
        return "".join("\t".join(line) + "\n" for line in sorted(lines))


def read(table: str) -> Vocabulary:
    """Read what ``Vocabulary.written`` wrote."""
    vocabulary = Vocabulary()
    for line in table.splitlines():
        what, type, *rest = line.split("\t")
        if what == "type":
            vocabulary.parents[type] = tuple(rest)
        elif what == "property":
            vocabulary.properties.setdefault(type, {})[rest[0]] = tuple(rest[1:])
        else:
            vocabulary.members[type] = (*vocabulary.members.get(type, ()), *rest)
    return vocabulary


def of_schema_dts(declarations: str) -> Vocabulary:
    """Read the whole vocabulary out of the TypeScript that schema-dts declares it in.

    A type X is an interface ``XLeaf``, and an interface ``XBase`` where it has properties of its own or types below it;
    the words of an enumeration are strings in the union ``X``.
    """
    vocabulary = Vocabulary()
    interface = re.compile(
        r"^(?:export )?interface (\w+)(?:Base|Leaf) extends ([^{]+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL
    )
    for type, above, body in interface.findall(declarations):
        names = [name.strip() for name in above.split(",")]
        if names != [f"{type}Base"]:
            vocabulary.parents[type] = tuple(name.removesuffix("Base") for name in names if name.endswith("Base"))
        for name, kinds in re.findall(r'^    "(\w+)"\?: SchemaValue<([^,]+),', body, re.MULTILINE):
            own = tuple(kind for kind in kinds.split(" | ") if kind != "IdReference")
            vocabulary.properties.setdefault(type, {})[name] = own
    for type, union in re.findall(r"^export type (\w+) = ([^;]+);$", declarations, re.MULTILINE):
        if words := re.findall(rf'"{HOME}/(\w+)"', union):
            vocabulary.members[type] = tuple(words)
    return vocabulary


def faults(said: Any, vocabulary: Vocabulary, files: Collection[str]) -> Iterator[str]:
    """Say what in JSON-LD is not schema.org's; ``files`` are what an address without a host may name."""
    if said.get("@context") != HOME:
        yield f"@context is {said.get('@context')!r}"
    yield from _object({name: value for name, value in said.items() if name != "@context"}, vocabulary, files, "")


def _object(said: dict[str, Any], vocabulary: Vocabulary, files: Collection[str], place: str) -> Iterator[str]:
    type = said.get("@type")
    if type not in vocabulary.parents:
        yield f"{place or 'it'}: no type is named {type!r}"
        return
    for name, value in said.items():
        where = f"{place}/{type}.{name}"
        if name == "@id" and not _is_address(value, ()):
            yield f"{where} is no address: {value!r}"
        if name in ("@type", "@id"):
            continue
        kinds = OTHERS.get(name) or vocabulary.kinds(type, name)
        if not kinds:
            yield f"{where}: {type} has no such property"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _object(one, vocabulary, files, where)
            if not any(_is(one, kind, vocabulary, files) for kind in kinds):
                told = one.get("@type") if isinstance(one, dict) else one
                yield f"{where} is {told!r}, not {' or '.join(kinds)}"


def _is(value: Any, kind: str, vocabulary: Vocabulary, files: Collection[str]) -> bool:
    if isinstance(value, dict):
        return kind in vocabulary.line(str(value.get("@type")))
    if isinstance(value, bool):
        return kind == "Boolean"
    if isinstance(value, int | float):
        return kind in ("Number", "Float") or (kind == "Integer" and isinstance(value, int))
    if not isinstance(value, str) or not value.strip():
        return False
    if kind == "URL":
        return _is_address(value, files)
    if kind in ("Date", "DateTime"):
        return _is_day(value) if kind == "Date" else _is_moment(value)
    return kind == "Text" or value in {f"{HOME}/{word}" for word in vocabulary.members.get(kind, ())}


def _is_address(value: Any, files: Collection[str]) -> bool:
    whole = isinstance(value, str) and re.fullmatch(r'(https?://[\w.-]+(:\d+)?/|urn:\w+:)[^\s<>"{}|\\^`]*', value)
    return bool(whole) or value in files


def _is_day(value: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return False
    try:
        date.fromisoformat(value + "-01" * (2 - value.count("-")))
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return "T" in value
