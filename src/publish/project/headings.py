"""A division's first heading, for a file that gives no title in its front matter."""

from __future__ import annotations

import re

from publish.source import Source, Span

_BLANK = re.compile(r"(?:\s*\n|<!--.*?-->[ \t]*\n)*", re.DOTALL)
_ATX = re.compile(r" {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}=+[ \t]*$")

LONGEST = 1000
"""The longest line, in characters, that is looked at as a heading."""

# Marks of inline Markdown, with what is left of each as plain text.
_MARKS = (
    (re.compile(r"\{[^{}]*\}"), ""),
    (re.compile(r"\[\^[^\]]*\]|\^\[[^\]]*\]"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?"), r"\1"),
    (re.compile(r"</?[A-Za-z][^>]*>"), ""),
    (re.compile(r"(?<![\\\w])(\*{1,3}|_{1,3}|`+)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def first_heading(source: Source, body: int) -> Span | None:
    """Give the place of the words of a level-1 heading that the text begins with, after offset ``body``."""
    blank = _BLANK.match(source.text, body)
    begin = blank.end() if blank else body
    line, _, rest = source.text[begin : begin + 2 * LONGEST].partition("\n")
    if len(line) > LONGEST:
        return None
    found = _ATX.match(line)
    if found:
        return source.span(begin + found.start(1), begin + found.end(1)) if found[1].strip("# \t") else None
    lead = len(line) - len(line.lstrip(" "))
    if not line.strip() or lead > 3 or not _UNDERLINE.match(rest.partition("\n")[0]):
        return None
    return source.span(begin + lead, begin + len(line.rstrip()))


def plain_text(markdown: str) -> str:
    """Give the words of a line of Markdown without its marks."""
    for pattern, rest in _MARKS:
        markdown = pattern.sub(rest, markdown)
    return " ".join(markdown.split())
