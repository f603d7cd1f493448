"""Feeds and records against their standards, and against the files that they speak of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from publish.diagnostics import Log
from publish.release.model import Record

_ATOM = "{http://www.w3.org/2005/Atom}"
_ACQUISITION = "http://opds-spec.org/acquisition"


def check(folder: Path, records: Iterable[Record], log: Log, *, referee: bool) -> None:
    """Report what is wrong with the feeds and records of a catalogue; ``records`` are what they should speak of."""
    records = tuple(records)
    wanted = {(r.at(book.name), book.media_type, book.size) for r in records for book in r.books}
    judges: dict[str, Callable[[bytes], Iterator[str]]] = {
        "feed.xml": atom,
        "opds.xml": lambda data: _both(atom(data), _agrees(opds1_files(data), wanted)),
        "opds.json": lambda data: _both(opds2(data), _agrees(opds2_files(data), wanted)),
        "onix.xml": _products(records, "3.0"),
        "onix31.xml": _products(records, "3.1"),
    }
    for name, judge in judges.items():
        try:
            data = (folder / name).read_bytes()
            wrong = list(judge(data))
        except FileNotFoundError:  # told already
            continue
        except (OSError, ValueError, KeyError, TypeError, etree.LxmlError) as error:
            wrong = [f"it cannot be read: {error}"]
        for message in wrong:
            log.report("record-sound", message, file=str(folder / name))
    if referee:
        _ask_onixcheck(folder, log)


def _both(*found: Iterator[str]) -> Iterator[str]:
    for messages in found:
        yield from messages


# --- Atom and OPDS 1.2 -----------------------------------------------------------------------------------------------


def atom(data: bytes) -> Iterator[str]:
    """Judge a feed by the schema of Atom, and its ids: no two entries have the same (RFC 4287, section 4.2.6)."""
    root = _parsed(data)
    schema = _relaxng()
    if not schema.validate(root):
        yield from dict.fromkeys(f"line {e.line}: {e.message}" for e in schema.error_log)
    ids = [str(node.text) for node in root.iter(f"{_ATOM}id")]
    yield from (f"the id {id} is given twice" for id in sorted({id for id in ids if ids.count(id) > 1}))


def opds1_files(data: bytes) -> set[tuple[str, str, int]]:
    """Give the files of the publications that a feed of OPDS 1.2 offers: address, media type, size."""
    links = (node for node in _parsed(data).iter(f"{_ATOM}link") if _is_book(str(node.get("rel"))))
    return {(str(n.get("href")), str(n.get("type")), int(str(n.get("length", "0")))) for n in links}


def _is_book(rel: str) -> bool:
    return rel.startswith(_ACQUISITION) and not rel.endswith("/sample")


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


@cache
def _relaxng() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(BytesIO(_schema("atom.rng"))))


def _schema(name: str) -> bytes:
    return (files(__package__) / "schemas" / name).read_bytes()


# --- OPDS 2.0 --------------------------------------------------------------------------------------------------------


def opds2(data: bytes) -> Iterator[str]:
    """Judge a feed by the schema of OPDS 2.0."""
    import jsonschema  # type: ignore[import-untyped]

    judge = jsonschema.Draft202012Validator(json.loads(_schema("opds2.schema.json")))
    for error in judge.iter_errors(json.loads(data)):
        yield f"{error.json_path}: {error.message[:200]}"


def opds2_files(data: bytes) -> set[tuple[str, str, int]]:
    """Give the files of the publications that a feed of OPDS 2.0 offers: address, media type, size."""
    feed: dict[str, Any] = json.loads(data)
    links = (link for one in feed["publications"] for link in one["links"] if _is_book(str(link.get("rel"))))
    return {(link["href"], link["type"], link["size"]) for link in links}


def _agrees(offered: set[tuple[str, str, int]], wanted: set[tuple[str, str, int]]) -> Iterator[str]:
    yield from (f"it does not offer {address} of {size} bytes" for address, _, size in sorted(wanted - offered))
    yield from (f"it offers {address}, which is not so released" for address, *_ in sorted(offered - wanted))


# --- ONIX ------------------------------------------------------------------------------------------------------------


def _products(records: Iterable[Record], release: str) -> Callable[[bytes], Iterator[str]]:
    """Give what judges an ONIX message: its release, and that each file is a product of its own."""
    wanted = {f"{record.identifier}:{book.role}" for record in records for book in record.books}

    def judge(data: bytes) -> Iterator[str]:
        root = _parsed(data)
        if root.get("release") != release:
            yield f"it is ONIX {root.get('release')}, not {release}"
        found = [str(node.text) for node in root.iter("{*}RecordReference")]
        yield from (f"the product {name} is missing" for name in sorted(wanted - {*found}))
        yield from (f"the product {name} was not released" for name in sorted({*found} - wanted))
        if len(found) != len({*found}):
            yield "a product is there twice"

    return judge


def _ask_onixcheck(folder: Path, log: Log) -> None:
    """Let onixcheck judge the messages by EDItEUR's schemas, where it is installed."""
    if find_spec("onixcheck") is None:
        hint = "install the referees: pip install 'octavo[referees]'"
        log.report("referee-present", "onixcheck is not installed, so only our own rules judged the ONIX", hint=hint)
        return
    from onixcheck import validate  # type: ignore[import-untyped]

    for name in ("onix.xml", "onix31.xml"):
        if (folder / name).is_file():
            for found in validate(str(folder / name), schemas=("xsd", "rng")):
                log.report("record-sound", f"onixcheck: {found.message}", file=f"{folder / name}:{found.location}")
