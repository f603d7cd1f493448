"""Fonts are cut to what a book uses, and left out when it does not use them."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pytest
from epub_books import CSS, change, rendition, unpacked, written
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from publish.diagnostics import Log
from publish.formats.epub import families, styles, write
from publish.rendition import Rendition, Resource

REGULAR = "EPUB/fonts/SourceSerif4-Regular.ttf"


@cache
def files() -> dict[str, bytes]:
    return unpacked(written(rendition()))


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def with_css(css: str, book: Rendition | None = None) -> Rendition:
    book = book or rendition()
    return replace(
        book, resources=tuple(replace(r, data=css.encode()) if "css" in r.name else r for r in book.resources)
    )


def features(font: TTFont) -> set[str]:
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_a_font_keeps_the_characters_of_the_book_and_little_else() -> None:
    characters = set(map(chr, opened(files()[REGULAR]).getBestCmap()))
    assert set("AZaz09“”’—…Правда") <= characters
    assert not {"Ж", "ő", "Ω"} & characters
    whole = next(r for r in rendition().resources if r.name in REGULAR)
    assert len(files()[REGULAR]) < len(whole.data) / 3


def test_a_font_keeps_small_capitals_and_kinds_of_figures() -> None:
    font = opened(files()[REGULAR])
    assert {"smcp", "c2sc", "onum", "lnum", "tnum", "pnum", "sups", "liga", "locl"} <= features(font)
    assert "kern" in {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}
    small = next(record for record in font["GSUB"].table.FeatureList.FeatureRecord if record.FeatureTag == "smcp")
    mapping = font["GSUB"].table.LookupList.Lookup[small.Feature.LookupListIndex[0]].SubTable[0]
    mapping = getattr(mapping, "ExtSubTable", mapping).mapping
    cmap = font.getBestCmap()
    assert {cmap[ord(c)] for c in "abcxyz"} <= mapping.keys()


def test_a_font_keeps_its_date_names_and_licence() -> None:
    whole = next(r for r in rendition().resources if r.name in REGULAR)
    before, after = opened(whole.data), opened(files()[REGULAR])
    assert after["head"].modified == before["head"].modified
    for number in (0, 1, 2, 13, 14):
        assert after["name"].getDebugName(number) == before["name"].getDebugName(number)
    assert "Open Font License" in after["name"].getDebugName(13)


def test_fonts_that_no_style_names_are_left_out() -> None:
    # Source Sans 3 has no @font-face rule; Source Code Pro has one, but no text is set in it.
    assert [name for name in files() if name.endswith(".ttf")] == ["EPUB/fonts/SourceSerif4-Italic.ttf", REGULAR]
    css = files()["EPUB/styles/epub.css"].decode()
    assert "SourceCodePro" not in css
    assert css.count("@font-face") == 2


def test_a_stylesheet_that_loses_no_font_is_packed_to_the_byte() -> None:
    css = CSS + "code { font-family: 'Source Code Pro' }"
    assert unpacked(written(with_css(css)))["EPUB/styles/epub.css"] == css.encode()


def test_a_font_for_code_stays_at_home_when_there_is_no_code() -> None:
    css = CSS + "code { font-family: 'Source Code Pro' }"
    book = change(with_css(css), "introduction", lambda t: t.replace("<code>code</code>", "words"))
    assert "EPUB/fonts/SourceCodePro-Regular.ttf" not in unpacked(written(book))


def test_a_family_named_in_a_page_is_kept() -> None:
    book = change(
        rendition(), "essay", lambda t: t.replace("<p>A ledger", '<p style="font-family: Source Code Pro">A ledger')
    )
    assert "EPUB/fonts/SourceCodePro-Regular.ttf" in unpacked(written(book))


def test_a_later_family_keeps_only_what_the_earlier_ones_lack() -> None:
    css = CSS + 'code { font-family: "Source Serif 4", "Source Code Pro" }'
    assert "EPUB/fonts/SourceCodePro-Regular.ttf" not in unpacked(written(with_css(css)))
    book = change(rendition(), "essay", lambda t: t.replace("A ledger", "┌ A ledger"))
    font = opened(unpacked(written(with_css(css, book)))["EPUB/fonts/SourceCodePro-Regular.ttf"])
    assert ord("┌") in font.getBestCmap()
    assert ord("а") not in font.getBestCmap()  # Cyrillic, which the first family has


def test_capitals_made_by_styles_and_composed_letters_are_there() -> None:
    book = change(rendition(), "essay", lambda t: t.replace("A ledger", "ñ e\u0301 A ledger"))
    characters = opened(unpacked(written(book))[REGULAR]).getBestCmap()
    assert {ord("Ñ"), ord("é"), ord("П")} <= characters.keys()


def test_features_that_a_style_asks_for_are_kept() -> None:
    assert "ss01" not in features(opened(files()[REGULAR]))
    css = CSS + "h1 { font-feature-settings: 'ss01', \"onum\" 1 }"
    assert "ss01" in features(opened(unpacked(written(with_css(css)))[REGULAR]))


def test_accents_keep_their_places() -> None:
    book = change(rendition(), "essay", lambda t: t.replace("A ledger", "x\u0301 A ledger"))
    font = opened(unpacked(written(book))[REGULAR])
    assert "mark" in {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}


def test_characters_that_a_style_adds_are_kept() -> None:
    css = CSS + r'hr::before { content: "\25C6" }'
    assert 0x25C6 in opened(unpacked(written(with_css(css)))[REGULAR]).getBestCmap()


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + b"\xff" * 60])
def test_a_font_that_cannot_be_read_is_told(data: bytes) -> None:
    book = rendition()
    broken = tuple(replace(r, data=data) if "Serif4-Italic" in r.name else r for r in book.resources)
    log = Log()
    assert write(replace(book, resources=broken), log) is None
    assert [(d.rule.name, d.place) for d in log] == [("file-readable", "fonts/SourceSerif4-Italic.ttf")]


def test_a_font_cut_off_in_the_middle_is_told() -> None:
    book = rendition()
    broken = tuple(replace(r, data=r.data[: len(r.data) // 2]) if "Italic" in r.name else r for r in book.resources)
    log = Log()
    assert write(replace(book, resources=broken), log) is None
    assert [(d.rule.name, d.place) for d in log] == [("file-readable", "fonts/SourceSerif4-Italic.ttf")]


# --- what styles say ------------------------------------------------------------------------------------------------

FACES = """
@font-face { font-family: Alpha; src: url(../fonts/a.ttf) }
@font-face { font-family: "Beta"; src: url("../fonts/b.woff") format("woff"), url(../fonts/b.ttf); unicode-range: U+41-42, U+?? }
@font-face { font-family: Gamma; src: url(../fonts/c.ttf); unicode-range: U+AC00-D7A3 }
"""
COVERS = {
    "fonts/a.ttf": frozenset("ab"),
    "fonts/b.woff": frozenset("abcd"),
    "fonts/b.ttf": frozenset("abcd"),
    "fonts/c.ttf": frozenset("ab가"),
}


@pytest.mark.parametrize(
    ("css", "used", "expected"),
    [
        ("p { font-family: Alpha, Beta }", "abc", {"fonts/a.ttf": "ab", "fonts/b.woff": "c", "fonts/b.ttf": "c"}),
        ("p { font-family: Alpha, Beta }", "ab", {"fonts/a.ttf": "ab"}),
        ("p { font: italic 1em/1.2 alpha, serif }", "abc", {"fonts/a.ttf": "ab"}),
        (":root { --text: 'Alpha', serif } p { font-family: var(--text) }", "a", {"fonts/a.ttf": "a"}),
        ("@media all { p { em { font-family: Alpha } } }", "a", {"fonts/a.ttf": "a"}),
        ("p { font-family: Gamma, Alpha }", "ab", {"fonts/a.ttf": "ab"}),
        ("p { font-family: Gamma, Alpha }", "a가", {"fonts/a.ttf": "a", "fonts/c.ttf": "가"}),
        ("code { font-family: Alpha }", "a", {}),
        ("code, p { font-family: Alpha }", "a", {"fonts/a.ttf": "a"}),
        ("p.lead:not(.code) em { font-family: Alpha }", "a", {"fonts/a.ttf": "a"}),
        ("p.tail { font-family: Alpha }", "a", {}),
        ("#title::before { font-family: Alpha }", "a", {"fonts/a.ttf": "a"}),
        ("#other { font-family: Alpha }", "a", {}),
        ("P > EM + [lang|=en] { font-family: Alpha }", "a", {"fonts/a.ttf": "a"}),
        ("@media (width < 9em) { code { font-family: Alpha } }", "a", {}),
        ("p { color: red } q { font-family: serif }", "abc", {}),
        ("p { background: url(../fonts/a.ttf) }", "a", {"fonts/a.ttf": "a"}),
    ],
)
def test_what_each_font_is_needed_for(css: str, used: str, expected: dict[str, str]) -> None:
    sheet = styles.read("styles/x.css", FACES + css)
    vocabulary = frozenset({"html", "p", "q", "em", ".lead", "#title"})
    needed = families.needed([sheet], COVERS, frozenset(used), vocabulary)
    assert {name: "".join(sorted(characters)) for name, characters in needed.items()} == expected


def test_a_face_goes_only_when_all_its_files_go() -> None:
    sheet = styles.read("styles/x.css", FACES + "p { color: red }")
    assert sheet.without({"fonts/b.ttf"}) is None
    left = sheet.without({"fonts/b.ttf", "fonts/b.woff"})
    assert left is not None
    assert ("Beta" in left, "Alpha" in left, "color: red" in left) == (False, True, True)


def test_a_resource_is_a_font_by_its_type() -> None:
    from publish.formats.epub.fonts import is_font

    assert is_font(Resource("x", "font/otf", b"")) and is_font(Resource("x", "application/vnd.ms-opentype", b""))
    assert not is_font(Resource("x.ttf", "text/css", b""))
