"""Which way each straight quote of a text turns: what opens, what closes, what is an apostrophe or a prime.

A mark is judged by what stands before and behind it and by the quotes that are still open, from left to right.
What cannot be judged stays straight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from publish.records import dataclass
from publish.typography.passage import HEBREW, Edit, is_eastern, is_hebrew
from publish.typography.rules import Pair, Rules

_STRAIGHT = re.compile("[\"']")
_GERSHAYIM = re.compile(f'[{HEBREW}]"[{HEBREW}](?![{HEBREW}])')
_YEAR = re.compile(r"'\d\d(?!\d)(?!')")
_FEET = re.compile(r"\d['′] ?\d+(?:[.,]\d+)?\Z")
_MINUTES = re.compile(r"'\d{1,2}(?!\d)")
_QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』"
_OPENS = "([{<¿¡"
_OPENING_QUOTES = "“„‘‚«‹「『"
_BETWEEN = "-–—/|=·"
_CLOSES = ".,;:!?)]}>…%。、，！？；：）」』】》〉"
_EDGE = "\n"
_NONE = Pair("", "")


class Role(Enum):
    """What a straight quote turns out to be."""

    LEFT = auto()
    OPENS = auto()
    CLOSES = auto()
    APOSTROPHE = auto()
    PRIME = auto()


_FIXED = {
    (Role.APOSTROPHE, "'"): "’",
    (Role.PRIME, "'"): "′",
    (Role.PRIME, '"'): "″",
}


@dataclass(slots=True)
class Mark:
    """A straight quote: where it stands, what it was judged to be, and the pair that it belongs to.

    ``partner`` says that what it opens is closed, or that it closes what was opened.
    """

    at: int
    glyph: str
    role: Role = Role.LEFT
    pair: Pair = _NONE
    partner: bool = False

    @property
    def set(self) -> str:
        """The mark as it is set."""
        if self.role is Role.OPENS:
            return self.pair.opening
        if self.role is Role.CLOSES:
            return self.pair.closing
        return _FIXED.get((self.role, self.glyph), self.glyph)


def quotes(text: str, rules: Rules) -> Iterator[Edit]:
    """Give the changes that turn a text's straight quotes."""
    if rules.double is None or ("'" not in text and '"' not in text):
        return
    marks = Judgement(text, rules).marks
    if rules.only_pairs and not all(mark.partner for mark in marks if mark.role in {Role.OPENS, Role.CLOSES}):
        return
    for mark in marks:
        if mark.set != mark.glyph:
            yield Edit(mark.at, mark.at + 1, mark.set)


