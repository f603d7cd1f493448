"""The kinds of value that keys take. Each kind reads a value and can say as JSON Schema what it takes.

What ``read`` gives is ready for use (text, tuples, our own dataclasses); it is ``None`` when nothing is given or
when the log now says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Protocol, TypeVar

from publish.diagnostics import Edit, Fix, Log, did_you_mean
from publish.project.faults import QUOTE, quoted
from publish.project.unsound import Unsound, cut
from publish.project.yaml import Map, Scalar, Sequence, Value
from publish.records import dataclass
from publish.source import Span

Schema = dict[str, Any]
T = TypeVar("T")


class Kind(Protocol):
    """What a key takes."""

    def read(self, value: Value, name: str, log: Log) -> object | None:
        """Read the value of the key ``name``."""

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """Say what is taken; what several keys take goes to ``shared`` and is referred to."""


@dataclass(frozen=True)
class Placed:
    """A text and the place where it stands."""

    text: str
    span: Span


@dataclass(frozen=True)
class Text:
    """Words on one line, or with ``paragraphs`` on several."""

    paragraphs: bool = False

    def read(self, value: Value, name: str, log: Log) -> str | None:
        """Give the words with single spaces between them (paragraphs stay as they stand)."""
        text = scalar(value, name, "text", log)
        if text is None:
            return None
        return text.strip() if self.paragraphs else " ".join(text.split())

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """YAML tools tell numbers and truth values from text; we take what was written."""
        return {"type": ["string", "number", "boolean", "null"]}


@dataclass(frozen=True)
class Located(Text):
    """A text whose place matters later: the name of a file."""

    def read(self, value: Value, name: str, log: Log) -> Placed | None:  # type: ignore[override]
        """Give the text with its place."""
        text = scalar(value, name, "the name of a file", log)
        return Placed(text.strip(), value.span) if text else None

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """A path."""
        return {"type": ["string", "null"]}


@dataclass(frozen=True)
class Choice:
    """One of several words; ``words`` gives what each stands for. ``quiet`` ones are taken but not proposed."""

    words: Mapping[str, str]
    what: str
    quiet: AbstractSet[str] = frozenset()

    def read(self, value: Value, name: str, log: Log) -> str | None:
        """Give what the word stands for."""
        text = scalar(value, name, self.what, log)
        if text is None or text in self.quiet:
            return text
        if text not in self.words:
            hint = did_you_mean(text, self.words) or self._choice()
            log.report("value-known", f"“{cut(text)}” is not {self.what}", value.span, hint=hint)
        return self.words.get(text)

    def _choice(self) -> str:
        words = list(self.words)
        return "take one of " + ", ".join(words) if len(words) <= 8 else f"such as {', '.join(words[:6])}"

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """The words, those to propose first."""
        words: Schema = {"enum": [*self.words, None]}
        if not self.quiet:
            return words
        shared["code"] = {"description": "A MARC relator's code.", "enum": sorted(self.quiet)}
        return {"anyOf": [words, {"$ref": "#/$defs/code"}]}


@dataclass(frozen=True)
class Flag:
    """Yes or no, in YAML's words and in the usual ones."""

    def read(self, value: Value, name: str, log: Log) -> bool | None:
        """Give the truth value."""
        text = scalar(value, name, "yes or no", log)
        if text is not None and text not in _FLAGS:
            log.report("value-type", f"“{name}” takes yes or no", value.span)
        return _FLAGS.get(text or "")

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """Both spellings: YAML 1.2 tools read ``off`` as a word and ``false`` as a truth value."""
        return {"enum": [True, False, "yes", "no", "on", "off", None]}


_FLAGS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}


@dataclass(frozen=True)
class Checked:
    """A text that one function knows: it gives the value or raises Unsound, which breaks ``rule``."""

    check: Callable[[str], object]
    rule: str
    what: str
    pattern: str = ""
    words: tuple[str, ...] = ()
    numbers: bool = False

    def read(self, value: Value, name: str, log: Log) -> object | None:
        """Give what the function makes of the text."""
        text = scalar(value, name, self.what, log)
        if text is None:
            return None
        try:
            return self.check(" ".join(text.split()))
        except Unsound as unsound:
            sure = Fix(f"write {unsound.instead}", (Edit(value.span, unsound.instead),)) if unsound.instead else None
            log.report(self.rule, unsound.message, value.span, hint=unsound.hint, fix=sure)
            return None

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """What a pattern can say of it."""
        text: Schema = {"type": "string", **({"pattern": self.pattern} if self.pattern else {})}
        others: list[Schema] = [{"type": ["integer", "null"] if self.numbers else "null"}]
        if self.words:
            others.insert(0, {"enum": list(self.words)})
        return {"anyOf": [*others, text]}


