"""The PDFs of a publication's profiles: made together, each geometry laid out once."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publish.build import Request, build, clean
from publish.build.printing import Printing
from publish.diagnostics import Log
from publish.formats import Written
from publish.pages import Page, PageMap
from publish.profiles import PROFILES, Order
from publish.project import Style
from publish.rendition import Rendition

SETTINGS = """title: North and East
author: An Author
date: 2016-03-02
lang: en
formats: [pdf]
profiles: [screen, {name: offset, marks: yes}, pod-grey]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication for readers and two printers."""
    root = tmp_path_factory.mktemp("printed") / "journal"
    (root / "manuscript").mkdir(parents=True)
    (root / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "manuscript/essay.md").write_text("# The Port\n\nA paragraph.\n", encoding="utf-8")
    return root


def test_a_file_for_each_profile(folder: Path) -> None:
    log = Log()
    stages: list[str] = []

    def progress(stage: str) -> nullcontext[None]:
        stages.append(stage)
        return nullcontext()

    result = build(Request(folder, referee=False), log, progress)
    assert result is not None, [d.message for d in log]
    names = [made.path.name for made in result.files]
    assert names == ["north-and-east.pdf", "north-and-east-offset.pdf", "north-and-east-pod-grey.pdf"]
    assert stages.count("Making the PDF") == 3, "with the cover, with bleed, and with neither"
    pages = [len(pikepdf.open(BytesIO(made.data)).pages) for made in result.files]
    assert [made.pages for made in result.files] == pages
    assert pages[1] % 4 == pages[2] % 2 == 0
    again = build(Request(folder, referee=False), Log())
    assert again is not None
    assert again.unchanged
    assert len(clean(folder, Log())) >= 3
    assert not list((folder / "build").glob("*.pdf"))


def test_a_press_profile_that_is_none(folder: Path) -> None:
    (folder / "press.icc").write_bytes(b"no profile")
    log = Log()
    order = Order(PROFILES["offset"], icc=folder / "press.icc")
    assert build(Request(folder, referee=False, profiles=(order,)), log) is None
    assert [(d.rule.name, d.message) for d in log] == [("profile-fit", "press.icc is not an ICC profile")]
    missing = replace(order, icc=folder / "lost.icc")
    log = Log()
    assert build(Request(folder, referee=False, profiles=(missing,)), log) is None
    assert [d.rule.name for d in log] == ["file-readable"]


def test_the_inside_margin_is_found_by_laying_out_again() -> None:
    """A wider margin makes more pages, and more pages ask for a wider margin, until it holds."""
    asked: list[float] = []

    def lay_out(style: Style, _log: Log) -> tuple[Rendition, Written]:
        asked.append(style.inside)
        count = 140 if style.inside < 9 else 152 if style.inside < 12 else 155
        return None, Written(b"", PageMap((Page("1"),) * count))  # type: ignore[return-value]

    printing = Printing(Style(), lay_out)
    laid = printing.laid(Order(PROFILES["pod-grey"]), Log())
    assert laid is not None
    assert asked == [0, 9.525, 12.7]
    assert len(laid[1].pages) == 155
    printing.laid(Order(PROFILES["pod-grey"]), Log())
    assert len(asked) == 3, "what was laid out once is not laid out again"


def test_a_fault_on_a_page_has_its_line_in_the_manuscript(tmp_path: Path) -> None:
    """A picture's fault stands at the picture, a page's where the page begins."""
    from PIL import Image

    (tmp_path / "manuscript").mkdir()
    (tmp_path / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    text = '# The Port\n\nA paragraph.\n\n![A crane.](crane.jpg){alt="A crane over water"}\n\nMore.\n'
    (tmp_path / "manuscript/essay.md").write_text(text, encoding="utf-8")
    Image.radial_gradient("L").resize((950, 400)).convert("RGB").save(tmp_path / "manuscript/crane.jpg")
    log = Log()
    assert build(Request(tmp_path, referee=False, profiles=(Order(PROFILES["offset"]),)), log), [d.message for d in log]
    advice = [d for d in log if d.rule.name == "press-advised"]
    assert [d.place for d in advice] == ["manuscript/essay.md:5:1"]
    assert "pixels an inch, and 300 are asked for" in advice[0].message
    log = Log()
    build(Request(tmp_path, referee=False, profiles=(Order(PROFILES["pod-grey"]),)), log)
    assert "manuscript/essay.md:3:1" in {d.place for d in log if d.rule.name == "press-advised"}
