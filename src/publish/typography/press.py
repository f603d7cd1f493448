"""What a line breaker must be told on paper: where words of Korean, ranges of numbers and addresses may break, and that
the number of a note stays with its word. How a paragraph ends is told in ``endings``.

It is told by characters that have no width and no ink (U+2060 WORD JOINER, U+200B ZERO WIDTH SPACE). They are for print
alone: an EPUB's reading system breaks lines by the rules of CSS, and its words are searched and copied as they stand;
in an address it is told by a tag (``address_pieces``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import is_
from typing import Any, TypeVar, cast

from publish.document import Cell, Division, Inline, Inlines, Node, NoteCall, Paragraph, Publication, Section
from publish.places import holders
from publish.typography.endings import ended
from publish.typography.passage import with_changes

T = TypeVar("T", bound=Node)

JOINER = "\u2060"
BREAK = "\u200b"

_HANGUL = "\uac00-\ud7a3"
# Between Hangul and whatever stands close to it, but for signs behind which a line may end in Korean, too.
_KOREAN = re.compile(rf"(?<=[{_HANGUL}])(?=[^\s\-–—/…{JOINER}])|(?<=[^\s\-–—/·…,.{JOINER}])(?=[{_HANGUL}])")
_HANGUL_LETTER = re.compile(f"[{_HANGUL}]")
_RANGE = re.compile(r"(?<=\d–)(?=\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+")
# The Chicago Manual of Style (17th edition), 7.46: behind a double slash, before a slash and before other signs; no
# line ends with a hyphen of the address.
_IN_ADDRESS = re.compile(r"(?<=://)(?=\w)|(?<=\w)(?=[/.?#=&_~%-][\w%])")
_BEHIND_HYPHEN = re.compile(r"(?<=-)(?=\w)")


def set_for_press(publication: Publication) -> Publication:
    """Give a publication with its line breaks told. Titles, which are bookmarks too, and cells of tables stay."""
    return replace(publication, divisions=tuple(_node(division) for division in publication.divisions))


def address_pieces(text: str) -> list[str]:
    """Give the pieces of a web address between which a line may end."""
    return _IN_ADDRESS.sub(BREAK, text).split(BREAK)


def bare(text: str) -> str:
    """Give a text without what ``set_for_press`` has told its lines."""
    return text.replace(JOINER, "").replace(BREAK, "")


def _node(node: T) -> T:
    if isinstance(node, Cell):
        return node
    changes: dict[str, Any] = {}
    for name, inline in holders(type(node)):
        value = getattr(node, name)
        if not value or (name == "title" and isinstance(node, Division | Section)):
            continue
        new = _set(value, ends=isinstance(node, Paragraph)) if inline else tuple(_node(one) for one in value)
        if not all(map(is_, value, new)):
            changes[name] = new
    return with_changes(node, changes) if changes else node


def _set(content: Inlines, *, ends: bool) -> Inlines:
    made = _Line().content(content)
    return ended(made) if ends else made


class _Line:
    """Inline content set from its beginning; it remembers the last letter, since words go on from node to node."""

    def __init__(self) -> None:
        self._last = " "

    def content(self, content: Inlines) -> Inlines:
        out: list[Inline] = []
        for item in content:
            if isinstance(item, str):
                out.append(self._string(item))
            elif "content" in item.__dataclass_fields__:
                node = cast("Any", item)
                inside = self.content(node.content)
                out.append(item if inside is node.content else with_changes(node, {"content": inside}))
            else:
                if isinstance(item, NoteCall) and out and isinstance(out[-1], str) and not out[-1][-1:].isspace():
                    out[-1] = out[-1].rstrip(JOINER) + JOINER
                self._last = " "
                out.append(item)
        return content if all(map(is_, content, out)) else tuple(out)

    def _string(self, text: str) -> str:
        """Set a string; one in which nothing changes is given back itself."""
        if not text:
            return text
        made = _KOREAN.sub(JOINER, self._last + text)[1:] if _HANGUL_LETTER.search(text) else text
        self._last = text[-1]
        if "–" in made:
            made = _RANGE.sub(JOINER, made)
        if "://" in made or "www." in made:
            made = _ADDRESS.sub(_broken, made)
        return text if made == text else made


def _broken(address: re.Match[str]) -> str:
    return _BEHIND_HYPHEN.sub(JOINER, _IN_ADDRESS.sub(BREAK, address[0]))