@dataclass(frozen=True)
class Many:
    """A list, or a single item of it. ``separators`` part the items of a list written as one text."""

    item: Kind
    separators: str = ""

    def read(self, value: Value, name: str, log: Log) -> tuple[Any, ...] | None:
        """Give the sound items; an item may itself be several."""
        if is_empty(value):
            return None
        values = value.items if isinstance(value, Sequence) else tuple(self._parted(value))
        read = [self.item.read(v, name, log) for v in values]
        return tuple(one for r in read if r is not None for one in (r if isinstance(r, tuple) else (r,)))

    def _parted(self, value: Value) -> list[Value]:
        if not self.separators or not isinstance(value, Scalar):
            return [value]
        separator = next((s for s in self.separators if s in value.text), "\n")
        return [Scalar(t.strip(), value.span, plain=False) for t in value.text.split(separator) if t.strip()]

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """One or several."""
        item = self.item.schema(shared)
        return {"anyOf": [item, {"type": "array", "items": item}, {"type": "null"}]}


@dataclass(frozen=True)
class Open:
    """A map whose keys are the theme's affair: name to text."""

    def read(self, value: Value, name: str, log: Log) -> Mapping[str, str] | None:
        """Give the texts by their names."""
        if not isinstance(value, Map):
            if not is_empty(value):
                wrong_kind(value, name, "names with their values", log)
            return None
        texts = {p.key.text: Text().read(p.value, p.key.text, log) for p in value.pairs}
        return {key: text for key, text in texts.items() if text is not None}

    def schema(self, shared: dict[str, Schema]) -> Schema:
        """Any names."""
        return {"type": ["object", "null"], "additionalProperties": Text().schema(shared)}


# --- what every kind needs -----------------------------------------------------------------------------------------


def scalar(value: Value, name: str, what: str, log: Log) -> str | None:
    """Give a scalar's characters; ``None`` when it is empty or, with a diagnostic, when it is no scalar."""
    if not isinstance(value, Scalar):
        if not nested_colon(value, log):
            wrong_kind(value, name, what, log)
        return None
    _swallowed(value, name, log)
    broken = re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", value.text)
    if broken:
        code = ord(broken[0])
        log.report("text-characters", f"the value of “{name}” holds the character U+{code:04X}", value.span)
        return None
    return None if value.empty or not value.text.strip() else value.text


def wrong_kind(value: Value, name: str, what: str, log: Log) -> None:
    """Report a value of another kind than the key takes."""
    if isinstance(value, Sequence):
        found = "a list"
    elif isinstance(value, Map):
        found = "keys with values"
    else:
        found = f"“{cut(value.text)}”"
    log.report("value-type", f"“{name}” takes {what}, not {found}", value.span)


def nested_colon(value: Value, log: Log) -> bool:
    """Report text that YAML took for a key and a value, because of its colon; give whether it was that."""
    if not isinstance(value, Map) or value.braced or len(value.pairs) != 1:
        return False
    pair = value.pairs[0]
    if not isinstance(pair.value, Scalar):
        return False
    source, end = value.span.source, pair.key.span.end
    colon = source.text.find(":", end)
    if colon < 0 or source.text[end:colon].strip():
        return False
    written = " ".join(source.text[pair.key.span.start : pair.value.span.end].split())
    message = f"YAML takes this colon for the end of a key, “{cut(pair.key.text)}”"
    hint = f"write: {quoted(cut(written, 200))}"
    log.report("title-quoted", message, source.span(colon, colon + 1), hint=hint, fix=_quotes(pair.key, pair.value))
    return True


def _quotes(key: Scalar, value: Scalar) -> Fix | None:
    """Put in quotation marks what YAML took for a key and a value, if it stands alone on a line."""
    span = Span(key.span.source, key.span.start, value.span.end)
    line = span.source.line(span.begin.line)
    before, after = line[: span.begin.column - 1], line[span.begin.column - 1 :].rstrip()
    alone = re.fullmatch(r"[ \t]*- +", before) and after == span.text
    return Fix(QUOTE, (Edit(span, quoted(span.text)),)) if alone and key.plain and value.plain else None


def _swallowed(value: Scalar, name: str, log: Log) -> None:
    """Report ``Issue #4``: to YAML a comment begins at the number sign, and the number would be lost in silence."""
    if not value.plain:
        return
    source, end = value.span.source, value.span.end
    rest = source.line(source.position(end).line)[source.position(end).column - 1 :]
    lost = re.match(r"\s*(#\d[^\s#]*)", rest)
    if lost:
        start = end + lost.start(1)
        hint = f"write: {name}: {quoted(f'{value.text} {rest.strip()}')}"
        message = f"YAML takes “{lost[1]}” for a comment, and it would be lost"
        log.report("title-quoted", message, source.span(start, start + len(lost[1])), hint=hint)


def is_empty(value: Value) -> bool:
    """Whether nothing is given."""
    return isinstance(value, Scalar) and value.empty
