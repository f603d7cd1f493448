"""The reference of all keys, as Markdown, from the table that reads them.

``python -m publish.project.reference docs/publication.md`` writes it between the page's two marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from publish.project.keys import CONTRIBUTOR, DIVISION, IDENTIFIERS, PUBLICATION, SERIES, STYLE, SUBJECT
from publish.project.tables import Key, Table

BEGIN, END = "<!-- keys: made from the table in publish.project.keys -->", "<!-- end of keys -->"

_SECTIONS = (
    ("publication.yaml", PUBLICATION),
    ("A contributor", CONTRIBUTOR),
    ("A subject", SUBJECT),
    ("series", SERIES),
    ("identifiers", IDENTIFIERS),
    ("style", STYLE),
    ("Front matter of a division", DIVISION),
)


def make() -> str:
    """Make the reference: a heading and a table of keys for each map."""
    return "\n\n".join("\n".join([f"## {title}", "", *_rows(table)]) for title, table in _SECTIONS)


def _rows(table: Table) -> Iterator[str]:
    yield "| key | what it says | also taken |"
    yield "|---|---|---|"
    for key in table.keys:
        yield f"| `{key.name}`{' (needed)' if key.needed else ''} | {_cell(key)} | {_also(key)} |"


def _cell(key: Key) -> str:
    return key.says.replace("|", "\\|")


def _also(key: Key) -> str:
    return ", ".join(f"`{name}`" for name in key.also)


def renewed(page: str) -> str:
    """Give a page with its reference made anew. Raises ValueError if the page lacks a mark."""
    head, rest = page[: page.index(BEGIN)], page[page.index(END) :]
    return f"{head}{BEGIN}\n\n{make()}\n\n{rest}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
