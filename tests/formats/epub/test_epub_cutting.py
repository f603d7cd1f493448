"""HarfBuzz's knife against fontTools': the same glyphs, features and names, and text that is set to the same width."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
import uharfbuzz  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

import publish
from publish.cache import Cache, Shelf
from publish.formats.epub.cutting import FEATURES, cut_by_fonttools, opened

FONTS = sorted((Path(publish.__file__).parent / "themes").glob("*/fonts/*.ttf"))
SAMPLES: tuple[tuple[str, dict[str, bool]], ...] = (
    ("AVATAR. Toward “Wolf”, fjord office—flat 1/2, 1914–1918", {}),
    ("The Quiet Ledger, 1234567890", {"smcp": True, "c2sc": True}),
    ("Hamburgefonstiv 0123456789", {"onum": True, "pnum": True}),
    ("0123456789 n1 3rd H2", {"tnum": True, "lnum": True, "sups": True}),
    ("x\u0301 e\u0301 ñ Å ģ Ţ ß", {"case": True}),
    ("Правда ёлка Їжак", {}),
)
USED = frozenset("".join(text for text, _ in SAMPLES)) | set("éñÅģŢß")


@cache
def by_harfbuzz(font: Path) -> bytes:
    return opened(font.read_bytes()).cut(USED)


@cache
def by_fonttools(font: Path) -> bytes:
    return cut_by_fonttools(font.read_bytes(), USED, FEATURES)


def read(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def features(font: TTFont, table: str) -> set[str]:
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


def shaped(data: bytes, text: str, features: dict[str, bool]) -> list[tuple[object, ...]]:
    """Set a text and give what each glyph takes, where it stands and how it is drawn."""
    font = uharfbuzz.Font(uharfbuzz.Face(data))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, features)
    glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(i.cluster, p.x_advance, p.x_offset, p.y_offset, drawn(font, i.codepoint)) for i, p in glyphs]


def drawn(font: uharfbuzz.Font, glyph: int) -> object:
    pen = RecordingPen()
    font.draw_glyph_with_pen(glyph, pen)
    return pen.value


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_text_is_set_as_it_is_in_the_whole_font(font: Path) -> None:
    whole, cut, other = font.read_bytes(), by_harfbuzz(font), by_fonttools(font)
    for text, asked in SAMPLES:
        glyphs = shaped(cut, text, asked)
        assert glyphs == shaped(whole, text, asked)
        # fontTools moves a few composite glyphs by one unit, so of its glyphs the places alone are looked at.
        assert [glyph[:4] for glyph in glyphs] == [glyph[:4] for glyph in shaped(other, text, asked)]


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_both_knives_keep_the_same(font: Path) -> None:
    ours, theirs = read(by_harfbuzz(font)), read(by_fonttools(font))
    assert set(ours.keys()) == set(theirs.keys())
    assert set(ours.getBestCmap()) == set(theirs.getBestCmap())
    assert ours["maxp"].numGlyphs == theirs["maxp"].numGlyphs
    for table in ("GSUB", "GPOS"):
        assert features(ours, table) == features(theirs, table)
    names = [sorted((n.nameID, n.langID, n.toUnicode()) for n in f["name"].names) for f in (ours, theirs)]
    assert names[0] == names[1]
    assert ours["OS/2"].fsType == theirs["OS/2"].fsType
    assert len(by_harfbuzz(font)) <= 1.02 * len(by_fonttools(font))


def test_the_same_font_is_cut_to_the_same_bytes() -> None:
    data = FONTS[0].read_bytes()
    assert opened(data).cut(USED) == opened(data).cut(frozenset(sorted(USED, reverse=True)))


def with_tables(font: Path, flavor: str | None = None, **tables: object) -> bytes:
    """Give a font with tables replaced (``None`` takes one out), packed for the web if asked."""
    own = read(font.read_bytes())
    for tag, table in tables.items():
        del own[tag]
        if table is not None:
            own[tag] = table
    own.flavor = flavor
    out = io.BytesIO()
    own.save(out)
    return out.getvalue()


def test_kerning_in_a_table_of_the_old_kind_is_kept(tmp_path: Path) -> None:
    from fontTools.ttLib.tables import _k_e_r_n  # type: ignore[import-untyped]

    own = read(FONTS[0].read_bytes())
    del own["GPOS"]
    cmap, kern, pairs = own.getBestCmap(), _k_e_r_n.table__k_e_r_n(), _k_e_r_n.KernTable_format_0(False)
    pairs.coverage, pairs.tupleIndex = 1, None
    pairs.kernTable = {(cmap[ord("A")], cmap[ord("V")]): -333}
    kern.version, kern.kernTables = 0, [pairs]
    own["kern"] = kern
    out = io.BytesIO()
    own.save(out)
    shelf = Shelf(Cache(tmp_path), "1")
    cut = opened(out.getvalue()).cut(frozenset("AV"), shelf=shelf)
    assert [glyph[1] for glyph in shaped(cut, "AV", {})] == [glyph[1] for glyph in shaped(out.getvalue(), "AV", {})]
    assert -333 in read(cut)["kern"].kernTables[0].kernTable.values()
    assert opened(out.getvalue()).cut(frozenset("AV"), shelf=shelf) == cut


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_a_font_packed_for_the_web_stays_so(flavor: str) -> None:
    font = opened(with_tables(FONTS[0], flavor))
    cut = read(font.cut(frozenset("abc")))
    assert {"a", "z"} <= font.characters
    assert (cut.flavor, set(cut.getBestCmap())) == (flavor, set(map(ord, "abc")))


@pytest.mark.parametrize("tag", ["cmap", "head", "maxp", "glyf"])
def test_a_font_without_a_table_that_it_needs_is_refused(tag: str) -> None:
    data = FONTS[0].read_bytes().replace(tag.encode(), b"xxxx", 1)
    with pytest.raises(Exception, match=r"."):
        opened(data).cut(frozenset("abc"))


@pytest.mark.parametrize("tag", ["GSUB", "GPOS"])
def test_a_font_whose_features_are_damaged_is_refused(tag: str) -> None:
    data = bytearray(FONTS[0].read_bytes())
    at = data.index(tag.encode())
    start = int.from_bytes(data[at + 8 : at + 12], "big")
    data[start : start + 40] = b"\xff" * 40
    with pytest.raises(ValueError, match=f"table {tag} is damaged"):
        opened(bytes(data))
