"""Where in a work: ``p. 12``, ``pp. 33-35``, ``Kap. 3``, ``12`` — by the words of CSL's locales.

What is read is what pandoc reads: a word or abbreviation for a kind of place, then numbers, Roman numerals and what
joins them; anything after it is the author's own words.
"""

from __future__ import annotations

import re
from functools import cache

LABELS = [
    "act",
    "appendix",
    "article",
    "book",
    "canon",
    "chapter",
    "column",
    "elocation",
    "equation",
    "figure",
    "folio",
    "issue",
    "line",
    "note",
    "opus",
    "page",
    "paragraph",
    "part",
    "rule",
    "scene",
    "section",
    "sub-verbo",
    "supplement",
    "surah",
    "table",
    "timestamp",
    "title-locator",
    "verse",
    "volume",
]
_NUMBER = r"(?:[A-Za-z]{0,3}\d[\w.:/]*(?<![.:/])|[ivxlcdmIVXLCDM]+\b|[A-Za-z]?\d*[a-z]?\b(?<=\d[a-z]))"
_RUN = re.compile(
    rf"({_NUMBER}f{{0,2}}\.?(?:\s*(?:-{{1,3}}|[–—,&]|(?:,\s*)?(?:and|und|et|и|y)\b)\s*{_NUMBER})*(?:\s*ff?\.)?)(?=$|[\s,.;:!?)])"
)
_BRACED = re.compile(r"\s*,?\s*\{([^{}]*)\}")


@cache
def _words(language: str) -> tuple[tuple[str, str], ...]:
    """Give the words for each kind of place, longest first, in a language and in English."""
    found: dict[str, str] = {}
    for name in dict.fromkeys((_locale(language), "en-US")):
        for label, words in _terms(name):
            for word in words:
                found.setdefault(word, label)
    for word, label in {"cap.": "chapter", "ch.": "chapter", "n.": "note", "nn.": "note", "¶": "paragraph"}.items():
        found.setdefault(word, label)
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _locale(language: str) -> str:
    from publish.citations.engine import locale_of

    return locale_of(language)


def _terms(name: str) -> list[tuple[str, list[str]]]:
    from lxml import etree

    from publish.citations.engine import locale_data

    root = etree.fromstring(locale_data(name) or b"<locale/>")
    found = []
    for term in root.iter("{*}term"):
        if term.get("name") in LABELS:
            texts = [words for text in term.itertext() if (words := str(text).strip())]
            found.append((str(term.get("name")), [t.lower() for t in texts]))
    return found


def split(text: str, language: str) -> tuple[str, str, str]:
    """Part what follows a key into its locator's label, the locator, and the rest: ``, pp. 3-5, and more``.

    Label and locator are empty when the words do not begin with a place in the work; ``{...}`` holds one that could
    not be told otherwise.
    """
    if braced := _BRACED.match(text):
        label, rest = _label(braced[1].strip(), language)
        return (
            (label or "page", rest.strip(), text[braced.end() :])
            if braced[1].strip()
            else ("", "", text[braced.end() :])
        )
    start = len(text) - len(text.lstrip(" ,\n\u00a0"))
    label, rest = _label(text[start:], language)
    lead = rest.lstrip(" \u00a0\n")
    run = _RUN.match(lead)
    if run is None or not (label or any(c.isdigit() for c in run[1])):
        return "", "", text
    return label or "page", " ".join(run[1].rstrip(",").split()), lead[run.end() :]


def _label(text: str, language: str) -> tuple[str, str]:
    lower = text.lower()
    for word, label in _words(language):
        if lower.startswith(word):
            rest = text[len(word) :]
            # a word must end here: "para" is not "paradox", though "p12" is page 12
            if not rest[:1].isalpha() or not word[-1].isalpha():
                return label, rest.removeprefix(".") if not word.endswith(".") else rest
    return "", text
