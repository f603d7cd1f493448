"""The preflight beyond its single rules (test_planted.py): where a fault is told, and what another program counts."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from planted import PLANTS
from planting import SOUND, told
from press_pages import BODY, THROUGH, finished, laid, order

from publish.formats.pdf.finishing import finish


def test_a_picture_s_fault_is_told_with_its_description() -> None:
    (fault,) = told(PLANTS["an RGB picture"].make(), "offset")
    assert fault == (
        "press-ready",
        "page 1: a picture is in RGB; only CMYK and grey is printed",
        "page 1 picture A photograph",
    )


def test_a_page_s_fault_is_told_with_its_page() -> None:
    (fault,) = told(PLANTS["an RGB area"].make(), "offset")
    assert fault == ("press-ready", "page 1: an area is in RGB; only CMYK and grey is printed", "page 1")


def test_transparency_is_found_and_finishing_takes_it_out() -> None:
    clear = laid(BODY + THROUGH, SOUND)
    assert any("is transparent" in message for _, message, _ in told(clear, "ingram"))
    assert not any("transparent" in message for _, message, _ in told(finish(clear, order("ingram")), "ingram"))


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
