"""Citations in manuscripts: what is one, what it becomes, where the works are listed, what is told and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from citation_cases import CASES, compare, parts

from publish import reader
from publish.diagnostics import Log
from publish.document import (
    Bibliography,
    BibliographyEntry,
    CitedWork,
    Division,
    Emphasis,
    Link,
    Node,
    NoteCall,
    Publication,
    children,
    walk,
)
from publish.project import load

MANUSCRIPTS = sorted((CASES / "manuscripts").glob("*.txt"))
_OUTCOME = ("printed", "said")


def publication(case: dict[str, str], folder: Path) -> tuple[Publication, Log]:
    """Read the publication that a case holds: an essay alone, or what stands beside publication.yaml."""
    for name, text in case.items():
        if name and name not in _OUTCOME:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    log = Log()
    project = load(folder if (folder / "publication.yaml").exists() else folder / "essay.md", log)
    assert project is not None
    log.switch_off(["author-present", "date-present", "language-present"])
    return reader.read(project, log), log


def shown(publication: Publication) -> str:
    """Give a publication as text: links to entries in brackets, notes by number, each with its words."""
    numbers = {(d.slug, n.label): n.id.removeprefix("note-") for d in publication.divisions for n in d.notes}
    lines: list[str] = []
    for division in publication.divisions:
        lines.append(f"= {division.slug} ({division.role}) {_inline(division.title, division, numbers)}")
        lines += _blocks(division.blocks, division, numbers)
        for note in division.notes:
            words = " / ".join(_blocks(note.blocks, division, numbers))
            lines.append(f"[^{numbers[division.slug, note.label]}]: {words}")
    return "\n".join(lines)


def _blocks(blocks: tuple[Node, ...], division: Division, numbers: dict[tuple[str, str], str]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Bibliography):
            yield f"[list{' ' + block.id if block.id else ''}]"
        title = getattr(block, "title", ())
        if title:
            yield f"## {_inline(title, division, numbers)}"
        for name in ("content", "caption"):
            content = getattr(block, name, ())
            if content:
                head = f"({block.id}) " if isinstance(block, BibliographyEntry) else ""
                hung = block.label if isinstance(block, BibliographyEntry) else ()
                label = f"{_inline(hung, division, numbers)} " if hung else ""
                yield head + label + _inline(content, division, numbers)
        held = (c for name in ("blocks", "head", "body", "cells", "items", "entries") for c in getattr(block, name, ()))
        yield from _blocks(tuple(held), division, numbers)


def _inline(content: tuple[object, ...], division: Division, numbers: dict[tuple[str, str], str]) -> str:
    out = []
    for item in content:
        if isinstance(item, str):
            out.append(item)
        elif isinstance(item, NoteCall):
            out.append(f"[^{numbers[division.slug, item.label]}]")
        else:
            assert isinstance(item, Node)
            words = getattr(item, "text", "") or _inline(tuple(children(item)), division, numbers)
            if isinstance(item, CitedWork | Link):
                words = f"[{words}]({item.target})" if item.target != words else f"<{words}>"
            out.append(f"_{words}_" if isinstance(item, Emphasis) else words)
    return "".join(out)


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.stem)
def test_a_manuscript_cites(path: Path, tmp_path: Path, accept: bool) -> None:
    case = parts(path.read_text(encoding="utf-8"))
    read, log = publication(case, tmp_path)
    compare(path, "printed", shown(read), accept)
    said = "".join(f"{d.place} {d.rule.name}: {d.message}{f' ({d.hint})' if d.hint else ''}\n" for d in log)
    compare(path, "said", said, accept)


@pytest.mark.parametrize("path", MANUSCRIPTS, ids=lambda path: path.stem)
def test_every_link_to_a_work_leads_to_its_entry_and_every_name_is_given_once(path: Path, tmp_path: Path) -> None:
    read, _ = publication(parts(path.read_text(encoding="utf-8")), tmp_path)
    nodes = [node for node in walk(read) if isinstance(node, Node)]
    names = [node.id for node in nodes if node.id]
    assert sorted(set(names)) == sorted(names)
    for node in nodes:
        if isinstance(node, CitedWork):
            assert node.target.removeprefix("#") in names
    labels = {(d.slug, n.label) for d in read.divisions for n in d.notes}
    called = {(d.slug, n.label) for d in read.divisions for n in walk(d) if isinstance(n, NoteCall)}
    assert called == labels


def test_a_manuscript_without_citations_needs_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.citations.load", None)
    case = {"works.bib": "@book{a, title={A}}", "essay.md": "---\ntitle: T\nbibliography: works.bib\n---\nNothing.\n"}
    read, log = publication(case, tmp_path)
    assert [d.rule.name for d in log] == []
    assert len(read.divisions) == 1


def test_formatted_citations_are_kept(tmp_path: Path) -> None:
    kept: dict[str, bytes] = {}

    class Keeper:
        def get(self, name: str) -> bytes | None:
            return kept.get(name)

        def put(self, name: str, data: bytes) -> None:
            kept[name] = data

    case = parts((CASES / "manuscripts" / "every-form.txt").read_text(encoding="utf-8"))
    first, _ = publication(case, tmp_path)
    project = load(tmp_path / "essay.md", Log())
    assert project is not None
    assert reader.read(project, Log(), Keeper()) == first
    assert len(kept) == 1
    assert reader.read(project, Log(), Keeper()) == first
