"""Which place of the manuscript each element of a part was made from.

While parts are rendered, elements carry a private attribute that counts nodes; it is taken out when all else is done,
and what it said is kept beside the part: a finding in the finished file then has its line in the manuscript.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from publish.document import Node
from publish.records import dataclass
from publish.rendition import Origin, Part
from publish.source import Span

ATTRIBUTE = "data-publish-at"
_MARK = re.compile(rf' {ATTRIBUTE}="(\d+)"')


@dataclass
class Origins:
    """The places met while parts are rendered; ``kept`` is false for media whose findings have no use for them."""

    kept: bool = True
    spans: list[Span] = field(default_factory=list)

    def mark(self, node: Node) -> str:
        """Give the value of the attribute for a node, or nothing."""
        if not self.kept or node.span is None:
            return ""
        self.spans.append(node.span)
        return str(len(self.spans) - 1)


def settle(parts: Iterable[Part], spans: Sequence[Span]) -> Iterator[Part]:
    """Give the parts without the attribute, and with the origins that it told of."""
    for part in parts:
        xhtml = _MARK.sub("", part.xhtml)
        yield replace(part, xhtml=xhtml, origins=tuple(_origins(part.xhtml, spans)))


def _origins(marked: str, spans: Sequence[Span]) -> Iterator[Origin]:
    """Give line and column (from 1) of each element's tag as it stands once the attributes are gone."""
    line, begun, taken, last = 1, 0, 0, 0
    for mark in _MARK.finditer(marked):
        newlines = marked.count("\n", last, mark.start())
        if newlines:
            line, begun, taken = line + newlines, marked.rindex("\n", last, mark.start()) + 1, 0
        tag = marked.rfind("<", begun, mark.start())
        yield Origin(line, max(tag, begun) - begun - taken + 1, spans[int(mark[1])])
        taken += len(mark[0])
        last = mark.end()
