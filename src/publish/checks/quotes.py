"""Quotation marks typed in two ways, as in a text that was put together from two programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.subject import Subject
from publish.checks.words import Text, located, strings_in, texts
from publish.diagnostics import Edit, Fix, Log
from publish.places import passages
from publish.source import Span
from publish.typography import set_quotes

_CURLY = re.compile("[“”„‟‘’‚‛]")
_STRAIGHT = re.compile("[\"']")
# Feet and inches are straight by right.
_PRIMES = "′″"


def quotes_not_mixed(subject: Subject, log: Log) -> None:
    """Find files in which straight marks and curly ones both stand for quotation marks or apostrophes.

    A straight mark counts where it would be set as a quotation mark; one behind a backslash, in code or behind a number
    of inches does not.
    """
    for text in texts(subject.publication):
        typed = "".join(string for string, _ in text.strings())
        if _CURLY.search(typed) and _STRAIGHT.search(typed):
            curly, edits = list(_curly(text)), list(_edits(text, subject.publication.metadata.language))
            if curly and edits:
                _report(curly, edits, log)


def _report(curly: list[Span], edits: list[Edit], log: Log) -> None:
    if len(edits) <= len(curly):
        place, message = edits[0].span, f"this mark is straight, while {_many(len(curly))} curly"
    else:
        place, message = curly[0], f"this mark is curly, while {_many(len(edits))} straight"
    fix = Fix("set the straight marks as their language does", tuple(edits))
    log.report("quotes-not-mixed", message, place, hint="publish check --fix makes all of them curly", fix=fix)


def _many(count: int) -> str:
    return f"{count} others here are" if count > 1 else "another here is"


def _curly(text: Text) -> Iterator[Span]:
    for words in passages(text.division, ""):
        for string, places in located(words):
            for found in _CURLY.finditer(string):
                at = places[found.start()]
                if text.written[at] == found[0]:
                    yield text.source.span(at, at + 1)


def _edits(text: Text, language: str) -> Iterator[Edit]:
    """Give what would be put in the place of each straight mark, in their order."""
    found: dict[int, Edit] = {}
    made = passages(set_quotes(text.division, language), "")
    for words, new in zip(passages(text.division, ""), made, strict=True):
        if words.content is new.content:
            continue
        for (old, places), string in zip(located(words), strings_in(new.content), strict=True):
            for was, now, at in zip(old, string, places, strict=True):
                if was != now and now not in _PRIMES and text.written[at] == was:
                    found[at] = Edit(text.source.span(at, at + 1), now)
    return iter(found[at] for at in sorted(found))
