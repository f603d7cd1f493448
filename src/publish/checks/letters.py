"""Letters put together of several characters where Unicode has one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from publish.checks.subject import Subject
from publish.checks.words import Text, located, texts
from publish.diagnostics import Edit, Fix, Log
from publish.source import Span


def text_composed(subject: Subject, log: Log) -> None:
    """Find letters and accents that stand apart (NFD, as files made on a Mac may have them).

    They look the same, but are not found when one looks for the word. What would look otherwise as one character is
    left as it is, and so are code and the names of files.
    """
    for text in texts(subject.publication):
        edits = list(_edits(text))
        if edits:
            others = f", as {len(edits) - 1} others are here" if len(edits) > 1 else ""
            message = f"“{edits[0].text}” is written as a letter and a mark of its own{others}"
            fix = Fix("write each letter with its marks as one character", tuple(edits))
            log.report("text-composed", message, edits[0].span, hint="publish check --fix joins them", fix=fix)


def _edits(text: Text) -> Iterator[Edit]:
    found: dict[int, Edit] = {}
    loose = {id(words): words for string, words in text.strings() if not unicodedata.is_normalized("NFC", string)}
    for words in loose.values():
        for string, places in located(words):
            for start, end in _clusters(string):
                span = Span(text.source, places[start], places[end - 1] + 1)
                joined = unicodedata.normalize("NFC", string[start:end])
                if span.text == string[start:end] and len(joined) < end - start:
                    found[span.start] = Edit(span, joined)
    return iter(found[start] for start in sorted(found))


def _clusters(string: str) -> Iterator[tuple[int, int]]:
    """Give where each letter with the marks behind it begins and ends, jamo of a Korean syllable together."""
    start = 0
    for at in range(1, len(string) + 1):
        if at == len(string) or not (unicodedata.combining(string[at]) or "\u1160" <= string[at] <= "\u11ff"):
            if at - start > 1:
                yield start, at
            start = at
