"""Cross-references, as Quarto writes them: ``@fig-x``, ``@tbl-x``, ``@sec-x``; ``[-@fig-x]`` for the number alone.

What follows the ``@`` is the name of a figure, a table or a section, anywhere in the publication. ``@Fig-x`` begins
with a capital. In a language that adds endings to the word, braces say where the name ends: ``@{fig-x}에서``.
"""

from __future__ import annotations

import re

from publish.document import CrossReference, Inline, Inlines
from publish.reader.names import xml_name
from publish.reader.processors import Found, InlineSyntax, Piece

# A name goes on as it began: in Latin letters, or in those of another script. So an ending written in another script
# is none of it.
_LATIN = "A-Za-z0-9_\u00c0-\u024f"
_NAME = rf"(?:[{_LATIN}](?:[{_LATIN}.:-]*[{_LATIN}])?|\w(?:[\w.:-]*\w)?)"
_KEY = rf"@(?:(?:[Ff]ig|[Tt]bl|[Ss]ec)-{_NAME}|\{{(?:[Ff]ig|[Tt]bl|[Ss]ec)-[^\s{{}}]+\}})"
_ONE = re.compile(rf"(-?){_KEY}")
_LIST = re.compile(rf"\[\s*(-?{_KEY}(?:\s*;\s*-?{_KEY})*)\s*\]")


class CrossReferenceMark(InlineSyntax):
    """One name after an @, or several between brackets. A link can hold none, since it would be a link itself."""

    tag = "cross-reference"
    find = rf"\[\s*-?{_KEY}|(?<![\w@/.+]){_KEY}"
    signs = ("@",)
    ANCESTOR_EXCLUDES = ("link",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the reference or references."""
        if match[0].startswith("["):
            several = _LIST.match(data, match.start())
            if several is None:
                return None, match.start(), match.start() + 1
            return self.piece(several.start(), several.end()), several.start(), several.end()
        return self.piece(match.start(), match.end()), match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inlines:
        """Make the references, as typed until all of the publication has been read, with commas between them."""
        out: list[Inline] = []
        for one in _ONE.finditer(self.dialect.inlines.text.raw, piece.start, piece.end):
            out += [", "] if out else []
            out.append(self._reference(one))
        return tuple(out)

    def _reference(self, one: re.Match[str]) -> CrossReference:
        text = self.dialect.inlines.text
        name = one[0].lstrip("-@").strip("{}")
        return CrossReference(
            (one[0],),
            f"#{xml_name(name[0].lower() + name[1:])}",
            bare=bool(one[1]),
            capital=name[0].isupper(),
            span=self.reading.span(text.at(one.start()), text.end(one.end())),
        )
