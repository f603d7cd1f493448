"""How a paragraph may end on paper: not with a line of a few letters, and not with the second half of a word.

The Chicago Manual of Style (17th edition), 2.113: the last line of a paragraph holds at least four letters. A line
shorter than the next paragraph's indent looks like a line of white. U+2060 (WORD JOINER) behind a space keeps a line
from ending there; the space stays a space. One behind the last letter says to the layout that no word comes after it.
"""

from __future__ import annotations

from typing import Any, cast

from publish.document import Code, Inline, Inlines, Math, NoteCall
from publish.typography.passage import is_eastern, with_changes

_JOINER = "\u2060"
_NO_WIDTH = "\u2060\u200b"
_LEAST = 6  # characters that a last line has, with the mark at its end


def ended(content: Inlines) -> Inlines:
    """Give the content of a paragraph with its end told."""
    made, _ = _tail(content, _LEAST)
    return _marked(made)


def _tail(content: Inlines, lacking: int) -> tuple[Inlines, int]:
    """Keep the last words together until there are enough of them; give how many characters are still lacking."""
    out: list[Inline] = list(content)
    for index in range(len(out) - 1, -1, -1):
        item = out[index]
        if isinstance(item, str):
            out[index], lacking = _glued(item, lacking)
        elif "content" in item.__dataclass_fields__:
            node = cast("Any", item)
            inside, lacking = _tail(node.content, lacking)
            out[index] = with_changes(node, {"content": inside})
        elif isinstance(item, Code) or (isinstance(item, Math) and not item.display):
            # A command of TeX counts for more than it shows.
            lacking -= _width(item.text if isinstance(item, Code) else item.tex)
        elif not isinstance(item, NoteCall):  # a picture, the end of a line
            lacking = 0
        if lacking <= 0:
            break
    return tuple(out), lacking


def _glued(text: str, lacking: int) -> tuple[str, int]:
    end = len(text)
    while lacking > 0:
        space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
        lacking -= _width(text[space + 1 : end])
        if space < 0 or lacking <= 0:
            break
        text = f"{text[: space + 1]}{_JOINER}{text[space + 1 :]}"
        lacking, end = lacking - 1, space
    return text, lacking


def _width(word: str) -> int:
    """Give how many letters' room a word takes; one of Korean, Chinese or Japanese is as wide as two."""
    return sum(0 if letter in _NO_WIDTH else 2 if is_eastern(letter) else 1 for letter in word)


def _marked(content: Inlines) -> Inlines:
    """Mark the last word, also where a note is called behind it."""
    for index in range(len(content) - 1, -1, -1):
        item = content[index]
        if isinstance(item, NoteCall):
            continue
        if isinstance(item, str):
            marked: Inline = item if item.endswith(_JOINER) or not item.strip() else item + _JOINER
        elif "content" in item.__dataclass_fields__:
            marked = with_changes(cast("Any", item), {"content": _marked(cast("Any", item).content)})
        else:
            break
        return (*content[:index], marked, *content[index + 1 :])
    return content
