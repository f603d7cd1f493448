"""``release.json``: frozen dataclasses as JSON and back, by their own fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from publish.release.model import FORM, Record
from publish.source import Span

T = TypeVar("T")


def written(record: Record) -> bytes:
    """Give a record as JSON: sorted as the fields stand, without those that are empty; the same record, same bytes."""
    return (json.dumps(_plain(record), ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Record:
    """Read a record. Raises ValueError, with a sentence, for what is none."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON: {error}") from None
    if not isinstance(given, dict):
        raise ValueError("it is no JSON object")
    if given.get("form") != FORM:
        raise ValueError(f"it is of the form {given.get('form')!r}, and this version of publish knows {FORM}")
    record: Record = _read(Record, given, "release")
    return record


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in fields(value) if f.name != "span")
        return {f.name: _plain(v) for f, v in pairs if v not in ("", 0, (), None) or _needed(f)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, localns={"Span": Span})


def _read(kind: Any, value: Any, name: str) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        kinds = [one for one in inside if one is not NoneType]
        return None if value is None else _read(kinds[0], value, name)
    if origin is Literal:
        if value not in inside:
            raise ValueError(f"“{name}” is {value!r}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"“{name}” is no list")
        return tuple(_read(inside[0], item, name) for item in value)
    if is_dataclass(kind):
        return _dataclass(kind, value, name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"“{name}” is {value!r}")
    return value


def _dataclass(kind: Any, value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"“{name}” is no object")
    hints = _hints(kind)
    given = {f.name: _read(hints[f.name], value[f.name], f.name) for f in fields(kind) if f.name in value}
    lacking = [f.name for f in fields(kind) if _needed(f) and f.name not in given]
    if lacking:
        raise ValueError(f"“{name}” has no “{lacking[0]}”")
    return kind(**given)
