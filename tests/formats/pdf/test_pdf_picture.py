"""The first page as a picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from pdf_pages import make, rendition
from PIL import Image

from publish.formats.pdf import first_page


def test_the_first_page_at_a_width() -> None:
    written = make(rendition("<p>x</p>", css="@page { background: #c00 } @page :first { background: #00c }")).written
    assert written is not None
    for width in (1, 333, 1600):
        data = first_page(written.data, width)
        image = Image.open(BytesIO(data))
        assert (image.format, image.mode, image.width) == ("JPEG", "RGB", width)
    assert abs(image.height / image.width - 1.4) < 0.01
    red, _, blue = image.getpixel((5, 5))  # type: ignore[misc]
    assert blue > 150 > red
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert first_page(written.data, 1600) == data


def test_what_is_no_pdf() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        first_page(b"no", 100)