class Judgement:
    """The straight quotes of a text, each judged. ``marks`` are all of them, in order."""

    def __init__(self, text: str, rules: Rules) -> None:
        self._text, self._rules = text, rules
        self._open: list[Mark] = []
        self._opened = {"'": 0, '"': 0}
        self._first = len(text) - len(text.lstrip(_QUOTES))
        self.marks = [Mark(found.start(), found[0]) for found in _STRAIGHT.finditer(text)]
        self._behind = self._all_behind()
        self._next = self._all_next()
        for number, mark in enumerate(self.marks):
            judge = self._double if mark.glyph == '"' else self._single
            judge(number, mark, self._before(number), self._behind[mark.at])
        for mark in self._open:
            self._never_closed(mark)

    # --- what stands around a mark ---------------------------------------------------------------------------------

    def _before(self, number: int) -> str:
        """Give the character before a mark; a quote that was judged already as an opening one or as a letter."""
        at = self.marks[number].at
        if at == 0:
            return _EDGE
        if number and self.marks[number - 1].at == at - 1:
            role = self.marks[number - 1].role
            return {Role.OPENS: "(", Role.LEFT: " ", Role.CLOSES: "."}.get(role, "x")
        return self._text[at - 1]

    def _all_behind(self) -> dict[int, str]:
        """Give for the place of each mark the first character behind it that is no quote itself."""
        text, behind = self._text, dict[int, str]()
        for mark in reversed(self.marks):
            at = mark.at + 1
            while at < len(text) and text[at] in _QUOTES and at not in behind:
                at += 1
            behind[mark.at] = behind.get(at) or (text[at] if at < len(text) else _EDGE)
        return behind

    def _all_next(self) -> list[Mark | None]:
        """Give for each mark the next one of its kind."""
        following: list[Mark | None] = []
        nearest: dict[str, Mark] = {}
        for mark in reversed(self.marks):
            following.append(nearest.get(mark.glyph))
            nearest[mark.glyph] = mark
        return following[::-1]

    def _opening(self, character: str) -> bool:
        """Whether nothing can be closed right behind a character."""
        if character in _OPENING_QUOTES:
            # “ opens in English and closes in German.
            pairs = (self._rules.double or _NONE, self._rules.inner, self._rules.single)
            return not any(character == pair.closing for pair in pairs)
        return character.isspace() or character in _OPENS

    def _is_open(self, glyph: str) -> bool:
        return self._opened[glyph] > 0

    def _closes_later(self, number: int) -> bool:
        """Whether the next mark of the same kind can only close: then this one need not."""
        mark = self._next[number]
        if mark is None:
            return False
        before, behind = self._text[mark.at - 1], self._behind[mark.at]
        free = behind.isspace() or behind in _CLOSES
        return free and not before.isspace() and not before.isdigit() and before not in _OPENS

    # --- judging ---------------------------------------------------------------------------------------------------

    def _double(self, number: int, mark: Mark, before: str, behind: str) -> None:
        closes, opens = self._ways(before, behind)
        is_open = self._is_open('"')
        if _GERSHAYIM.match(self._text, mark.at - 1):
            return
        if closes and before.isdigit() and self._is_measure(number, mark.at, opens=opens, is_open=is_open):
            mark.role = Role.PRIME
        elif closes and (not opens or (is_open and not self._opens_again(before, behind))):
            self._close(mark)
        elif opens:
            self._begin(mark)
        elif self._rules.padding and before.isspace() and behind.isspace():
            self._between_spaces(number, mark)

    def _ways(self, before: str, behind: str) -> tuple[bool, bool]:
        """Say whether a quote between two characters can close, and whether it can open."""
        closes = not self._opening(before)
        opens = not behind.isspace() and not (behind in _CLOSES and closes)
        return closes, opens

    @staticmethod
    def _opens_again(before: str, behind: str) -> bool:
        return before in _BETWEEN and (behind.isalnum() or behind in _OPENS)

    def _is_measure(self, number: int, at: int, *, opens: bool, is_open: bool) -> bool:
        """Whether a double quote behind a digit means inches or seconds: 6" and 5'10", not "Catch 22"."""
        if is_open:
            return self._closes_later(number)
        return not opens or bool(_FEET.search(self._text[max(0, at - 12) : at])) or self._text[at + 1].isalpha()

    def _between_spaces(self, number: int, mark: Mark) -> None:
        """Judge a quote that stands alone, as in French it may: " mot "."""
        if self._is_open('"'):
            self._close(mark)
        elif self._next[number] is not None:
            self._begin(mark)

    def _single(self, number: int, mark: Mark, before: str, behind: str) -> None:
        closes, opens = self._ways(before, behind)
        nearest = bool(self._open) and self._open[-1].glyph == "'"
        if self._is_geresh(mark.at, before):
            return
        if self._is_apostrophe(number, mark, before):
            mark.role = Role.APOSTROPHE
        elif before.isdigit() and closes and not nearest:
            mark.role = Role.PRIME
        elif closes and (not opens or (nearest and not self._opens_again(before, behind))):
            if nearest:
                self._close(mark)
            else:
                mark.role = Role.APOSTROPHE
        elif opens:
            self._begin(mark)

    def _is_geresh(self, at: int, before: str) -> bool:
        return is_hebrew(before) and not self._is_open("'") and at > 0

    def _is_apostrophe(self, number: int, mark: Mark, before: str) -> bool:
        """Whether a single quote is an apostrophe for certain: don't, O'Neill, '68, 'tis, rock 'n' roll."""
        text, at = self._text, mark.at
        behind = text[at + 1 : at + 2] or _EDGE
        if _is_word(before):
            if before.isdigit() and behind.isdigit():
                return not _MINUTES.match(text, at)
            after_n = number > 0 and text[at - 2 : at].lower() == "'n" and self._rules.elision.match(text, at - 2)
            if after_n and self.marks[number - 1].role is Role.APOSTROPHE:
                return True
            return _is_word(behind) and not is_eastern(before) and not is_eastern(behind)
        if self._rules.elision.match(text, at):
            return True
        return bool(_YEAR.match(text, at)) and not self._closes_later(number)

    # --- what is open ----------------------------------------------------------------------------------------------

    def _begin(self, mark: Mark) -> None:
        mark.role, mark.pair = Role.OPENS, self._pair(mark.glyph)
        self._open.append(mark)
        self._opened[mark.glyph] += 1

    def _pair(self, glyph: str) -> Pair:
        """Give the pair for a quote that opens now: the one that its kind asks for, or the other right inside it."""
        outer = self._rules.double or _NONE
        if glyph == '"':
            usual, other = outer, self._rules.inner
        else:
            usual, other = self._rules.inner if self._is_open('"') else self._rules.single, outer
        return other if self._open and self._open[-1].pair == usual else usual

    def _close(self, mark: Mark) -> None:
        """Close the nearest open quote of a kind; what was opened inside it and never closed was none."""
        mark.role, mark.pair = Role.CLOSES, self._rules.double or _NONE
        if not self._is_open(mark.glyph):
            return
        while (last := self._pop()).glyph != mark.glyph:
            self._never_closed(last)
        mark.pair, mark.partner, last.partner = last.pair, True, True

    def _pop(self) -> Mark:
        last = self._open.pop()
        self._opened[last.glyph] -= 1
        return last

    def _never_closed(self, mark: Mark) -> None:
        """Judge a quote that opened and was not closed: a paragraph of a longer quotation, or an apostrophe."""
        begins = mark.at < self._first and self._behind[mark.at].isupper()
        if mark.glyph == "'" and not begins:
            mark.role = Role.APOSTROPHE


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "\ufffc"
