"""Pages of a PDF as pictures. The same bytes give the same pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from io import BytesIO
from typing import Any

from publish.records import dataclass

_QUALITY = 80


@dataclass(frozen=True)
class PageShot:
    """A page: its width and height in points, a picture (WebP) for each width asked for, the baselines of its text.

    Baselines are distances in points from the page's upper edge, each told once, from the top.
    """

    width: float
    height: float
    pictures: tuple[bytes, ...] = field(repr=False)
    baselines: tuple[float, ...] = field(default=(), repr=False)


def load() -> None:
    """Load PDFium ahead of the first picture."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401


def first_page(pdf: bytes, width: int) -> bytes:
    """Give page one as a JPEG (RGB, no metadata), ``width`` pixels wide. The same bytes give the same picture.

    Raises ValueError for bytes that are no PDF or have no page.
    """
    with opened(pdf) as document:
        page = document[0]
        image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        height = round(width * page.get_height() / page.get_width())
    # Pdfium rounds up, so that a page can come out a pixel too wide or too high.
    image = image.crop((0, 0, width, height))
    out = BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()


def page_shots(pdf: bytes, widths: Sequence[int]) -> Iterator[PageShot]:
    """Give every page in order, photographed as many pixels wide as each of ``widths`` says.

    Raises ValueError for bytes that are no PDF or have no page.
    """
    with opened(pdf) as document:
        for page in document:
            width, height = page.get_size()
            large = page.render(scale=max(widths) / width).to_pil().convert("RGB")
            yield PageShot(width, height, tuple(_shrunk(large, wide) for wide in widths), _baselines(page, height))
            page.close()


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """Open a PDF with PDFium. Raises ValueError for bytes that are no PDF or have no page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"not a PDF: {error}") from error
    try:
        if not len(document):
            raise ValueError("the PDF has no page")
        yield document
    finally:
        document.close()


def _shrunk(image: Any, width: int) -> bytes:
    """Give a picture as WebP, no wider than this."""
    small = image.copy() if width >= image.width else image.resize((width, round(width * image.height / image.width)))
    out = BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=3)
    return out.getvalue()


def _baselines(page: Any, height: float) -> tuple[float, ...]:
    import ctypes

    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text = page.get_textpage()
    across, up = ctypes.c_double(), ctypes.c_double()
    found = set()
    for index in range(pdfium.FPDFText_CountChars(text)):
        pdfium.FPDFText_GetCharOrigin(text, index, across, up)
        found.add(round(height - up.value, 1))
    return tuple(sorted(found))


def fitted(data: bytes, box: tuple[int, int]) -> bytes:
    """Give a picture as a JPEG (sRGB, no metadata) that fits into so many pixels; a smaller one keeps its size."""
    from PIL import Image, ImageCms

    with Image.open(BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        image = opened.copy()
    if profile and image.mode in ("L", "RGB", "CMYK"):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    image = image.convert("RGB")
    image.thumbnail(box, Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0, optimize=True)
    return out.getvalue()
