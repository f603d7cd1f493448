"""Diagnostics as other programs show them beside the text: GitHub's workflow commands, and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from publish import __version__
from publish.cli.report import named
from publish.diagnostics import RULES, Diagnostic, Fix, Rule, Severity
from publish.source import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def github(diagnostics: Iterable[Diagnostic], *, base: str = "") -> Iterator[str]:
    """Give one workflow command a diagnostic: ``::error file=essay.md,line=3,col=8,title=note-defined::message``.

    A place that ends in another line has no ``endColumn``: GitHub knows columns inside one line only.
    """
    for d in diagnostics:
        properties = {"file": named(d.span.source.name if d.span else d.file, base), **_github_place(d.span)}
        given = ",".join(
            f"{key}={_property(str(value))}" for key, value in (*properties.items(), ("title", d.rule.name)) if value
        )
        text = f"{d.message}\n{d.hint}" if d.hint else d.message
        yield f"::{d.severity} {given}::{_data(text)}"


def _github_place(span: Span | None) -> dict[str, int]:
    if span is None:
        return {}
    begin, finish = span.begin, span.finish
    place = {"line": begin.line, "endLine": finish.line, "col": begin.column}
    # The last column is counted in, ours is not.
    return {**place, "endColumn": max(begin.column, finish.column - 1)} if finish.line == begin.line else place


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(diagnostics: Iterable[Diagnostic], *, base: str = "") -> Mapping[str, Any]:
    """Give a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0) of one run.

    Columns count characters (``unicodeCodePoints``, section 3.14.17); addresses are relative to where the command ran.
    """
    found = list(diagnostics)
    rules = list(dict.fromkeys(d.rule.name for d in found))
    driver = {
        "name": "publish",
        "semanticVersion": __version__,
        "rules": [_rule(RULES[name]) for name in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, rules.index(d.rule.name), base) for d in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.holds},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def _result(d: Diagnostic, index: int, base: str) -> dict[str, Any]:
    # A message is plain text whose sentences a viewer may part at the first full stop (section 3.11.3).
    text = f"{d.message}. To mend it: {d.hint}" if d.hint else d.message
    result: dict[str, Any] = {
        "ruleId": d.rule.name,
        "ruleIndex": index,
        "level": _level(d.severity),
        "message": {"text": text},
    }
    file = named(d.span.source.name if d.span else d.file, base)
    if file:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(file)}}
        if d.span:
            place["region"] = _region(d.span)
        result["locations"] = [{"physicalLocation": place}]
    return {**result, "fixes": [_fix(d.fix, quote(file))]} if d.fix else result


def _region(span: Span) -> dict[str, int]:
    begin, finish = span.begin, span.finish
    return {"startLine": begin.line, "startColumn": begin.column, "endLine": finish.line, "endColumn": finish.column}


def _fix(fix: Fix, uri: str) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    change = {"artifactLocation": {"uri": uri}, "replacements": replacements}
    return {"description": {"text": fix.what}, "artifactChanges": [change]}
