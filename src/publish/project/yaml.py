"""The only door to ruamel.yaml: YAML 1.2 text to a plain tree in which everything knows its place.

Scalars stay the strings that were written; what they mean is decided by the key they stand under. The tree is
built from the parser's events, so an alias is never followed and nothing can grow beyond the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any, TypeAlias

from publish.project.unsound import cut
from publish.records import dataclass
from publish.source import Source, Span

DEEPEST = 12
"""How many levels of lists and maps may stand in each other; our own keys need four."""

STAND_IN = "\ufdd0"
"""A character no text may hold (a Unicode noncharacter): put in a colon's place, it reads as a colon again."""


@dataclass(frozen=True)
class Scalar:
    """A word, a number, a text: ``text`` as YAML reads it; ``plain`` when it stands without quotation marks."""

    text: str
    span: Span
    plain: bool

    @property
    def empty(self) -> bool:
        """Whether nothing is given (YAML's null)."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True)
class Pair:
    """A key and its value."""

    key: Scalar
    value: Value


@dataclass(frozen=True)
class Map:
    """Keys with their values, each key once."""

    pairs: tuple[Pair, ...]
    span: Span

    @property
    def braced(self) -> bool:
        """Whether it stands in braces, and so was meant for one."""
        return self.span.text.startswith("{")


Value: TypeAlias = Scalar | Sequence | Map


@dataclass(frozen=True)
class Remark:
    """Something that YAML allows and publish does not: the rule it breaks, what to say of it, and where."""

    rule: str
    message: str
    span: Span
    hint: str = ""


class Malformed(ValueError):
    """The text is not YAML.

    ``problem`` and ``context`` are the parser's words; ``index`` and ``start`` the character offsets, in the text
    that was parsed, of the place where it stopped and of what it was in the middle of (``None`` when unknown).
    """

    def __init__(self, problem: str, context: str, index: int, start: int | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.context = context
        self.index = index
        self.start = start


@dataclass
class _Builder:
    """Builds the tree from events; ``base`` is where the text begins in its source."""

    source: Source
    base: int
    remarks: list[Remark] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, self.base + start, self.base + end)

    def value(self, event: Any, events: Iterator[Any], depth: int = 0) -> Value:
        """Build the value that an event begins. Raises Malformed for one nested too deep."""
        start, end = event.start_mark.index, event.end_mark.index
        if depth > DEEPEST:
            raise Malformed("nested too deep", "", start, None)
        kind = type(event).__name__
        if kind == "AliasEvent":
            self.plain_only(f"*{event.anchor}", "an alias", start, end)
            return Scalar(f"*{event.anchor}", self.span(start, end), plain=False)
        if event.anchor:
            self.plain_only(f"&{event.anchor}", "an anchor", start, end)
        if event.tag:
            self.plain_only(str(event.tag), "a tag", start, end)
        if kind == "ScalarEvent":
            return Scalar(event.value.replace(STAND_IN, ":"), self.span(start, end), plain=event.style is None)
        if kind == "SequenceStartEvent":
            return self.sequence(event, events, depth)
        return self.map(event, events, depth)

    def plain_only(self, mark: str, what: str, start: int, end: int) -> None:
        hint = "a value that begins with *, & or ! must stand in quotation marks"
        self.remarks.append(Remark("yaml-plain", f"“{cut(mark)}” is {what} to YAML", self.span(start, end), hint))

    def sequence(self, begin: Any, events: Iterator[Any], depth: int) -> Sequence:
        items: list[Value] = []
        for event in events:
            if type(event).__name__ == "SequenceEndEvent":
                return Sequence(tuple(items), self.extent(begin, event, items[-1:]))
            items.append(self.value(event, events, depth + 1))
        raise Malformed("a list that does not end", "", begin.start_mark.index, None)

    def map(self, begin: Any, events: Iterator[Any], depth: int) -> Map:
        pairs: dict[str, Pair] = {}
        last: list[Value] = []
        for event in events:
            if type(event).__name__ == "MappingEndEvent":
                return Map(tuple(pairs.values()), self.extent(begin, event, last))
            key = self.key(self.value(event, events, depth + 1))
            last = [self.beside(key, self.value(next(events), events, depth + 1))]
            self.add(Pair(key, last[0]), pairs)
        raise Malformed("keys that do not end", "", begin.start_mark.index, None)

    def beside(self, key: Scalar, value: Value) -> Value:
        # The parser finds an empty value only where the next thing begins, often lines further down.
        if not isinstance(value, Scalar) or value.span.start < value.span.end:
            return value
        colon = self.source.text.find(":", key.span.end, value.span.end)
        place = key.span.end if colon < 0 else colon + 1
        return Scalar(value.text, Span(self.source, place, place), plain=value.plain)

    def extent(self, begin: Any, end: Any, last: list[Value]) -> Span:
        # Outside brackets the parser sees an end only at the next thing, often lines further down.
        start = begin.start_mark.index
        if begin.flow_style or not last:
            return self.span(start, max(start, end.end_mark.index))
        return Span(self.source, self.base + start, last[0].span.end)

    def key(self, key: Value) -> Scalar:
        if isinstance(key, Scalar):
            return key
        self.remarks.append(Remark("yaml-wellformed", "a list or a map cannot be a key", key.span))
        return Scalar("", key.span, plain=True)

    def add(self, pair: Pair, pairs: dict[str, Pair]) -> None:
        key = pair.key
        if key.plain and key.text == "<<":
            hint = "write the keys out"
            self.remarks.append(Remark("yaml-plain", "“<<” is a merge key to YAML", key.span, hint))
        elif key.text in pairs:
            line = pairs[key.text].key.span.begin.line
            message = f"“{cut(key.text)}” is given twice"
            self.remarks.append(Remark("key-once", message, key.span, f"it stands in line {line} already"))
        else:
            pairs[key.text] = pair


def compose(text: str, source: Source, base: int) -> tuple[Value | None, list[Remark]]:
    """Read YAML text that begins at offset ``base`` of ``source``: its one value, and what must be said of it.

    The value is ``None`` when the text says nothing. Raises Malformed when it is not YAML.
    """
    # ruamel.yaml takes 40 ms to import, and a manuscript without metadata does not need it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    builder = _Builder(source, base)
    found: list[Value] = []
    try:
        events = iter(YAML(typ="safe", pure=True).parse(text))
        found.extend(builder.value(event, events) for event in events if type(event).__name__ in _FIRST)
    except MarkedYAMLError as error:
        mark, context = error.problem_mark or error.context_mark, error.context_mark
        index = mark.index if mark else 0
        raise Malformed(error.problem or "", error.context or "", index, context.index if context else None) from error
    except YAMLError as error:
        raise Malformed(str(error), "", 0, None) from error
    # A closing "---" opens a second document with nothing in it.
    rest = [value for value in found[1:] if not (isinstance(value, Scalar) and value.empty)]
    if rest:
        raise Malformed("a second document", "", rest[0].span.start - base, None)
    return (found[0] if found else None), builder.remarks


_FIRST = frozenset({"ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"})
