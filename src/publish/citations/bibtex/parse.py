"""BibTeX's own grammar: the entries, strings and fields of a file, with their places. The only door to bibtexparser.

bibtexparser cuts a file into entries and fields and finds its way again after a broken one. What a value is made
of (``{words} # name # 12``) is read here, so that every fault has its line and column.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from publish.diagnostics import Log, did_you_mean
from publish.records import dataclass
from publish.source import Source

_TYPE = re.compile(r"@\s*(\w+)\s*[{(]\s*")
_KEY = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,{}]+)")
_FIELD = re.compile(r",\s*([\w-]+)\s*=\s*(?=[{\"\w])")
_NAME = re.compile(r"[^\s\"#%'(),={}]+")
_STRAY = re.compile(
    r"^[ \t]*@(?:article|book|in\w+|misc|online|\w*thesis|techreport|report|manual)\b", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Field:
    """A field: its text with strings put in, and where its name and value stand."""

    text: str
    name_at: int
    start: int
    end: int
    unknown: tuple[tuple[str, int], ...] = ()


@dataclass
class Entry:
    """An entry: its type and the names of its fields in small letters; ``key_at`` is where its key stands."""

    kind: str
    key: str
    key_at: int
    fields: dict[str, Field] = field(default_factory=dict)
    twice: list[tuple[str, int]] = field(default_factory=list)


class _Malformed(Exception):
    """A value that is none, from an offset on."""

    def __init__(self, at: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.at, self.hint = at, hint


def parse(source: Source, strings: dict[str, str], log: Log) -> tuple[list[Entry], set[str]]:
    """Read the entries of a file, in order, those with a key that came before among them; report what is no BibTeX.

    ``strings`` are those known before the file; its own (``@string``) are added. Gives the keys of entries that could
    not be read as well.
    """
    parser = _Parser(source, strings, log)
    return parser.entries(), parser.lost


class _Parser:
    def __init__(self, source: Source, strings: dict[str, str], log: Log) -> None:
        self._source, self._strings, self._log = source, strings, log
        self._at = 0
        self.lost: set[str] = set()

    def entries(self) -> list[Entry]:
        from bibtexparser import model

        found: list[Entry] = []
        for block in _blocks(self._source.text):
            raw = getattr(block, "raw", "") or ""
            at = self._place(raw, block.start_line)
            again = isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock)
            sound = block.ignore_error_block if again else block
            if isinstance(sound, model.Entry):
                if (entry := self._entry(sound, raw, at)) is not None:
                    found.append(entry)
            elif isinstance(block, model.String):
                self._string(block.key, raw, at)
            elif isinstance(block, model.ParsingFailedBlock):
                self._broken(raw, at)
            elif isinstance(block, model.ImplicitComment) and (stray := _STRAY.search(raw)):
                start = at + stray.start() + stray[0].index("@")
                self._say("this entry is not opened by a brace", start, at + stray.end(), "write it as @book{key, ...}")
        return found

    def _place(self, raw: str, line: int) -> int:
        """Find a block, of which bibtexparser tells the line (from 0) and the text; two may stand in one line."""
        begin = max(self._source.offset(line + 1), self._at)
        place = self._source.text.find(raw, begin) if raw else -1
        if place < 0:
            return begin
        self._at = place + 1
        return place

    def _say(self, message: str, start: int, end: int, hint: str = "") -> None:
        self._log.report("bibliography-wellformed", message, self._source.span(start, end), hint=hint)

    def _entry(self, block: object, raw: str, at: int) -> Entry | None:
        head = _TYPE.match(raw)
        key = str(getattr(block, "key", "")).strip()
        if head is None:
            return None
        key_at = at + head.end()
        if not key or any(c in key for c in " \t\n\"#'{}~"):
            message = f"the key “{' '.join(key.split())}” has a space or a mark in it that no key can have"
            self._say(message if key else "this entry has no key", at, key_at + len(key), "write it as @book{key, ...}")
            return None
        entry = Entry(head[1].lower(), key, key_at)
        here = head.end() + len(key)
        for one in getattr(block, "fields", ()):
            here = self._field(entry, one.key, one.value, raw, at, here)
        return entry

    def _field(self, entry: Entry, name: str, value: str, raw: str, at: int, here: int) -> int:
        name_at = raw.find(name, here)
        start = raw.find(value, raw.find("=", name_at) + 1) if value else raw.find("=", name_at) + 1
        lower = name.lower()
        if lower in entry.fields:
            entry.twice.append((lower, at + name_at))
            return start + len(value)
        try:
            text, unknown = self._value(value, at + start)
            entry.fields[lower] = Field(text, at + name_at, at + start, at + start + len(value), tuple(unknown))
        except _Malformed as fault:
            self._say(str(fault), fault.at, fault.at + 1, fault.hint)
        return start + len(value)

    def _string(self, name: str, raw: str, at: int) -> None:
        start = raw.find("=") + 1
        try:
            text, unknown = self._value(raw[start:-1].rstrip(), at + start)
        except _Malformed as fault:
            self._say(str(fault), fault.at, fault.at + 1, fault.hint)
            return
        for missing, place in unknown:
            self._say(f"the string “{missing}” is not defined", place, place + len(missing), self._near(missing))
        self._strings[name.lower()] = text

    def _near(self, name: str) -> str:
        return did_you_mean(name, self._strings) or f"define it with @string{{{name} = {{...}}}}, or put it in braces"

    def near(self, name: str) -> str:
        """Give a hint for a string that is not defined."""
        return self._near(name)

    def _value(self, raw: str, at: int) -> tuple[str, list[tuple[str, int]]]:
        """Read what a value is made of; names that are no strings are given back, and stand for themselves."""
        out: list[str] = []
        unknown: list[tuple[str, int]] = []
        for part, place, is_name in _parts(raw, at):
            if not is_name or part.isdigit():
                out.append(part)
            elif part.lower() in self._strings:
                out.append(self._strings[part.lower()])
            else:
                unknown.append((part, place))
                out.append(part)
        return "".join(out), unknown

    def _broken(self, raw: str, at: int) -> None:
        """Say where an entry is broken that could not be read to its end."""
        if key := _KEY.search(raw):
            self.lost.add(key[1])
        if (brace := _left_open(raw)) is not None:
            name = _name_before(raw, brace)
            what = f"the value of “{name}” is" if name else "this entry is"
            self._say(f"{what} not closed: a brace is missing", at + brace, at + brace + 1, "close it with }")
            return
        head = _TYPE.match(raw)
        end = head.end() if head else 1
        self._say("this entry cannot be read", at, at + end, "write it as @book{key, title = {...}, year = {...}}")


def _blocks(text: str) -> Iterator[Any]:
    """Let bibtexparser cut a file up. What it would tell a terminal about broken entries is told here, with a place."""
    from bibtexparser.entrypoint import parse_string

    logger = logging.getLogger("bibtexparser")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    yield from parse_string(text, parse_stack=[]).blocks


def _parts(raw: str, at: int) -> Iterator[tuple[str, int, bool]]:
    """Cut a value into its parts, joined by ``#``: text in braces or quotation marks, numbers, names of strings."""
    here, expected = 0, True
    while here < len(raw):
        character = raw[here]
        if character.isspace():
            here += 1
        elif character == "#":
            if expected:
                raise _Malformed(at + here, "there is nothing before this # to join", "take it out")
            here, expected = here + 1, True
        elif not expected:
            raise _Malformed(at + here, "a comma is missing before this", "put a comma between two fields")
        else:
            end, text, is_name = _part(raw, here, at)
            yield text, at + here, is_name
            here, expected = end, False
    if expected:
        raise _Malformed(at, "a value is missing here", "write {} for an empty one")


