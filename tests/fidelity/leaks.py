"""Marks of Markdown, HTML or a template that would be printed: syntax that nobody meant to be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.diagnostics import Diagnostic
from publish.document import Publication
from publish.places import passages, strings
from publish.source import Span

LEAK = re.compile(
    r"\*\*|(?<![\w*])\*(?=\w)|\]\([^\s)]|\[\^|~~|```|^#{2,6}[ \t]|:::|\{[#.%{][^}]*\}?|\}\}|"
    r"<(?:/?[A-Za-z][^<>]*|!--.*?--)>|&#?\w+;|\[\[|\]\[",
    re.MULTILINE,
)
_CITED = re.compile(r"\[[^\]]*@")


def leaks(publication: Publication, told: Iterable[Diagnostic]) -> Iterator[Span]:
    """Give the places of such marks in the words of a publication, but for lines of which something was said.

    A mark that its author escaped, or wrote by name, is meant.
    """
    named = {(d.span.source.name, n) for d in told if d.span for n in range(d.span.begin.line, d.span.finish.line + 1)}
    for division in publication.divisions:
        for passage in passages(division, ""):
            if passage.span is None:
                continue
            for text, offsets in strings(passage.content, passage.span):
                for found in LEAK.finditer(text):
                    span = Span(passage.span.source, offsets[found.start()], offsets[found.end() - 1] + 1)
                    meant = span.text != found[0] or span.source.text[span.start - 1 : span.start] == "\\"
                    if not meant and (span.source.name, span.begin.line) not in named:
                        yield span
