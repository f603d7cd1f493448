"""Where in the manuscript the words of a tree stand.

A node knows its span; a string inside it does not. But a string stands between its neighbours, with nothing before
its characters but marks of Markdown, so each of them can be found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, cast

from publish.document import Apparatus, Division, Inline, Inlines, Node
from publish.records import dataclass
from publish.source import Span

# A line's end with the marks of containers that begin the next one.
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t>]*|[ \t]+")
_REFERENCE = re.compile(r"&#?\w+;")
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Words:
    """Inline content, the node it belongs to, and the language it is in unless a node inside says otherwise."""

    content: Inlines
    node: Node
    language: str

    @property
    def span(self) -> Span | None:
        """The place inside which all of it was written."""
        return place(self.node)


def place(node: Node) -> Span | None:
    """Give the place of a node's inline content: that of the node, or of a division's title, which alone is inline."""
    return node.title_span if isinstance(node, Division) else node.span


def passages(node: Node, language: str) -> Iterator[Words]:
    """Give every passage of inline content under a node in reading order. ``language`` is that of what is around it.

    What is made of the rest of the publication was written by nobody.
    """
    if isinstance(node, Apparatus):
        return
    language = node.language or language
    for name, inline in holders(type(node)):
        value = getattr(node, name)
        if not inline:
            for child in value:
                yield from passages(child, language)
        elif value:
            yield Words(value, node, language)


def holders(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """Give the fields of a kind of node that hold nodes, each with whether it holds inline content."""
    return _holders(cast("Any", kind))


@cache
def _holders(kind: Any) -> tuple[tuple[str, bool], ...]:
    declared = ((item.name, str(item.type)) for item in fields(kind))
    return tuple((name, form == "Inlines") for name, form in declared if form == "Inlines" or _holds_nodes(form))


def _holds_nodes(form: str) -> bool:
    if form == "Blocks":
        return True
    inside = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", form)
    kind = getattr(_document(), inside[1], None) if inside else None
    return isinstance(kind, type) and issubclass(kind, Node)


def _document() -> object:
    from publish import document

    return document


def literals(source_span: Span) -> list[int]:
    """Give the offsets of characters that an author marked to stand for themselves: \\\\" and &quot;, in order."""
    text, start, end = source_span.source.text, source_span.start, source_span.end
    escaped = (found.start(1) for found in _ESCAPE.finditer(text, start, end))
    return sorted([*escaped, *(found.start() for found in _REFERENCE.finditer(text, start, end))])


def strings(content: Inlines, span: Span) -> Iterator[tuple[str, list[int]]]:
    """Give every string of inline content in reading order, with the offset in the file of each of its characters.

    ``span`` is the place inside which the content was written. A character that the author wrote by name (``&amp;``)
    has the offset at which the name begins; one that cannot be found has that of the character before it.
    """
    return _strings(content, span.source.text, span.start, span.end)


def _strings(content: Inlines, text: str, at: int, end: int) -> Iterator[tuple[str, list[int]]]:
    for item, stop in zip(content, _stops(content, end), strict=True):
        if isinstance(item, str):
            offsets, at = _align(item, text, at, max(at, stop))
            yield item, offsets
        else:
            start, finish = (item.span.start, item.span.end) if item.span else (at, stop)
            yield from _strings(_inside(item), text, _after_tag(text, start), finish)
            at = finish


def _stops(content: Inlines, end: int) -> list[int]:
    """Give for each item where the next one that knows its place begins."""
    stops: list[int] = []
    for item in reversed(content):
        stops.append(end)
        if isinstance(item, Node) and item.span:
            end = item.span.start
    return stops[::-1]


def _inside(item: Inline) -> Inlines:
    return cast("Inlines", getattr(item, "content", ()))


def _after_tag(text: str, at: int) -> int:
    tag = _TAG.match(text, at)
    return tag.end() if tag else at


def _align(string: str, text: str, at: int, stop: int) -> tuple[list[int], int]:
    offsets: list[int] = []
    for index, character in enumerate(string):
        at, after = _find(string, index, character, text, at, stop)
        offsets.append(at)
        at = after
    return offsets, at


def _find(string: str, index: int, character: str, text: str, at: int, stop: int) -> tuple[int, int]:
    """Give where a character of a string was written, and where the next one is to be looked for."""
    written = text[at : at + 1] if at < stop else ""
    if written == character and (written != "\\" or index == 0 or text[at + 1 : at + 2] != "\\"):
        return at, at + 1
    if written == "\\" and text[at + 1 : at + 2] == character:
        return at + 1, at + 2
    if character.isspace() and (end := _LINE_END.match(text, at, stop)):
        return at, end.end()
    if written == "&" and (reference := _REFERENCE.match(text, at, stop)):
        return at, reference.end()
    piece = string[index : index + 12].split(" ", 1)[0] or character
    found = text.find(piece, at, stop)
    return (found, found + 1) if found >= 0 else (min(at, stop), at)
