"""What a text is made of, by our reader and by markdown-it-py: headings, lists, tables ..., each with its line.

markdown-it-py reads CommonMark with GFM's tables and struck-out words, notes and definition lists. Where we read
otherwise on purpose the difference has a name (``NAMED``), and is counted under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publish.document import (
    Break,
    CodeBlock,
    DefinitionList,
    Div,
    Division,
    Image,
    InlineImage,
    List,
    ListItem,
    Node,
    Note,
    Quotation,
    Section,
    Table,
    children,
)
from publish.source import Source

KINDS = (
    "headings",
    "lists",
    "items",
    "nested",
    "definitions",
    "code",
    "tables",
    "quotes",
    "breaks",
    "images",
    "notes",
)

# How often a kind begins on a line (line 0: somewhere, for what markdown-it-py keeps no line of).
Elements: TypeAlias = Counter[tuple[str, int]]

# Differences on purpose: the line on which one of us sees something begins like this, or the line before it does.
NAMED = {
    "line-blocks": re.compile(r"[ >]*\|(?:[ \t]|$)"),
    "divs": re.compile(r"[ >]*:::"),
    "captions": re.compile(r"[ >]*(?::|Table:)[ \t]"),
    "equations": re.compile(r"[ >]*\$\$"),
    "abbreviations": re.compile(r"[ >]*\*\["),
}

# The same for kinds whose line markdown-it-py does not keep: what there is somewhere in the text.
NAMED_ANYWHERE = {
    "comments": re.compile(r"\S[ \t]*\n[ \t>]*<!--[^\n]*-->[ \t]*\n[^\n]*\S"),
}

_THEIRS = {
    "heading_open": "headings",
    "bullet_list_open": "lists",
    "ordered_list_open": "lists",
    "list_item_open": "items",
    "fence": "code",
    "code_block": "code",
    "table_open": "tables",
    "blockquote_open": "quotes",
    "dl_open": "definitions",
    "hr": "breaks",
    "footnote_open": "notes",
}
_OURS: dict[type, str] = {
    Section: "headings",
    List: "lists",
    ListItem: "items",
    CodeBlock: "code",
    Table: "tables",
    Quotation: "quotes",
    DefinitionList: "definitions",
    Break: "breaks",
    Note: "notes",
    Image: "images",
    InlineImage: "images",
}
_NO_LINE = frozenset({"images", "notes"})
_AS_HTML = re.compile(r"<(?:h[1-6]|pre|blockquote|hr|img|figure)\b", re.IGNORECASE)


@cache
def peer() -> MarkdownIt:
    """Give markdown-it-py with the features that we have too."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return markdown.use(footnote_plugin).use(deflist_plugin)


def theirs(text: str, first: int = 1) -> Elements:
    """Count what markdown-it-py sees in Markdown whose first line has a number in its file."""
    found: Elements = Counter()
    depth = 0
    for token in peer().parse(text):
        depth += (token.nesting if token.type in ("bullet_list_open", "ordered_list_open") else 0) - (
            token.type in ("bullet_list_close", "ordered_list_close")
        )
        for kind in _kinds(token, depth):
            found[kind, token.map[0] + first if token.map and kind not in _NO_LINE else 0] += 1
    return found


def _kinds(token: Token, depth: int) -> Iterator[str]:
    if kind := _THEIRS.get(token.type):
        yield kind
        if kind == "lists" and depth > 1:
            yield "nested"
    yield from ("images" for child in token.children or () if child.type == "image")


def ours(division: Division, source: Source, body: int) -> Elements:
    """Count what our reader sees; what was written as HTML is none of Markdown's. ``body`` is where Markdown begins."""
    found: Elements = Counter()
    _count(division, 0, found)
    line = _title_line(division, source, body)
    if line and not found["headings", line]:
        found["headings", line] += 1
    return found


def _count(node: Node, depth: int, found: Elements) -> None:
    span = node.span
    kind = "quotes" if isinstance(node, Div) and span and span.text.startswith(">") else _OURS.get(type(node), "")
    if kind and span and not _AS_HTML.match(span.text):
        found[kind, 0 if kind in _NO_LINE else span.begin.line] += 1
        if kind == "lists" and depth:
            found["nested", span.begin.line] += 1
    for child in children(node):
        if isinstance(child, Node):
            _count(child, depth + isinstance(node, List), found)


def _title_line(division: Division, source: Source, body: int) -> int:
    """Give the line of the heading that became the division's title, or 0."""
    first = re.compile(r"\s*(?:<!--.*?-->\s*)*", re.DOTALL).match(source.text, body)
    line = source.position(first.end() if first else body).line
    below = source.line(line + 1) if line < source.line_count else ""
    is_heading = re.match(r" {0,3}#(?:\s|$)", source.line(line)) or re.match(r" {0,3}=+\s*$", below)
    return line if is_heading and division.title else 0


def total(elements: Elements) -> Counter[str]:
    """Sum elements up by kind."""
    sums: Counter[str] = Counter()
    for (kind, _), count in elements.items():
        sums[kind] += count
    return sums


def differences(mine: Elements, other: Elements, source: Source) -> Iterator[tuple[str, str, int, int]]:
    """Give what is not seen alike: the difference's name (empty: it has none), kind, line, how many more we see."""
    for kind, line in sorted(mine.keys() | other.keys()):
        more = mine[kind, line] - other[kind, line]
        if more:
            yield _name(source, line), kind, line, more


def _name(source: Source, line: int) -> str:
    if not line:
        return next((name for name, looks in NAMED_ANYWHERE.items() if looks.search(source.text)), "")
    around = [source.line(number) for number in range(max(1, line - 1), line + 1)]
    return next((name for name, looks in NAMED.items() if any(looks.match(text) for text in around)), "")
