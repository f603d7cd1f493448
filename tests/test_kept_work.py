"""Formulas, coloured code and pictures that are kept come out as if they were made."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publish import formulas, highlight
from publish.cache import Cache, Shelf, keeping
from publish.images import bitmap
from publish.images.load import load

CODE = "def tons(year):\n    return 12  # of grain\n"


def _forget() -> None:
    """Let nothing be remembered but what a cache holds."""
    for function in (formulas.mathml, formulas.drawing, highlight._found):
        function.cache_clear()


def _all(picture: Path) -> tuple[object, ...]:
    _forget()
    drawn = formulas.drawing(r"\\frac{a}{b}", True)
    return (
        formulas.mathml("x^2"),
        drawn,
        list(highlight.pieces(CODE, "python")),
        highlight.known("Rust"),
        highlight.known("no such language"),
        load("images/port.jpg", picture),
    )


def test_kept_as_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "port.jpg"
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (40, 30), (9, 90, 200)).save(picture, "JPEG", exif=exif, dpi=(300, 300))
    made = _all(picture)
    with keeping(Shelf(Cache(tmp_path / "kept"), "tools")):
        assert _all(picture) == made
        for module, name in (
            (formulas, "_mathml"),
            (formulas, "_drawing"),
            (highlight, "_coloured"),
            (highlight, "_is_known"),
            (bitmap, "load"),
        ):
            monkeypatch.setattr(module, name, lambda *_: pytest.fail("done again"))
        assert _all(picture) == made
    assert b"A camera" in picture.read_bytes()
    assert b"A camera" not in made[-1].data  # type: ignore[attr-defined]
    _forget()


def test_another_picture_of_the_same_name_is_another(tmp_path: Path) -> None:
    picture = tmp_path / "port.png"
    with keeping(Shelf(Cache(tmp_path / "kept"), "tools")):
        for size in ((40, 30), (50, 20)):
            out = BytesIO()
            Image.new("L", size).save(out, "PNG")
            picture.write_bytes(out.getvalue())
            loaded = load("port.png", picture)
            assert (loaded.width, loaded.height, loaded.colour) == (*size, "grey")


def test_a_faulty_formula_is_told_each_time(tmp_path: Path) -> None:
    with keeping(Shelf(Cache(tmp_path), "tools")):
        for _ in range(2):
            _forget()
            with pytest.raises(formulas.Unreadable):
                formulas.mathml("{")
