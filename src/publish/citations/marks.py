"""Marks: how italics, quotation marks and the like stand in a formatted string.

Each is one private character that opens or closes something, so that words can be cut, joined and recased without
looking at markup, and punctuation can be mended across it. Nothing that an author writes may hold one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FIRST = 0x10FE00
_CITES = 0x10F000
MOST_CITES = 0x800
"""How many works one citation can name."""


class Mark(NamedTuple):
    """A pair of characters around the words that are set so."""

    open: str
    close: str

    def around(self, text: str) -> str:
        """Set words so; nothing stays nothing."""
        return f"{self.open}{text}{self.close}" if text else text


def _mark(number: int) -> Mark:
    return Mark(chr(_FIRST + 2 * number), chr(_FIRST + 2 * number + 1))


ITALIC, BOLD, SMALL_CAPS, SUPERSCRIPT, SUBSCRIPT, UNDERLINE = (_mark(n) for n in range(6))
NO_CASE = _mark(6)  # words whose capitals stay as they are
QUOTED = _mark(7)  # becomes the language's quotation marks, by depth
NAMES = _mark(8)  # the people a work is known by, or what stands for them
LINK = _mark(9)  # an address
CITE = _mark(10)  # one work of a citation; its number in the citation comes first
LABEL = _mark(11)  # what hangs before an entry: its number
YEAR_SUFFIX = _mark(12)
PREFIX, SUFFIX = _mark(13), _mark(14)
"""The author's own words before and after a work."""

ANY = re.compile(f"[{chr(_CITES)}-{chr(_FIRST + 0xFF)}]")
_NAMES_BLOCK = re.compile(f"{NAMES.open}(.*?){NAMES.close}", re.DOTALL)
_SUFFIX_BLOCK = re.compile(f"{YEAR_SUFFIX.open}(.*?){YEAR_SUFFIX.close}")
_LEADING = re.compile(rf"^((?:{ANY.pattern})*)[\s,.;:]+")


def is_mark(character: str) -> bool:
    """Whether a character is a mark."""
    return chr(_CITES) <= character <= chr(_FIRST + 0xFF)


def plain(text: str) -> str:
    """Give the words alone."""
    return ANY.sub("", text)


def numbered(number: int) -> str:
    """Give the mark for the number of a work in its citation."""
    return chr(_CITES + number)


def is_number(character: str) -> bool:
    """Whether a mark is the number of a work."""
    return chr(_CITES) <= character < chr(_CITES + MOST_CITES)


def number_of(mark: str) -> int:
    """Give the number that a mark stands for."""
    return ord(mark) - _CITES


def people(text: str) -> str:
    """Give the first block of names in a string, or nothing."""
    found = _NAMES_BLOCK.search(text)
    return found[1] if found else ""


def without_people(text: str) -> str:
    """Take the first block of names out of a string, and the punctuation that is left at the front."""
    if not _NAMES_BLOCK.search(text):
        return text
    return _LEADING.sub(r"\1", _NAMES_BLOCK.sub("", text, count=1))


def with_people(text: str, instead: str) -> str:
    """Put something in place of the first block of names."""
    return _NAMES_BLOCK.sub(lambda _: instead, text, count=1)


def year_suffix(text: str) -> str:
    """Give the letter after a year, or nothing."""
    found = _SUFFIX_BLOCK.search(text)
    return found[1] if found else ""


def without_suffix(text: str) -> str:
    """Take the letters after years out."""
    return _SUFFIX_BLOCK.sub("", text)


class Formatter:
    """The formatter that citeproc-py calls."""

    @staticmethod
    def preformat(text: object) -> str:
        """Give text as it is: marks need no escaping."""
        return str(text)

    Italic = staticmethod(ITALIC.around)
    Oblique = staticmethod(ITALIC.around)
    Bold = staticmethod(BOLD.around)
    Light = staticmethod(str)
    Underline = staticmethod(UNDERLINE.around)
    Superscript = staticmethod(SUPERSCRIPT.around)
    Subscript = staticmethod(SUBSCRIPT.around)
    SmallCaps = staticmethod(SMALL_CAPS.around)
