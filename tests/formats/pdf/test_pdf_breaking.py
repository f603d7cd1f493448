"""Lines are broken where the layout engine itself breaks them, and written where it writes them, with less work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from pdf_pages import FONTS

# Each is set at a hundred widths. They have what lines are broken by: hyphens of several languages, dashes, slashes,
# spaces that do not break, words longer than the line, marks of other scripts, emphasis and notes in the middle.
TEXTS = (
    (
        "Here the two halves of policy caught each other by the sleeve. On 6 January 2016 the North tested a device for "
        "the fourth time; on the same day formal negotiations on the anti-ballistic installation were announced."
    ),
    (
        "He said—and <em>everybody</em> heard it—that AWAY, To, Ty, WAVE and “Yes” stand closer/farther than before; "
        "see http://example.org/a/very/long/address/that/goes/on?and=on, pages 12–14, 20&#xA0;000&#xA0;km.<sup>12</sup> Then more."
    ),
    (
        '<span lang="de">Die Donaudampfschifffahrtsgesellschaft und der Verwaltungsgerichtshof veröffentlichten gemeinsam '
        "Rechtschreibungsempfehlungen, wie sie die Öffentlichkeit überall erwartete.</span>"
    ),
    (
        '<span lang="fr">Qu’est-ce que c’est\u202f? «\u202fL’anticonstitutionnellement vôtre\u202f», répondit-il aujourd’hui à '
        "l’assemblée générale extraordinaire.</span>"
    ),
    (
        '<span lang="ru">Международные переговоры о противоракетной обороне возобновились в прошлом году.</span> '
        '<span lang="el">Οι διεθνείς διαπραγματεύσεις συνεχίζονται.</span>'
    ),
    "Words in עברית and in العربية stand in the middle, and 中文字符也可以换行 and 한국어 too; a\u00adsoft hy\u00adphen, a e\u0301 and 🙂.",
    (
        '<span style="font-variant-caps: small-caps">In small capitals Avenue and Tower</span>, '
        '<span style="letter-spacing: 0.1em">letters set apart</span>, <s>struck out</s>, <u>underlined words here</u>, '
        "<code>code_with_underscores and spaces</code>, H<sub>2</sub>O."
    ),
    "A " + "verylongwordwithoutanyplacetobreakit" * 3 + " and short ones.",
)
_CSS = f"""
@font-face {{ font-family: "Serif"; src: url({FONTS.as_uri()}/SourceSerif4-Regular.ttf) }}
@page {{ size: 420pt 600pt; margin: 20pt }} body {{ font: 10pt "Serif" }}
p {{ hyphens: auto; text-align: justify; margin: 0 0 3pt }}
"""
_SET = """
import json, sys, weasyprint
from publish.formats.pdf import breaking, drawing, lines
css, *texts = json.load(sys.stdin)
if sys.argv[1] == "stock":
    lines.split = breaking._own_split
else:
    drawing.install()
lines.install()
boxes = "".join(f'<p style="width: {150 + 2.1 * half}pt">{text}</p>' for half in range(100) for text in texts)
document = weasyprint.HTML(string=f'<style>{css}</style><html lang="en"><body>{boxes}').render()
if sys.argv[2] == "pdf":
    sys.stdout.buffer.write(document.write_pdf())
    sys.exit()
found = []
for page in document.pages:
    for box in page._page_box.descendants():
        if type(box).__name__ == "TextBox":
            places = box.position_x, box.position_y, box.width, box.justification_spacing, box.baseline
            found.append([box.text, [round(float(place), 3) for place in places]])
print(json.dumps(found))
"""


def _set(how: str, what: str, texts: Sequence[str] = TEXTS) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", _SET, how, what],
        input=json.dumps([_CSS, *texts]).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_lines_are_broken_where_the_engine_breaks_them() -> None:
    stock, ours = (json.loads(_set(how, "lines")) for how in ("stock", "ours"))
    assert len(ours) > 3000
    assert ours == stock


def _letters(pdf: bytes) -> list[tuple[Any, ...]]:
    import pypdfium2  # type: ignore[import-untyped]

    letters = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        letters += [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    return [(letter, box) for letter, box in letters if letter.strip()]


def test_letters_are_written_where_the_engine_writes_them() -> None:
    """But for two kinds of spaces that the engine makes too narrow: what a font kerns, what stands beside Hebrew."""
    one_way = [text for text in TEXTS if "עברית" not in text]
    stock, ours = (_letters(_set(how, "pdf", one_way)) for how in ("stock", "ours"))
    assert [letter for letter, _ in ours] == [letter for letter, _ in stock]
    both = [(mine, theirs) for (_, mine), (_, theirs) in zip(ours, stock, strict=True)]
    aside = [max(abs(a - b) for a, b in zip(mine, theirs, strict=True)) for mine, theirs in both]
    assert max(aside) < 1
    assert sum(one > 0.1 for one in aside) < len(aside) / 20


def test_justified_lines_that_run_both_ways_are_full() -> None:
    """The engine leaves the spaces beside Hebrew as they are, and the line short."""
    text = "<style>p { text-align-last: justify }</style>From עברית to עברית at last X"
    stock, ours = (
        [right for letter, (_, _, right, _) in _letters(_set(how, "pdf", [text])) if letter == "X"]
        for how in ("stock", "ours")
    )
    assert max(abs(right - ours[0] - 2.1 * number) for number, right in enumerate(ours)) < 0.2
    assert max(abs(right - stock[0] - 2.1 * number) for number, right in enumerate(stock)) > 2
