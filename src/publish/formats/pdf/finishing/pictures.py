"""The pictures inside a PDF: read, and put back in other colours."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pikepdf import Array, Name, PdfImage, Stream

from publish.formats.pdf.finishing.inks import Inks, coverage

if TYPE_CHECKING:
    from PIL.Image import Image

_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_LEFT = ("/DecodeParms", "/Decode", "/Intent")
_QUALITY = 94  # of JPEG: what a second compression loses is not to be seen at 300 dpi


def recolour(item: Stream, inks: Inks) -> None:
    """Give a picture in these inks. Its soft mask, a stencil, and what is in them already stay as they are.

    ``/Interpolate`` is switched off, as PDF/A asks (ISO 19005-2, 6.2.8).
    """
    item.Interpolate = False
    if item.get("/ImageMask") or item.get("/ColorSpace") == "/DeviceGray":
        return
    photograph = item.get("/Filter") == "/DCTDecode"
    before = PdfImage(item).as_pil_image(apply_mask=False)
    after = inks.picture(before)
    if after is not before:
        put(item, after, photograph=photograph, ink=inks.limit)


def put(item: Stream, image: Image, *, photograph: bool = False, ink: float = 0.0) -> None:
    """Put a picture (mode L, RGB or CMYK) in the place of the one that a stream holds.

    A ``photograph`` is compressed as JPEG, all else without loss; so is one that JPEG would ink beyond ``ink``.
    """
    for key in _LEFT:
        if key in item:
            del item[key]
    item.Width, item.Height = image.size
    item.ColorSpace, item.BitsPerComponent = _SPACES[image.mode], 8
    if photograph:
        data = BytesIO()
        image.save(data, "JPEG", quality=_QUALITY, subsampling=0)
        if image.mode != "CMYK" or not ink or _inked(data) <= ink:
            item.write(data.getvalue(), filter=Name.DCTDecode)
            if image.mode == "CMYK":
                item.Decode = Array([1, 0] * 4)  # Pillow writes CMYK as Adobe does, turned round
            return
    item.write(image.tobytes())


def _inked(data: BytesIO) -> float:
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(data.getvalue())) as image:
        return coverage(image)
