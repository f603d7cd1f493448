"""Fenced blocks: ``::: kind``, ``::: {.kind #name key=value}``, up to a line of colons; they nest."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from publish.document import DIV_KINDS, Bibliography, Block, Blocks, Inlines, Section
from publish.document import Div as DivNode
from publish.reader import attributes
from publish.reader.attributes import NONE, Attributes
from publish.reader.build import ends
from publish.reader.lines import Line, Lines
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.syntax import images
from publish.reader.text import Text

_FENCE = re.compile(r"(:{3,})[ \t]*")
_CLOSE = re.compile(r":{3,}[ \t]*$")
_NAME = re.compile(r"([^\W\d_][\w-]*)[ \t]*")
# Callouts as Quarto writes them, and the kind that each is here.
_CALLOUTS = {
    "callout-note": ("note", ()),
    "callout-tip": ("tip", ()),
    "callout-important": ("note", ("important",)),
    "callout-warning": ("warning", ()),
    "callout-caution": ("warning", ("caution",)),
}


_NOT_YET = ("landscape", "pagebreak")


def _closes(line: Line) -> bool:
    return line.indent < 4 and bool(_CLOSE.match(line))


class Div(BlockSyntax):
    """Blocks between lines of three or more colons."""

    tag = "div"
    starts = ":"
    holds = True

    def begins(self, line: Line) -> bool:
        """Three colons."""
        return line.indent < 4 and line.startswith(":::")

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read to the closing line, or to the end of the container."""
        line = lines.take()
        if _closes(line):
            self._stray(line)
            return True
        piece = self.piece(parent, line.at)
        piece.end = line.end
        self._opening(piece, line)
        inside = lines.inside(lambda following: following)
        inside.closes = _closes
        before, self.reading.verse = self.reading.verse, piece.facts["kind"] == "verse"
        self.md.parser.within(piece, inside)
        self.reading.verse = before
        if lines.peek() is None:
            mark = line.rstrip()
            self.reading.report(
                "block-closed",
                f"the block “{mark}” is never closed",
                line.at,
                line.end,
                hint="end it with a line :::",
            )
        else:
            piece.end = lines.take().end
        return True

    def _stray(self, line: Line) -> None:
        self.reading.report(
            "block-closed",
            "this ::: closes a block, but none is open",
            line.at,
            line.end,
            hint="delete it, or open a block with ::: and its kind",
        )

    def _opening(self, piece: Piece, line: Line) -> None:
        """Read a block's kind, attributes and title off its opening line."""
        fence = _FENCE.match(line)
        assert fence is not None
        words = Text.of([line.part(0)])
        words = words.slice(0, len(words.raw.rstrip(": \t")))
        name = _NAME.match(words.raw, fence.end())
        here = name.end() if name else fence.end()
        braces: Attributes = NONE
        if words.raw.startswith("{", here):
            found = attributes.parse(words.raw, here)
            if found is None:
                self.reading.malformed(words.at(here))
                here = len(words.raw)
            else:
                braces, here = found, found.end
        classes = ((name[1],) if name else ()) + braces.classes
        kind, more = _CALLOUTS.get(classes[0], (classes[0], ())) if classes else ("", ())
        if kind in ("", "references") and (kind or braces.id == "refs"):  # pandoc's and Quarto's name for it
            kind = "bibliography"
        piece.marks = braces
        piece.facts.update(kind=kind, classes=more + classes[1:], words=words)
        piece.words = words.slice(here, len(words.raw)) if words.raw[here:].strip() else None
        if kind and kind not in DIV_KINDS:
            self._unknown(kind, line)

    def _unknown(self, kind: str, line: Line) -> None:
        hint = self.reading.near(kind, DIV_KINDS) or f"known are {', '.join(DIV_KINDS)}"
        message = f"“{kind}” is no kind of block that publish knows; its words are set as plain text"
        if kind in _NOT_YET:
            message, hint = f"publish cannot set a {kind} by hand yet; what stands in the block is kept", ""
        self.reading.report("div-known", message, line.at, line.end, hint=hint)

    def build(self, piece: Piece) -> Block | Blocks | None:
        """Make the block; a group of pictures is a figure."""
        reading, braces, facts = self.reading, piece.marks, piece.facts
        if not facts["kind"] and braces.id.startswith(("fig-", "fig:")):
            return images.group(self.md, piece)
        reading.attribute_known(braces, facts["words"], ("lang", "title"), "a block")
        name = reading.claim(braces.id, reading.span(piece.start, piece.end))
        before, reading.verse = reading.verse, facts["kind"] == "verse"
        blocks = self.md.blocks(piece)
        reading.verse = before
        if facts["kind"] == "bibliography":
            return *blocks, Bibliography((), span=reading.span(piece.start, piece.end), id=name)
        title, blocks = self._title(piece, blocks)
        return DivNode(
            facts["kind"],
            blocks,
            title=title,
            classes=facts["classes"],
            span=ends(blocks, reading.span(piece.start, piece.end)),
            id=name,
            language=reading.language_of(braces, facts["words"]),
        )

    def _title(self, piece: Piece, blocks: Blocks) -> tuple[Inlines, Blocks]:
        """Find a block's title: on its opening line, in braces, or (Quarto's callouts) in a heading that begins it."""
        if piece.words is not None:
            words = piece.words
            lead = len(words.raw) - len(words.raw.lstrip())
            return self.md.inline(words.slice(lead, len(words.raw))), blocks
        if value := piece.marks.values.get("title"):
            return self.md.inline(piece.facts["words"].slice(value.start, value.end)), blocks
        first = blocks[0] if blocks else None
        if piece.facts["kind"] in ("note", "tip", "warning") and isinstance(first, Section) and len(blocks) == 1:
            self.reading.claims = [c for c in self.reading.claims if c.span != first.span]
            return first.title, first.blocks
        return (), blocks
