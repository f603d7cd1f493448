"""The manuscript is checked while its pages are laid out: a mistake ends the layout, and explains what it broke."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from publish import renderer
from publish.build import Request, build
from publish.diagnostics import Log

SOUND = "---\ntitle: The Port\nauthor: A Hand\ndate: 2016-03-02\nlang: en\n---\n\nWords.\n"
MISTAKEN = f"{SOUND}\nHere is {{{{ a variable }}}}.\n"


def built(folder: Path, text: str, *formats: str) -> tuple[bool, list[str]]:
    (folder / "essay.md").write_text(text, encoding="utf-8")
    log = Log()
    result = build(Request(folder / "essay.md", formats=formats, referee=False), log)
    return result is not None, [d.rule.name for d in log]


@pytest.mark.parametrize("formats", [("pdf",), ("epub",), ("pdf", "epub")])
def test_a_mistake_found_beside_the_layout_leaves_the_files(formats: tuple[str, ...], tmp_path: Path) -> None:
    assert built(tmp_path, SOUND, *formats) == (True, [])
    before = {path: path.read_bytes() for path in tmp_path.rglob("essay.*") if path.suffix in (".pdf", ".epub")}
    assert len(before) == len(formats)
    assert built(tmp_path, MISTAKEN, *formats) == (False, ["no-template-syntax"])
    assert {path: path.read_bytes() for path in before} == before


def test_what_a_mistake_breaks_is_told_as_the_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise LookupError("a fault of ours")

    monkeypatch.setattr(renderer, "render", broken)
    assert built(tmp_path, MISTAKEN, "pdf") == (False, ["no-template-syntax"])
    with pytest.raises(LookupError, match="ours"):
        built(tmp_path, SOUND, "pdf")
