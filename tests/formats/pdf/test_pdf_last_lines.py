"""What stands at the end of a text, its signature and how to cite it, is not alone on a page: two lines go with it."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.formats.pdf import write
from publish.project import load
from publish.project.styles import theme_names
from publish.renderer import render

END = {
    "signature": "::: signature\nA. Editor, Lugano\n:::\n",
    "cite-as": "::: cite-as\n:::\n",
}
FIRST = {"signature": "A. Editor, Lugano", "cite-as": "Cite as"}
LINE = "A line of the text that stands on the page by itself.\\\n"


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("kind", END)
def test_two_lines_go_with_it(theme: str, kind: str, tmp_path: Path) -> None:
    """Texts of one line more each: in some of them there is no room left for the end."""
    settings = f"title: T\nauthor: An Author\ndate: 2016-03-02\nlang: en\nstyle: {{theme: {theme}, openings: plain}}\n"
    (tmp_path / "publication.yaml").write_text(settings, encoding="utf-8")
    manuscript = tmp_path / "manuscript"
    manuscript.mkdir()
    for count in range(14, 40):
        text = f"---\ntitle: Number {count}\nauthor: An Author\n---\n\n{LINE * count}The last.\n\n{END[kind]}"
        (manuscript / f"n{count}.md").write_text(text, encoding="utf-8")
    log = Log()
    project = load(tmp_path, log)
    assert project is not None, [d.message for d in log]
    whole = read(project, log)
    shown = render(whole.publication, project, whole.pictures, "print", EARLIEST, log)
    assert shown is not None, [d.message for d in log]
    written = write(shown, log)
    assert written is not None, [d.message for d in log]
    with pypdfium2.PdfDocument(written.data) as pdf:
        pages = [page.get_textpage().get_text_bounded().splitlines() for page in pdf]
    ends = [page for page in pages if FIRST[kind] in page]
    assert len(ends) == 26
    assert any("The last." in page and not _has_title(page) for page in ends), "some texts go on to another page"
    for page in ends:
        at = page.index(FIRST[kind])
        assert sum(line.startswith(("A line", "The last")) for line in page[:at]) >= 2, page


def _has_title(page: list[str]) -> bool:
    return any(re.fullmatch(r"Number \d+", line) for line in page)
