"""CSL's little HTML and marks: ``<i>``, ``<b>``, ``<sub>``, ``<sup>``, small capitals, and words whose case stays."""

from __future__ import annotations

import re

from publish.citations import marks
from publish.citations.marks import Mark

_TAG = re.compile(r"<(/?)(i|b|sc|sub|sup|span)((?:\s[^<>]*)?)>")
_SIMPLE = {
    "i": marks.ITALIC,
    "b": marks.BOLD,
    "sc": marks.SMALL_CAPS,
    "sub": marks.SUBSCRIPT,
    "sup": marks.SUPERSCRIPT,
}
_HTML = {
    marks.ITALIC: ("<i>", "</i>"),
    marks.BOLD: ("<b>", "</b>"),
    marks.SUBSCRIPT: ("<sub>", "</sub>"),
    marks.SUPERSCRIPT: ("<sup>", "</sup>"),
    marks.SMALL_CAPS: ('<span style="font-variant:small-caps;">', "</span>"),
    marks.QUOTED: ("“", "”"),
    marks.NO_CASE: ('<span class="nocase">', "</span>"),
}
_WRITTEN = str.maketrans({sign: tag for mark, pair in _HTML.items() for sign, tag in zip(mark, pair, strict=True)})


def to_html(text: str) -> str:
    """Write a marked string as CSL-JSON holds it."""
    return text.translate(_WRITTEN)


def to_marks(text: str) -> str:
    """Read a string of CSL-JSON; tags that are not CSL's stay as they are, and those left open are closed."""
    if "<" not in text:
        return marks.plain(text)
    opened: list[Mark | None] = []

    def tag(match: re.Match[str]) -> str:
        closing, kind, attributes = match.groups()
        if closing:
            mark = opened.pop() if opened else None
            return mark.close if mark else ""
        opened.append(_mark(kind, attributes))
        return opened[-1].open if opened[-1] else ""

    read = _TAG.sub(tag, marks.plain(text))
    return read + "".join(mark.close for mark in reversed(opened) if mark)


def _mark(kind: str, attributes: str) -> Mark | None:
    if kind != "span":
        return _SIMPLE[kind]
    return marks.SMALL_CAPS if "small-caps" in attributes else marks.NO_CASE if "nocase" in attributes else None
