"""How a division's first paragraph begins: with a large initial, its first words in small capitals, or as any other."""

from __future__ import annotations

import re
import unicodedata

from publish.document import Division, Inlines, Paragraph, Section, plain
from publish.records import dataclass

LONG_ENOUGH = 240
"""Letters that a paragraph must have to stand beside an initial of three lines on the usual page."""

_FEWEST, _MOST = 14, 34
"""How many letters the first words are together: enough to be seen as a group, and less than a line."""

_BEGINNING = re.compile(r"(?P<quote>[“‘’«„‚‹»「『]?[\u202f\xa0]?)(?P<initial>\w)(?P<rest>[\w’'\u2060-]*)")
_WORD = re.compile(r"\s+[^\s]*\w[^\s]*")
_ALONE = re.compile(r"\s+\w[\w’'\u2060-]*")
_WITHOUT_SMALL_CAPITALS = re.compile("[\u1f00-\u1fff]")
_END = re.compile(r"[.!?:;,…—]”?$")


@dataclass(frozen=True)
class Opening:
    """A paragraph's beginning: an opening quotation mark, the first letter, the rest of its word, the words after.

    With a word of one letter counts the next one. ``after`` is the content that follows them.
    """

    quote: str
    initial: str
    rest: str
    words: str
    after: Inlines

    @property
    def has_small_capitals(self) -> bool:
        """Whether fonts have small capitals for its letters; few have them for ancient Greek with its marks."""
        return not _WITHOUT_SMALL_CAPITALS.search(self.rest + self.words)

    @property
    def word(self) -> str:
        """The first word as it is read, with its quotation mark."""
        return f"{self.quote}{self.initial}{self.rest}"


def first_paragraph(division: Division) -> Paragraph | None:
    """Give the paragraph with which a division's text begins; ``None`` when that stands under a heading."""
    for block in division.blocks:
        if isinstance(block, Paragraph):
            return block
        if isinstance(block, Section):
            return None
    return None


def opening(paragraph: Paragraph) -> Opening | None:
    """Take a paragraph apart at its beginning.

    ``None`` for one that is too short, or that does not begin with the capital of a script that has small letters,
    plainly written: an initial stands for what everybody takes for a letter.
    """
    first = paragraph.content[0] if paragraph.content else ""
    if not isinstance(first, str) or len(plain(paragraph.content)) < LONG_ENOUGH:
        return None
    found = _BEGINNING.match(first)
    if found is None or unicodedata.category(found["initial"]) != "Lu":
        return None
    # An accent written apart belongs to its letter; a word must not end in the middle of one.
    if found["rest"] and unicodedata.combining(found["rest"][0]):
        return None
    # A letter that is a word has nothing that leads to it: who copies the page would find it among the lines below.
    next_word = None if found["rest"] else _ALONE.match(first, found.end())
    if not found["rest"] and (next_word is None or next_word.end() == len(first)):
        return None
    begun = next_word.end() if next_word else found.end()
    end = _first_words(first, begun)
    after, others = first[end:], paragraph.content[1:]
    content = (after, *others) if after else others
    return Opening(found["quote"], found["initial"], first[found.end("initial") : begun], first[begun:end], content)


def _first_words(text: str, end: int) -> int:
    """Give where the first words end: at the end of a clause, or when they are enough to be seen as a group."""
    while end < _FEWEST and not _END.search(text[:end]):
        word = _WORD.match(text, end)
        # The last word of a string may go on in an emphasis or a link.
        if word is None or word.end() == len(text) or word.end() > _MOST:
            break
        end = word.end()
    return end
