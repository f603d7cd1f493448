"""A document reads nothing that is not its own, and cannot take the build with it."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pdf_pages import make, part, png, rendition

from publish.formats.pdf import Limits
from publish.rendition import Resource

SHORT = Limits(silence=8, total=30, total_more=0)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    ("body", "css"),
    [
        ('<p><img src="file:///etc/hostname" alt="x"/></p>', ""),
        ('<p><img src="http://127.0.0.1:9/x.png" alt="x"/></p>', ""),
        ('<p><img src="//127.0.0.1/x.png" alt="x"/></p>', ""),
        ('<p><img src="../../../../etc/hostname" alt="x"/></p>', ""),
        ('<p><img src="%2e%2e/etc/hostname" alt="x"/></p>', ""),
        ('<p><img src="https://publication.invalid/../etc/hostname" alt="x"/></p>', ""),
        ('<object data="file:///etc/hostname"/>', ""),
        ('<embed src="file:///etc/hostname"/>', ""),
        ("<p>x</p>", "p { background: url(file:///etc/hostname) }"),
        ("<p>x</p>", "@font-face { font-family: Away; src: url(file:///etc/hostname) } p { font-family: Away }"),
        ("<p>x</p>", "p::before { content: url(http://127.0.0.1:9/x.png) }"),
        ("<ul><li>x</li></ul>", "li { list-style-image: url(http://127.0.0.1:9/x.png) }"),
        ("<p style=\"background: url('file:///dev/zero')\">x</p>", ""),
        ("<p>" + SVG.format('<image href="file:///etc/hostname" width="9" height="9"/>') + "</p>", ""),
        ("<p>" + SVG.format('<image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/>') + "</p>", ""),
    ],
)
def test_what_lies_outside_is_refused_and_told(body: str, css: str) -> None:
    made = make(rendition(body, css=css))
    assert made.written is None
    assert "resource-local" in [name for name, _ in made.told], made.told


def test_a_picture_inside_a_drawing_is_refused_although_the_engine_swallows_it() -> None:
    drawing = SVG.format('<image href="../../secret.png" width="9" height="9"/>').encode()
    made = make(
        rendition(
            '<p><img src="images/d.svg" alt="x"/></p>', resources=(Resource("images/d.svg", "image/svg+xml", drawing),)
        )
    )
    assert made.written is None
    assert made.told[0] == ("resource-local", "the pages use “secret.png”, which is not among the publication's files")


def test_a_drawing_may_use_the_publication_s_own_pictures() -> None:
    drawing = SVG.format('<image href="port.png" width="9" height="9"/>').encode()
    resources = (Resource("images/d.svg", "image/svg+xml", drawing), Resource("images/port.png", "image/png", png()))
    assert make(rendition('<p><img src="images/d.svg" alt="x"/></p>', resources=resources)).written


def test_an_import_in_a_stylesheet_is_refused() -> None:
    made = make(
        rendition("<p>x</p>", resources=(Resource("css/more.css", "text/css", b'@import "http://127.0.0.1/x.css";'),))
    )
    assert made.written  # not linked: not used
    whole = rendition("<p>x</p>")
    linked = replace(whole.parts[0], xhtml=whole.parts[0].xhtml.replace("css/print.css", "css/more.css"))
    more = Resource("css/more.css", "text/css", b'@import "http://127.0.0.1/x.css"; @import "print.css";')
    made = make(replace(whole, parts=(linked,), resources=(*whole.resources, more)))
    assert [name for name, _ in made.told] == ["resource-local"]


def test_nothing_is_attached() -> None:
    made = make(rendition('<p><a rel="attachment" href="file:///etc/hostname">x</a></p>'))
    assert made.written is None
    assert [name for name, _ in made.told] == ["html-safe"]


def test_what_a_page_carries_in_itself_is_served() -> None:
    css = "p { background: url('data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22/>') }"
    assert make(rendition("<p>x</p>", css=css)).written


def test_fonts_of_the_publication_by_their_local_name() -> None:
    css = '@font-face { font-family: Mine; src: local("Source Serif 4"), url(../fonts/SourceSerif4-Regular.ttf) }'
    assert not make(rendition("<p>x</p>", css=css + "p { font-family: Mine }")).told


def test_no_fonts() -> None:
    whole = rendition("<p>x</p>")
    bare = replace(whole, resources=tuple(r for r in whole.resources if not r.media_type.startswith("font")))
    made = make(bare)
    assert made.told == [("glyph-exists", "the theme brings no fonts, so nothing can be printed")]
    broken = replace(bare, resources=(*bare.resources, Resource("fonts/x.ttf", "font/ttf", b"no font")))
    made = make(broken)
    assert made.told == [("glyph-exists", "not one of the theme's fonts can be used")]


def test_a_layout_that_takes_too_long() -> None:
    fine = part("fine.xhtml", '<section class="body"><p>x</p></section>')  # and a blank page
    slow = '<div style="display: flex">' * 16 + "x" + "</div>" * 16
    made = make(rendition(fine, part("slow.xhtml", f'<section class="body">{slow}</section>')), limits=SHORT)
    (found,) = made.log
    assert (found.rule.name, found.file) == ("layout-finished", "slow.xhtml")
    assert found.message == "the layout did not finish in time (after page 2)"


def test_a_picture_that_takes_too_long_to_draw() -> None:
    levels = "".join(f'<g id="l{i}">{f"<use href=%#l{i - 1}%/>" * 10}</g>'.replace("%", '"') for i in range(1, 10))
    bomb = SVG.format(f'<defs><g id="l0"><rect width="1" height="1"/></g>{levels}</defs><use href="#l9"/>').encode()
    made = make(
        rendition(
            '<p><img src="images/b.svg" alt="x"/></p>', resources=(Resource("images/b.svg", "image/svg+xml", bomb),)
        ),
        limits=SHORT,
    )
    (found,) = made.log
    assert (found.rule.name, found.file) == ("layout-finished", "essay.xhtml")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps RLIMIT_AS")
def test_a_layout_that_needs_too_much_memory() -> None:
    css = ".grid { display: grid; grid-template-columns: repeat(100000000, 1px) }"
    made = make(rendition('<div class="grid">x</div>', css=css), limits=Limits(memory=500_000_000))
    (found,) = made.log
    assert found.rule.name == "layout-finished"
    assert "memory" in found.message


def test_nesting_past_what_a_page_can_show() -> None:
    fine = part("fine.xhtml", '<section class="body"><p>x</p></section>')
    deep = part("deep.xhtml", "<div>" * 300 + "x" + "</div>" * 300)
    (found,) = make(rendition(fine, deep)).log
    assert (found.rule.name, found.file) == ("nesting-shallow", "deep.xhtml")


def test_a_document_that_kills_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from publish import child

    def killed(*_: object, **__: object) -> child.Outcome:
        return child.Outcome(-signal.SIGSEGV, {"at": "layout", "page": 3, "part": "essay.xhtml"})

    monkeypatch.setattr(child, "run", killed)
    (found,) = make(rendition("<p>x</p>")).log
    assert found.rule.name == "layout-finished"
    assert found.message == "the layout process was ended by SIGSEGV"


_GUARDED = """
import socket, subprocess, sys
from publish.formats.pdf.guard import Guard
guard = Guard([sys.argv[1]])
guard.close()
open(sys.argv[1] + "/mine").close()
import colorsys
for act in (lambda: open("/etc/hostname"), lambda: socket.create_connection(("127.0.0.1", 9)),
            lambda: subprocess.run(["true"]), lambda: open(sys.argv[1] + "/../outside")):
    try:
        act()
    except PermissionError:
        pass
    else:
        sys.exit("not refused")
print(len(guard.refused))
"""


def test_the_process_shuts_itself_in(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "mine").write_text("x")
    (tmp_path / "outside").write_text("x")
    done = subprocess.run([sys.executable, "-c", _GUARDED, str(home)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "4\n"), done.stderr


def test_a_folder_of_modules_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manuscript folder may hold a json.py; the children must not run it."""
    (tmp_path / "json.py").write_text("raise SystemExit(99)")
    (tmp_path / "publish").mkdir()
    monkeypatch.chdir(tmp_path)
    assert make(rendition("<p>x</p>")).written
