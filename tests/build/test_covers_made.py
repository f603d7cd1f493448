"""Covers as they are made: the sheet that is wrapped round the book, and the picture of the front."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import bookbarcode
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from publish.build import Cover, Made, Request, clean, make_cover
from publish.covers import BINDINGS
from publish.diagnostics import Log

ISBN = "978-3-16-148410-0"
SETTINGS = f"""title: North and East
author: An Author
date: 2016-03-02
lang: en
description: On a border, and on those who cross it.
publisher: The Border Review
rights: © 2016 An Author
identifiers: {{isbn-print: {ISBN}}}
style: {{trim: A5}}
"""
MM = 72 / 25.4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("covers") / "book"
    (root / "manuscript").mkdir(parents=True)
    (root / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "manuscript/essay.md").write_text("# The Port\n\nA paragraph.\n", encoding="utf-8")
    return root


def made(folder: Path, log: Log, name: str, **more: float) -> tuple[Made, Made]:
    result = make_cover(Request(folder, referee=False), Cover(BINDINGS[name], "cream", **more), log)  # type: ignore[arg-type]
    assert result is not None, [d.message for d in log]
    front, wrap = result.files
    return front, wrap


@pytest.fixture(scope="module")
def kdp(folder: Path) -> tuple[Made, Made]:
    log = Log()
    files = made(folder, log, "kdp", pages=300)
    assert not len(log), [d.message for d in log]
    return files


def test_the_picture_for_shops(kdp: tuple[Made, Made]) -> None:
    front, _ = kdp
    assert front.path.name == "north-and-east-cover.jpg"
    with Image.open(BytesIO(front.data)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 2560))


def test_the_sheet_has_back_spine_and_front_with_bleed(kdp: tuple[Made, Made]) -> None:
    _, wrap = kdp
    assert wrap.path.name == "north-and-east-cover-kdp.pdf"
    with pikepdf.open(BytesIO(wrap.data)) as pdf:
        (page,) = pdf.pages
        width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
        trim = [float(value) for value in page.TrimBox]
    spine = 300 * 0.0025 * 25.4
    assert width == pytest.approx((2 * 148 + spine + 2 * 3.175) * MM, abs=0.1)
    assert height == pytest.approx((210 + 2 * 3.175) * MM, abs=0.1)
    assert trim[0] == pytest.approx(9, abs=0.01)
    document = pypdfium2.PdfDocument(wrap.data)
    text = document[0].get_textpage().get_text_bounded()
    for words in (
        "North and East",
        "An Author",
        "On a border, and on those who cross it.",
        "The Border Review",
        "ISBN 978",
    ):
        assert words in text


def test_the_barcode_can_be_read(kdp: tuple[Made, Made]) -> None:
    """Its bars are measured on the page as a scanner measures them: 95 modules, dark or light."""
    _, wrap = kdp
    document = pypdfium2.PdfDocument(wrap.data)
    scale = 16.0
    image = document[0].render(scale=scale).to_pil().convert("L")
    bleed, corner, zone = 3.175, 0.25 * 25.4, (2 * 25.4, 1.2 * 25.4)
    right = (bleed + 148 - corner) * MM * scale
    left = right - zone[0] * MM * scale
    middle = image.height - (bleed + corner + zone[1] / 2) * MM * scale
    row = [image.getpixel((x, int(middle))) < 128 for x in range(int(left) + 2, int(right) - 2)]
    first, last = row.index(True), len(row) - 1 - row[::-1].index(True)
    module = (last - first + 1) / 95
    bars = "".join("1" if row[first + int((i + 0.5) * module)] else "0" for i in range(95))
    assert bars == bookbarcode.encode_ean13(bookbarcode.normalize_isbn(ISBN))


def test_pages_are_counted_and_an_estimate_is_told(folder: Path) -> None:
    log = Log()
    _, wrap = made(folder, log, "ingram")
    (advice,) = list(log)
    assert advice.rule.name == "press-advised"
    assert "for 6 pages is an estimate" in advice.message
    assert wrap.data.startswith(b"%PDF-1.3")
    with pikepdf.open(BytesIO(wrap.data)) as pdf:
        assert str(pdf.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
    log = Log()
    front, sheet = made(folder, log, "offset", spine=12.0, pages=200)
    assert not len(log), [d.message for d in log]
    assert {front.path, sheet.path} <= set(clean(folder, Log()))


def test_the_publication_s_own_picture_fills_the_front(folder: Path, tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "book"
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns("build"))
    Image.new("RGB", (1500, 2400), (200, 30, 30)).save(root / "cover.png")
    (root / "publication.yaml").write_text(f"{SETTINGS}cover: cover.png\n", encoding="utf-8")
    log = Log()
    front, wrap = made(root, log, "kdp", pages=300)
    with Image.open(BytesIO(front.data)) as image:
        assert image.size == (1500, 2400), "it is never enlarged"
    image = pypdfium2.PdfDocument(wrap.data)[0].render(scale=0.5).to_pil().convert("RGB")
    corners = [image.getpixel((image.width - 2, y)) for y in (1, image.height - 2)]
    assert all(red - green > 60 for red, green, _ in corners), "over the bleed too"
