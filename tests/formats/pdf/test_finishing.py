"""Laid-out pages become the files that printers and archives ask for: colours, boxes, pages, claims."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from press_pages import BODY, finished, laid, opened, operators, order, plain_book, spaces

from publish.diagnostics import Log
from publish.formats.pdf import referee
from publish.formats.pdf.finishing import UnfitProfile, finish
from publish.formats.pdf.finishing.inks import Inks, coverage, icc, press_profile, within
from publish.profiles import Order

POINT = 72 / 25.4
verapdf = pytest.mark.skipif(bool(referee.lacking()), reason="veraPDF is not installed")


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(value) for value in page[key]]


# --- colours -----------------------------------------------------------------------------------------------------------


def test_what_was_laid_out_holds_all_kinds_of_colour() -> None:
    """Else the tests below could not fail."""
    assert {"rg", "sh"} <= operators(opened(laid())) | {"sh"}
    assert {"/DeviceRGB", "/DeviceCMYK"} <= spaces(opened(laid()))


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("offset", {"/DeviceGray", "/DeviceCMYK"}),
        ("ingram", {"/DeviceGray", "/DeviceCMYK"}),
        ("pod-grey", {"/DeviceGray"}),
        ("archive", {"/DeviceGray", "/DeviceRGB"}),
    ],
)
def test_only_a_profile_s_colours_are_left(name: str, allowed: set[str]) -> None:
    # Without what shows through, of which a press that knows no transparency is given a picture.
    pdf = opened(finish(laid(BODY), order(name)))
    used = operators(pdf)
    assert spaces(pdf) <= allowed
    assert ("rg" in used or "RG" in used) == (name == "archive")
    assert ("k" in used) == (name in ("offset", "ingram"))
    assert {operator for operator in used if operator.lower().endswith(" cs")} <= {"/Pattern cs", "/Pattern CS"}


def test_black_text_is_black_alone() -> None:
    inks = Inks(order("offset"), press_profile(order("offset")))
    assert inks.of("rg", (0.0, 0.0, 0.0)) == ("g", (0.0,))
    assert inks.of("rg", (0.11, 0.165, 0.2))[0] == "g"  # nearly black, with a hue that nobody would print
    assert inks.of("rg", (0.4, 0.4, 0.4)) == ("g", (0.4,))
    operator, values = inks.of("rg", (0.8, 0.0, 0.0))
    assert operator == "k"
    assert values[1] > 0.8
    assert values[0] < 0.3


def test_ink_stays_within_the_limit() -> None:
    inks = Inks(order("ingram"), press_profile(order("ingram")))
    steps = [value / 8 for value in range(9)]
    sums = [sum(inks.of("rg", (r, g, b))[1]) for r in steps for g in steps for b in steps]
    assert max(sums) <= 2.4
    assert inks.of("k", (1.0, 1.0, 1.0, 1.0)) == ("k", (0.4666, 0.4666, 0.4666, 1.0))
    solid = Image.new("CMYK", (4, 4), (255, 255, 255, 255))
    assert coverage(solid) == 4
    assert coverage(within(solid, 2.4)) <= 2.4
    for item in opened(finished("ingram")).objects:
        if isinstance(item, pikepdf.Stream) and item.get("/ColorSpace") == "/DeviceCMYK" and "/Width" in item:
            assert coverage(pikepdf.PdfImage(item).as_pil_image()) <= 2.4


def test_pictures_keep_their_look() -> None:
    """A separated picture seen on a screen again is the picture that it was."""
    before = Image.new("RGB", (1, 1), (180, 60, 90))
    press = Inks(order("offset"), press_profile(order("offset"))).picture(before)
    assert press.mode == "CMYK"
    after = Inks(order("archive"), press_profile(order("offset"))).picture(press)
    assert after.mode == "RGB"
    assert all(abs(a - b) <= 8 for a, b in zip(after.tobytes(), before.tobytes(), strict=True))


def test_a_publisher_s_own_profile(tmp_path: Path) -> None:
    own = tmp_path / "own.icc"
    own.write_bytes(icc("fogra39-240"))
    data = finish(laid(), order("offset", icc=own, condition="FOGRA51"))
    pdf = opened(data)
    intent = pdf.Root.OutputIntents[0]
    assert intent.OutputConditionIdentifier == "FOGRA51"
    assert intent.DestOutputProfile.read_bytes() == own.read_bytes()
    own.write_bytes(icc("srgb"))
    with pytest.raises(UnfitProfile, match=r"own\.icc is not the profile of a CMYK press"):
        finish(laid(), order("offset", icc=own))


# --- boxes and pages ---------------------------------------------------------------------------------------------------


def test_the_boxes_of_an_offset_page() -> None:
    for page in opened(finished("offset")).pages:
        assert box(page, "/MediaBox") == pytest.approx([0, 0, 106 * POINT, 146 * POINT], abs=0.01)
        assert box(page, "/BleedBox") == box(page, "/MediaBox")
        assert box(page, "/TrimBox") == pytest.approx([3 * POINT, 3 * POINT, 103 * POINT, 143 * POINT], abs=0.01)
        assert "/CropBox" not in page


def test_crop_marks_stand_outside_the_bleed() -> None:
    import pypdfium2  # type: ignore[import-untyped]

    data = finished("offset", marks=True)
    pdf = opened(data)
    page = pdf.pages[0]
    bleed, trim = box(page, "/BleedBox"), box(page, "/TrimBox")
    assert box(page, "/MediaBox")[:2] == [0, 0]
    assert trim[0] - bleed[0] == pytest.approx(3 * POINT, abs=0.01)
    assert bleed[0] == pytest.approx(6 * POINT, abs=0.01)
    image = pypdfium2.PdfDocument(data)[0].render(scale=4).to_pil().convert("L")
    dark = [(x / 4, y / 4) for x in range(image.width) for y in range(24) if image.getpixel((x, y)) < 120]
    assert dark, "there are marks above the bleed"
    assert all(min(abs(x - trim[0]), abs(x - trim[2])) < 1 for x, y in dark if y < 5 * POINT - 1)


def test_everything_moves_with_the_page() -> None:
    before, after = opened(laid()), opened(finish(laid(), order("offset")))
    shift = 3 * POINT
    assert box(before.pages[0], "/MediaBox")[0] == pytest.approx(-shift, abs=0.01)
    figures = [
        [
            [float(v) for v in o.A.BBox]
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure" and "/A" in o
        ]
        for pdf in (before, after)
    ]
    for old, new in zip(*figures, strict=True):
        assert new == pytest.approx([value + shift for value in old], abs=0.01)


@pytest.mark.parametrize(("name", "multiple"), [("offset", 4), ("ingram", 2), ("pod-grey", 2), ("archive", 1)])
def test_pages_are_filled_up(name: str, multiple: int) -> None:
    count = len(opened(plain_book()).pages)
    pdf = opened(finish(plain_book(), order(name)))
    assert len(pdf.pages) == count + -count % multiple
    assert len({tuple(box(page, "/TrimBox")) for page in pdf.pages}) == 1


# --- claims ------------------------------------------------------------------------------------------------------------


@verapdf
@pytest.mark.parametrize(("name", "flavours"), [("archive", ("2a", "ua1")), ("offset", ("2a",))])
def test_verapdf_agrees(name: str, flavours: tuple[str, ...]) -> None:
    log = Log()
    referee.ask(finish(laid(BODY), order(name)), log, *flavours)
    assert [d.message for d in log] == []


def test_pdf_x_4() -> None:
    data = finished("offset")
    pdf = opened(data)
    assert data.startswith(b"%PDF-1.6")
    assert {str(intent.S) for intent in pdf.Root.OutputIntents} == {"/GTS_PDFX", "/GTS_PDFA1"}
    assert pdf.docinfo["/Trapped"] == "/False"
    with pdf.open_metadata() as xmp:
        assert xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["xmpMM:RenditionClass"] == "default"
    assert all("/Annots" not in page for page in pdf.pages)


def test_pdf_x_1a() -> None:
    data = finished("ingram")
    pdf = opened(data)
    assert data.startswith(b"%PDF-1.3")
    assert str(pdf.docinfo["/GTS_PDFXConformance"]) == "PDF/X-1a:2001"
    (intent,) = pdf.Root.OutputIntents
    assert intent.OutputConditionIdentifier == "FOGRA39"
    assert "/DestOutputProfile" not in intent
    assert not {"/StructTreeRoot", "/Names", "/Outlines", "/MarkInfo"} & set(pdf.Root.keys())
    assert b"/ObjStm" not in data
    assert b"/XRef" not in data


def test_the_same_order_gives_the_same_bytes() -> None:
    assert finish(laid(), order("offset")) == finish(laid(), order("offset"))


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_ghostscript_sees_no_ink_but_black_in_grey(tmp_path: Path) -> None:
    file = tmp_path / "grey.pdf"
    file.write_bytes(finished("pod-grey"))
    said = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", str(file)], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in said.stdout.splitlines()]
    assert rows
    assert all([float(value) for value in row[:3]] == [0, 0, 0] and row[-1] == "OK" for row in rows)


@pytest.mark.skipif(shutil.which("pdfimages") is None, reason="poppler is not installed")
def test_poppler_sees_no_rgb_picture(tmp_path: Path) -> None:
    file = tmp_path / "offset.pdf"
    file.write_bytes(finished("offset"))
    listed = subprocess.run(["pdfimages", "-list", str(file)], capture_output=True, text=True, check=True).stdout
    kinds = {line.split()[5] for line in listed.splitlines()[2:] if line.split()[2] == "image"}
    assert kinds <= {"cmyk", "gray"}
    assert "cmyk" in kinds


def test_a_picture_in_jpeg_is_read_back_as_it_was_written() -> None:
    """Adobe's CMYK is turned round; the file says so."""
    pdf = opened(finished("offset"))
    pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Filter") == "/DCTDecode"]
    assert pictures
    for item in pictures:
        assert Image.open(BytesIO(item.read_raw_bytes())).mode == "CMYK"
        assert [int(v) for v in item.Decode] == [1, 0] * 4


