"""Wide tables turned on their side: those that the layout found wider than their page stand on a page of its length."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from publish.diagnostics import Diagnostic
from publish.document import Div, Node, Publication, Table, walk
from publish.places import holders
from publish.rendition import Rendition
from publish.source import Span

T = TypeVar("T", bound=Node)

_TABLE = re.compile(r"table (\d+)")
_FIXED = ("landscape", "upright")  # blocks in which a table is not turned
_TAG = re.compile(r"<table\b")


def located(diagnostics: Iterable[Diagnostic], rendition: Rendition) -> Iterator[Diagnostic]:
    """Give the diagnostics, those about a table at the place where it was written."""
    for d in diagnostics:
        span = _place(d, rendition) if d.rule.name == "inside-page" and d.span is None else None
        yield replace(d, span=span, file="") if span else d


def too_wide(diagnostics: Iterable[Diagnostic]) -> set[Span]:
    """Give where the tables were written that are wider than their page, from what was said of them."""
    return {d.span for d in diagnostics if d.rule.name == "inside-page" and d.span and _TABLE.fullmatch(d.about)}


def turnable(publication: Publication, tables: Collection[Span]) -> set[Span]:
    """Give those of some tables that a page can be turned for: one may stand on such a page, or its author objects."""
    fixed = (node for node in walk(publication) if isinstance(node, Div) and node.kind in _FIXED)
    return {*tables} - {one.span for node in fixed for one in walk(node) if isinstance(one, Table) and one.span}


def turned(publication: Publication, tables: Collection[Span]) -> Publication:
    """Give a publication in which these tables stand on a page that is turned on its side."""
    if not tables:
        return publication
    return replace(publication, divisions=tuple(_turned(division, tables) for division in publication.divisions))


def _turned(node: T, tables: Collection[Span]) -> T:
    changes: dict[str, Any] = {}
    for name, inline in holders(type(node)):
        if not inline:
            value = getattr(node, name)
            changes[name] = tuple(_aside(one) if _is_meant(one, tables) else _turned(one, tables) for one in value)
    if isinstance(node, Div) and node.kind in _FIXED:
        return node
    return replace(node, **changes) if changes else node


def _aside(table: Table) -> Div:
    return Div("landscape", (table,), span=table.span)


def _is_meant(node: Node, tables: Collection[Span]) -> bool:
    return isinstance(node, Table) and node.span in tables


def _place(d: Diagnostic, rendition: Rendition) -> Span | None:
    part = next((part for part in rendition.parts if part.name == d.file), None)
    if part is None:
        return None
    found = _TABLE.fullmatch(d.about)
    places = [match.start() for match in _TAG.finditer(part.xhtml)] if found else []
    at = places[int(found[1]) - 1] if found and 0 < int(found[1]) <= len(places) else -1
    if at < 0:
        return next((origin.span for origin in part.origins), None)
    before = part.xhtml[:at]
    return part.origin(before.count("\n") + 1, at - before.rfind("\n"))
