"""A little space between Chinese or Japanese and other letters: on the page, and not in the words."""

from __future__ import annotations

from ctypes import c_double
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pdf_pages import font, lent, part, rendition
from pypdfium2 import raw

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.formats.pdf import write
from publish.project import load
from publish.project.styles import theme_names
from publish.renderer import render
from publish.rendition import Resource

SIZE = 10.0
CSS = "p { --text-autospace: 9% } .off { --text-autospace: 0% } article { hyphens: manual }"
HAN, KANA, HANGUL = "漢字東京条約", "のはカナー", "한국어"


@cache
def eastern() -> Resource:
    """Give Source Serif with signs of the East, each of which looks like a letter of Cyrillic."""
    return lent("SourceSerif4-Regular", HAN + KANA + HANGUL + "。")


def places(paragraph: str, css: str = CSS) -> list[tuple[str, float, float]]:
    """Give each letter of a paragraph on its page: the letter, where it begins, and its line (points)."""
    body = f'<article class="body" id="c">{paragraph}</article>'
    log = Log()
    written = write(rendition(part("c.xhtml", body), css=css, resources=(eastern(), font("SourceSerif4-Italic"))), log)
    assert written is not None, [d.message for d in log]
    text = pypdfium2.PdfDocument(written.data)[0].get_textpage()
    found = []
    for index in range(text.count_chars()):
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        found.append((text.get_text_range(index, 1), x.value, round(y.value, 1)))
    top = max(y for _, _, y in found)  # the running head
    return [row for row in found if row[0] not in "\r\n" and row[2] < top]


def gaps(words: str, kind: str = "") -> list[int]:
    """Give behind which letters of a line there is a gap, and see that each is as wide as was asked for."""
    with_gaps, without = places(f'<p class="{kind}">{words}</p>'), places(f'<p class="off">{words}</p>')
    assert [row[0] for row in with_gaps] == [row[0] for row in without]
    moved = [a[1] - b[1] for a, b in zip(with_gaps, without, strict=True)]
    steps = [round(b - a, 2) for a, b in pairwise(moved)]
    assert all(step == pytest.approx(SIZE * 0.09, abs=0.02) for step in steps if step), steps
    return [number for number, step in enumerate(steps, start=1) if step]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("東京の NATO", [], id="a space is there already"),
        pytest.param("東京NATO条約", [2, 6], id="Chinese: letters"),
        pytest.param("条約2016東京", [2, 6], id="figures"),
        pytest.param("カナーABCのは", [3, 6], id="Japanese: kana"),
        pytest.param("東京é条約", [2, 3], id="a letter with an accent"),
        pytest.param("漢字。NATO", [], id="a sign stands between"),
        pytest.param("한국어NATO", [], id="Korean"),
        pytest.param("東京", [], id="nothing else"),
    ],
)
def test_where_there_is_a_gap(words: str, expected: list[int]) -> None:
    assert gaps(words) == expected


def test_what_is_copied_is_what_was_typed() -> None:
    assert "".join(letter for letter, _, _ in places("<p>東京NATO条約2016</p>")) == "東京NATO条約2016"


def test_a_style_can_do_without() -> None:
    assert gaps("東京NATO条約", "off") == []


@pytest.mark.parametrize("align", ["start", "justify; --space-shrink: 33%"])
def test_lines_have_room_for_the_gaps(align: str) -> None:
    """A line that ends with its gaps where it would end without them would be too long by some of them."""
    words = "東京NATO条約" * 30 + " " + "東京NATO条約2016 " * 20
    rows = places(f"<p>{words}</p>", f"{CSS} p {{ text-align: {align} }}")
    measure = (100 - 24) / 25.4 * 72
    left = min(x for _, x, _ in rows)
    lines: dict[float, float] = {}
    for letter, x, y in rows:
        if letter != " ":
            lines[y] = max(lines.get(y, 0), x - left)
    assert len(lines) > 5 and max(lines.values()) < measure - 3, lines
    assert sorted(lines.values())[1] > measure - 45


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize(("language", "wider"), [("zh-Hant", True), ("ja", True), ("en", False)])
def test_themes_ask_for_it_in_chinese_and_japanese(theme: str, language: str, *, wider: bool, tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(
        f"---\ntitle: T\nauthor: A\nlang: {language}\nstyle: {{theme: {theme}, openings: plain}}\n---\n\n"
        "東京条約 `東京NATO条約`\n\n東京NATO条約\n",
        encoding="utf-8",
    )
    styles = tmp_path / "styles"
    (styles / "fonts").mkdir(parents=True)
    (styles / "fonts/East.ttf").write_bytes(eastern().data)
    east = '@font-face { font-family: "East"; src: url(../fonts/East.ttf) } html, code { font-family: "East" }'
    (styles / "local.css").write_text(east, encoding="utf-8")
    log = Log()
    project = load(tmp_path / "essay.md", log)
    assert project is not None
    whole = read(project, log)
    shown = render(whole.publication, project, whole.pictures, "print", EARLIEST, log)
    assert shown is not None, [d.message for d in log]
    written = write(shown, log)
    assert written is not None, [d.message for d in log]
    text = pypdfium2.PdfDocument(written.data)[0].get_textpage()
    letters = text.get_text_range()
    # How far it is from the sign before NATO to its N, measured by how far it is to the A.
    in_code, in_text = (_ratio(text, begin) for begin in (letters.index("京NATO"), letters.rindex("京NATO")))
    assert in_text - in_code == pytest.approx(0.125 if wider else 0, abs=0.02)


def _ratio(text: Any, begin: int) -> float:
    x, y = c_double(), c_double()
    places = []
    for index in range(begin, begin + 3):
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        places.append(x.value)
    return (places[1] - places[0]) / (places[2] - places[1])
