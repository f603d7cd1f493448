"""How laid-out pages are numbered, and the PDF's table of their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from publish.formats.pdf import engine
from publish.formats.pdf.labels import Label, Row, entries

# CSS counter styles and the letters by which a PDF knows them (ISO 32000-1, table 159).
_STYLES = {"decimal": "D", "lower-roman": "r", "upper-roman": "R", "lower-alpha": "a", "upper-alpha": "A"}


def rows(pages: Sequence[engine.Box], counters: Sequence[int]) -> list[Row]:
    """Give what the label of every page depends on; ``counters`` are the printed numbers."""
    return [
        Row(engine.page_name(page), _printed_style(page), number, bool(page.page_type.blank))
        for page, number in zip(pages, counters, strict=True)
    ]


def number_tree(labels: Sequence[Label]) -> Any:
    """Give the PDF's dictionary of page labels."""
    numbers = engine.Array()
    for index, label in entries(labels):
        entry = engine.Dictionary()
        if label.style:
            entry["S"] = f"/{label.style}"
            entry["St"] = max(1, label.number)
        if label.prefix:
            entry["P"] = engine.String(label.prefix)
        numbers.extend((index, entry))
    return engine.Dictionary({"Nums": numbers})


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
