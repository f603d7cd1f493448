"""Code: in fences with any info string, indented by four columns, and in a line (CommonMark 4.4, 4.5, 6.1)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import Code, CodeBlock, Inlines
from publish.reader.attributes import literal
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Found, InlineSyntax, Piece

_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_LANGUAGE = re.compile(r"[\w+#.-]+")
_TICKS = re.compile(r"`+")


class FencedCode(BlockSyntax):
    """Lines between fences of ``` or ~~~, kept to the letter."""

    tag = "code-block"
    starts = "`~"

    def begins(self, line: Line) -> bool:
        """Three or more backticks or tildes."""
        return line.indent < 4 and line[0] in self.starts and bool(_FENCE.match(line))

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read to the closing fence, or to the end of the container."""
        first = lines.take()
        fence = _FENCE.match(first)
        assert fence is not None
        mark, info = fence[1] or fence[3], fence[2] or fence[4] or ""
        closing = re.compile(f"{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        code: list[str] = []
        end, closed = first.end, False
        while not closed and lines.peek() is not None:
            line = lines.take()
            closed, end = line.indent < 4 and bool(closing.match(line)), line.end
            if not closed:
                code.append(line.code(first.indent))
        if not closed:
            self.reading.report(
                "block-closed",
                f"the code that begins here with {mark} never ends",
                first.at,
                first.end,
                hint=f"end it with a line {mark}",
            )
        piece = self.piece(parent, first.at)
        piece.end = end
        piece.facts.update(code="\n".join(code), info=_language(info))
        return True

    def build(self, piece: Piece) -> CodeBlock:
        """Make the code block."""
        span = self.reading.span(piece.start, piece.end)
        return CodeBlock(piece.facts["code"], piece.facts["info"], span=span)


class IndentedCode(BlockSyntax):
    """Lines indented by four columns or more."""

    tag = "code-block"

    def begins(self, line: Line) -> bool:
        """Four columns, except in verse, where they are the poet's."""
        return line.indent >= 4 and not self.reading.verse

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Indented lines go on with a paragraph."""
        return False

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read the indented lines and the blank ones between them."""
        piece: Piece | None = None
        code: list[str] = []
        while (line := lines.peek()) is not None and (line.indent >= 4 or not line):
            lines.take()
            if piece is None:
                piece = self.piece(parent, line.at)
            if line:
                piece.end = line.end
            code.append(line.code(4))
        assert piece is not None
        while not code[-1].strip(" \t"):  # a no-break space is code
            code.pop()
        piece.facts["code"] = "\n".join(code)
        return True

    def build(self, piece: Piece) -> CodeBlock:
        """Make the code block."""
        return CodeBlock(piece.facts["code"], span=self.reading.span(piece.start, piece.end))


class CodeSpan(InlineSyntax):
    """A piece of code between backticks, as many behind as before."""

    tag = "code"
    find = r"`+"

    def __init__(self, md: object) -> None:
        super().__init__(md)  # type: ignore[arg-type]
        self._data = ""
        self._runs: dict[int, list[int]] = {}

    def recognise(self, match: re.Match[str], data: str) -> Found:
        """Find the run of backticks of the same length that ends the code."""
        start, length = match.start(), len(match[0])
        close = self._next_run(data, start + length, length)
        if close is None:
            return None, match.start(), match.end()
        piece = self.piece(start, close + length)
        code = data[start + length : close].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip():
            code = code[1:-1]
        piece.facts["code"] = code
        return piece, start, close + length

    def _next_run(self, data: str, after: int, length: int) -> int | None:
        """Find the next run of a length; a table of all runs keeps the work in proportion to the text."""
        if data is not self._data:
            self._data, self._runs = data, {}
            for run in _TICKS.finditer(data):
                self._runs.setdefault(len(run[0]), []).append(run.start())
            for runs in self._runs.values():
                runs.reverse()
        runs = self._runs.get(length, [])
        while runs and runs[-1] < after:
            runs.pop()
        return runs[-1] if runs else None

    def build(self, piece: Piece, content: Inlines) -> Code:
        """Make the code."""
        code = piece.facts["code"]
        # In a cell of a table the sign that parts cells is written with a backslash, in code too (GFM 4.10).
        return Code(code.replace("\\|", "|") if self.reading.cell else code, span=self.span(piece))


def _language(info: str) -> str:
    """Give the language's name out of an info string: ``rust,ignore``, ``{.python #id}``, ``{python}`` and so on."""
    found = _LANGUAGE.search(literal(info).strip().lstrip("{").lstrip("."))
    return found[0] if found else ""
