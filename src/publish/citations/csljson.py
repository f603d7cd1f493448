"""CSL-JSON: a list of records, as Zotero and Crossref write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from publish.citations.model import Fault, Record
from publish.diagnostics import Log
from publish.source import Source

_ID = re.compile(r'"(?:id|citation-key)"\s*:\s*"([^"]*)"')
_SPACE = re.compile(r"[\s,]*")
_PEOPLE = re.compile(
    r"author|editor|translator|composer|director|illustrator|interviewer|recipient|guest|host|.*-author"
)


def read(source: Source, log: Log) -> tuple[list[Record], set[str]]:
    """Read the records of a file, in order, and the keys of those lost; what is no CSL-JSON is reported."""
    text = source.text
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        _report(source, log, _why(error), error.pos)
        return [], set(_ID.findall(text))
    except RecursionError:
        _report(source, log, "this is nested too deeply", 0)
        return [], set(_ID.findall(text))
    if isinstance(whole, Mapping) and isinstance(whole.get("items"), list):
        start = text.index("[", text.index('"items"'))
    elif isinstance(whole, list):
        start = text.index("[")
    else:
        _report(source, log, "this is not a list of works", 0, "CSL-JSON is a list: [{...}, {...}]")
        return [], set()
    items = _items(text, start + 1)
    return [record for item, at, end in items if (record := _record(source, item, at, end, log))], set()


def _report(source: Source, log: Log, message: str, at: int, hint: str = "") -> None:
    log.report("bibliography-wellformed", message, source.span(at, at + 1), hint=hint)


def _why(error: json.JSONDecodeError) -> str:
    known = {
        "Expecting ',' delimiter": "a comma or a closing bracket is missing before this",
        "Expecting property name enclosed in double quotes": "a name in double quotation marks is missing here",
        "Expecting ':' delimiter": "a colon is missing before this",
        "Expecting value": "a value is missing here",
        "Extra data": "the list ends before this",
        "Invalid control character at": "a line break or a tab stands inside quotation marks here",
        "Illegal trailing comma before end of object": "the comma before this closing brace is one too many",
        "Illegal trailing comma before end of array": "the comma before this closing bracket is one too many",
    }
    return known.get(error.msg, f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}")


def _items(text: str, at: int) -> Iterator[tuple[Any, int, int]]:
    """Give the items of a list that is known to be sound, each with where it begins and ends."""
    decoder = json.JSONDecoder()
    while True:
        start = _SPACE.match(text, at)
        assert start is not None
        if text.startswith("]", start.end()):
            return
        item, at = decoder.raw_decode(text, start.end())
        yield item, start.end(), at


def _record(source: Source, item: Any, at: int, end: int, log: Log) -> Record | None:
    if not isinstance(item, Mapping):
        _report(source, log, "this is not a work: it is written {...}", at)
        return None
    key = item.get("id", item.get("citation-key"))
    if isinstance(key, bool) or not isinstance(key, str | int | float) or str(key).strip() == "":
        _report(source, log, "this work has no “id”, by which it could be cited", at, 'write "id": "a-key" into it')
        return None
    place = re.compile(r'"(?:id|citation-key)"\s*:\s*"?').search(source.text, at, end)
    start = place.end() if place else at
    span = source.span(start, start + len(str(key)))
    sound, faults = _sound(item, span)
    return Record(str(key), sound, span, tuple(faults))


def _sound(item: Mapping[str, Any], span: Any) -> tuple[dict[str, Any], list[Fault]]:
    """Give a record without what is not of the kind that CSL wants, and say so."""
    sound: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in item.items():
        if value is None or value in ("", []):
            continue
        if _PEOPLE.fullmatch(name) and not (isinstance(value, list) and all(isinstance(v, Mapping) for v in value)):
            message = f"“{name}” of this work is not a list of names"
            hint = f'write it as "{name}": [{{"family": "Author", "given": "An"}}]'
            faults.append(Fault("bibliography-known", message, span, hint))
            if isinstance(value, str):
                sound[name] = [{"literal": value}]
        else:
            sound[name] = value
    return sound, faults
