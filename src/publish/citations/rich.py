"""From marked strings to the nodes of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field

from publish.citations import marks
from publish.citations.marks import Mark
from publish.document import CitedWork, Emphasis, Inline, InlineHtml, Inlines, InlineSpan, Link, Strong
from publish.records import dataclass

_MARKS = {
    mark.open: mark
    for mark in (
        *(marks.ITALIC, marks.BOLD, marks.SMALL_CAPS, marks.SUPERSCRIPT, marks.SUBSCRIPT, marks.UNDERLINE, marks.LINK),
        *(marks.CITE, marks.PREFIX, marks.SUFFIX),
    )
}
_CLOSES = {mark.close: mark for mark in _MARKS.values()}


@dataclass(frozen=True)
class Own:
    """What the text around a cited work gives: where it leads (``#name`` or nothing), and the author's own words."""

    target: str = ""
    prefix: Inlines = ()
    suffix: Inlines = ()


class _Affix(tuple[Inline, ...]):
    """The author's own words: they are no part of what leads to the entry."""


@dataclass
class _Frame:
    mark: Mark | None
    content: list[Inline | _Affix] = field(default_factory=list)
    number: int = -1


def inlines(text: str, own: Callable[[int], Own] | None = None) -> Inlines:
    """Make inline content of a marked string; ``own`` gives what belongs to each of the works that a citation names."""
    return _Builder(own or (lambda _: Own())).build(text)


class _Builder:
    def __init__(self, own: Callable[[int], Own]) -> None:
        self._own = own
        self._stack = [_Frame(None)]

    def build(self, text: str) -> Inlines:
        words: list[str] = []
        for character in text:
            if not marks.is_mark(character):
                words.append(character)
                continue
            self._words(words)
            if character in _MARKS:
                self._stack.append(_Frame(_MARKS[character]))
            elif character in _CLOSES:
                self._close(_CLOSES[character])
            elif self._stack[-1].mark is marks.CITE and self._stack[-1].number < 0 and marks.is_number(character):
                self._stack[-1].number = marks.number_of(character)
        self._words(words)
        while len(self._stack) > 1:
            self._fold()
        return _flat(self._stack[0].content)

    def _words(self, words: list[str]) -> None:
        if words:
            _add(self._stack[-1].content, "".join(words))
            words.clear()

    def _close(self, mark: Mark) -> None:
        """Close a mark, and with it those left open inside it; one that nothing opened means nothing."""
        if any(frame.mark is mark for frame in self._stack):
            while self._stack[-1].mark is not mark:
                self._fold()
            self._fold()

    def _fold(self) -> None:
        frame = self._stack.pop()
        for item in self._made(frame):
            _add(self._stack[-1].content, item)

    def _made(self, frame: _Frame) -> Iterable[Inline | _Affix]:
        if frame.mark in (marks.PREFIX, marks.SUFFIX):
            cite = next((f.number for f in reversed(self._stack) if f.mark is marks.CITE), -1)
            own = self._own(cite)
            return (_Affix((own.prefix if frame.mark is marks.PREFIX else own.suffix) or _flat(frame.content)),)
        if not frame.content:
            return ()
        if frame.mark is marks.CITE:
            target = self._own(frame.number).target
            return _cited(frame.content, target) if target else _flat(frame.content)
        return (_node(frame.mark, _flat(frame.content)),)


def _flat(content: Iterable[Inline | _Affix]) -> Inlines:
    out: list[Inline | _Affix] = []
    for item in content:
        for one in item if isinstance(item, _Affix) else (item,):
            _add(out, one)
    return tuple(item for item in out if not isinstance(item, _Affix))


def _node(mark: Mark | None, content: Inlines) -> Inline:
    if mark is marks.ITALIC:
        return Emphasis(content)
    if mark is marks.BOLD:
        return Strong(content)
    if mark is marks.SMALL_CAPS:
        return InlineSpan(content, ("smallcaps",))
    if mark is marks.LINK:
        return Link(content, _address(content))
    tags = {marks.SUPERSCRIPT: "sup", marks.SUBSCRIPT: "sub", marks.UNDERLINE: "u"}
    return InlineHtml(tags[mark] if mark else "span", content)


def _address(content: Inlines) -> str:
    words = "".join(item for item in content if isinstance(item, str))
    return words if words.startswith(("http://", "https://")) else f"https://doi.org/{words}"


def _cited(content: Iterable[Inline | _Affix], target: str) -> Iterable[Inline]:
    """Link a work's own words to its entry, but not the author's before and after them, nor what is a link itself."""
    run: list[Inline] = []
    for item in content:
        if isinstance(item, Link | CitedWork | _Affix):
            yield from _linked(run, target)
            run = []
            yield from item if isinstance(item, _Affix) else (item,)
        else:
            run.append(item)
    yield from _linked(run, target)


def _linked(run: list[Inline], target: str) -> Iterable[Inline]:
    """Link words, without the white space around them."""
    before = after = ""
    if run and isinstance(run[0], str):
        before = run[0][: len(run[0]) - len(run[0].lstrip())]
        run[0] = run[0].lstrip()
    if run and isinstance(run[-1], str):
        after = run[-1][len(run[-1].rstrip()) :]
        run[-1] = run[-1].rstrip()
    words = tuple(item for item in run if item != "")
    return tuple(item for item in (before, CitedWork(words, target) if words else "", after) if item != "")


def _add(out: list[Inline | _Affix], item: Inline | _Affix) -> None:
    last = out[-1] if out else None
    if isinstance(item, str) and isinstance(last, str):
        out[-1] = last + item
    elif item != "":
        out.append(item)
