"""The preflight finds what a printer would send back: every fault is planted in a sound file, and found by itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from press_pages import BODY, CSS, THROUGH, finished, laid, opened, order

from publish.diagnostics import Log
from publish.formats.pdf.finishing import finish
from publish.formats.pdf.preflight import order_of, preflight
from publish.formats.pdf.verdict import verify

# Heads and folios away from the knife, and a photograph small enough for its pixels: a page without a fault.
SOUND = (
    CSS
    + """
@page { margin: 20mm; @top-center { vertical-align: bottom } }
@page body { @bottom-center { vertical-align: top } }
img { width: 15mm !important }
"""
)


def told(data: bytes, name: str, **more: Any) -> list[tuple[str, str, str]]:
    log = Log()
    preflight(data, order(name, **more), log)
    return [(d.rule.name, d.message, d.about) for d in log if "binds books of" not in d.message]


@cache
def sound(name: str) -> bytes:
    return finish(laid(BODY, SOUND), order(name))


def spoilt(name: str, spoil: Callable[[pikepdf.Pdf], object]) -> list[tuple[str, str, str]]:
    out = BytesIO()
    with opened(sound(name)) as pdf:
        spoil(pdf)
        pdf.save(
            out, force_version="1.3" if name == "ingram" else "1.6", deterministic_id=True, fix_metadata_version=False
        )
    return told(out.getvalue(), name)


def paint(instruction: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].contents_add(b"q " + instruction + b" Q")


@pytest.mark.parametrize("name", ["offset", "ingram", "pod-grey"])
def test_a_sound_file_passes(name: str) -> None:
    assert told(sound(name), name) == []
    assert order_of(sound(name)).profile.name == name


@pytest.mark.parametrize(
    ("name", "instruction", "message"),
    [
        ("offset", b"1 0 0 rg 50 50 5 5 re f", "an area is in RGB; only CMYK and grey is printed"),
        ("offset", b"0 0 1 RG 50 50 m 60 60 l S", "a line is in RGB; only CMYK and grey is printed"),
        ("offset", b"1 1 1 1 k 50 50 5 5 re f", "an area takes 400% of ink, and 300 % is the most"),
        ("ingram", b".8 .7 .7 .5 k 50 50 5 5 re f", "an area takes 270% of ink, and 240 % is the most"),
        ("pod-grey", b"0 1 0 0 k 50 50 5 5 re f", "an area is in CMYK; only grey is printed"),
    ],
)
def test_colours(name: str, instruction: bytes, message: str) -> None:
    assert spoilt(name, paint(instruction)) == [("press-ready", f"page 1: {message}", "page 1")]


def test_rich_black_text() -> None:
    def enrich(pdf: pikepdf.Pdf) -> None:
        font = next(iter(dict(pdf.pages[0].Resources.Font.items())))
        text = f"BT .6 .4 .4 1 k {font} 10 Tf 1 0 0 1 90 90 Tm <0001> Tj ET"
        paint(text.encode())(pdf)

    assert (
        "press-ready",
        "page 1: text of 10.0 points is printed in rich black, not in black alone",
        "page 1",
    ) in spoilt("offset", enrich)


def test_an_rgb_picture_is_told_with_its_description() -> None:
    def redden(pdf: pikepdf.Pdf) -> None:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/DCTDecode":
                item.write(bytes((200, 0, 0)) * 240 * 120)
                item.ColorSpace = pikepdf.Name.DeviceRGB
                if "/Decode" in item:
                    del item.Decode
                return

    (fault,) = spoilt("offset", redden)
    assert fault[:2] == ("press-ready", "page 1: a picture is in RGB; only CMYK and grey is printed")
    assert fault[2].startswith("page 1 picture A p")


def test_an_unembedded_font() -> None:
    out = BytesIO()
    with opened(sound("offset")) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                del item.FontFile2
        pdf.save(out)
    log = Log()
    verify(out.getvalue(), None, log, referee=False, order=order("offset"))
    assert any("is not in the PDF" in d.message for d in log)


def box(key: str, *values: float) -> Callable[[pikepdf.Pdf], None]:
    def set_box(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[key] = pikepdf.Array(list(values))

    return set_box


def test_wrong_boxes() -> None:
    def lost(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj["/TrimBox"]

    assert any("has no TrimBox" in message for _, message, _ in spoilt("offset", lost))
    wrong = spoilt("offset", box("/BleedBox", 20, 20, 50, 50))
    assert any("do not lie one inside the other" in message for _, message, _ in wrong)
    with opened(sound("offset")) as pdf:
        trim = [float(v) for v in pdf.pages[0].TrimBox]
    narrow = spoilt("offset", box("/BleedBox", *trim))
    assert any("the bleed is 0.0 mm wide, and 3 mm are asked for" in message for _, message, _ in narrow)
    assert any("sizes" in message for _, message, _ in spoilt("offset", box("/TrimBox", 9, 9, 200, 300)))


def test_a_bleed_that_is_not_filled() -> None:
    """The background ends at the trim, as it does when nobody thought of a bleed."""

    def whiten(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        a, b, c, d = (float(v) for v in page.TrimBox)
        w, h = float(page.MediaBox[2]), float(page.MediaBox[3])
        page.contents_add(f"q 1 g 0 0 {w} {h} re {a} {b} {c - a} {d - b} re f* Q".encode())

    faults = spoilt("offset", whiten)
    assert len(faults) == 4
    assert all("does not fill the bleed of 3 mm" in message for _, message, _ in faults)


def test_text_near_the_knife() -> None:
    near = finish(laid(BODY), order("ingram"))
    messages = [message for rule, message, _ in told(near, "ingram") if rule == "press-ready"]
    assert any(m.startswith("page 1: “Running head” stands 4.6 mm from the head edge") for m in messages)


def test_transparency_would_be_found() -> None:
    clear = laid(BODY + THROUGH, SOUND)
    assert any("is transparent" in message for _, message, _ in told(clear, "ingram"))
    assert not any("transparent" in message for _, message, _ in told(finish(clear, order("ingram")), "ingram"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda pdf: pdf.docinfo.__delitem__("/Trapped"), "the file does not say whether it is trapped"),
        (
            lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
            "the file has no output intents for PDF/X, and should have one",
        ),
        (
            lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile"),
            "the profile of the press is not in the file",
        ),
        (lambda pdf: pdf.pages.__delitem__(-1), "the file has 3 pages, which is no multiple of 4"),
        (
            lambda pdf: pdf.Root.__setattr__("OpenAction", pikepdf.Dictionary()),
            "the file does something when it is opened",
        ),
    ],
)
def test_what_the_file_says_of_itself(spoil: Callable[[pikepdf.Pdf], object], message: str) -> None:
    assert spoilt("offset", spoil) == [("press-ready", message, "")]


def test_low_resolution_is_advice() -> None:
    faults = told(finish(laid(BODY), order("offset")), "offset")
    assert (
        "press-advised",
        "page 1: a picture has 152 pixels an inch, and 300 are asked for",
        "page 1 picture A photograph",
    ) in faults


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_ghostscript_counts_no_more_ink_than_allowed(tmp_path: Path) -> None:
    """The plates themselves, pixel by pixel."""
    from PIL import Image

    from publish.formats.pdf.finishing.inks import coverage

    file = tmp_path / "ingram.pdf"
    file.write_bytes(finished("ingram"))
    command = [
        "gs",
        "-q",
        "-r72",
        "-dUseFastColor=true",
        "-sDEVICE=tiff32nc",
        "-o",
        str(tmp_path / "%d.tif"),
        str(file),
    ]
    subprocess.run(command, check=True)
    sheets = sorted(tmp_path.glob("*.tif"))
    assert sheets
    for sheet in sheets:
        with Image.open(sheet) as image:
            assert image.mode == "CMYK"
            assert coverage(image) <= 2.42
            assert coverage(image) > 0.1 or sheet.name == "2.tif", "one page is blank"
