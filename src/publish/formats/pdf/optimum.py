"""Lines of a justified text broken with a view to those that follow, as TeX breaks them.

Whoever fills line after line leaves some of them nearly empty. Donald E. Knuth and Michael F. Plass, "Breaking
Paragraphs into Lines" (Software: Practice and Experience 11, 1981), choose all breaks of a paragraph together so that
the sum of what is wrong with its lines is least. Here that is done for each run of text without markup in it; the
engine still asks for one line at a time, and is given the first break of the best way through what is left.

What is chosen depends on the text, its style and the widths alone, so that a page that is made again, or begun in the
middle of a paragraph, has the same lines. Nothing is taken into account that goes over from line to line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from math import inf
from typing import NamedTuple

_STRETCH = 0.75  # of a space: what it may grow by before its line counts as loose
# How loose a line may be, without and with divided words, in TeX's badness: 100 is where its spaces have grown by as
# much as they may, and it rises with the cube of that.
_WHOLE, _DIVIDED = 100.0, 2000.0
_MOST = 1.5  # of the room: longer is no line, however much its spaces shrink
_KEPT = 4  # texts that are known: between two lines of one, its notes may be set
_PENALTY = 160.0  # for a divided word, in the same
_AT_ONCE = 2000  # boxes: what lies beyond is looked at first, so that a long text does not call too deep

# A line may end behind a space before a letter, a figure, or what opens a quotation or a bracket.
_PIECES = re.compile("[^ ]*(?: +(?![\\w“‘«„(\\[])[^ ]*)* *")


class Face(NamedTuple):
    """What is known of a style: how wide a text is, a space and a hyphen, by how much a space may shrink (px), and
    behind how many letters a word may be divided, each with the width of what stands before. To ``learn`` words first
    makes it cheaper to ask for them one by one. ``hangs`` says by how much a word stands out of a line that it begins,
    and of one that it ends; a hyphen is no wider than what of it does not.
    """

    width: Callable[[str], float]
    space: float
    hyphen: float
    shrink: float
    parts: Callable[[str], Sequence[tuple[int, float]]]
    learn: Callable[[Iterable[str]], object] = tuple
    hangs: Callable[[str], tuple[float, float]] = lambda word: (0.0, 0.0)


class Break(NamedTuple):
    """Where a line ends in the text, and whether a word is divided there."""

    end: int
    divided: bool


class _Box(NamedTuple):
    """A word or a part of one: where it ends (with the spaces behind it), its width, what it is followed by, and by
    how much it stands out of a line that it begins or ends.
    """

    end: int
    width: float
    spaced: bool
    divided: bool
    before: float = 0.0
    behind: float = 0.0


class Planner:
    """Gives one line after the other. A text that was looked at a while ago is known with all that it ends with."""

    def __init__(self) -> None:
        self._plans: list[_Plan] = []

    def first_break(self, text: str, face: Face, first: float, measure: float) -> Break | None:
        """Give where the first line of a text ends; ``None`` where it is left to whoever asks.

        ``first`` is the room on the line, ``measure`` that on the lines that follow (px).
        """
        for plan in self._plans:
            if plan.face is face and plan.measure == measure and plan.text.endswith(text):
                break
        else:
            plan = _Plan(text, face, measure)
            self._plans = [plan, *self._plans[: _KEPT - 1]]
        return plan.first_break(len(plan.text) - len(text), first)


class _Plan:
    """The ways through a text, from any place in it to its end."""

    def __init__(self, text: str, face: Face, measure: float) -> None:
        self.text, self.face, self.measure = text, face, measure
        self._words = _words(text, face)
        self._ends = [word.end for word in self._words]
        self._whole = _Ways(self._words, face, measure, _WHOLE)
        self._divided: tuple[_Ways, list[int]] | None = None

    def first_break(self, begin: int, room: float) -> Break | None:
        """Give where the line ends that begins behind so many characters; ``None`` when there is no good way."""
        at = bisect_right(self._ends, begin)
        before = None
        if begin and self._ends[at - 1] != begin:  # in the middle of a word
            rest = self.text[begin : self._ends[at]]
            before = _Box(self._ends[at], self.face.width(rest.rstrip(" ")), self._words[at].spaced, False)
            at += 1
        ways = self._whole
        end = ways.line(before, at, room)
        if not end:
            ways, starts = self._in_parts
            end = ways.line(before, starts[at], room)
        if not end or end == len(ways.boxes):
            return None
        return Break(ways.boxes[end - 1].end - begin, ways.boxes[end - 1].divided)

    @property
    def _in_parts(self) -> tuple[_Ways, list[int]]:
        """The ways on which words are divided, and at which box each word begins."""
        if self._divided is None:
            texts = _texts(self.text, self._words)
            words = [list(_parts(word, text, self.face)) for word, text in zip(self._words, texts, strict=True)]
            starts = [0, *accumulate(map(len, words))]
            boxes = [part for word in words for part in word]
            self._divided = _Ways(boxes, self.face, self.measure, _DIVIDED), starts
        return self._divided


def _words(text: str, face: Face) -> list[_Box]:
    """Give the words of a text with what hangs on them, such as a dash: a line may end behind each."""
    pieces = [
        (found.end(), found[0].rstrip(" "), found[0].endswith(" ")) for found in _PIECES.finditer(text) if found[0]
    ]
    face.learn(word for _, word, _ in pieces)
    return [_Box(end, face.width(word), spaced, False, *face.hangs(word)) for end, word, spaced in pieces]


def _texts(text: str, boxes: list[_Box]) -> Iterator[str]:
    begin = 0
    for box in boxes:
        yield text[begin : box.end]
        begin = box.end


def _parts(box: _Box, word: str, face: Face) -> Iterator[_Box]:
    """Give the parts of a word between which it may be divided."""
    begin, before = box.end - len(word), 0.0
    for at, width in face.parts(word.rstrip(" ")):
        yield _Box(begin + at, width - before, False, True, 0.0 if before else box.before)
        before = width
    yield box._replace(width=box.width - before, before=0.0) if before else box


class _Ways:
    """For every box the way to the end, with the fewest demerits, of which a line begins with that box.

    It is looked for from the end, so that what comes before makes no difference.
    """

    def __init__(self, boxes: list[_Box], face: Face, measure: float, tolerance: float) -> None:
        self.boxes = boxes
        self._face, self._tolerance = face, tolerance
        self._reach = [0.0, *accumulate(box.width + face.space * box.spaced for box in boxes)]
        self._spaces = [0, *accumulate(box.spaced for box in boxes)]
        # What a line that ends with a box reaches, and how many spaces there are before it.
        tails = [(face.hyphen if box.divided else -box.behind) - (face.space if box.spaced else 0.0) for box in boxes]
        tails[-1] += boxes[-1].behind  # the last line of a text is not full, or goes on with another
        self._reached = [0.0, *(reach + tail for reach, tail in zip(self._reach[1:], tails, strict=True))]
        self._gaps = [0, *(count - box.spaced for count, box in zip(self._spaces[1:], boxes, strict=True))]
        self._penalties = [0.0, *(_PENALTY**2 if box.divided else 0.0 for box in boxes)]
        self._measure = measure
        self._best: list[float | None] = [None] * len(boxes) + [0.0]
        for start in range(len(boxes) - _AT_ONCE, 0, -_AT_ONCE):
            self._from(start)

    def line(self, before: _Box | None, start: int, room: float) -> int:
        """Give behind which box a line ends that begins with a box, on the best way (0: there is none).

        ``before`` stands before that box on the line, if anything does; ``room`` is the room on the line.
        """
        given, spaces = self._reach[start], self._spaces[start]
        if before:
            given -= before.width + self._face.space * before.spaced
            spaces -= before.spaced
        return self._line(given, spaces, start, room)[1]

    def _from(self, start: int) -> float:
        """Give the demerits of the best way that begins with a box: few boxes are ever looked at, and each once."""
        best = self._best[start]
        if best is None:
            given = self._reach[start] + self.boxes[start].before
            best = self._best[start] = self._line(given, self._spaces[start], start, self._measure)[0]
        return best

    def _line(self, given: float, spaces: int, start: int, room: float) -> tuple[float, int]:
        """Give the demerits of the best way, and where its first line ends, which begins at ``given``."""
        reached, tolerance = self._reached, self._tolerance
        count = len(self.boxes)
        # What is left for the last line stands there as it is: its spaces neither grow nor shrink.
        if (reached[count] if start < count else given) - given <= room:
            return 1.0, count
        shrink, stretch = self._face.shrink, self._face.space * _STRETCH
        best, chosen = inf, 0
        for end in range(min(bisect_right(reached, given + _MOST * room), count - 1), start, -1):
            slack = room - (reached[end] - given)
            gaps = self._gaps[end] - spaces
            if slack < -gaps * shrink:
                continue
            give = gaps * (stretch if slack >= 0 else shrink)
            part = slack / give if give > 0 else inf if slack else 0.0
            wrong = 100 * abs(part * part * part)
            if wrong > tolerance:
                if slack > 0:
                    break  # what ends sooner is looser still
                continue
            demerits = self._from(end) + (1 + wrong) ** 2 + self._penalties[end]
            if demerits <= best and demerits < inf:
                best, chosen = demerits, end
        return best, chosen
