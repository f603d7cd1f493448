"""The syntax of the dialect, one module an addition to Markdown, and the order in which each is tried.

Two tables: what begins a block, tried on each line that begins one; and what stands in a line, searched for one
after the other in the whole of a paragraph. The reason for a row's place stands beside it.
"""

from __future__ import annotations

from typing import NamedTuple

from publish.reader.processors import BlockSyntax, InlineSyntax
from publish.reader.syntax.abbreviations import AbbreviationDefinition, AbbreviationMark
from publish.reader.syntax.breaks import ThematicBreak
from publish.reader.syntax.citations import CitationMark, TextualCitation
from publish.reader.syntax.code import FencedCode, IndentedCode
from publish.reader.syntax.crossreferences import CrossReferenceMark
from publish.reader.syntax.definedlinks import ReferenceDefinition
from publish.reader.syntax.definitions import DefinitionBlock
from publish.reader.syntax.divs import Div
from publish.reader.syntax.emphasis import EmphasisMarks
from publish.reader.syntax.escapes import CharacterReference
from publish.reader.syntax.headings import Heading
from publish.reader.syntax.html import HtmlTag
from publish.reader.syntax.htmlblocks import HtmlChunk
from publish.reader.syntax.images import ImageMark
from publish.reader.syntax.lineblocks import LineBlock
from publish.reader.syntax.links import BareLink, LinkMark
from publish.reader.syntax.lists import ListBlock
from publish.reader.syntax.literal import Literal
from publish.reader.syntax.math import EquationBlock
from publish.reader.syntax.notes import InlineNote, NoteCallMark, NoteDefinition
from publish.reader.syntax.paragraphs import ParagraphBlock
from publish.reader.syntax.quotes import BlockQuote
from publish.reader.syntax.scripts import DeletionMark, SubscriptMark, SuperscriptMark
from publish.reader.syntax.spans import SpanMark
from publish.reader.syntax.tables import TableBlock, TableCaption


class BlockRow(NamedTuple):
    """A kind of block and why it is tried where it is."""

    name: str
    processor: type[BlockSyntax]
    why: str


class InlineRow(NamedTuple):
    """A kind of inline mark and why it is searched for where it is."""

    name: str
    processor: type[InlineSyntax]
    why: str


BLOCKS: tuple[BlockRow, ...] = (
    BlockRow("indented-code", IndentedCode, "first: four columns of space take every other meaning away"),
    BlockRow("fenced-code", FencedCode, "before all else: nothing inside a fence means anything"),
    BlockRow("equation", EquationBlock, "before lists: a line of a formula may begin with a plus"),
    BlockRow("div", Div, "a container; its colons begin nothing else"),
    BlockRow("heading", Heading, "its # begins nothing else"),
    BlockRow("thematic-break", ThematicBreak, "before lists: * * * is a break, not three bullets"),
    BlockRow("abbreviation", AbbreviationDefinition, "before paragraphs: it prints nothing"),
    BlockRow("list", ListBlock, "after breaks; before notes, for a note may stand in an item"),
    BlockRow("quote", BlockQuote, "its > begins nothing else"),
    BlockRow("html", HtmlChunk, "before paragraphs: its lines are HTML up to a blank one"),
    BlockRow("note", NoteDefinition, "before link references: [^x]: would be one"),
    BlockRow("reference", ReferenceDefinition, "before paragraphs: it prints nothing"),
    BlockRow("table", TableBlock, "before captions: a row may begin with a colon"),
    BlockRow("table-caption", TableCaption, "before paragraphs: it is one, marked"),
    BlockRow("line-block", LineBlock, "after tables, whose rows begin with a pipe, too"),
    BlockRow("definitions", DefinitionBlock, "after whatever a term is not, and after captions of tables"),
    BlockRow("paragraph", ParagraphBlock, "last: whatever is nothing else"),
)

INLINES: tuple[InlineRow, ...] = (
    InlineRow("literal", Literal, "first: nothing inside code, formulas, addresses and tags means anything"),
    InlineRow("html", HtmlTag, "before brackets and references: its attributes may hold any character"),
    InlineRow("reference", CharacterReference, "after HTML, whose attributes resolve their own"),
    InlineRow("citation", CitationMark, "before notes: what an author writes around a key is read with it, once"),
    InlineRow("citation-in-text", TextualCitation, "after brackets, in which a key is no part of the sentence"),
    InlineRow("note-call", NoteCallMark, "before links: [^x](y) calls a note"),
    InlineRow("note", InlineNote, "before links, which may stand in it"),
    InlineRow("image", ImageMark, "before links, which may hold one"),
    InlineRow("link", LinkMark, "before spans: [x](y){.z} is one link"),
    InlineRow("cross-reference", CrossReferenceMark, "after links, which can hold none; before spans, which can"),
    InlineRow("span", SpanMark, "after links: what is left of brackets"),
    InlineRow("bare-link", BareLink, "after links and code: only in plain words"),
    InlineRow("deletion", DeletionMark, "after bare links, in which a tilde is a tilde; before subscripts"),
    InlineRow("subscript", SubscriptMark, "after deletions, whose tildes come in twos"),
    InlineRow("superscript", SuperscriptMark, "after notes, whose carets mean something else"),
    InlineRow("emphasis", EmphasisMarks, "after all marks: it may enclose everything, and no mark inside can end it"),
    InlineRow("abbreviation", AbbreviationMark, "last: whole words, of what no mark has claimed"),
)
