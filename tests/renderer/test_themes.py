"""Every theme is whole: its files, its macros, its fonts and their licences; and each shows a book in its own way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.project import load
from publish.project.styles import THEMES, theme_names
from publish.renderer import render
from publish.renderer.coverage import Coverage
from publish.renderer.nodes import macro_names
from publish.renderer.theme import Theme
from publish.renderer.theme import load as load_theme
from publish.rendition import Medium, Rendition

MEDIA: tuple[Medium, ...] = ("print", "epub", "cover")
FACE = re.compile(r"""url\("\.\./fonts/([^"]+)"\)""")


def theme(name: str) -> Theme:
    found = load_theme(name, None, Log())
    assert found is not None
    return found


def book(name: str, medium: Medium, folder: Path) -> Rendition:
    text = f"---\ntitle: T\nauthor: A\nlang: en\nstyle: {{theme: {name}}}\n---\n\nWords and `code`.\n"
    (folder / "essay.md").write_text(text, encoding="utf-8")
    log = Log()
    project = load(folder / "essay.md", log)
    assert project is not None and project.style.theme == name
    whole = read(project, log)
    made = render(whole.publication, project, whole.pictures, medium, EARLIEST, log)
    assert made is not None and not log.failed, list(log)
    return made


def test_there_is_more_than_one() -> None:
    assert {"journal", "literata"} <= set(theme_names())


@pytest.mark.parametrize("name", theme_names())
def test_it_has_every_macro_and_stylesheet(name: str) -> None:
    nodes = theme(name).read("nodes.xhtml")
    assert [macro for macro in macro_names() if f"macro {macro}(" not in nodes] == []
    assert all(theme(name).read(sheet) is not None for medium in MEDIA for sheet in theme(name).stylesheets(medium))


@pytest.mark.parametrize("name", theme_names())
def test_its_fonts_are_those_that_it_names_each_with_a_licence_and_a_row_of_coverage(name: str) -> None:
    found = theme(name)
    assert set(FACE.findall(found.read("fonts.css"))) == set(found.fonts)
    assert {font.name.split("-")[0] for font in found.fonts.values()} <= {
        licence.name.removesuffix("-OFL.txt") for licence in THEMES.glob("*/fonts/*-OFL.txt")
    }
    assert all(font.name in (font.parent / "coverage.tsv").read_text() for font in found.fonts.values())
    assert not Coverage(found).lacking(frozenset("“”„‘’«»–—…′″"))


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", theme_names())
def test_it_shows_a_book(name: str, medium: Medium, tmp_path: Path) -> None:
    made = book(name, medium, tmp_path)
    faces = {
        one for sheet in made.resources if sheet.media_type == "text/css" for one in FACE.findall(sheet.data.decode())
    }
    assert {f"fonts/{face}" for face in faces} == {r.name for r in made.resources if r.name.startswith("fonts/")}


def test_what_a_theme_has_not_is_its_bases_and_what_it_has_is_its_own() -> None:
    found = theme("literata")
    assert found.find("nodes.xhtml") == THEMES / "journal/templates/nodes.xhtml"
    assert found.find("page.css") == THEMES / "literata/css/page.css"
    assert found.find("geometry.css") == THEMES / "journal/css/geometry.css"
    assert found.settings["contents"] == theme("journal").settings["contents"]
    assert found.settings["faces"] == ["Literata"]
    assert {path.relative_to(THEMES).parts[0] for path in found.files()} == {"journal", "literata"}
