"""Small marks stand a little out of the text at the ends and beginnings of its lines, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pdf_pages import FONTS, font, lent, part, rendition
from pypdfium2 import raw

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.formats.pdf import write
from publish.project import load
from publish.project.styles import theme_names
from publish.renderer import render
from publish.rendition import Resource

SIZE, LEFT, RIGHT = 10.0, 12 / 25.4 * 72, 88 / 25.4 * 72
CSS = "body { margin: 0 } @page { @top-center { content: none !important } } article { hyphens: manual; text-align: justify }"
HANG = f"{CSS} p {{ --optical-margins: 100% }}"
NEARLY = pytest.approx(0, abs=0.12)  # points: letters are placed to a thousandth of their size, and their errors add up
HEBREW = "אבגדהוזחטיכלמנ"


@cache
def face() -> Resource:
    """Give Source Serif with Hebrew, whose letters look like Cyrillic here."""
    return lent("SourceSerif4-Regular", HEBREW)


def width(mark: str) -> float:
    """Give how wide a character of the text is (points)."""
    face = TTFont(FONTS / "SourceSerif4-Regular.ttf")
    return float(face["hmtx"][face.getBestCmap()[ord(mark)]][0] / face["head"].unitsPerEm * SIZE)


@dataclass
class Line:
    """A line as it is printed: its text, where it begins and ends at the left and right, its narrowest space."""

    text: str
    left: float
    right: float
    space: float


def page_lines(data: bytes) -> Iterator[Line]:
    """Give the lines of all pages."""
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        rows: dict[float, list[tuple[str, float, float]]] = {}
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            if letter.strip("\r\n"):
                rows.setdefault(round(y.value), []).append((letter, x.value, text.get_charbox(index, loose=True)[2]))
        for row in rows.values():
            row.sort(key=lambda letter: letter[1])
            seen = [letter for letter in row if letter[0] != " "]
            spaces = [b[1] - a[1] for a, b in pairwise(row) if a[0] == " "]
            yield Line("".join(a[0] for a in row).strip(), seen[0][1], seen[-1][2], min(spaces, default=9.0))


def lines(body: str, css: str = HANG, attributes: str = "") -> list[Line]:
    """Give the lines of a text on its page."""
    article = f'<article class="body" id="c" {attributes}>{body}</article>'
    log = Log()
    written = write(rendition(part("c.xhtml", article), css=css, resources=(face(), font("SourceSerif4-Italic"))), log)
    assert written is not None, [d.message for d in log]
    return [line for line in page_lines(written.data) if not line.text.isdigit()]


def words(pattern: str, count: int = 60) -> str:
    """Give words of different lengths, each written as the pattern says."""
    lengths = (5, 3, 7, 4, 2, 6, 3, 5, 8, 4, 3)
    return " ".join(pattern.format("nomeranoma"[: lengths[n % len(lengths)]]) for n in range(count))


@pytest.mark.parametrize(
    ("mark", "share"),
    [
        ("-", 0.6), (".", 0.6), (",", 0.6), (":", 0.4), (";", 0.4), ("–", 0.3), ("—", 0.2), ("”", 0.5), ("’", 0.6),
        ("»", 0.5), ("?", 0.2), ("a", 0), (")", 0), ("5", 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shrink", ["0%", "33%"])
def test_a_full_line_lets_its_last_mark_stand_out(mark: str, share: float, shrink: str) -> None:
    *full, last = lines(f"<p>{words('{}' + mark)}</p>", f"{HANG} p {{ --space-shrink: {shrink} }}")
    assert last.right < RIGHT
    marked = [line for line in full if line.text.endswith((mark, "\ufffe"))]  # before a dash, a line may end, too
    assert len(marked) > 2
    for line in full:
        assert line.right - RIGHT - share * width(mark) * (line in marked) == NEARLY, line
        assert line.left - LEFT + 0.2 * width("—") * line.text.startswith("—") == NEARLY


@pytest.mark.parametrize(("mark", "share"), [("“", 0.5), ("‘", 0.6), ("«", 0.5), ("—", 0.2), ("(", 0), ("T", 0)])
def test_a_line_lets_its_first_mark_stand_out(mark: str, share: float) -> None:
    first, *others, last = lines(f"<p>{words(mark + '{}')}</p>", f"{HANG} p {{ text-indent: 20pt }}")
    assert first.left - (LEFT + 20 - share * width(mark)) == NEARLY
    marked = [line for line in (*others, last) if line.text.startswith(mark)]
    assert len(marked) > (0 if mark == "—" else 4)
    for line in (*others, last):
        assert line.left - (LEFT - share * width(mark) * (line in marked)) == NEARLY, line
    for line in others:
        assert line.right - RIGHT - share * width(mark) * line.text.endswith("—") == NEARLY


@pytest.mark.parametrize("strength", ["50%", "0%", "much"])
def test_a_style_says_how_much(strength: str) -> None:
    out = {"50%": 0.3 * width(",")}.get(strength, 0)
    for line in lines(f"<p>{words('{},')}</p>", f"{CSS} p {{ --optical-margins: {strength} }}")[:-1]:
        assert line.right - RIGHT - out == NEARLY


def test_the_last_line_ends_where_it_ends() -> None:
    first, last = lines("<p>one, two,<br/>one, two,</p>", f"{HANG} p {{ text-align-last: justify }}")
    assert first.right - RIGHT == NEARLY and last.right - RIGHT == NEARLY


@pytest.mark.parametrize(
    "words_written",
    ["{}.<sup>1</sup>", '<span style="padding-right: 1pt">{}.</span>', '{}.<img src="images/p.png" alt="A dot"/>'],
)
def test_what_something_follows_is_not_the_last(words_written: str) -> None:
    css = f"{HANG} img {{ width: 3pt; height: 3pt }}"
    picture = Resource("images/p.png", "image/png", _png(), 8, 8)
    article = f'<article class="body" id="c"><p>{words(words_written)}</p></article>'
    written = write(rendition(part("c.xhtml", article), css=css, resources=(picture,)), Log())
    assert written is not None
    full = [line for line in page_lines(written.data) if len(line.text) > 30][:-1]
    assert len(full) > 4 and all(line.right < RIGHT + 0.12 for line in full), full


def _png() -> bytes:
    from pdf_pages import png

    return png()


def test_a_mark_in_an_emphasis_stands_out_and_one_in_code_that_does_not_want_to_stays() -> None:
    css = f"{HANG} code {{ --optical-margins: 0%; font-family: inherit }}"
    emphasised = lines(f"<p>{words('<em>{},</em>')}</p>", css)[:-1]
    assert len(emphasised) > 4 and all(line.right > RIGHT + 1 for line in emphasised), emphasised
    for line in lines(f"<p>{words('<code>{},</code>')}</p>", css)[:-1]:
        assert line.right - RIGHT == NEARLY


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("first", ["", "“nom, "])
def test_nothing_stands_out_towards_what_floats_beside(side: str, first: str) -> None:
    css = f"{HANG} .aside {{ float: {side}; width: 60pt; height: 40pt }}"
    found = lines(f'<p>{first}<span class="aside"></span>{words("“{},")}</p>', css)
    left, right = ((LEFT + 60, RIGHT), (LEFT, RIGHT - 60))[side == "right"]
    comma, quote = 0.6 * width(","), 0.5 * width("“")
    begun = 1 if first and side == "left" else 0  # that line had begun when the box was met
    for line in found[begun:3]:
        assert line.left - left + (quote if side == "right" else 0) == NEARLY, line
        assert line.right - right - (comma if side == "left" else 0) == NEARLY, line
    for line in found[3:-1]:
        assert line.left - LEFT + quote == NEARLY and line.right - RIGHT - comma == NEARLY


def test_no_room_is_taken_where_nothing_may_stand_out() -> None:
    css = f"{HANG} .aside {{ float: right; width: 60pt; height: 9000pt }} @page {{ size: 100mm 4000mm }}"
    text = " ".join(f"{'nomeranoma'[: 2 + (n * n * 3 + n // 5) % 8]}," for n in range(700))
    found = lines(f'<p><span class="aside"></span>{text}</p>', css)[:-1]
    assert len(found) > 90 and min(line.space for line in found) > width(" ") - 0.1


def test_nothing_stands_out_of_the_paper() -> None:
    css = f"{HANG} @page {{ margin: 0 !important }}"
    for line in lines(f"<p>{words('“{},')}</p>", css)[:-1]:
        assert line.left == NEARLY and line.right - 100 / 25.4 * 72 == NEARLY


def test_it_is_mirrored_where_lines_run_from_right_to_left() -> None:
    text = " ".join(f"”{HEBREW[n % 5 : n % 5 + 3 + n % 4]}," for n in range(70))
    css = f"{HANG} article {{ direction: rtl }} p {{ text-indent: 20pt }}"
    first, *found = lines(f"<p>{text}</p>", css)
    comma, quote = 0.6 * width(","), 0.5 * width("”")
    assert first.right - (RIGHT - 20 + quote) == NEARLY and first.left - (LEFT - comma) == NEARLY
    assert len(found) > 4
    for line in found:
        assert line.right - (RIGHT + quote) == NEARLY, line
        assert line is found[-1] or line.left - (LEFT - comma) == NEARLY, line


def test_an_emphasis_in_a_line_from_right_to_left_stays_beside_its_neighbours() -> None:
    text = " ".join(f"{'<em>' * (n % 2)}{HEBREW[n % 5 : n % 5 + 3 + n % 4]},{'</em>' * (n % 2)}" for n in range(70))
    css = " article { direction: rtl } em { font-style: normal }"
    hung, plain = (lines(f"<p>{text}</p>", before + css) for before in (HANG, CSS))
    assert len(hung) == len(plain) > 5
    for one, other in zip(hung[:-1], plain[:-1], strict=True):
        assert one.text == other.text
        assert one.right - other.right == NEARLY and one.left - (other.left - 0.6 * width(",")) == NEARLY
        assert one.space > other.space


HEBREW_TEXT = " ".join(f"{HEBREW[n % 5 : n % 5 + 3 + n % 4]}{',' * (n % 3 == 0)}" for n in range(40))
ENGLISH = (
    "The treaty, signed in spring, was a promise; the harbour, the railway and the bridge – all of it – were old. "
    "“Nobody,” he wrote, “has seen the generals.” He met none in October, in November, and again: “We shall see.” So it was."
)

WITHOUT = re.sub("[^a-z ]", "", ENGLISH.lower())


@pytest.mark.parametrize(
    ("text", "shrink"),
    [
        pytest.param(f"<span>{ENGLISH}</span>", 33, id="chosen together"),
        pytest.param(f"<span>{re.sub('[“”–]', '', ENGLISH.lower())}</span>", 0, id="line after line"),
        pytest.param(WITHOUT, 33, id="chosen together, hyphens alone"),
        pytest.param(WITHOUT, 0, id="line after line, hyphens alone"),
        pytest.param(
            ENGLISH.replace("of it", "<em>of it</em>").replace("wrote", "<b>wrote</b>"), 33, id="with emphasis"
        ),
        pytest.param(f'<span dir="rtl">{HEBREW_TEXT}</span>', 0, id="from right to left"),
        pytest.param(
            re.sub("א(.+?) ", r"<em dir='rtl'>א\1</em> ", HEBREW_TEXT), 0, id="from right to left, with emphasis"
        ),
    ],
)
def test_lines_have_room_for_what_hangs_and_no_space_is_too_narrow(text: str, shrink: int) -> None:
    """Some lines are broken otherwise for it; one that took more than hangs would have narrower spaces than are allowed."""
    right_to_left = "direction: rtl;" if "rtl" in text else ""
    boxes = "".join(f'<p style="width: {90 + 1.3 * n}pt">{text}</p>' for n in range(80))
    css = (
        f"{CSS} p {{ {right_to_left} --space-shrink: {shrink}%; hyphens: auto; margin: 0 0 9pt; }}"
        " p { hyphenate-character: '-' } em[dir] { font-style: normal } span { hyphens: manual }"
        " @page { size: 100mm 2000mm }"
    )
    hung = lines(boxes, f"{css} p {{ --optical-margins: 100% }}")
    plain = lines(boxes, css)
    assert len(hung) <= len(plain) and [line.text for line in hung] != [line.text for line in plain]
    narrowest = (1 - shrink / 100) * width(" ") - 0.1
    assert min(line.space for line in plain) > narrowest
    assert min(line.space for line in hung) > narrowest


def test_what_is_copied_is_the_same() -> None:
    hung, plain = (lines(f"<p>{words('“{},”', 12)}</p>", css) for css in (HANG, CSS))
    assert " ".join(line.text for line in hung) == " ".join(line.text for line in plain)


@pytest.mark.parametrize("theme", theme_names())
def test_themes_ask_for_it_in_text_and_not_in_tables_or_code(theme: str, tmp_path: Path) -> None:
    quoted, plain = (list(_themed(theme, words(pattern, 70), tmp_path)) for pattern in ("“{}", "{}"))
    for vowel, hangs in (("o", True), ("u", True), ("e", True), ("i", False), ("y", False)):
        begun = [line.left for line in quoted if line.text.startswith(f"“n{vowel}m")]
        usual = [line.left for line in plain if line.text.startswith(f"n{vowel}m")]
        assert begun and usual, vowel
        assert (max(begun) < min(usual) - 1) is hangs and (hangs or max(begun) - min(usual) == NEARLY), (vowel, begun)


def _themed(theme: str, text: str, folder: Path) -> Iterator[Line]:
    """Give the lines of an essay with a text, a quotation, a note, a table and code, told apart by their vowels."""
    (folder / "essay.md").write_text(
        f"---\ntitle: T\nauthor: A\nlang: en\nstyle: {{theme: {theme}, openings: plain, trim: A4}}\n---\n\n{text}[^1]\n\n"
        f"> {text.replace('o', 'u')}\n\n| A |\n|---|\n| {text.replace('o', 'i')} |\n\n"
        f"    {text.replace('o', 'y')}\n\n[^1]: {text.replace('o', 'e')}\n",
        encoding="utf-8",
    )
    log = Log()
    project = load(folder / "essay.md", log)
    assert project is not None
    whole = read(project, log)
    shown = render(whole.publication, project, whole.pictures, "print", EARLIEST, log)
    assert shown is not None, [d.message for d in log]
    written = write(shown, log)
    assert written is not None, [d.message for d in log]
    return page_lines(written.data)
