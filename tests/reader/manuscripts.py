"""What the reader's tests share: manuscripts made of strings, and trees as text that an editor can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from publish.diagnostics import Log
from publish.document import Division, Metadata, Node, Publication
from publish.project import DivisionSource, FrontMatter, Project, Style
from publish.reader import read
from publish.source import Source

# Fields in which saying nothing and saying that there is nothing are two things.
_TOLD_WHEN_GIVEN = {"alt", "checked"}
# Said of a division in its front matter, and so none of the reader's doing.
_NOT_READ_HERE = {"contributors", "date", "description", "language", "matter", "role", "slug", "subtitle"}
_DATA = {"attributes", "classes"}
_IN_ORDER = ("blocks", "content", "items", "cells", "notes")


def project(*texts: str, title: str = "") -> Project:
    """Make a project of files one.md, two.md ... that have no front matter."""
    names = ("one", "two", "three", "four")[: len(texts)]
    divisions = tuple(
        DivisionSource(Source(f"{name}.md", text), 0, FrontMatter(title, "essay"), name, "body", Path(f"/{name}.md"))
        for name, text in zip(names, texts, strict=True)
    )
    root = Path("/")
    return Project(root, root, None, root / "build", "book", Metadata("Book"), divisions, Style())


def read_texts(*texts: str, title: str = "") -> tuple[Publication, Log]:
    """Read texts as the files of one publication."""
    log = Log()
    return read(project(*texts, title=title), log), log


def said(log: Log) -> list[str]:
    """Give what was reported as lines: place, rule, message."""
    return [f"{d.place} {d.rule.name} {d.message}" for d in log]


def outline(node: object, depth: int = 0) -> Iterator[str]:
    """Give a tree as lines: a node's kind, the line and column where it begins, what it is; what it holds below it."""
    lead = "  " * depth
    if isinstance(node, str):
        yield f"{lead}{_quoted(node)}"
        return
    assert isinstance(node, Node)
    place = "{}:{}".format(*node.span.begin) if node.span else "nowhere"
    words = _only_words(node)
    yield " ".join([f"{lead}{type(node).__name__} {place}", *_facts(node), *([_quoted(words)] if words else [])])
    if words:
        return
    for field in fields(node):
        held = getattr(node, field.name)
        if field.name in _NOT_READ_HERE | _DATA or not isinstance(held, tuple) or not _holds(held):
            continue
        below = depth + 1
        if field.name not in _IN_ORDER:
            yield f"{lead}  {field.name}:"
            below += 1
        for child in held:
            yield from outline(child, below)


def _only_words(node: Node) -> str:
    held = [getattr(node, f.name) for f in fields(node) if f.name not in _DATA]
    content: tuple[object, ...] = getattr(node, "content", ())
    if (
        len(content) == 1
        and isinstance(content[0], str)
        and not any(isinstance(h, tuple) and _holds(h) for h in held if h != content)
    ):
        return content[0]
    return ""


def _holds(value: tuple[object, ...]) -> bool:
    return any(isinstance(v, Node) for v in value) or (bool(value) and all(isinstance(v, str) for v in value))


def _facts(node: Node) -> Iterator[str]:
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name == "span" or (isinstance(node, Division) and field.name in _NOT_READ_HERE):
            continue
        if field.name == "classes":
            yield from (f".{name}" for name in value)
        elif field.name == "attributes":
            yield from (f"{key}={_quoted(one)}" for key, one in value)
        elif value is True:
            yield field.name
        elif field.name in _TOLD_WHEN_GIVEN and value is not None:
            yield f"{field.name}={_quoted(value) if isinstance(value, str) else 'no'}"
        elif not isinstance(value, tuple) and value is not False and value not in (field.default, ""):
            yield f"{field.name}={value if isinstance(value, int) else _quoted(str(value))}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\u00a0", "\\u00a0")
