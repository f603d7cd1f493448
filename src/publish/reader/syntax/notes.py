"""Notes: called by ``[^label]`` and written as ``[^label]: ...`` anywhere in the file, or inline as ``^[...]``."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Inline, Inlines, NoteCall, Paragraph
from publish.reader.brackets import Kind
from publish.reader.lines import Line, Lines
from publish.reader.processors import NOTHING, BlockSyntax, Found, InlineSyntax, Piece
from publish.reader.reading import Definition

_LABEL = re.compile(r"\[\^([^\s\[\]^]+)\]:")
_STEP = 4


class NoteDefinition(BlockSyntax):
    """A note; what is indented by four columns under it is its too."""

    tag = "note"
    starts = "["
    holds = True

    def begins(self, line: Line) -> bool:
        """A label in brackets with a caret, and a colon."""
        return line.indent < _STEP and bool(_LABEL.match(line))

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the note and keep it for the end; nothing is printed here."""
        line = lines.peek()
        assert line is not None
        found = _LABEL.match(line)
        assert found is not None
        piece = Piece(self.tag, self, line.at, line.at + found.end())
        rest = line.after(found.end())
        inside = lines.inside(_indented, rest.dedent(rest.indent))
        self.md.parser.within(piece, inside)
        self._keep(found[1], piece)
        return True

    def _keep(self, label: str, piece: Piece) -> None:
        reading = self.reading
        if label in reading.notes:
            first = reading.notes[label].span.begin.line
            reading.report(
                "note-once",
                f"the note [^{label}] is already written on line {first}",
                piece.start,
                piece.end,
                hint="give one of the two another label",
            )
            return
        reading.notes[label] = Definition(label, piece, reading.span(piece.start, piece.end))


def _indented(line: Line) -> Line | None:
    return line.dedent(_STEP) if not line or line.indent >= _STEP else None


class NoteCallMark(InlineSyntax):
    """``[^label]``: calls a note."""

    tag = "note-call"
    find = r"\[\^"
    signs = ("[^",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the call."""
        bracket = self.dialect.inlines.brackets(data).at(match.start(), Kind.CALL)
        if bracket is None:
            return NOTHING
        piece = self.piece(bracket.start, bracket.end)
        piece.facts["label"] = bracket.label
        return piece, bracket.start, bracket.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the call; one that calls nothing stays as typed."""
        label, span = piece.facts["label"], self.span(piece)
        if label in self.reading.notes:
            return NoteCall(label, span=span)
        hint = self.reading.near(label, self.reading.notes).replace("“", "“[^").replace("”", "]”")
        self.reading.report(
            "note-defined",
            f"the note [^{label}] is called, but it is not written",
            span.start,
            span.end,
            hint=hint or f"write it as a paragraph “[^{label}]: ...”",
        )
        return f"[^{label}]"


class InlineNote(InlineSyntax):
    """``^[words]``: a note written where it is called."""

    tag = "inline-note"
    find = r"\^\["
    signs = ("^[",)

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the note."""
        bracket = self.dialect.inlines.brackets(data).at(match.start(), Kind.NOTE)
        if bracket is None:
            return NOTHING
        return self.piece(bracket.start, bracket.end, bracket.inside), bracket.start, bracket.end

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the call and keep the note. A caret begins its label, as no author's label can."""
        reading, span = self.reading, self.span(piece)
        label = f"^{span.start}"
        note = Definition(label, None, span, (Paragraph(content, span=span),))
        reading.notes[label] = note
        return NoteCall(label, span=span)