def _part(raw: str, here: int, at: int) -> tuple[int, str, bool]:
    if raw[here] in '{"':
        end = _end_of(raw, here)
        if end is None:
            raise _Malformed(at + here, "what is opened here is not closed", 'close it with } or "')
        return end + 1, raw[here + 1 : end], False
    name = _NAME.match(raw, here)
    if name is None:
        raise _Malformed(at + here, f"“{raw[here]}” cannot stand here", "put the value in braces")
    return name.end(), name[0], True


def _end_of(raw: str, start: int) -> int | None:
    depth, here = 0, start + 1
    quoted = raw[start] == '"'
    while here < len(raw):
        character = raw[here]
        if character == "\\":
            here += 2
            continue
        if depth == 0 and character == ('"' if quoted else "}"):
            return here
        depth += (character == "{") - (character == "}")
        here += 1
    return None


def _left_open(raw: str) -> int | None:
    """Give the brace that was never closed: the one inside which the next field begins, else the last one open."""
    opened: list[int] = []
    fields = {match.start() for match in _FIELD.finditer(raw)}
    here = 0
    while here < len(raw):
        if raw[here] == "\\":
            here += 2
            continue
        if here in fields and len(opened) > 1:
            return opened[1]
        if raw[here] == "{":
            opened.append(here)
        elif raw[here] == "}" and opened:
            opened.pop()
        here += 1
    return opened[-1] if opened else None


def _name_before(raw: str, brace: int) -> str:
    found = re.search(r"([\w-]+)\s*=\s*$", raw[:brace])
    return found[1] if found else ""
