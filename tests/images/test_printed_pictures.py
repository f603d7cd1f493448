"""Pictures made fit for print: honest colours, no pixels that nobody can see, and nothing else touched."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from publish.images import Picture
from publish.images.press import box_of, for_print

PROFILES = Path(__file__).parent.parent.parent / "src/publish/formats/pdf/finishing/icc"
BOX = 400


def picture(mode: str, kind: str, size: tuple[int, int] = (300, 200), **more: Any) -> Picture:
    image = Image.radial_gradient("L").resize(size).convert(mode) if mode != "P" else Image.new("P", size)
    out = BytesIO()
    image.save(out, kind, **more)
    return Picture("a", f"image/{kind.lower()}", out.getvalue(), *size)


def test_the_box_of_a_page() -> None:
    assert box_of((148.0, 210.0)) == 2481


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("1", "PNG")]
)
def test_what_is_fit_stays_to_the_byte(mode: str, kind: str) -> None:
    before = picture(mode, kind)
    assert for_print(before, BOX) is before


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG")]
)
def test_pixels_that_nobody_sees_go(mode: str, kind: str) -> None:
    after = for_print(picture(mode, kind, (1000, 500)), BOX)
    assert (after.width, after.height) == (400, 200)
    with Image.open(BytesIO(after.data)) as image:
        assert image.size == (400, 200)
        assert image.mode == (mode if mode != "P" else "RGB")


def test_a_foreign_profile_is_honoured() -> None:
    """A profile in which red and blue change places cannot be overlooked."""
    from PIL import ImageCms

    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    before = picture("RGB", "JPEG", icc_profile=wide)
    assert for_print(before, BOX).width == 300, "a profile of another kind of colours changes nothing that can be seen"
    data = bytearray((PROFILES / "srgb.icc").read_bytes())
    for tag in (b"rXYZ", b"bXYZ"):
        assert data.count(tag) == 1
    red, blue = data.index(b"rXYZ"), data.index(b"bXYZ")
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    name = data.index(b"sRGB")
    while name >= 0:
        data[name : name + 4] = b"swap"
        name = data.find(b"sRGB")
    out = BytesIO()
    Image.new("RGB", (20, 20), (255, 0, 0)).save(out, "PNG", icc_profile=bytes(data))
    after = for_print(Picture("a", "image/png", out.getvalue(), 20, 20), BOX)
    with Image.open(BytesIO(after.data)) as image:
        assert "icc_profile" not in image.info
        pixel = image.getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 200
    assert pixel[0] < 60


def test_a_drawing_stays_a_drawing() -> None:
    drawing = Picture("a", "image/svg+xml", b"<svg/>", 9000, 9000)
    assert for_print(drawing, BOX) is drawing
