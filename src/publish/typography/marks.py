"""Dashes typed as hyphens, ellipses typed as full stops, and ranges of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.typography.passage import Edit
from publish.typography.rules import Rules

_OPTION = re.compile(r"(?:^|\s)[\"'([{“‘„«]*\Z")
_HYPHENS = re.compile(r"(?<![-<!])-{2,3}(?![->])")
_STOPS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_RANGE = re.compile(r"-(?=\d)")
_WORD_BEFORE = re.compile(r"\S*\Z")
_WORD_BEHIND = re.compile(r"\S*")
# What stands in words that are no prose: paths, options, code, addresses.
_CODE = re.compile(r"[\\_=<>{}#@|`~]|://|^[/.]\w")
_YEARS = re.compile(r"(?<![\w\-–—…/.,:+#№§])(1\d{3}|20\d{2})\Z")
_YEARS_BEHIND = re.compile(r"(1\d{3}|20\d{2}|\d{2})(?![\w\-–—/]|[.,:]\d)")
_PAGES = re.compile(r"(?:^|[\s(\[])(?:pp\.|S\.|с\.|ss\.)[ \u00a0\u202f]?\d{1,4}\Z")
_PAGES_BEHIND = re.compile(r"(\d{1,4})(?![\w\-–—/]|[.,:]\d)")
# Words after which a number with a hyphen is none of years.
_NUMBER_OF = re.compile(r"(?:ISSN|ISBN|ISMN|DOI|RFC|No\.?|Nr\.?|Tel\.?|tel\.?|[Pp]hone|[Ff]ax|[Cc]all|тел\.?)[:\s]*\Z")


def marks(text: str, rules: Rules) -> Iterator[Edit]:
    """Give the changes that make dashes, ellipses and ranges of what is typed for them."""
    if rules.dashes and "--" in text:
        yield from _dashes(text, rules)
    if rules.ellipsis and "..." in text:
        for stops in _STOPS.finditer(text):
            if not _is_code(text, stops.start(), stops.end()) and not _between_digits(text, *stops.span()):
                yield Edit(stops.start(), stops.end(), "…")
    if rules.ranges and "-" in text:
        for hyphen in _RANGE.finditer(text):
            if _is_range(text, hyphen.start()):
                yield Edit(hyphen.start(), hyphen.end(), "–")


def _dashes(text: str, rules: Rules) -> Iterator[Edit]:
    for hyphens in _HYPHENS.finditer(text):
        start, end = hyphens.span()
        count = end - start
        # “--force” is an option of a command, but “--No” a speech in Spanish.
        option = (
            count == 2
            and not rules.dash_opens
            and text[end : end + 1].isalpha()
            and _OPTION.search(text[max(0, start - 8) : start])
        )
        if not option and not _is_code(text, start, end):
            number = count == 2 and _between_digits(text, start, end)
            yield Edit(start, end, "–" if number else rules.dashes[count - 2])


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether the word around a place is no prose."""
    before = _WORD_BEFORE.search(text, max(0, start - 80), start)
    behind = _WORD_BEHIND.match(text, end, end + 80)
    word = (before[0] if before else "") + text[start:end] + (behind[0] if behind else "")
    return bool(_CODE.search(word))


def _between_digits(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()


def _is_range(text: str, at: int) -> bool:
    """Whether a hyphen between numbers stands between years or pages for certain.

    1990-1995, 1990-95 and pp. 12-15 do; 2016-03 is a month, 555-1234 a telephone, 1234-5678 an ISSN.
    """
    before = text[max(0, at - 20) : at]
    pages, behind = _PAGES.search(before), _PAGES_BEHIND.match(text, at + 1)
    if pages and behind:
        return True
    years, behind = _YEARS.search(before), _YEARS_BEHIND.match(text, at + 1)
    if not years or not behind or _NUMBER_OF.search(before[: years.start()]):
        return False
    first, second = int(years[1]), int(behind[1])
    if len(behind[1]) == 2:
        return second > 12 and second > first % 100
    return first < second
