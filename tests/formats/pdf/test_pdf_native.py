"""The C libraries are found, and their absence is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pdf_pages import make, rendition

from publish.formats.pdf import MissingLibrary, native, native_report


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("libgobject-2.0-0", "gobject-2.0"),
        ("gobject-2.0", "gobject-2.0"),
        ("libgobject-2.0.so.0", "gobject-2.0"),
        ("libpango-1.0.dylib", "pango-1.0"),
        ("libpango-1.0.0.dylib", "pango-1.0"),
        ("/opt/lib/libpango-1.0-0.dll", "pango-1.0"),
        ("libpangoft2-1.0.so.0.5000.12", "pangoft2-1.0"),
        ("libharfbuzz-0", "harfbuzz"),
        ("harfbuzz-0.0", "harfbuzz"),
        ("libharfbuzz.0.dylib", "harfbuzz"),
        ("harfbuzz-subset-0.0", "harfbuzz-subset"),
        ("libfontconfig-1", "fontconfig"),
        ("libfontconfig.1.dylib", "fontconfig"),
        ("libc.so.6", "c"),
    ],
)
def test_names_of_one_library_have_one_stem(name: str, stem: str) -> None:
    assert native.stem(name) == stem


def test_every_name_that_the_engine_asks_for_is_known() -> None:
    import inspect
    import re

    import weasyprint.text.ffi  # type: ignore[import-untyped]

    text = inspect.getsource(weasyprint.text.ffi)
    text = text[text.index("gobject = _dlopen(") :]
    asked = re.findall(r"'((?:lib)?[a-z]+[a-z0-9.-]*)'", "".join(re.findall(r"_dlopen\((.*?)\)\n", text, re.DOTALL)))
    assert len(asked) > 30
    known = {library.stem for library in native.LIBRARIES}
    assert {native.stem(name) for name in asked} == known


def test_the_report_names_every_library() -> None:
    report = native_report()
    assert [item.library for item in report] == [library.stem for library in native.LIBRARIES]
    pango = next(item for item in report if item.library == "pango-1.0")
    assert pango.path is not None
    assert Path(pango.path).is_absolute()
    assert pango.version.startswith("1.")


def test_a_folder_of_one_s_own_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pango = next(item.path for item in native_report() if item.library == "pango-1.0")
    assert pango is not None
    (tmp_path / "libpango-1.0.so.0").symlink_to(pango)
    monkeypatch.setenv("PUBLISH_LIB_DIR", str(tmp_path))
    found = next(item for item in native_report() if item.library == "pango-1.0")
    assert found.path == str(tmp_path / "libpango-1.0.so.0")
    assert make(rendition("<p>x</p>")).written


def test_a_library_that_cannot_be_loaded_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"no library")
    monkeypatch.setenv("PUBLISH_LIB_DIR", str(tmp_path))
    with pytest.raises(MissingLibrary) as raised:
        make(rendition("<p>x</p>"))
    assert raised.value.missing == ("libpango-1.0.so.0",)
    report = {item.library: item.path for item in native_report()}
    assert report["pango-1.0"] is None


def test_what_the_engine_declares_is_what_was_read() -> None:
    """When this fails, WeasyPrint declares something else: run scripts/declare."""
    from publish.formats.pdf import declared, foreign

    assert foreign.digest(foreign.declarations()) == declared.SOURCE


def test_other_declarations_are_read() -> None:
    import cffi  # type: ignore[import-untyped]

    from publish.formats.pdf import declared, foreign

    known = foreign.Foreign(cffi.FFI, lambda name: None)
    known.cdef(foreign.declarations())
    other = foreign.Foreign(cffi.FFI, lambda name: None)
    other.cdef(foreign.declarations() + "\n")
    for ffi in (known, other):
        pango = ffi.dlopen("libpango-1.0.so.0" if sys.platform == "linux" else "pango-1.0")
        assert pango.pango_units_from_double(2) == 2048
        assert ffi.string(ffi.new("char[]", b"port")) == b"port"
        assert ffi.sizeof("PangoGlyphInfo") == 20
    assert known.new.__self__ is declared.ffi
    assert type(other.new.__self__) is cffi.FFI
