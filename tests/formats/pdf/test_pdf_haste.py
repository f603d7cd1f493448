"""What is done in haste is done all the same: the same pages with and without it, and less work."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pdf_pages import SERIF, part, png, rendition

from publish.formats.pdf import fonts
from publish.formats.pdf.wire import Job
from publish.rendition import Rendition, Resource

CSS = """
@page body:left { margin-left: 20mm; @top-left { content: string(head); text-decoration: underline } }
@page body:blank { @top-center { content: none } }
@page body:first { margin-top: 40mm }
.body { string-set: head attr(id) }
h2 { font-variant-caps: small-caps; letter-spacing: 0.1em; break-before: page }
em { text-decoration: underline } s { text-decoration: line-through }
.old { font-feature-settings: "onum", "smcp"; word-spacing: 0.2em }
.footnote { font-size: 80% }
p { text-align: justify; hyphens: auto }
a::after { content: " p. " target-counter(attr(href), page) }
.part { width: 80%; margin: 1% auto; padding: 2% 3mm; max-height: calc(50% + 90mm); border: 1px solid }
.boxed { box-sizing: border-box; width: 60mm; padding: 4mm; min-width: 10%; border: 1mm solid }
.grid { display: grid; grid-template-columns: 2fr 1fr } .flex { display: flex } .flex p { flex: 1; min-width: auto }
table { border-collapse: collapse; width: 100% } td { border: 2px solid; padding: 1mm; height: 6mm }
.columns { columns: 2 } .float { float: left; width: 30% } .away { position: absolute; top: 50%; left: 5mm }
"""

_SCRIPT = """
import hashlib, pickle, sys
from publish.formats.pdf import native, quick
native.install()
quick.put_off()
from publish.formats.pdf import haste, layout
from weasyprint.text import line_break
import pydyf
if sys.argv[1] == "haste":
    haste.install()
drawn = layout.answer(pickle.load(sys.stdin.buffer), lambda **_: None)
assert not drawn.findings, drawn.findings
print(hashlib.sha256(drawn.data).hexdigest(), len(drawn.pages))
"""


def _book() -> Rendition:
    words = "The river ran <em>past</em> the port, and <s>nobody</s> knew where it would end. " * 6
    note = '<span class="footnote" id="n{0}">A note, number {0}, <span lang="de">auf Deutsch gesetzt</span>.</span>'
    parts = [
        part(
            f"c{n}.xhtml",
            f'<article class="body" id="c{n}"><h1>Chapter {n}</h1>'
            + "".join(
                f'<p>{words}{note.format(f"{n}-{m}")}</p><h2>Part {m}</h2><p class="old" lang="de">{words}'
                f'<a href="#c{(n + 1) % 3}">see</a></p><p><img src="images/p.png" alt="x"/></p>'
                f'<div class="part"><div class="boxed">{words}</div></div><p class="float">Aside</p>'
                f'<div class="grid"><p>{words}</p><p>x</p></div><div class="flex"><p>{words}</p><p>x</p></div>'
                f'<div class="columns"><p>{words}</p></div><p class="away">Away</p>'
                "<table><tr><td>1900</td><td>12</td></tr><tr><td>1901</td><td>13</td></tr></table>"
                for m in range(3)
            )
            + "</article>",
        )
        for n in range(3)
    ]
    return rendition(*parts, css=CSS, resources=(Resource("images/p.png", "image/png", png(), 8, 8),))


def _laid_out(how: str, job: Rendition, folder: Path) -> list[str]:
    folder.mkdir()
    environment = fonts.world(folder)
    fonts.install(job, folder)
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, how],
        input=pickle.dumps(Job(job, str(folder / "fonts"))),
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split()


def test_the_same_bytes_with_and_without(tmp_path: Path) -> None:
    assert SERIF
    book = _book()
    plain, fast = _laid_out("plain", book, tmp_path / "plain"), _laid_out("haste", book, tmp_path / "haste")
    assert plain == fast
    assert int(plain[1]) > 12


def test_pages_of_a_kind_share_their_styles() -> None:
    """Otherwise the replacement has come to nothing."""
    script = """
import weasyprint
from publish.formats.pdf import haste
haste.install()
html = weasyprint.HTML(string="<style>@page{size:50mm;@top-left{content:'x'}}@page :left{margin:9mm}</style>" + "<p>x" * 60)
pages = html.render().pages
assert len(pages) > 9
print(len({id(page._page_box.style) for page in pages}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 4


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_pages_is_never_an_old_one(count: int) -> None:
    import pydyf  # type: ignore[import-untyped]

    from publish.formats.pdf.haste import _page_references

    pdf = pydyf.PDF()
    for _ in range(count):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert _page_references(pdf) == tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])


@pytest.mark.parametrize("language", ["en_GB", "en_US", "de_DE", "fr", "ru_RU", "hu_HU", "it_IT"])
def test_words_are_divided_where_pyphen_divides_them(language: str) -> None:
    import pyphen  # type: ignore[import-untyped]

    from publish.formats.pdf.haste import _own_positions, _own_reading, _positions, _read_patterns

    theirs, ours = object.__new__(pyphen.HyphDict), object.__new__(pyphen.HyphDict)
    _own_reading(theirs, pyphen.LANGUAGES[language])
    _read_patterns(ours, pyphen.LANGUAGES[language])
    letters = sorted(pattern.replace(".", "") for pattern in theirs.patterns)
    # What is made of the letters of patterns holds more patterns than a text does.
    words = ["".join(letters[at : at + 3]) for at in range(0, len(letters), 30)]
    for word in words:
        assert _told(_positions(ours, word)) == _told(_own_positions(theirs, word)), word
    assert ours.maxlen == theirs.maxlen


def _told(points: list[Any]) -> list[tuple[int, Any]]:
    return [(int(point), point.data) for point in points]


def test_types_of_c_are_those_that_cffi_makes() -> None:
    script = """
import sys
from publish.formats.pdf import native
if sys.argv[1] == "declared":
    native.install()
from publish.formats.pdf import haste
from weasyprint.text.ffi import ffi
for text in ("char[]", "char[4]", "PangoRectangle *", "unsigned int *", "PangoLogAttr[]", "hb_tag_t[100]", "FcResult *"):
    kind = ffi.typeof(text)
    print(text, kind, kind.kind, kind.item, ffi.sizeof(kind) if kind.kind == "pointer" or kind.length else "")
print(ffi.typeof("PangoRectangle *") is ffi.typeof(ffi.new("PangoRectangle *")))
"""
    said = [
        subprocess.run([sys.executable, "-c", script, how], capture_output=True, text=True, check=True).stdout
        for how in ("read", "declared")
    ]
    assert said[0] == said[1]
