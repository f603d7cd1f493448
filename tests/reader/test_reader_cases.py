"""Cases an editor can read: Markdown, the tree it becomes, and what is said of it.

A case is a file in tests/cases/reader: its Markdown (several files each begin with a line ``==== name``), then a line
``---- tree`` and the tree as an outline, then ``---- diagnostics`` and what is reported. Either may be left out when
it is not what the case is about. What concerns a file as a whole is the project's, and is left out. ``pytest tests/reader --accept`` writes what came out into the cases.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from manuscripts import outline

from publish.diagnostics import Log
from publish.document import children
from publish.project import load
from publish.reader import read

CASES = Path(__file__).parent.parent / "cases" / "reader"
PART = re.compile(r"^---- (tree|diagnostics)\n", re.MULTILINE)
FILE = re.compile(r"^==== (\S+)\n", re.MULTILINE)


def came_out(markdown: str, folder: Path) -> dict[str, str]:
    """Read a case's files as a project, and give its two parts."""
    first, *more = FILE.split(markdown)
    files = dict(zip(more[::2], more[1::2], strict=True)) if more else {"essay.md": first}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    log = Log()
    project = load(folder / "essay.md" if list(files) == ["essay.md"] else folder, log)
    assert project is not None
    publication = read(project, log)
    divisions = publication.divisions
    lines: list[str] = []
    for division in divisions:
        lines += [f"{division.slug}:"] if len(divisions) > 1 else []
        title = ["title:", *(line for item in division.title for line in outline(item, 1))]
        lines += title if division.title != (project.divisions[0].front.title,) else []
        lines += [line for child in children(division) if child not in division.title for line in outline(child)]
    told = [f"{_place(d.place)} {d.rule.name} {d.message}" + f" ({d.hint})" * bool(d.hint) for d in log if d.span]
    return {"tree": "".join(f"{line}\n" for line in lines), "diagnostics": "".join(f"{line}\n" for line in told)}


def _place(place: str) -> str:
    """Give a place without the folder that the test happens to stand in."""
    return re.sub(r"^.*?([\w.-]+\.md:)", r"\1", place).removeprefix("essay.md:")


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_case(case: Path, tmp_path: Path, accept: bool) -> None:
    markdown, *parts = PART.split(case.read_text(encoding="utf-8"))
    expected = dict(zip(parts[::2], parts[1::2], strict=True))
    assert expected, "a case says what is expected"
    found = came_out(markdown, tmp_path)
    if accept:
        kept = "".join(f"---- {part}\n{found[part]}" for part in expected)
        case.write_text(markdown + kept, encoding="utf-8")
    assert accept or {part: found[part] for part in expected} == expected
