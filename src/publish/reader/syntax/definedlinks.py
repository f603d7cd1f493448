"""Targets of links, defined apart from them: ``[label]: target "title"`` (CommonMark 4.7)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.reader.attributes import literal
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax
from publish.reader.reading import Reference, reference_label

_OPEN = re.compile(r"\[(?!\^)(?:[^\[\]\\]|\\.){0,999}$", re.DOTALL)
_LABEL = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:\s*", re.DOTALL)
_TARGET = re.compile(r"(<(?:[^<>\\\n]|\\.)*>|[^\s<]\S*)(?=\s|$)")
_TITLE = re.compile(
    r"""\s+("(?:[^"\\]|\\.){0,999}"|'(?:[^'\\]|\\.){0,999}'|\((?:[^()\\]|\\.){0,999}\))[ \t]*(?=\n|$)""", re.DOTALL
)
_TITLE_OPENS = re.compile(r"""\s+["'(]""")
_LONGEST = 1000
_LIKE_A_TARGET = re.compile(r"[/#:@]|\.\w")


class _Ahead:
    """The lines that may belong to a definition, joined as far as they have been looked at."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._ends: list[int] = []
        self.text = ""

    def grow(self) -> bool:
        """Look at one line more; False at the end of the paragraph."""
        line = self._lines.ahead(len(self._ends)) if self._ends else self._lines.peek()
        if not line:
            return False
        self.text += f"\n{line}" if self._ends else line
        self._ends.append(len(self.text))
        return True

    def take(self, end: int) -> None:
        """Read the lines up to an index of the text."""
        while self._ends and self._ends.pop(0) < end:
            self._lines.take()
        self._lines.take()


class ReferenceDefinition(BlockSyntax):
    """Prints nothing, and gives links by label their target."""

    tag = "reference"
    starts = "["

    def begins(self, line: Line) -> bool:
        """A label in brackets and a colon, or brackets that are still open at the end of the line."""
        return line.indent < 4 and line.startswith("[") and ("]:" in line or bool(_OPEN.match(line)))

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A definition cannot stand inside a paragraph."""
        return False

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the label, and the target and title wherever a line break leaves them."""
        ahead = _Ahead(lines)
        label = self._label(ahead)
        target = self._target(ahead, label.end()) if label else None
        if label is None or target is None or not self._is_target(target[1], label[1]):
            return False
        title, end = self._title(ahead, target.end())
        if end < 0:
            return False
        plain = target[1][1:-1] if target[1].startswith("<") else target[1]
        self.reading.references.setdefault(reference_label(label[1]), Reference(literal(plain), title))
        ahead.take(end)
        return True

    @staticmethod
    def _label(ahead: _Ahead) -> re.Match[str] | None:
        while ahead.grow() and not (found := _LABEL.match(ahead.text)):
            if not _OPEN.match(ahead.text):
                return None
        found = _LABEL.match(ahead.text)
        return found if found and found[1].strip() else None

    @staticmethod
    def _target(ahead: _Ahead, here: int) -> re.Match[str] | None:
        if here == len(ahead.text) and not ahead.grow():
            return None
        return _TARGET.match(ahead.text, here + (ahead.text[here : here + 1] == "\n"))

    @staticmethod
    def _title(ahead: _Ahead, here: int) -> tuple[str, int]:
        """Give the title, and the index at which the definition ends; -1 when the target's line says more."""
        line_end = ahead.text.find("\n", here)
        rest = ahead.text[here : None if line_end < 0 else line_end]
        if not rest.strip():
            ahead.grow()
        while not (found := _TITLE.match(ahead.text, here)) and _TITLE_OPENS.match(ahead.text, here):
            if len(ahead.text) - here > _LONGEST or not ahead.grow():
                break
        if found:
            return literal(" ".join(found[1][1:-1].split())), found.end()
        return "", -1 if rest.strip() else here

    def _is_target(self, target: str, label: str) -> bool:
        """Whether a word can be the target of a definition.

        CommonMark takes any word. But ``[Q]: Why?`` is what somebody said, and a definition prints nothing: so a word
        that looks like no address is a target only when its label is used.
        """
        if target.startswith("<"):
            return True
        if _LIKE_A_TARGET.search(target) and target.count("(") == target.count(")"):
            return True
        return reference_label(label) in self.reading.labels
