"""Reads the YAML of publication.yaml or of front matter, and reads on behind every mistake it reports."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from publish.diagnostics import Edit, Fix, Log
from publish.project.faults import Fault, explain, mend
from publish.project.yaml import STAND_IN, Malformed, Map, Scalar, Value, compose
from publish.records import dataclass
from publish.source import Source, Span

LARGEST = 64 * 1024
"""The most metadata that is read, in bytes."""

# What YAML 1.2 lets no text hold (section 5.1), and the character that stands in for colons. (To say what it lets a
# text hold takes longer: Python is slow to compile a class with characters beyond the first plane.)
_FOREIGN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{STAND_IN}]")


@dataclass(frozen=True)
class MetadataText:
    """The keys that were found; ``lost`` are those that could not be read, of which the log knows.

    ``whole`` is false when nothing at all could be read.
    """

    map: Map
    lost: frozenset[str] = frozenset()
    whole: bool = True


def read_metadata(source: Source, start: int, end: int, known: AbstractSet[str], log: Log) -> MetadataText:
    """Read the YAML between two offsets of a source. ``known`` are the keys that may stand in it."""
    nothing = Map((), source.span(start, end))
    text = _without_foreign(source, start, end, log)
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        message = f"the metadata is larger than {LARGEST // 1024} KB"
        log.report("file-size", message, source.span(start), hint="metadata is data about a text, not the text")
        return MetadataText(nothing, whole=False)
    lost: set[str] = set()
    # Each look costs a parse, at most half a second for the largest text: fewer looks at large texts.
    for _ in range(24 if len(text) < 4096 else 6):
        try:
            value, remarks = compose(text, source, start)
        except Malformed as error:
            fault = explain(text, error, known)
            if fault.message:
                stop = fault.start + 1 if fault.cover else fault.end
                span = source.span(start + fault.start, min(start + stop, end))
                log.report(fault.rule, fault.message, span, hint=fault.hint, fix=_fix(fault, source, start))
            text, key = mend(text, fault)
            lost |= {key} - {""}
            continue
        for remark in remarks:
            log.report(remark.rule, remark.message, remark.span, hint=remark.hint)
        return _as_map(value, nothing, frozenset(lost), log)
    return MetadataText(nothing, frozenset(lost), whole=False)


def _fix(fault: Fault, source: Source, base: int) -> Fix | None:
    if fault.cure is None:
        return None
    changes = fault.cure.changes
    return Fix(fault.cure.what, tuple(Edit(source.span(base + a, base + b), text) for a, b, text in changes))


def _without_foreign(source: Source, start: int, end: int, log: Log) -> str:
    text = source.text[start:end]
    for found in list(_FOREIGN.finditer(text))[:5]:
        span = source.span(start + found.start(), start + found.end())
        log.report("text-characters", f"the character U+{ord(found[0]):04X} cannot stand in metadata", span)
    return _FOREIGN.sub(" ", text)


def _as_map(value: Value | None, nothing: Map, lost: frozenset[str], log: Log) -> MetadataText:
    if isinstance(value, Map):
        return MetadataText(value, lost)
    if value is None or (isinstance(value, Scalar) and value.empty):
        return MetadataText(nothing, lost, whole=not lost)
    hint = _colon_hint(value.span) or "write each on a line of its own, as “title: North and East”"
    log.report("yaml-wellformed", "metadata is written as keys and values", value.span, hint=hint)
    return MetadataText(nothing, lost, whole=False)


def _colon_hint(span: Span) -> str:
    glued = re.match(r"([\w-]+):([^\s:/].*)", span.text)
    return f"a space is missing after the colon; write: {glued[1]}: {glued[2]}" if glued else ""
