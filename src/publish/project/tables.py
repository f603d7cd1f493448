"""Tables of keys: what may stand in a map, and how a map is read by its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeVar

from publish.diagnostics import Log, did_you_mean
from publish.project.kinds import Kind, Schema, is_empty, nested_colon, scalar, wrong_kind
from publish.project.unsound import cut
from publish.project.yaml import Map, Pair, Scalar, Value
from publish.records import dataclass
from publish.source import Span

T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """A key: its name, the kind of its value, what an editor is told of it, and other spellings that are taken.

    A ``needed`` key must stand in its map with a value.
    """

    name: str
    kind: Kind
    says: str
    also: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Table:
    """The keys that may stand in one map. ``hint`` helps with a key that does not belong there."""

    keys: tuple[Key, ...]
    hint: Callable[[str], str] = field(default=lambda _key: "")

    @property
    def spellings(self) -> Mapping[str, Key]:
        """The keys by every spelling that is taken."""
        return {name: key for key in self.keys for name in (key.name, *key.also)}

    def schema(self, shared: dict[str, Schema], at: str = "#") -> Schema:
        """Say as JSON Schema what may stand in the map; ``at`` is the address of what is said."""
        properties: dict[str, Schema] = {}
        for key in self.keys:
            taken = _not_null(key.kind.schema(shared)) if key.needed else key.kind.schema(shared)
            properties[key.name] = {"description": key.says, **taken}
            for other in key.also:
                properties[other] = {"description": f"The same as “{key.name}”.", "$ref": f"{at}/properties/{key.name}"}
        needed = [key.name for key in self.keys if key.needed]
        schema: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
        return {**schema, "required": needed} if needed else schema


@dataclass(frozen=True)
class Given:
    """What a map gives: its sound values by the keys' own names, in the order written.

    ``spans`` are the places of the values, of unsound ones too; ``blank`` are the keys without any, ``unsound``
    those of whose values something had to be said; ``span`` is the map's.
    """

    values: Mapping[str, object]
    spans: Mapping[str, Span]
    span: Span
    blank: frozenset[str] = frozenset()
    unsound: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """Give a text, or an empty one."""
        return self.one(name, str) or ""

    def one(self, name: str, kind: type[T]) -> T | None:
        """Give a value of this type, or ``None``."""
        value = self.values.get(name)
        return value if isinstance(value, kind) else None

    def all(self, name: str, kind: type[T]) -> tuple[T, ...]:
        """Give the items of this type in a list, or nothing."""
        return tuple(item for item in self.one(name, tuple) or () if isinstance(item, kind))

    def __contains__(self, name: str) -> bool:
        """Whether the key stands there with a value, sound or not."""
        return name in self.spans and name not in self.blank


def read_table(table: Table, value: Map, log: Log) -> Given:
    """Read a map by its table and report every key and value that is not sound."""
    spellings = table.spellings
    values: dict[str, object] = {}
    spans: dict[str, Span] = {}
    blank: set[str] = set()
    unsound: set[str] = set()
    for pair in value.pairs:
        key = spellings.get(pair.key.text)
        if key is None:
            _unknown(pair, table, log)
        elif key.name in spans:
            message = f"“{pair.key.text}” says the same as “{key.name}”, which stands here already"
            log.report("key-once", message, pair.key.span, hint="keep one of them")
        else:
            spans[key.name] = pair.value.span if pair.value.span.text else pair.key.span
            if isinstance(pair.value, Scalar) and (pair.value.empty or not pair.value.text.strip()):
                blank.add(key.name)
            said = len(log)
            read = key.kind.read(pair.value, pair.key.text, log)
            if len(log) > said:
                unsound.add(key.name)
            if read is not None:
                values[key.name] = read
    return Given(values, spans, value.span, frozenset(blank), frozenset(unsound))


def _unknown(pair: Pair, table: Table, log: Log) -> None:
    name = pair.key.text
    hint = table.hint(name) or did_you_mean(name, table.spellings) or _choice(table)
    log.report("key-known", f"there is no key “{cut(name)}” here", pair.key.span, hint=hint)


def _choice(table: Table) -> str:
    names = [key.name for key in table.keys]
    return "the keys are " + ", ".join(names) if len(names) <= 10 else ""


def _not_null(schema: Schema) -> Schema:
    """Take away what lets a value be empty."""
    if isinstance(schema.get("type"), list):
        return {**schema, "type": [t for t in schema["type"] if t != "null"], "minLength": 1}
    return schema


@dataclass(frozen=True)
class Record:
    """A map read by a table of its own, or for short the value of its first key alone.

    ``build`` makes the value of what was given; it may report and then give ``None``.
    """

    name: str
    table: Table
    build: Callable[[Given, Log], object | None]
    what: str
    short: bool = True

    def read(self, value: Value, name: str, log: Log) -> object | None:
        """Read the map or its short form."""
        if isinstance(value, Map):
            return self._read_map(value, name, log)
        if is_empty(value):
            return None
        if not self.short:
            wrong_kind(value, name, self.what, log)
            return None
        text = scalar(value, name, self.what, log)
        if text is None:
            return None
        first = self.table.keys[0]
        short = Given({first.name: " ".join(text.split())}, {first.name: value.span}, value.span)
        return self.build(short, log)

    def _read_map(self, value: Map, name: str, log: Log) -> object | None:
        if self._is_text(value) and nested_colon(value, log):
            return None
        given = read_table(self.table, value, log)
        needed = [key.name for key in self.table.keys if key.needed]
        for key in needed:
            if key not in given:
                log.report("value-type", f"“{name}” lacks its “{key}”", given.spans.get(key, given.span))
        return self.build(given, log) if all(key in given.values for key in needed) else None

    def _is_text(self, value: Map) -> bool:
        """Whether the first key is none of ours, nor nearly so: then it is likely the short form with a colon."""
        known, first = self.table.spellings, value.pairs[0].key.text if value.pairs else ""
        return self.short and first not in known and not did_you_mean(first, known)

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """A reference to the map's schema, which is shared, or the short form."""
        address = f"#/$defs/{self.name}"
        shared.setdefault(self.name, self.table.schema(shared, address))
        reference: Schema = {"$ref": address}
        short = self.table.keys[0].kind.schema(shared) if self.short else {"type": "null"}
        return {"anyOf": [short, reference]}
