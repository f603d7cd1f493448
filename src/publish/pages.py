"""Where the pages of the print edition begin: what the layout knows, as a value that an EPUB's renderer takes.

A place in a part is told by counting letters, because both media show the same words in the same order, whatever
else differs. A letter is any character but white space and invisible characters (soft hyphens, joiners); a picture or
a rule between paragraphs counts as one letter, ``OBJECT``. Notes are not counted: in print they stand at the foot of
the page, in an EPUB in a part of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any, Literal

from publish.records import dataclass

OBJECT = "\ufffc"
"""What stands in a text for a picture or a rule."""

_OBJECTS = frozenset({"hr", "img", "math", "object", "svg"})
_NOTES = frozenset({"doc-endnote", "doc-footnote"})
_NO_LETTERS = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+")


@dataclass(frozen=True)
class Page:
    """A page: its label as it is printed, and its first letter (from 0) in the text of a part.

    ``part`` is empty for a page on which no text of an author's begins: a blank one, or one that only notes fill.
    """

    label: str
    part: str = ""
    letter: int = 0


@dataclass(frozen=True)
class PageMap:
    """Every page in order, and the text that was laid out for each part that has any, by the part's name.

    A text is a tuple of runs: the letters between one tag and the next, without the runs that have none.
    """

    pages: tuple[Page, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of every page."""
        return tuple(page.label for page in self.pages)

    def without(self, label: str) -> PageMap:
        """Give the map without the pages of a label."""
        return replace(self, pages=tuple(page for page in self.pages if page.label != label))

    def head(self) -> dict[str, Any]:
        """Give the map as JSON can hold it."""
        return {"pages": [[p.label, p.part, p.letter] for p in self.pages], "texts": dict(self.texts)}

    @staticmethod
    def from_head(head: Mapping[str, Any]) -> PageMap:
        """Give the map that JSON held. Raises KeyError, TypeError or ValueError for what is no map."""
        pages = tuple(Page(str(label), str(part), int(letter)) for label, part, letter in head["pages"])
        texts: Iterable[tuple[str, Iterable[str]]] = head["texts"].items()
        return PageMap(pages, {str(part): tuple(map(str, runs)) for part, runs in texts})


def letters(text: str) -> str:
    """Give the letters of a text: what is counted."""
    return _NO_LETTERS.sub("", text)


def kind(name: str, attributes: Mapping[str, str]) -> Literal["object", "silent", "text"]:
    """Say how an element is counted, by its name (without a namespace) and its attributes.

    ``object``: as one letter, whatever is inside; ``silent``: not at all (notes, and what is hidden); ``text``: by
    what is inside.
    """
    if name in _OBJECTS:
        return "object"
    silent = "hidden" in attributes or _NOTES.intersection(attributes.get("role", "").split())
    return "silent" if silent else "text"
