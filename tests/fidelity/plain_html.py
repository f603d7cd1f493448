"""Trees and HTML brought to one form, so that what our reader makes can be held against what a specification expects.

The form is a list of marks: ``<p>``, ``</p>``, a word, ``<img alt src>``. White space between blocks, the order of
attributes and the spelling of addresses are not in it; what stands where, and what it says, is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import unquote

from publish.document import (
    Block,
    Break,
    Code,
    CodeBlock,
    Div,
    Division,
    Emphasis,
    Figure,
    HtmlBlock,
    Inline,
    InlineHtml,
    InlineImage,
    LineBreak,
    Link,
    List,
    ListItem,
    Paragraph,
    Quotation,
    Row,
    Section,
    Strong,
    Table,
    plain,
)
from publish.source import Span

_NAMES = """
article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre
section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(_NAMES.split())
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_VOID = frozenset({"br", "hr", "img"})


def of_division(division: Division) -> list[str]:
    """Give the form of a division that has been read; its title is a heading of level 1."""
    title = _mark("h1", division.title) if division.title else ()
    return settled([*title, *(one for block in division.blocks for one in _block(block))])


def of_html(html: str) -> list[str]:
    """Give the form of HTML."""
    reader = _Reader()
    reader.feed(_COMMENT.sub("", html))
    reader.close()
    return settled(reader.marks)


def settled(marks: Iterable[str]) -> list[str]:
    """Join strings that meet, and take away white space that HTML does not show."""
    out: list[str] = []
    for mark in marks:
        if not mark.startswith("<") and out and not out[-1].startswith("<"):
            out[-1] += mark
        else:
            out.append(mark)
    return [one for one in _spaced(out) if one]


def _spaced(marks: Sequence[str]) -> Iterator[str]:
    kept = False
    for place, mark in enumerate(marks):
        if mark.startswith("<"):
            kept = kept ^ (mark in ("<pre>", "</pre>"))
            yield mark
        elif kept:
            yield mark.rstrip("\n")
        else:
            text = re.sub(r"\s+", " ", mark)
            before = marks[place - 1] if place else "<p>"
            after = marks[place + 1] if place + 1 < len(marks) else "</p>"
            text = text.lstrip() if _is_block(before) or before == "<br>" else text
            yield text.rstrip() if _is_block(after) or after == "<br>" else text


def _is_block(mark: str) -> bool:
    found = re.match(r"</?([a-z0-9]+)", mark)
    return found is not None and found[1] in BLOCKS


def address(target: str) -> str:
    """Give an address in one spelling: nothing escaped, no detours."""
    plain = unquote(target)
    path, sign, rest = plain.partition("#")
    return (normpath(path) if path and "//" not in path else path) + sign + rest


