"""Whether everything in a tree stands where it says: the text at its place is what its kind is written as.

A link begins with a bracket, an address or a tag; a picture with ``![``; an item with its mark. What a node holds
stands inside it, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publish import document
from publish.document import Division, Note, children, walk

# What the text at a node's place must look like, from its first character to its last.
LOOKS = {
    "Link": r"\[.*[\])}]|<.*>|(?:https?://|www\.)\S*",
    "InlineImage": r"!\[.*[\])}]|<img\b.*>",
    "Image": r"!\[.*[\])}]|<img\b.*>",
    "Figure": r"!\[.*[\])}]|<(?:img|figure)\b.*|:::.*",
    "NoteCall": r"\[\^[^\]]+\]|\^\[.*\]|\[.*\]|-?@.*",
    "Note": r"\[\^[^\]]+\]:?|\^\[.*\]|\[.*\]|-?@.*",
    "Code": r"(?P<ticks>`+)(?!`).*(?<!`)(?P=ticks)",
    "Math": r"\$.*\$",
    "Equation": r"\$\$.*",
    "Emphasis": r"(?P<mark>[*_]).*(?P=mark)|<em\b.*</em>",
    "Strong": r"(?P<mark>\*\*|__).*(?P=mark)|<strong\b.*</strong>",
    "Subscript": r"~.*~",
    "Superscript": r"\^.*\^",
    "InlineSpan": r"\[.*\}|<.*>",
    "IndexMark": r"\[.*\}",
    "InlineHtml": r"<.*>|~~.*~~",
    "LineBreak": r"\\| {2,}|<br\b.*>|",
    "Section": r"#{1,6}(?:[ \t].*)?|.*\n[ \t>]*(?:=+|-+)|<h[1-6]\b.*",
    "Quotation": r">.*|<blockquote\b.*",
    "CodeBlock": r"`{3,}.*|~{3,}.*|<pre\b.*|.*\S",
    "List": r"(?:[-+*]|\d{1,9}[.)])(?:[ \t\n].*)?",
    "ListItem": r"(?:[-+*]|\d{1,9}[.)])(?:[ \t\n].*)?",
    "Table": r".*\|.*\n.*-.*|(?::|Table:)[ \t].*",
    "Row": r".*\|.*",
    "Div": r":::.*|>.*|\|.*",
    "Break": r"[*_-][*_ \t-]*[*_-]|<hr\b.*>",
    "HtmlBlock": r"<\w.*",
    "CrossReference": r"\[?-?@.*|\[.*",
    "Cite": r".*",
}
# The place of a section is its heading, that of a note its label, that of a defined term the term.
_TOLD_BY_ITS_NAME = frozenset({"Section", "Note", "DefinitionItem"})
_COMPILED = {name: re.compile(looks, re.DOTALL) for name, looks in LOOKS.items()}


def misplaced(division: Division) -> Iterator[str]:
    """Say of each node that does not stand where it says what stands there."""
    for node in walk(division):
        if isinstance(node, document.Node) and not isinstance(node, Division):
            yield from _wrong(node)
            if type(node).__name__ not in _TOLD_BY_ITS_NAME:
                yield from _disorder(node)


def _wrong(node: document.Node) -> Iterator[str]:
    name = type(node).__name__
    if node.span is None:
        yield f"{name} stands nowhere"
    elif (looks := _COMPILED.get(name)) and not looks.fullmatch(node.span.text):
        yield f"{node.span}: {name} cannot begin and end as {_short(node.span.text)}"


def _disorder(node: document.Node) -> Iterator[str]:
    """Say which of a node's children stand outside it, or before one that they follow."""
    inside = [c for c in children(node) if isinstance(c, document.Node) and not isinstance(c, Note) and c.span]
    for child in inside:
        if node.span and child.span and not node.span.start <= child.span.start <= child.span.end <= node.span.end:
            yield f"{child.span}: {type(child).__name__} stands outside its {type(node).__name__} at {node.span}"
    for one, other in pairwise(inside):
        if one.span and other.span and other.span.start < one.span.start:
            yield f"{other.span}: {type(other).__name__} stands before the {type(one).__name__} that it follows"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:30]} … {text[-25:]}")
