"""Attributes in braces: ``{#id .class key=value key="several words"}``."""

from __future__ import annotations

import re
from dataclasses import field

from publish.reader.characters import resolve
from publish.records import dataclass

_ONE = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}="'<>]+)
      | \.(?P<class>[^\s{}="'<>.\#]+)
      | (?P<key>[^\W\d][\w:.-]*)=(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s{}"']+))
      | (?P<unnumbered>-)(?=[\s}])
    )(?=[\s}.\#])""",
    re.VERBOSE | re.DOTALL,
)
_OPENS = re.compile(r"\{:?\s*(?:[#.][^\s{}]|-\s*\}|[^\W\d][\w:.-]*=)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_END = re.compile(r"\s*\}")


@dataclass(frozen=True)
class Value:
    """A value as written: its characters and where they stand (indices into the text that was read)."""

    raw: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The value as data: escapes and character references resolved, line breaks made spaces."""
        return literal(" ".join(self.raw.split("\n")) if "\n" in self.raw else self.raw)


@dataclass(frozen=True)
class Attributes:
    """What braces say. ``start`` and ``end`` are where they stand; ``keys`` is where each key stands."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    def get(self, *names: str) -> str:
        """Give the first of these values as data, or an empty string."""
        return next((self.values[name].plain for name in names if name in self.values), "")


NONE = Attributes()


def looks_like(text: str, at: int) -> bool:
    """Whether braces at an index mean attributes, well formed or not."""
    return bool(_OPENS.match(text, at))


def parse(text: str, at: int) -> Attributes | None:
    """Read attributes whose opening brace stands at an index; None when they are not well formed."""
    if not text.startswith("{", at):
        return None
    here = at + 2 if text.startswith("{:", at) else at + 1
    name, classes = "", []
    values: dict[str, Value] = {}
    keys: dict[str, int] = {}
    while not (end := _END.match(text, here)):
        one = _ONE.match(text, here)
        if one is None:
            return None
        if one["id"]:
            name = one["id"]
        elif one["class"]:
            classes.append(one["class"])
        elif one["unnumbered"]:
            classes.append("unnumbered")
        else:
            group = next(g for g in ("double", "single", "bare") if one[g] is not None)
            values[one["key"]] = Value(one[group], one.start(group), one.end(group))
            keys[one["key"]] = one.start("key")
        here = one.end()
    if not (name or classes or values):
        return None
    return Attributes(name, tuple(classes), values, keys, at, end.end())


def literal(raw: str) -> str:
    """Resolve backslash escapes and character references."""
    text = _ESCAPE.sub(r"\1", raw) if "\\" in raw else raw
    return resolve(text)
