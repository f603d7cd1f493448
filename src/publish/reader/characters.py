"""Characters: those that no book can hold, and those written by name or number."""

from __future__ import annotations

import re
import unicodedata
from html.entities import html5

from publish.diagnostics import Log
from publish.source import Source

# What XML 1.0 (production Char) does not allow, the control characters that it does and no font shows, and
# noncharacters. A carriage return is part of a line's end.
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
_INSTEAD = "\ufffd"


def cleaned(source: Source, start: int, log: Log) -> str:
    """Give a source's text with U+FFFD for each character that no book can hold, having reported each.

    The text keeps its length, so that offsets stay right.
    """
    text = source.text
    for bad in BAD.finditer(text, start):
        log.report(
            "text-characters",
            f"the character {named(bad[0])} cannot be printed",
            source.span(bad.start(), bad.end()),
            hint="delete it",
        )
    return BAD.sub(_INSTEAD, text) if BAD.search(text) else text


def named(character: str) -> str:
    """Give a character's number and, if it has one, its name: ``U+0007``, ``U+00AD SOFT HYPHEN``."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def resolve(text: str) -> str:
    """Put characters for the references to them (``&amp;``, ``&#233;``); what names no character stays as it is."""
    return REFERENCE.sub(lambda m: character(m) or m[0], text) if "&" in text else text


def character(reference: re.Match[str]) -> str | None:
    """Give the character of a reference (a match of ``REFERENCE``); None when none has that name or number."""
    decimal, hexadecimal, name = reference.groups()
    if name:
        return html5.get(f"{name};")
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number > 0x10FFFF or BAD.match(chr(number)):
        return None
    return chr(number)
