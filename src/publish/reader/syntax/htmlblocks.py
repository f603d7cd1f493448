"""Raw HTML between blocks: a safe subset.

A block of HTML begins with a tag of a block and ends at a blank line (CommonMark 4.6, kinds 1 to 6). What stands
between two such blocks is Markdown, inside the elements that the first of them left open.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from publish.document import (
    Block,
    Blocks,
    Break,
    CodeBlock,
    Figure,
    HtmlBlock,
    InlineImage,
    Inlines,
    Paragraph,
    Quotation,
    Section,
    plain,
)
from publish.project.unsound import cut
from publish.reader.build import ends, sections
from publish.reader.characters import resolve
from publish.reader.htmltags import BLOCKS, RAW, REFUSED_BLOCKS, Safe, Tag, refuse_tag, safe, tags_in
from publish.reader.lines import Line, Lines
from publish.reader.names import slugify
from publish.reader.processors import BlockSyntax, Piece
from publish.reader.reading import DEPTH, Claim
from publish.reader.syntax import images
from publish.reader.text import Text
from publish.records import dataclass
from publish.source import Span

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect

_START = re.compile(
    rf"<(?:(!--)|(\?)|(!\[CDATA\[)|(![A-Za-z])|(/?)({'|'.join(sorted(BLOCKS | REFUSED_BLOCKS))})(?=[\s/>]|$))",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_PLAIN = frozenset({"html", "reference"})
# Marks of Markdown with which something begins and ends.
_MARKDOWN = re.compile(
    r"(?<!\w)(?P<stress>\*{1,2}|__)(?=[^\s*_])[^*_\n]*(?<=[^\s*_])(?P=stress)(?!\w)|`[^`\n]+`|!?\[[^\[\]\n]*\]\([^()\s]+\)"
    r"|<https?://[^<>\s]+>|\[\^[^\[\]\s]+\]|^[ \t]*#{1,6}[ \t]+\S.*|^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\S.*",
    re.MULTILINE,
)
_COMMENTS = re.compile(r"(?:\s*+<!--(?:(?!-->).)*-->)+\s*+", re.DOTALL)
# What begins a block only where no paragraph is open.
_MAY_NOT_INTERRUPT = re.compile(r"\d+[.)]|\[[^\]]+\]:|[-+*]\s*$")
_ENDS = {1: "-->", 2: "?>", 3: "]]>", 4: ">"}
# An opening tag of these ends an open element of those (HTML 13.1.2.4, optional tags).
_ENDED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tbody": {"thead", "tbody", "tr", "td", "th"},
    "tfoot": {"thead", "tbody", "tr", "td", "th"},
}
_MAY_STAY_OPEN = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"})


class HtmlChunk(BlockSyntax):
    """The lines of a block of HTML."""

    tag = "html"
    starts = "<"

    def begins(self, line: Line) -> bool:
        """A tag of a block, a comment, a declaration."""
        return line.indent < 4 and line.startswith("<") and bool(_START.match(line))

    def interrupts(self, line: Line, lines: Lines) -> bool:
        """Any of these ends a paragraph but a comment in the midst of its lines, which pandoc takes out of it."""
        if not self.begins(line):
            return False
        following = lines.ahead() or ""
        alone = line.startswith("<!--") and _COMMENTS.fullmatch(line)
        return not (alone and following and not _MAY_NOT_INTERRUPT.match(following))

    def read(self, parent: Element, lines: Lines) -> bool:
        """Read to a blank line or one of colons; what has an end of its own (a comment, code) is read to that."""
        first = lines.peek()
        assert first is not None
        start = _START.match(first)
        assert start is not None
        ending = self._ending(start)
        taken: list[Line] = []
        found = False
        while not found and (line := lines.peek()) is not None and (ending or (line and not line.startswith(":::"))):
            taken.append(lines.take())
            found = bool(ending) and ending in line.lower()[start.end() if len(taken) == 1 else 0 :]
        if ending and not found and not start[6]:
            self.reading.report(
                "html-safe", f"{start[0]} is opened here and never closed", first.at, first.at + len(start[0])
            )
        # Indentation matters in <pre> alone, and does no harm elsewhere.
        words = Text.of((line.code(0), line.at - len(line.code(0)) + len(line)) for line in taken)
        if _COMMENTS.fullmatch(words.raw):
            return True
        piece = self.piece(parent, first.at)
        piece.end, piece.words = taken[-1].end, words
        return True

    @staticmethod
    def _ending(start: re.Match[str]) -> str:
        for group, ending in _ENDS.items():
            if start[group]:
                return ending
        name = start[6].lower()
        return f"</{name}" if name in RAW and not start[5] else ""


@dataclass
class _Frame:
    """An element that is open, and what has been read inside it."""

    tag: Tag | None
    kept: Safe = field(default_factory=Safe)
    span: Span | None = None
    blocks: list[Block] = field(default_factory=list)


class HtmlFrames:
    """Puts blocks, one after another, into the HTML elements that are open around them."""

    def __init__(self, md: Dialect) -> None:
        self._md = md
        self._frames = [_Frame(None)]

    def add(self, blocks: Blocks) -> None:
        """Add blocks to the innermost open element."""
        self._frames[-1].blocks.extend(blocks)

    def close(self) -> Blocks:
        """End what is still open (an error, where HTML wants a closing tag) and give all blocks."""
        while len(self._frames) > 1:
            self._unclosed(self._frames[-1])
            self._pop()
        return tuple(self._frames[0].blocks)

    def read(self, piece: Piece) -> None:
        """Read a block of HTML."""
        text = piece.words
        assert text is not None
        done = 0
        for tag in tags_in(text.raw):
            if tag.start < done or (tag.name not in BLOCKS and tag.name not in REFUSED_BLOCKS):
                continue
            self._words(text.slice(done, tag.start))
            done = tag.end
            if tag.name in RAW and not tag.closing:
                done = self._raw(tag, text)
            else:
                self._structure(tag, text)
        self._words(text.slice(done, len(text.raw)))

    def _words(self, text: Text) -> None:
        """Add the words between two tags as a paragraph; in a block of HTML, Markdown means nothing."""
        lead = len(text.raw) - len(text.raw.lstrip())
        words = text.slice(lead, max(lead, len(text.raw.rstrip())))
        self._printed_as_typed(words)
        content = self._md.inlines.parse(words, only=_PLAIN) if words.raw else ()
        if not content:
            return
        if len(content) == 1 and isinstance(content[0], InlineImage):
            self.add((images.figure(self._md, content[0]),))
            return
        span = self._md.reading.span(words.at(0), words.end(len(words.raw)))
        self.add((Paragraph(content, span=span),))

    def _printed_as_typed(self, words: Text) -> None:
        """Warn of Markdown that CommonMark does not read as such, because the block of HTML has not ended."""
        for marks in _MARKDOWN.finditer(words.raw):
            start, end = words.at(marks.start()), words.end(marks.end())
            message = f"“{cut(marks[0], 40)}” is printed as typed, for it stands in a block of HTML"
            hint = "put a blank line between the tag and the text, or write the marks as HTML"
            self._md.reading.report("html-apart", message, start, end, hint=hint)

    def _raw(self, tag: Tag, text: Text) -> int:
        """Read an element whose words are kept to the letter; gives the index after it."""
        closing = re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(text.raw, tag.end)
        end = closing.start() if closing else len(text.raw)
        if tag.name != "pre":
            refuse_tag(tag, self._md.reading, text.at(tag.start))
        else:
            code = resolve(_ANY_TAG.sub("", text.raw[tag.end : end])).removeprefix("\n").rstrip("\n")
            span = self._md.reading.span(text.at(tag.start), text.end(end))
            self.add((CodeBlock(code, span=span),))
        return closing.end() if closing else end

    def _structure(self, tag: Tag, text: Text) -> None:
        """Open or close an element."""
        reading = self._md.reading
        start = text.at(tag.start)
        if tag.name in REFUSED_BLOCKS:
            if not tag.closing:
                refuse_tag(tag, reading, start)
            return
        if tag.closing:
            self._close(tag, start)
            return
        kept = safe(tag, reading, text.at)
        span = reading.span(start, text.end(tag.end))
        if tag.name == "hr":
            self.add((Break(span=span, id=kept.id),))
            return
        self._end_implied(tag)
        if reading.depth >= DEPTH:
            reading.too_deep("blocks", start)
            return
        reading.depth += 1
        self._frames.append(_Frame(tag, kept, span))

    def _end_implied(self, tag: Tag) -> None:
        ended = _ENDED_BY.get(tag.name, frozenset()) | {"p"}
        while (top := self._frames[-1].tag) is not None and top.name in ended:
            self._pop()

    def _close(self, tag: Tag, start: int) -> None:
        if not any(frame.tag is not None and frame.tag.name == tag.name for frame in self._frames):
            message = f"</{tag.name}> closes nothing that is open here"
            self._md.reading.report("html-safe", message, start, start + tag.end - tag.start, hint="delete it")
            return
        while (frame := self._frames[-1]).tag is not None and frame.tag.name != tag.name:
            self._unclosed(frame)
            self._pop()
        self._pop()

    def _unclosed(self, frame: _Frame) -> None:
        if frame.tag is None or frame.span is None or frame.tag.name in _MAY_STAY_OPEN:
            return
        name = frame.tag.name
        self._md.reading.report(
            "html-safe",
            f"<{name}> is opened here and never closed",
            frame.span.start,
            frame.span.end,
            hint=f"close it with </{name}> where its content ends",
        )

    def _pop(self) -> None:
        frame = self._frames.pop()
        self._md.reading.depth -= 1
        self.add(self._node(frame, sections(tuple(frame.blocks))))

    def _node(self, frame: _Frame, blocks: Blocks) -> Blocks:
        """Make the node of an element: the tree's own kind where it has one."""
        assert frame.tag is not None
        name, kept = frame.tag.name, frame.kept
        span = ends(blocks, frame.span) if frame.span else None
        if name == "p":
            first = blocks[0] if blocks else None
            if kept.attributes:
                name = "div"
            elif isinstance(first, Paragraph):
                return (replace(first, span=span, id=kept.id, language=kept.language), *blocks[1:])
            else:
                return blocks
        if name == "blockquote" and not kept.attributes:
            return (Quotation(blocks, span=span, id=kept.id, language=kept.language),)
        if name[0] == "h" and name[1:].isdigit():
            return (self._heading(int(name[1:]), kept, _inlines(blocks), span),)
        if name == "figure" and (figure := _figure(kept, blocks, span)) is not None:
            return (figure,)
        return (HtmlBlock(name, blocks, kept.attributes, span=span, id=kept.id, language=kept.language),)

    def _heading(self, level: int, kept: Safe, title: Inlines, span: Span | None) -> Section:
        reading = self._md.reading
        name = kept.id
        if not name and span is not None:
            name = reading.names.fresh(slugify(plain(title)))
            reading.claims.append(Claim(name, span, made=True))
        level = max(2, min(6, level + reading.shift))
        return Section(title, level, (), classes=kept.classes, span=span, id=name, language=kept.language)


def _inlines(blocks: Blocks) -> Inlines:
    """Give the words of paragraphs as one line of inline content."""
    return tuple(item for block in blocks if isinstance(block, Paragraph) for item in block.content)


def _figure(kept: Safe, blocks: Blocks, span: Span | None) -> Figure | None:
    """Make a figure of <figure> when it holds pictures and perhaps a caption, and nothing else."""
    pictures = [block for block in blocks if isinstance(block, Figure)]
    captions = [block for block in blocks if isinstance(block, HtmlBlock) and block.tag == "figcaption"]
    if not pictures or len(captions) > 1 or len(pictures) + len(captions) != len(blocks):
        return None
    caption = _inlines(captions[0].blocks) if captions else ()
    if captions and len(captions[0].blocks) != 1:
        return None
    shown = tuple(image for picture in pictures for image in picture.images)
    return Figure(shown, caption, span=span, id=kept.id, language=kept.language)
