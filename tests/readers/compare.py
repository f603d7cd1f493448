"""python compare.py book.epub model.json: what a reading system makes of a book, against what publish meant.

The publication is rendered again, and its metadata, contents, page list and landmarks are compared with the model that
shots.mjs took from foliate-js. Prints each difference; exits with 1 if there is any.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from publish.build import rendition_of
from publish.diagnostics import Log
from publish.rendition import OutlineEntry, Rendition

FOLDER = "EPUB/"


def lines(entries: Iterable[OutlineEntry]) -> list[dict[str, Any]]:
    """Give lines of the contents as the reading system tells them."""
    return [_line(entry) for entry in entries]


def _line(entry: OutlineEntry) -> dict[str, Any]:
    target = f"{FOLDER}{entry.part}" + (f"#{entry.fragment}" if entry.fragment else "")
    line: dict[str, Any] = {"label": " ".join(entry.title.split()), "href": target}
    return {**line, "under": lines(entry.children)} if entry.children else line


def people(book: Rendition) -> dict[str, list[str]]:
    """Give the names by the reading system's word for what each did."""
    words = {"aut": "author", "edt": "editor", "trl": "translator", "ill": "illustrator"}
    found: dict[str, list[str]] = {}
    for person in book.metadata.contributors:
        if person.role in words:
            found.setdefault(words[person.role], []).append(person.name)
    return found


def expected(book: Rendition) -> dict[str, Any]:
    """Give what the reading system's model should be, as far as it has words for it."""
    data = book.metadata
    metadata = {
        "identifier": book.identifier, "title": data.title, "subtitle": data.subtitle, "language": data.language,
        "description": data.description, "publisher": data.publisher, "published": data.date, "rights": data.rights,
        "modified": f"{book.modified:%Y-%m-%dT%H:%M:%SZ}", **people(book),
    }  # fmt: skip
    return {
        "metadata": {name: value for name, value in metadata.items() if value},
        "contents": lines(book.outline),
        "pages": lines(book.pages),
        "sections": [FOLDER + part.name for part in book.parts],
        "landmarks": [FOLDER + book.start],
    }


def seen(model: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Give the same things of the model that was read."""
    metadata = {name: model["metadata"].get(name) for name in wanted["metadata"]}
    for name in ("author", "editor", "translator", "illustrator"):
        if name in metadata:
            found = metadata[name] if isinstance(metadata[name], list) else [metadata[name]]
            metadata[name] = [one["name"] if isinstance(one, dict) else one for one in found]
    landmarks = [line["href"] for line in model["landmarks"] or () if "bodymatter" in (line.get("type") or ())]
    return {
        "metadata": metadata,
        "contents": [_kept(line) for line in model["contents"]],
        "pages": [_kept(line) for line in model.get("pages") or ()],
        "sections": [section["id"] for section in model["sections"]],
        "landmarks": landmarks,
    }


def _kept(line: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"label": " ".join(line["label"].split()), "href": line["href"]}
    return {**kept, "under": [_kept(one) for one in line["under"]]} if line.get("under") else kept


def differences(wanted: Any, found: Any, where: str = "") -> Iterator[str]:
    """Give each difference, at its place."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for name in {**wanted, **found}:
            yield from differences(wanted.get(name), found.get(name), f"{where}.{name}" if where else name)
    elif isinstance(wanted, list) and isinstance(found, list):
        for number in range(max(len(wanted), len(found))):
            pair = [side[number] if number < len(side) else None for side in (wanted, found)]
            yield from differences(*pair, f"{where}[{number}]")
    elif wanted != found:
        yield f"{where}: {found!r} should be {wanted!r}"


def main(book: Path, model: Path) -> int:
    """Compare, print, and give the exit code."""
    log = Log()
    rendition = rendition_of(book, log)
    if rendition is None:
        print(f"{book} is not what a publication beside it would be made into")
        return 1
    wanted = expected(rendition)
    faults = list(differences(wanted, seen(json.loads(model.read_text(encoding="utf-8")), wanted)))
    counts = f"{len(wanted['metadata'])} statements, {len(wanted['sections'])} parts, {len(wanted['pages'])} pages"
    print("\n".join(faults) or f"The reader's model is ours: {counts}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
