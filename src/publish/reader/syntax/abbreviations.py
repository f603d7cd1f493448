"""Abbreviations: ``*[HTML]: Hypertext Markup Language`` anywhere in the file tells what HTML is wherever it stands."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Abbreviation, Inline, Inlines
from publish.reader.attributes import literal
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Found, InlineSyntax, Piece
from publish.reader.reading import LongForm, Reading

_DEFINITION = re.compile(r"\*\[([^\[\]\n]+)\]:[ \t]*(\S.*?)[ \t]*$")
_NEVER = re.compile(r"(?!)")


class AbbreviationDefinition(BlockSyntax):
    """A short form in brackets after an asterisk, a colon, the long form; prints nothing."""

    tag = "abbreviation"
    starts = "*"

    def begins(self, line: Line) -> bool:
        """An asterisk and brackets with a colon behind them."""
        return line.indent < 4 and line.startswith("*[") and bool(_DEFINITION.match(line))

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """A definition may follow a paragraph's line, since it can be nothing else."""
        return self.begins(line)

    def read(self, parent: Element, lines: Lines) -> bool:
        """Keep the long form."""
        line = lines.take()
        found = _DEFINITION.match(line)
        assert found is not None
        reading = self.reading
        short, span = found[1].strip(), reading.span(line.at, line.at + found.end(1) + 2)
        if short in reading.abbreviations:
            first = reading.abbreviations[short].span.begin.line
            message = f"the abbreviation “{short}” is already explained on line {first}"
            reading.report("abbreviation-used", message, span.start, span.end, hint="take one of the two away")
        else:
            reading.abbreviations[short] = LongForm(literal(found[2]), span)
        return True


def check_used(reading: Reading) -> None:
    """Report abbreviations that are explained and never stand in the text."""
    for short, long in reading.abbreviations.items():
        if not long.used:
            message = f"the abbreviation “{short}” is explained, but never stands in the text"
            reading.report("abbreviation-used", message, long.span.start, long.span.end, hint="take the line away")


class AbbreviationMark(InlineSyntax):
    """A short form that the file explains, wherever it stands as a word of its own."""

    tag = "abbr"
    from_start = False
    ANCESTOR_EXCLUDES = ("abbr",)

    def __init__(self, md: object) -> None:
        super().__init__(md)  # type: ignore[arg-type]
        self._known: tuple[str, ...] = ()
        self._pattern = _NEVER

    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802 - Python-Markdown's name
        """Give the pattern of all short forms of the file that is read, longer ones first."""
        known = tuple(self.reading.abbreviations)
        if known != self._known:
            self._known = known
            words = "|".join(re.escape(short) for short in sorted(known, key=len, reverse=True))
            self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if known else _NEVER
        return self._pattern

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Give the short form."""
        piece = self.piece(match.start(), match.end(), match.span())
        piece.facts["short"] = match[0]
        return piece, match.start(), match.end()

    def build(self, piece: Piece, content: Inlines) -> Inline:
        """Make the abbreviation, and note that it is used."""
        long = self.reading.abbreviations[piece.facts["short"]]
        long.used = True
        return Abbreviation(content, long.title, span=self.span(piece))
