"""Spaces at which no line may break, and those that a language sets before signs of punctuation and inside « »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.typography.passage import OBJECT, Edit
from publish.typography.rules import NO_BREAK, Rules

_SIGNS = re.compile("[;:!?«»‹›]")
# What may stand right before a sign that gets a space, and what must stand behind it: no address, time or smiley.
_BEFORE = f")]»›”’\"'%€…{OBJECT}"
_BEHIND_CALL = re.compile(r"[!?]+(?=[\s)\]}»›”’\"'…,.;:]|\Z)")
_BEHIND_STOP = re.compile(r"[;:](?=[\s\"»›”’]|\Z)")


def spaces(text: str, rules: Rules) -> Iterator[Edit]:
    """Give the changes that make a text's spaces those that its language wants. What is typed with no break stays."""
    for pattern in rules.held:
        for held in pattern.finditer(text):
            space = text.index(" ", held.start())
            yield Edit(space, space + 1, NO_BREAK)
    if rules.before or rules.padding:
        for sign in _SIGNS.finditer(text):
            if sign[0] in "«‹":
                yield from _inside(text, sign.start(), rules.padding)
            elif sign[0] in "»›":
                yield from _before(text, sign.start(), rules.padding)
            elif sign[0] in rules.before and _counts(text, sign.start()):
                yield from _before(text, sign.start(), rules.before[sign[0]])


def _counts(text: str, at: int) -> bool:
    """Whether a sign ends a part of a sentence."""
    pattern = _BEHIND_CALL if text[at] in "!?" else _BEHIND_STOP
    before = text[at - 1 : at]
    word = before == " " or before.isalnum() or (before != "" and before in _BEFORE)
    return word and pattern.match(text, at) is not None


def _before(text: str, at: int, space: str) -> Iterator[Edit]:
    """Set the space before a sign: in the place of a plain one, or where none was typed."""
    if not space or at == 0:
        return
    if text[at - 1] == " ":
        if at > 1 and not text[at - 2].isspace() and text[at - 2] not in "«‹":
            yield Edit(at - 1, at, space)
    elif not text[at - 1].isspace() and text[at - 1] not in "«‹":
        yield Edit(at, at + 1, space + text[at])


def _inside(text: str, at: int, space: str) -> Iterator[Edit]:
    """Set the space behind a mark that opens."""
    behind = text[at + 1 : at + 2]
    if not space or not behind:
        return
    if behind == " ":
        yield Edit(at + 1, at + 2, space)
    elif not behind.isspace() and behind not in "»›":
        yield Edit(at, at + 1, text[at] + space)
