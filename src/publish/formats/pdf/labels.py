"""Page labels: what a reader sees in the box for the page number, the same as is printed on the page.

A page's number is the CSS counter ``page`` as it stands when the page's margins are set, so resets count. How it is
written is found out in this order:

1. as some margin box of the page itself prints it: ``counter(page, lower-roman)`` makes ``iv``;
2. a page whose name (the CSS property ``page``) is ``cover`` or begins with ``cover-`` has no number; its label is the
   word for cover;
3. a blank page is written as the page before it, the one behind a cover as the cover;
4. a page whose name begins with ``front`` has a lower-case roman number;
5. as a page of the same name prints it, else in arabic figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.records import dataclass

_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip


@dataclass(frozen=True)
class Label:
    """One page's label: ``style`` is the PDF's letter for the way numbers are written, empty for none."""

    style: str
    number: int = 1
    prefix: str = ""

    def __str__(self) -> str:
        return self.prefix + _figure(self.style, self.number)

    def follows(self, other: Label) -> bool:
        """Whether a reader that knows the other page's label can count on to this one."""
        return bool(self.style) and self == Label(other.style, other.number + 1, other.prefix)


class Row(NamedTuple):
    """What a page's label depends on: the page's name, the letter for how it prints its number (empty if it prints
    none), the number, and whether it is blank.
    """

    name: str
    style: str
    number: int
    blank: bool


def page_labels(rows: Sequence[Row], cover: str) -> list[Label]:
    """Give the label of every page; ``cover`` is the word for a cover."""
    by_name = {row.name: row.style for row in rows if row.style}
    labels: list[Label] = []
    for name, style, number, blank in rows:
        if not style and (name == "cover" or name.startswith("cover-")):
            labels.append(Label("", prefix=cover))
        elif blank and labels and not labels[-1].style:
            labels.append(labels[-1])
        elif style or not (labels and labels[-1].style and blank):
            fallback = "r" if name.startswith("front") else by_name.get(name, "D")
            labels.append(Label(style or fallback, number))
        else:
            labels.append(Label(labels[-1].style, number))
    return labels


def entries(labels: Sequence[Label]) -> Iterator[tuple[int, Label]]:
    """Give the entries of a PDF's page labels (ISO 32000-1, 12.4.2): the pages, from 0, where counting starts anew."""
    for index, label in enumerate(labels):
        if not index or not label.follows(labels[index - 1]):
            yield index, label


def _figure(style: str, number: int) -> str:
    if style in ("r", "R"):
        roman = "".join(_roman(number))
        return roman.upper() if style == "R" else roman
    if style in ("a", "A"):
        # ISO 32000-1, table 159: a to z, then aa to zz, and so on.
        return chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    return str(number) if style else ""


def _roman(number: int) -> Iterator[str]:
    for value, letters in _ROMAN:
        while number >= value:
            yield letters
            number -= value
