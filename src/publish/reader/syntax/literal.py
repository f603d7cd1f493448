"""What stands for itself: code, formulas, escaped signs, addresses in angle brackets, and the tags of HTML.

Whichever begins first counts, and nothing inside it means anything (CommonMark 6.1, 6.5 and 6.6): so ``<a title="`">``
holds no code, and in ``` `<a title="` ``` there is no tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publish.reader.htmltags import TAG, comment_end
from publish.reader.processors import NOTHING, Found, InlineSyntax
from publish.reader.syntax.code import CodeSpan
from publish.reader.syntax.escapes import Escape
from publish.reader.syntax.links import Autolink
from publish.reader.syntax.math import MathMark

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect


class Literal(InlineSyntax):
    """Goes through a text once, and leaves each sign that may begin such a thing to the syntax that knows it."""

    find = r"`+|[\\$<]"
    signs = ("`", "\\", "$", "<")

    def __init__(self, md: Dialect) -> None:
        super().__init__(md)
        self._kinds: dict[str, InlineSyntax] = {"`": CodeSpan(md), "\\": Escape(md), "$": MathMark(md)}
        self._address = Autolink(md)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the thing that begins here; a tag of HTML is passed over, for it is read with what it encloses."""
        start = match.start()
        if data[start] != "<":
            kind = self._kinds[data[start]]
            found = kind.getCompiledRegExp().match(data, start)
            return kind.recognise(found, data) if found else NOTHING
        if tag := TAG.match(data, start):
            return None, start, tag.end()
        if data.startswith("<!--", start):
            return None, start, self._after_comment(data, start)
        found = self._address.getCompiledRegExp().match(data, start)
        is_link = found and "link" not in self.dialect.inlines.ancestors
        return self._address.recognise(found, data) if found and is_link else NOTHING

    def _after_comment(self, data: str, start: int) -> int:
        """Give the index after a comment; once one never ends, none that follows does."""
        memo = self.dialect.inlines.memo
        end = -1 if "endless" in memo else comment_end(data, start)
        if end < 0:
            memo["endless"] = True
        return end if end > 0 else start + 1
