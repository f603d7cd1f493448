"""One passage of inline content as one string, changed there and put back where its pieces stood.

Quotes open in one node and close in another, so the words of a paragraph are set together. What must not be touched
(code, addresses, what an author marked with a backslash) is there only as something that stands between words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from operator import is_
from typing import Any, NamedTuple, TypeVar, cast

from publish.document import Code, Inline, InlineHtml, Inlines, LineBreak, Link, Node, NoteCall
from publish.records import dataclass
from publish.typography.rules import Rules, rules

T = TypeVar("T")
OBJECT = "\ufffc"
"""What stands for characters that are not to be touched (U+FFFC, the object replacement character)."""

# Between letters ' is an apostrophe; but not in Korean, Chinese and Japanese, where words follow a closing quote with
# no space between, nor in Hebrew, where ' and " are a geresh and a gershayim.
# Kept as numbers: to compile a pattern of such ranges takes milliseconds of every start.
_EASTERN = (
    (0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)  # fmt: skip
HEBREW = "\u0590-\u05ff"
_BETWEEN_LETTERS = re.compile(r"'(?<=([^\W\d_])')(?=([^\W\d_]))")

_CODE = frozenset({"code", "kbd", "samp", "var", "pre"})
_FOREIGN = str.maketrans({'"': OBJECT, "'": OBJECT})


class Edit(NamedTuple):
    """A change: what stands from ``start`` up to ``end`` becomes ``new``."""

    start: int
    end: int
    new: str


@dataclass(slots=True)
class _Part:
    """A piece of text set by one language's rules (None: not to be touched). ``string`` counts the passage's strings.

    What is no string of the tree, such as code, has the number -1.
    """

    text: str
    rules: Rules | None
    string: int


class Passage:
    """Inline content, taken apart; ``as_typed`` is the content itself.

    ``untouched`` gives the indices of a string's characters that stay as they are. ``languages`` are the rules that
    some part of it is set by.
    """

    def __init__(self, content: Inlines, own: Rules, untouched: Callable[[int], Iterable[int]] | None = None) -> None:
        self.as_typed, self._untouched = content, untouched
        self._parts: list[_Part] = []
        self._strings = 0
        self._changed = False
        self.languages: list[Rules] = []
        self._take(content, own)

    def _take(self, content: Inlines, own: Rules | None) -> None:
        if own is not None and own not in self.languages:
            self.languages.append(own)
        for item in content:
            if isinstance(item, str):
                self._take_string(item, own)
            elif isinstance(item, LineBreak):
                self._parts.append(_Part("\n", None, -1))
            elif isinstance(item, NoteCall):
                continue  # the number of a note stands beside the words and parts nothing
            elif _holds_words(item):
                inside = cast("Any", item).content
                self._take(inside, None if own is None or is_code(item) else _rules_of(item, own))
            else:
                self._parts.append(_Part(OBJECT, None, -1))

    def _take_string(self, text: str, own: Rules | None) -> None:
        number, done = self._strings, 0
        self._strings += 1
        for index in self._untouched(number) if self._untouched and own else ():
            self._parts += [_Part(text[done:index], own, number), _Part(text[index], None, number)]
            done = index + 1
        self._parts.append(_Part(text[done:], own, number))

    def seen_by(self, own: Rules) -> str:
        """Give the passage as one language's rules see it: foreign quotes and untouchable characters are objects."""
        return "".join([part.text if part.rules is own else _veiled(part) for part in self._parts])

    def change(self, edits: list[Edit], own: Rules) -> bool:
        """Make changes in the parts that are set by some rules; say whether any was made."""
        if not edits:
            return False
        starts = list(accumulate([len(part.text) for part in self._parts], initial=0))
        new: dict[int, list[Edit]] = {}
        for edit in edits:
            place = bisect_right(starts, edit.start) - 1
            if edit.end <= starts[place + 1] and self._parts[place].rules is own:
                new.setdefault(place, []).append(Edit(edit.start - starts[place], edit.end - starts[place], edit.new))
        for place, changes in new.items():
            self._parts[place].text = changed(self._parts[place].text, changes)
        self._changed = self._changed or bool(new)
        return bool(new)

    def content(self) -> Inlines:
        """Give the content with its strings as they are now; nodes in which nothing changed stay the same objects."""
        if not self._changed:
            return self.as_typed
        strings = [""] * self._strings
        for part in self._parts:
            if part.string >= 0:
                strings[part.string] += part.text
        return _put_back(self.as_typed, iter(strings))


