"""What square brackets mean: a link, a picture, a note, a span of words, or nothing.

All brackets of a string are judged in one pass, inner before outer, because a link holds no link. Text between
brackets that mean nothing stays as typed.
"""

from __future__ import annotations

import re
from enum import Enum

from publish.reader import attributes
from publish.reader.attributes import Attributes, literal
from publish.reader.reading import Reading, reference_label
from publish.reader.text import Text
from publish.records import dataclass

_BRACKET = re.compile(r"[\[\]]")
_LABEL = re.compile(r"\[\^([^\s\[\]^]+)\]")
_ANGLE = re.compile(r"<((?:[^<>\\\n]|\\.)*)>")
_TITLE = re.compile(r"""\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))(?=\s*\))""", re.DOTALL)
_SPACES = re.compile(r"[ \t]*\n?[ \t]*")
# A target with spaces in it, as people do name their pictures; pandoc takes it too.
_LOOSE = re.compile(r"""[^()<>"\n]{1,1000}""")
_LOOKS_LIKE_A_PATH = re.compile(r"[./#]")
_DEEPEST = 32
_PLAIN_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]", re.DOTALL)


class Kind(Enum):
    """What a pair of brackets is."""

    LINK = "link"
    IMAGE = "image"
    CALL = "call"
    NOTE = "note"
    SPAN = "span"


@dataclass(frozen=True)
class Bracket:
    """A pair of brackets that means something; all numbers are indices in the string that was judged.

    ``start`` and ``end`` enclose the whole mark, ``inside`` what stands between the brackets.
    """

    kind: Kind
    start: int
    end: int
    inside: tuple[int, int]
    target: str = ""
    title: str = ""
    label: str = ""
    attributes: Attributes = attributes.NONE


class Brackets:
    """The brackets of one string, by the index at which each mark starts."""

    def __init__(self, data: str, base: int, text: Text, reading: Reading) -> None:
        self._data = data
        self._raw = text.raw[base : base + len(data)]
        self._text, self._base, self._reading = text, base, reading
        self._found: dict[int, Bracket] = {}
        self._plain: dict[int, int] = {}
        self._last_link = -1
        self._judge()

    def at(self, start: int, *kinds: Kind) -> Bracket | None:
        """Give the bracket whose mark starts at an index, if it is of one of these kinds."""
        bracket = self._found.get(start)
        return bracket if bracket is not None and bracket.kind in kinds else None

    def plain(self, start: int) -> int | None:
        """Give where brackets close that open at an index and mean none of these things, or None."""
        return self._plain.get(start)

    def _judge(self) -> None:
        opened: list[int] = []
        for match in _BRACKET.finditer(self._data):
            if match[0] == "[":
                opened.append(match.start())
            elif opened:
                start = opened.pop()
                bracket = self._pair(start, match.start())
                if bracket is None:
                    self._plain[start] = match.start()
                else:
                    self._found[bracket.start] = bracket
                    if bracket.kind is Kind.LINK:
                        self._last_link = bracket.start

    def _pair(self, start: int, close: int) -> Bracket | None:
        data, inside = self._data, (start + 1, close)
        before = data[start - 1] if start else ""
        after = data[close + 1 : close + 2]
        if (label := _LABEL.match(self._raw, start)) and label.end() == close + 1:
            return Bracket(Kind.CALL, start, close + 1, inside, label=label[1])
        if before == "^":
            return Bracket(Kind.NOTE, start - 1, close + 1, inside)
        image = before == "!"
        if image or self._last_link < start:
            link = self._link(start, close, after, image)
            if link is not None:
                return link
        if after == "{" and not image:
            marks = self._attributes(close + 1)
            if marks is not None:
                return Bracket(Kind.SPAN, start, marks[1], inside, attributes=marks[0])
        return None

    def _link(self, start: int, close: int, after: str, image: bool) -> Bracket | None:
        found: tuple[str, str, int] | None = None
        if after == "(":
            found = destination(self._raw, close + 1)
        if found is None:
            found = self._by_label(start, close, after)
        if found is None:
            return None
        target, title, end = found
        marks = self._attributes(end) if self._data.startswith("{", end) else None
        kind, first = (Kind.IMAGE, start - 1) if image else (Kind.LINK, start)
        if marks is None:
            return Bracket(kind, first, end, (start + 1, close), target, title)
        return Bracket(kind, first, marks[1], (start + 1, close), target, title, attributes=marks[0])

    def _by_label(self, start: int, close: int, after: str) -> tuple[str, str, int] | None:
        """Find the target of ``[words][label]``, ``[label][]`` or ``[label]``, and where the mark ends."""
        references = self._reading.references
        if not references:
            return None
        end, label = close + 1, ""
        if after == "[" and (second := _PLAIN_LABEL.match(self._raw, close + 1)):
            end, label = second.end(), second[1]
        if not label.strip():
            label = self._raw[start + 1 : close]
        reference = references.get(reference_label(label)) if len(label) < 1000 else None
        return None if reference is None else (reference.target, reference.title, end)

    def _attributes(self, at: int) -> tuple[Attributes, int] | None:
        """Read attributes at an index; their own places are indices in the whole text."""
        place = self._base + at
        found = attributes.parse(self._text.raw, place)
        if found is not None:
            return found, found.end - self._base
        if attributes.looks_like(self._text.raw, place):
            self._reading.malformed(self._text.at(place))
        return None


def destination(raw: str, at: int) -> tuple[str, str, int] | None:
    """Read ``(target "title")`` at an index: the target, the title and the index after it, or None."""
    here = _skip(raw, at + 1)
    if angle := _ANGLE.match(raw, here):
        target, here = angle[1], angle.end()
    elif raw.startswith("<", here):
        return None
    else:
        end = _target_end(raw, here)
        target, here = raw[here:end], end
    found = _closing(raw, target, here)
    if found is None and (loose := _LOOSE.match(raw, _skip(raw, at + 1))) and _LOOKS_LIKE_A_PATH.search(loose[0]):
        target = loose[0].rstrip()
        found = _closing(raw, target, loose.start() + len(target))
    return found


def _closing(raw: str, target: str, here: int) -> tuple[str, str, int] | None:
    title = ""
    if quoted := _TITLE.match(raw, here):
        title, here = literal(" ".join(quoted[1][1:-1].split())), quoted.end()
    here = _skip(raw, here)
    return (literal(target), title, here + 1) if raw.startswith(")", here) else None


def _skip(raw: str, at: int) -> int:
    spaces = _SPACES.match(raw, at)
    return spaces.end() if spaces else at


def _target_end(raw: str, at: int) -> int:
    """Give the index at which a target ends that has no white space in it and whose parentheses are paired.

    Parentheses nest no deeper than CommonMark asks of every reader, so that a line of them takes no time.
    """
    depth, here = 0, at
    while here < len(raw) and depth <= _DEEPEST:
        character = raw[here]
        if character == "\\":
            here += 1
        elif character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                break
            depth -= 1
        elif character.isspace() or character < " ":
            break
        here += 1
    return min(here, len(raw))
