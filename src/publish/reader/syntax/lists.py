"""Lists: bullets, numbers with a full stop or a parenthesis, tasks (CommonMark 5.2 and 5.3; GFM 5.3)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Block, List, ListItem
from publish.reader.build import ends
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.syntax.breaks import is_break
from publish.reader.text import Text
from publish.records import dataclass

_MARKER = re.compile(r"(?:([-+*])|(\d{1,9})([.)]))(?=[ \t]|$)")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


@dataclass(frozen=True)
class _Marker:
    """An item's mark: its ``kind`` (the bullet, or the sign behind the number), its number and its length."""

    kind: str
    number: int
    length: int


def _marker(line: Line) -> _Marker | None:
    found = _MARKER.match(line) if line.indent < 4 else None
    if found is None:
        return None
    return _Marker(found[1] or found[3], int(found[2] or 1), found.end())


class ListBlock(BlockSyntax):
    """Items of one kind that follow each other; another kind of mark begins another list."""

    tag = "list"
    starts = "-+*0123456789"
    holds = True

    def begins(self, line: Line) -> bool:
        """A mark and a space."""
        return line[0] in self.starts and _marker(line) is not None

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Only an item with words in it, and numbered 1 if at all, may follow a paragraph's line at once."""
        marker = _marker(line)
        return marker is not None and marker.number == 1 and bool(line.after(marker.length))

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the items."""
        line = lines.peek()
        assert line is not None
        first = _marker(line)
        assert first is not None
        piece = self.piece(parent, line.at)
        piece.facts.update(ordered=first.kind in ".)", start=first.number, loose=False)
        blank = False
        while line is not None and (marker := self._same(line, first)) is not None:
            if blank:
                piece.facts["loose"] = True
            item = self._item(piece, line, marker, lines)
            while (line := lines.peek()) is not None and not line:
                lines.take()
            blank = lines.after_blank
            if item.gap:
                piece.facts["loose"] = True
        return True

    def _same(self, line: Line, first: _Marker) -> _Marker | None:
        marker = _marker(line) if line else None
        if marker is None or marker.kind != first.kind or is_break(line):
            return None
        return marker

    def _item(self, parent: Piece, line: Line, marker: _Marker, lines: Lines) -> Piece:
        """Read one item: its lines are indented at least as far as its first words."""
        item = self.piece(parent, line.at, "item")
        rest = line.after(marker.length)
        space = rest.indent if rest and rest.indent <= 4 else 1
        width = line.indent + marker.length + space
        empty = not rest

        def own(following: Line) -> Line | None:
            return following.dedent(width) if not following or following.indent >= width else None

        inside = lines.inside(own, rest.dedent(space))
        item.end = line.at + marker.length
        if empty:
            # An item may begin with one blank line, not with two (CommonMark 5.2, rule 3).
            inside.take()
            if (following := inside.peek()) is not None and not following:
                return item
        self.md.parser.within(item, inside)
        self._task(item)
        return item

    @staticmethod
    def _task(item: Piece) -> None:
        first = item[0] if len(item) else None
        if not isinstance(first, Piece) or first.tag != "paragraph" or not isinstance(first.words, Text):
            return
        if task := _TASK.match(first.words.raw):
            item.facts["checked"] = task[1] != " "
            first.words = first.words.slice(task.end(), len(first.words.raw))

    def build(self, piece: Piece) -> Block:
        """Make the list with its items."""
        items = tuple(self._built(item) for item in piece if isinstance(item, Piece))
        span = self.reading.span(piece.start, piece.start)
        facts = piece.facts
        last = items[-1].span
        return List(
            items,
            ordered=facts["ordered"],
            start=facts["start"],
            tight=not facts["loose"],
            span=self.reading.span(span.start, last.end if last else span.end),
        )

    def _built(self, item: Piece) -> ListItem:
        blocks = self.md.blocks(item)
        span = ends(blocks, self.reading.span(item.start, item.end))
        return ListItem(blocks, checked=item.facts.get("checked"), span=span)
