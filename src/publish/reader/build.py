"""From pieces to nodes: each piece's maker builds its node; headings then gather what stands under them."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeAlias
from xml.etree.ElementTree import Element

from publish.document import Block, Blocks, Paragraph, Section
from publish.reader.processors import BlockSyntax, Piece
from publish.records import dataclass
from publish.source import Span

if TYPE_CHECKING:
    from publish.reader.dialect import Dialect

Open: TypeAlias = list[Block]


def blocks_of(piece: Element, md: Dialect) -> Blocks:
    """Make the blocks that a piece holds, with headings and HTML tags gathering what belongs under them."""
    from publish.reader.syntax.htmlblocks import HtmlFrames

    frames = HtmlFrames(md)
    md.reading.depth += 1
    for child in piece:
        assert isinstance(child, Piece) and isinstance(child.maker, BlockSyntax)
        if child.tag == "html":
            frames.read(child)
            continue
        built = child.maker.build(child)
        if built is not None:
            frames.add(built if isinstance(built, tuple) else (built,))
    md.reading.depth -= 1
    return sections(frames.close())


@dataclass
class _Open:
    """A section that is still gathering blocks; ``head`` is it without them (None: the top)."""

    head: Section | None
    blocks: list[Block] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.head.level if self.head else 0

    def closed(self) -> Section:
        assert self.head is not None
        return replace(self.head, blocks=tuple(self.blocks), run_in=self.head.run_in and _runs_into(self.blocks))


def _runs_into(blocks: list[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[0], Paragraph)


def sections(blocks: Blocks) -> Blocks:
    """Put what follows a heading (a section without blocks) inside its section, and lower sections into higher ones."""
    if not any(isinstance(block, Section) for block in blocks):
        return blocks
    stack = [_Open(None)]
    for block in blocks:
        if isinstance(block, Section) and not block.blocks:
            while stack[-1].level >= block.level:
                _fold(stack)
            stack.append(_Open(block))
        else:
            stack[-1].blocks.append(block)
    while len(stack) > 1:
        _fold(stack)
    return tuple(stack[0].blocks)


def _fold(stack: list[_Open]) -> None:
    section = stack.pop().closed()
    stack[-1].blocks.append(section)


def ends(blocks: Blocks, span: Span) -> Span:
    """Give a span from where one begins to where the last of some blocks ends."""
    last = blocks[-1] if blocks else None
    while isinstance(last, Section) and last.blocks:
        # A section's own span is its heading.
        last = last.blocks[-1]
    return Span(span.source, span.start, max(span.end, last.span.end if last and last.span else 0))
