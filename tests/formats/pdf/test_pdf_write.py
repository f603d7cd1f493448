"""A rendition becomes a PDF: pages, labels, links, outline, and the same bytes everywhere."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pdf_pages import book, made_book, make, part, rendition, tags, text_of

from publish.formats.pdf import Limits
from publish.rendition import Resource


def test_pages_are_labelled_as_printed() -> None:
    made = made_book()
    assert made.written is not None
    labels = made.written.pages.labels
    assert labels[:6] == ("i", "ii", "iii", "iv", "1", "2")
    pdf = made.pdf
    assert len(pdf.pages) == len(labels)
    assert [page.label for page in pdf.pages] == list(labels)
    pages = text_of(made.written)
    assert pages[5].rstrip().endswith("2")
    assert pages[0].rstrip().endswith("i")


def test_contents_print_the_labels() -> None:
    contents = text_of(made_book().written)[2]
    assert "An essay" in contents
    assert contents.count("1") == 2


def test_a_cover_has_no_number() -> None:
    css = "@page cover { margin: 0 } .cover { page: cover }"
    made = make(rendition(part("cover.xhtml", '<section class="cover"><h1>X</h1></section>'), "<p>x</p>", css=css))
    assert made.written is not None
    assert made.written.pages.labels == ("Cover", "Cover", "1")
    pdf = made.pdf
    assert [page.label for page in pdf.pages] == ["Cover", "Cover", "1"]


def test_labels_follow_the_printed_style_whatever_the_page_is_called() -> None:
    css = "@page body { @bottom-center { content: counter(page, upper-roman) } }"
    made = make(rendition("<p>x</p>" * 60, css=css))
    assert made.written is not None
    assert made.written.pages.labels[:3] == ("I", "II", "III")


def test_outline_and_links() -> None:
    pdf = made_book().pdf
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["North & East", "Contents", "An essay"]
        (river,) = outline.root[2].children
        assert river.title == "A river"
        assert [item.title for item in river.children] == ["Skipped a level"]
    names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
    assert {"essay", "s1", "n1", "call-n1"} <= names
    targets = [str(a.Dest) for page in pdf.pages for a in page.get("/Annots", []) if "/Dest" in a]
    assert sorted(targets) == ["call-n1", "essay", "n1", "s1"]
    contents = {str(a.Dest): str(a.Contents) for page in pdf.pages for a in page.get("/Annots", []) if "/Dest" in a}
    assert contents["essay"] == "An essay"
    addresses = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert set(addresses) == {"https://example.org/"}


def test_a_link_has_one_area_a_line() -> None:
    made = make(rendition('<p><a href="https://example.org/">a <em>very <b>plain</b></em> link</a></p>'))
    annotations = [a for page in made.pdf.pages for a in page.get("/Annots", [])]
    assert len(annotations) == 1
    long = "a link of so many words that it does not fit into one line of the page"
    made = make(rendition(f'<p><a href="https://example.org/">{long}</a></p>'))
    assert len([a for page in made.pdf.pages for a in page.get("/Annots", [])]) == 2
    assert tags(made.pdf).one("Link").outline() == "Link(@,#,@,#)"


def test_only_the_theme_fonts_are_used() -> None:
    css = "h1 { font-family: Arial, 'DejaVu Sans', sans-serif } em { font-family: 'Liberation Serif' }"
    pdf = make(rendition("<p>Plain and <em>slanted</em></p>", css=css)).pdf
    names = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"}
    assert names
    assert not any("," in name for name in names), names
    assert all("-Serif" in name and "Liberation" not in name and "DejaVu" not in name for name in names), names


def test_a_character_without_a_glyph_is_an_error_that_names_it() -> None:
    made = make(rendition("<p>字 and 字</p>"))
    assert made.written is None
    (found,) = made.log
    assert (found.rule.name, found.about) == ("glyph-exists", "字")
    assert "U+5B57" in found.message


def test_characters_of_every_script_that_the_fonts_have_are_no_error() -> None:
    made = make(rendition("<p>Правда, naïve “quotes” — Ωμέγα</p>"))
    assert not made.told
    assert "Правда" in text_of(made.written)[0]


def test_a_picture_that_is_broken_is_an_error() -> None:
    broken = Resource("images/b.png", "image/png", b"no picture")
    made = make(rendition('<p><img src="images/b.png" alt="x"/></p>', resources=(broken,)))
    assert made.told == [("image-readable", "the picture “images/b.png” cannot be shown")]
    assert made.written is None


@pytest.mark.parametrize(
    ("href", "rule"),
    [
        ("#nowhere", "link-target-exists"),
        ("notes.md", "link-target-exists"),
        ("javascript:alert(1)", "html-safe"),
        ("file:///etc/passwd", "html-safe"),
    ],
)
def test_a_link_that_leads_nowhere_good(href: str, rule: str) -> None:
    made = make(rendition(f'<p><a href="{href}">x</a></p>'))
    assert [name for name, _ in made.told] == [rule]


def test_a_template_at_fault() -> None:
    made = make(rendition(part("a.xhtml", "<p>&nbsp;</p>")))
    (found,) = made.log
    assert (found.rule.name, found.file) == ("template-sound", "a.xhtml")


def test_css_that_is_not_understood_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "publish.formats.pdf")
    assert make(rendition("<p>x</p>", css="p { text-wrap: pretty }")).written
    assert any("text-wrap" in message for message in caplog.messages)


def test_sound_css_is_silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "publish.formats.pdf")
    assert make(book()).written
    assert not caplog.messages


_DIGEST = """
import hashlib, pickle, sys
from publish.diagnostics import Log
from publish.formats.pdf import write
written = write(pickle.load(sys.stdin.buffer), Log())
print(hashlib.sha256(written.data).hexdigest())
"""


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    here = made_book().written
    assert here is not None
    environments = ({"TZ": "Pacific/Apia", "PYTHONHASHSEED": "1"}, {"TZ": "UTC", "PYTHONHASHSEED": "2", "LC_ALL": "C"})
    digests = {hashlib.sha256(here.data).hexdigest()}
    for number, environment in enumerate(environments):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", _DIGEST],
            input=pickle.dumps(book()),
            capture_output=True,
            check=True,
            cwd=folder,
            env={**os.environ, **environment, "TMPDIR": str(folder)},
        )
        digests.add(done.stdout.decode().strip())
        assert not list(folder.iterdir())
    assert len(digests) == 1


def test_nothing_of_the_machine_is_in_the_file() -> None:
    made = made_book()
    assert made.written is not None
    pieces = [
        o.read_bytes() if isinstance(o, pikepdf.Stream) and "/Subtype" not in o else b"" for o in made.pdf.objects
    ]
    for word in (b"/tmp", b"publication.invalid", os.fsencode(Path.home())):
        assert word not in made.written.data
        assert not any(word in piece for piece in pieces)


def test_limits_have_defaults_that_a_book_keeps() -> None:
    assert Limits().silence <= Limits().total
