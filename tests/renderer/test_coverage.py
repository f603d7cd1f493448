"""What the tables say of the fonts is what the fonts have, and what the layout finds missing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish import reader
from publish.diagnostics import Log
from publish.formats.pdf import write
from publish.project import load
from publish.project.styles import THEMES
from publish.renderer import load_theme, render
from publish.renderer.coverage import TABLE, Coverage, characters, row
from publish.renderer.theme import FONT_TYPES, Theme

SOME = "éq\u0301→☐☑ﬃ…“”\u200b\u00ad\u2009\u202f\u2060αЖ★한①☃ⴰ𐀀中אا\u1112\u1161\u11ab"


def _theme(overlay: Path | None = None) -> Theme:
    theme = load_theme("journal", overlay, Log())
    assert theme is not None
    return theme


@pytest.mark.parametrize("folder", sorted(THEMES.glob("*/fonts")), ids=lambda folder: folder.parent.name)
def test_the_tables_are_up_to_date(folder: Path) -> None:
    fonts = sorted(font for font in folder.iterdir() if font.suffix in FONT_TYPES)
    assert (folder / TABLE).read_text(encoding="utf-8") == "".join(f"{row(font)}\n" for font in fonts)


def test_a_page_takes_a_glyph_from_any_font() -> None:
    theme = _theme()
    everything = frozenset[str]().union(*(characters(font) for font in theme.fonts.values()))
    assert Coverage(theme).lacking(everything) == frozenset()
    assert Coverage(theme).lacking({"a", "é", "한"}) == {"한"}


def test_a_font_of_the_publication_counts(tmp_path: Path) -> None:
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # it has no type marker
    from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]  # it has no type marker

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "han"])
    builder.setupCharacterMap({ord("한"): "han"})
    builder.setupGlyf({".notdef": Glyph(), "han": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "han": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "One", "styleName": "Regular"})
    builder.setupPost()
    (tmp_path / "fonts").mkdir()
    builder.save(tmp_path / "fonts/One.ttf")
    (tmp_path / "fonts/Broken.ttf").write_bytes(b"no font at all")
    assert Coverage(_theme(tmp_path)).lacking({"한", "글"}) == {"글"}


def test_without_a_table_the_fonts_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    shutil.copytree(_theme().folder / "fonts", folder / "fonts", ignore=shutil.ignore_patterns(TABLE))
    assert Coverage(Theme("plain", folder)).lacking(set(SOME)) == Coverage(_theme()).lacking(set(SOME))


def test_the_layout_misses_the_same(tmp_path: Path) -> None:
    essay = tmp_path / "essay.md"
    essay.write_text("# Essay\n\n" + "\n\n".join(f"x{c}x **x{c}x** `x{c}x`" for c in SOME if c > " ") + "\n")
    log = Log()
    project = load(essay, log)
    assert project is not None
    rendition = render(reader.read(project, log), project, {}, "print", datetime(2016, 3, 2, tzinfo=UTC), log)
    assert rendition is not None
    write(rendition, log)
    missed = {d.about for d in log if d.rule.name == "glyph-exists"}
    assert missed == Coverage(_theme()).lacking(set(SOME)) and "한" in missed
