"""Publications to release, and what is done with them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from publish.build import Request
from publish.diagnostics import Log
from publish.release import Order, Released, release

ADDRESS = "https://books.example.org/"

SENTENCE = "The river rose in the night, and by the morning nobody could say where the bank had been. "

JOURNAL = """\
title: Rivers & Borders
subtitle: Two essays
editor: {name: Ruth O’Farrell, orcid: 0000-0002-1825-0097, affiliation: The Institute}
date: 2026-03-02
lang: en-GB
description: What water does to a line on a map, when 1 < 2 & "3" > 2.
publisher: The Institute
place: London
rights: © 2026 the authors
license: https://creativecommons.org/licenses/by/4.0/
series: {title: Papers, number: 4}
identifiers: {isbn-epub: 978-3-16-148410-0, doi: 10.1000/182}
subjects:
  - {name: POLITICAL SCIENCE / General, authority: BISAC, code: POL000000}
  - {name: Rivers, authority: LCSH}
  - Water
keywords: [rivers, borders]
front: [introduction.md]
body: [the-bank.md, the-bridge.md]
style: {trim: A5}
"""


def journal(folder: Path) -> None:
    """Lay out a publication of an introduction and two essays, with a picture, notes and links between them."""
    manuscript = folder / "manuscript"
    manuscript.mkdir(parents=True)
    (folder / "publication.yaml").write_text(JOURNAL, encoding="utf-8")
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(manuscript / "flood.png")
    (manuscript / "introduction.md").write_text(
        "---\ntitle: Before\nrole: introduction\n---\nTwo essays; see [the second](#the-bridge).\n", encoding="utf-8"
    )
    (manuscript / "the-bank.md").write_text(
        "---\ntitle: The *bank*\nauthor: Ana de Sousa\n---\n"
        f"{SENTENCE * 20}[^1] See [below](#later).\n\n"
        '![The flood.](flood.png){alt="Dark water" credit="Photo: A. Sousa"}\n\n'
        f"## Later {{#later}}\n\n{SENTENCE * 30}\n\n{SENTENCE * 30}[^2]\n\n[^1]: A first note.\n[^2]: A second.\n",
        encoding="utf-8",
    )
    (manuscript / "the-bridge.md").write_text(
        f"---\ntitle: The bridge\nauthor: Jan van Dijk\n---\n{SENTENCE * 40}\n\n> {SENTENCE}\n\n{SENTENCE * 30}\n",
        encoding="utf-8",
    )


def essay(folder: Path) -> None:
    """Lay out a publication of one short essay."""
    manuscript = folder / "manuscript"
    manuscript.mkdir(parents=True)
    (folder / "publication.yaml").write_text(
        "title: A Short Essay\nauthor: An Author\ndate: 2025-11\nlang: en\nformats: [epub]\nstyle: {pages: none}\n",
        encoding="utf-8",
    )
    (manuscript / "essay.md").write_text(f"# A Short Essay\n\n{SENTENCE * 5}\n", encoding="utf-8")


def put_out(
    publication: Path, version: str, dist: Path, log: Log, *, address: str = ADDRESS, notes: str = ""
) -> Released | None:
    """Release a publication without asking referees, which are asked in ``make test-release``."""
    return release(Order(Request(publication, referee=False), version, dist, address, notes), log)


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give every file of a folder: when it was last changed, and its bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def rules(log: Log) -> list[str]:
    """Give the rules that a log says are broken."""
    return [d.rule.name for d in log]
