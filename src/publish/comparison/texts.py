"""Two texts compared by paragraph, and within a paragraph by word. Where lines end is of no account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from publish.agreement import Passage
from publish.comparison.model import Change, Fate

# A hyphen at a line's end may be the author's or the line's: it says nothing.
_UNTOLD = re.compile(r"[\s\u00ad\u2010\u2011-]+")
_WORDS = re.compile(r"\S+\s*")
_ALIKE = 0.5
"""How much of their words two paragraphs have in common that are one, changed."""


def changes(old: Sequence[Passage], new: Sequence[Passage]) -> list[Change]:
    """Give the paragraphs that are not as they were, in the order of the new text."""
    was, now = ([_key(passage.text) for passage in passages] for passages in (old, new))
    found: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _aligned(old[i:j], new[k:m])
    return found


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    """Pair the paragraphs of two stretches that are alike, in order; the others are gone or new."""
    bags = [Counter(_WORDS.findall(passage.text)) for passage in new]
    done = 0
    for passage in old:
        here = Counter(_WORDS.findall(passage.text))
        best = max(range(done, len(new)), key=lambda n: (_likeness(here, bags[n]), -n), default=None)
        if best is None or _likeness(here, bags[best]) < _ALIKE:
            yield Change(passage, None, (("gone", passage.text),))
            continue
        yield from (Change(None, one, (("new", one.text),)) for one in new[done:best])
        yield Change(passage, new[best], words(passage.text, new[best].text))
        done = best + 1
    yield from (Change(None, one, (("new", one.text),)) for one in new[done:])


def words(old: str, new: str) -> tuple[tuple[Fate, str], ...]:
    """Give the runs of words of two texts, those of both once."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    was, now = ([_key(word) or word.strip() for word in side] for side in (a, b))
    found: list[tuple[Fate, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(b[k:m])))
            continue
        found += [("gone", "".join(a[i:j]))] * (i < j)
        found += [("new", "".join(b[k:m]))] * (k < m)
    return tuple(found)


def _key(text: str) -> str:
    return _UNTOLD.sub("", text)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)
