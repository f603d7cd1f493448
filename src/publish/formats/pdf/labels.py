"""Page labels: what a reader sees in the box for the page number, the same as is printed on the page.

A page's number is the CSS counter ``page`` as it stands when the page's margins are set, so resets count. How it is
written is found out in this order:

1. as some margin box of the page itself prints it: ``counter(page, lower-roman)`` makes ``iv``;
2. a page whose name (the CSS property ``page``) is ``cover`` or begins with ``cover-`` has no number; its label is the
   word for cover;
3. a blank page is written as the page before it;
4. a page whose name begins with ``front`` has a lower-case roman number;
5. as a page of the same name prints it, else in arabic figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from publish.formats.pdf import engine

# CSS counter styles and the letters by which a PDF knows them (ISO 32000-1, table 159).
_STYLES = {"decimal": "D", "lower-roman": "r", "upper-roman": "R", "lower-alpha": "a", "upper-alpha": "A"}
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


def page_labels(pages: Sequence[engine.Box], counters: Sequence[int], cover: str) -> list[Label]:
    """Give the label of every page. ``counters`` are the printed numbers; ``cover`` is the word for a cover."""
    printed = [_printed_style(page) for page in pages]
    by_name = {engine.page_name(page): style for page, style in zip(pages, printed, strict=True) if style}
    labels: list[Label] = []
    for page, number, style in zip(pages, counters, printed, strict=True):
        name = engine.page_name(page)
        if not style and (name == "cover" or name.startswith("cover-")):
            labels.append(Label("", prefix=cover))
        elif style or not (labels and labels[-1].style and page.page_type.blank):
            fallback = "r" if name.startswith("front") else by_name.get(name, "D")
            labels.append(Label(style or fallback, number))
        else:
            labels.append(Label(labels[-1].style, number))
    return labels


def number_tree(labels: Sequence[Label]) -> Any:
    """Give the PDF's dictionary of page labels (ISO 32000-1, 12.4.2): an entry wherever counting starts anew."""
    entries = engine.Array()
    for index, label in enumerate(labels):
        if index and label.follows(labels[index - 1]):
            continue
        entry = engine.Dictionary()
        if label.style:
            entry["S"] = f"/{label.style}"
            entry["St"] = max(1, label.number)
        if label.prefix:
            entry["P"] = engine.String(label.prefix)
        entries.extend((index, entry))
    return engine.Dictionary({"Nums": entries})


def _printed_style(page: engine.Box) -> str:
    """Give the letter for how some margin box prints the page's number, or an empty string."""
    for box in engine.children(page):
        if engine.margin_keyword(box):
            for style in _counter_styles(box.style["content"]):
                return style
    return ""


def _counter_styles(content: Any) -> Iterator[str]:
    for item in content if isinstance(content, tuple | list) else ():
        if item[0] == "counter()" and item[1][0] == "page" and item[1][-1] in _STYLES:
            yield _STYLES[item[1][-1]]


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