# --- PDF/UA-2 ----------------------------------------------------------------------------------------------------------


@cache
def renewed() -> bytes:
    return finish(plain_book(), Order(standard="ua-2"))


@verapdf
def test_verapdf_agrees_with_the_newer_standards() -> None:
    log = Log()
    referee.ask(renewed(), log, "4", "ua2", "wt1a", "wt1r")
    assert [d.message for d in log] == []


def test_contents_refer_to_the_headings_they_lead_to() -> None:
    pdf = opened(renewed())
    items = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TOCI"]
    assert [str(item.Ref[0].S) for item in items] == ["/H1", "/H2"]
    notes = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/FENote"]
    assert notes
    assert all(str(note.NS.NS) == "http://iso.org/pdf2/ssn" for note in notes)


def test_a_list_of_terms_is_told_from_one_without_numbers() -> None:
    """PDF/UA-2 wants to know what labels are; PDF 1.7 has no word for terms."""
    kinds = [
        sorted(str(o.A.ListNumbering) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/L")
        for pdf in (opened(plain_book()), opened(renewed()))
    ]
    assert kinds == [["/Disc", "/Disc", "/None"], ["/Description", "/Disc", "/Disc"]]


def test_every_destination_names_an_element() -> None:
    pdf = opened(renewed())
    names = list(pdf.Root.Names.Dests.Names)[1::2]
    lines = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Title" in o and "/Parent" in o]
    assert names
    assert lines
    assert all("/SD" in destination for destination in names)
    assert all("/SD" in line.A for line in lines)
    assert "/Info" not in pdf.trailer