def _holds_words(item: Node) -> bool:
    return "content" in item.__dataclass_fields__


def glance(content: Inlines, own: Rules) -> tuple[Inlines, bool]:
    """Set the apostrophes that stand between letters, and say whether there may be more to set.

    This is all that most passages need, and costs little.
    """
    new: list[Inline] = []
    concern, more = own.trigger.search, False
    for index, item in enumerate(content):
        if isinstance(item, str):
            text = apostrophes(item)
            more = more or concern(text) is not None
            if text != item:
                new = new or list(content)
                new[index] = text
        elif _holds_words(item) and not is_code(item):
            node = cast("Any", item)
            words, busy = glance(node.content, own)
            more = more or busy or bool(node.language)
            if words is not node.content:
                new = new or list(content)
                new[index] = with_changes(node, {"content": words})
    return (tuple(new) if new else content), more


def changed(text: str, edits: list[Edit]) -> str:
    """Make changes in a text; of two that overlap only the first."""
    if not edits:
        return text
    out: list[str] = []
    done = 0
    for start, end, new in sorted(edits):
        if start >= done:
            out += text[done:start], new
            done = end
    return "".join(out) + text[done:]


def _rules_of(node: Node | str, own: Rules) -> Rules:
    language = node.language if isinstance(node, Node) else ""
    return rules(language) if language else own


def apostrophes(text: str) -> str:
    """Set the apostrophes that stand between letters: no quotation mark can."""
    return _BETWEEN_LETTERS.sub(_apostrophe, text) if "'" in text else text


def _apostrophe(found: re.Match[str]) -> str:
    return "'" if any(is_eastern(letter) or is_hebrew(letter) for letter in found.groups()) else "’"


def is_eastern(letter: str) -> bool:
    """Whether a character is one of Korean, Chinese or Japanese."""
    return letter > "\u10ff" and any(first <= ord(letter) <= last for first, last in _EASTERN)


def is_hebrew(letter: str) -> bool:
    """Whether a character is one of Hebrew."""
    return "\u0590" <= letter <= "\u05ff"


def with_changes(node: T, changes: Mapping[str, Any]) -> T:
    """Give a node with some fields changed: what ``dataclasses.replace`` does, in a third of its time."""
    return type(node)(**{**vars(node), **changes})


def _veiled(part: _Part) -> str:
    """Give a part as those see it who do not set it: foreign words without their quotes, or nothing but its length."""
    if part.text == "\n":
        return part.text
    return OBJECT * len(part.text) if part.rules is None else part.text.translate(_FOREIGN)


def is_code(item: Inline) -> bool:
    """Whether a node's words are kept to the letter: code, keys, and addresses shown as they are."""
    if isinstance(item, InlineHtml):
        return item.tag in _CODE
    if isinstance(item, Link) and len(item.content) == 1 and isinstance(item.content[0], str):
        words = item.content[0]
        address = words in item.target or "://" in words or words.startswith("www.")
        return address and not any(character.isspace() for character in words)
    return isinstance(item, Code)


def _put_back(content: Inlines, strings: Iterator[str]) -> Inlines:
    out: list[Inline] = []
    for item in content:
        if isinstance(item, str):
            new = next(strings)
            out.append(item if new == item else new)
        elif _holds_words(item):
            node = cast("Any", item)
            words = _put_back(node.content, strings)
            out.append(item if words is node.content else with_changes(node, {"content": words}))
        else:
            out.append(item)
    return content if all(map(is_, out, content)) else tuple(out)