class _Reader(HTMLParser):
    """Makes marks of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens an element."""
        self.marks.append(_tag(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.marks.append(_tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes an element."""
        if tag not in _VOID:
            self.marks.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.marks.append(data.replace("<", "‹"))


def _tag(name: str, attributes: Iterable[tuple[str, str | None]]) -> str:
    given = {key: value or "" for key, value in attributes}
    for key in ("href", "src"):
        if key in given:
            given[key] = address(given[key])
    given |= {key: " ".join(given[key].split()) for key in ("class", "title") if key in given}
    if name == "img":
        given = {key: value for key, value in given.items() if value}
    return f"<{' '.join([name, *(f'{key}={value}' for key, value in sorted(given.items()))])}>"


def _mark(name: str, content: Iterable[Inline], **attributes: str) -> Iterator[str]:
    yield _tag(name, attributes.items())
    for item in content:
        yield from _inline(item)
    yield f"</{name}>"


def _around(name: str, blocks: Iterable[Block], **attributes: str) -> Iterator[str]:
    yield _tag(name, attributes.items())
    for block in blocks:
        yield from _block(block)
    yield f"</{name}>"


def _block(node: Block, *, tight: bool = False) -> Iterator[str]:
    match node:
        case Paragraph():
            return iter(list(_mark("p", node.content))[1:-1] if tight else _mark("p", node.content))
        case Section():
            return _section(node, tight=tight)
        case Figure():
            return iter(list(_figure(node))[1:-1] if tight else _figure(node))
        case CodeBlock():
            return _code(node)
        case Break():
            return iter(["<hr>"])
    return _holding(node)


def _holding(node: Block) -> Iterator[str]:
    match node:
        case Quotation() | Div():
            return _around("blockquote" if isinstance(node, Quotation) else "div", node.blocks)
        case List():
            return _list(node)
        case Table():
            return _table(node)
        case HtmlBlock():
            return _around(node.tag, node.blocks, **_attributes(node))
    return iter([f"<{type(node).__name__.lower()}>"])


def _section(node: Section, *, tight: bool) -> Iterator[str]:
    yield from _mark(f"h{_level(node)}", node.title)
    for block in node.blocks:
        yield from _block(block, tight=tight)


def _code(node: CodeBlock) -> Iterator[str]:
    yield from ("<pre>", _tag("code", {"class": f"language-{node.info}"}.items() if node.info else ()))
    yield from (node.text.replace("<", "‹"), "</code>", "</pre>")


def _level(node: Section) -> int:
    """Give the level that an author wrote, where the tree has the one that is printed."""
    span = node.span
    assert isinstance(span, Span)
    text = span.text
    marks = len(text) - len(text.lstrip("#"))
    if marks:
        return marks
    found = re.match(r"<h(\d)", text)
    return int(found[1]) if found else 1 if text.endswith("=") else 2


def _attributes(node: HtmlBlock | InlineHtml) -> dict[str, str]:
    return (
        dict(node.attributes)
        | ({"id": node.id} if node.id else {})
        | ({"lang": node.language} if node.language else {})
    )


def _list(node: List) -> Iterator[str]:
    start = {"start": str(node.start)} if node.ordered and node.start != 1 else {}
    name = "ol" if node.ordered else "ul"
    yield _tag(name, start.items())
    for item in node.items:
        yield from _item(item, tight=node.tight)
    yield f"</{name}>"


def _item(item: ListItem, *, tight: bool) -> Iterator[str]:
    yield "<li>"
    for block in item.blocks:
        yield from _block(block, tight=tight)
    yield "</li>"


def _figure(node: Figure) -> Iterator[str]:
    yield "<p>"
    for image in node.images:
        yield _tag(
            "img", {"src": image.path, "alt": image.alt if image.alt is not None else plain(node.caption)}.items()
        )
    yield "</p>"


def _table(node: Table) -> Iterator[str]:
    yield from ("<table>", "<thead>", *_rows(node.head), "</thead>")
    if node.body:
        yield from ("<tbody>", *_rows(node.body), "</tbody>")
    yield "</table>"


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield "<tr>"
        for cell in row.cells:
            yield from _mark(
                "th" if cell.header else "td", cell.content, **({"align": cell.align} if cell.align else {})
            )
        yield "</tr>"


def _inline(node: Inline) -> Iterator[str]:
    match node:
        case str():
            yield node.replace("<", "‹")
        case Emphasis():
            yield from _mark("em", node.content)
        case Strong():
            yield from _mark("strong", node.content)
        case Code():
            yield from ("<code>", node.text.replace("<", "‹"), "</code>")
        case Link():
            yield from _mark("a", node.content, href=node.target, **({"title": node.title} if node.title else {}))
        case InlineImage():
            title = {"title": node.title} if node.title else {}
            yield _tag("img", {"src": node.path, "alt": node.alt or "", **title}.items())
        case LineBreak():
            yield "<br>"
        case InlineHtml():
            yield from _mark(node.tag, node.content, **_attributes(node))
        case _:
            yield from _mark(type(node).__name__.lower(), getattr(node, "content", ()))
