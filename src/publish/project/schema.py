"""JSON Schemas (2020-12) of publication.yaml and of front matter, by which editors complete and check keys.

``python -m publish.project.schema`` writes them into ``schemas/``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from publish.project.keys import ESSAY, PUBLICATION
from publish.project.kinds import Schema
from publish.project.tables import Table

# A division's front matter takes what an essay's takes; keys of the whole work stand there only in an essay alone.
_TABLES: Mapping[str, tuple[Table, str, str]] = {
    "publication": (PUBLICATION, "publication.yaml", "A publication: who, what, when, in which order, how it looks."),
    "front-matter": (ESSAY, "Front matter", "What a Markdown file says of itself before its text begins."),
}

NAMES = tuple(_TABLES)
"""The schemas there are."""


def make(name: str) -> str:
    """Make a schema, as JSON text with two spaces of indentation. Raises KeyError for an unknown name."""
    table, title, says = _TABLES[name]
    shared: dict[str, Schema] = {}
    body = table.schema(shared)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": says,
        **body,
        "$defs": dict(sorted(shared.items())),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def stored(name: str) -> str:
    """Give a schema as it is kept beside this module."""
    return (files("publish.project") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    for name in NAMES:
        (folder / f"{name}.schema.json").write_text(make(name), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).with_name("schemas"))
