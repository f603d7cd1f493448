"""Pictures made of pixels. The room's only door to Pillow, which is loaded when the first such picture comes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from publish.images import jpeg, png
from publish.images.kinds import JPEG, PNG, Kind
from publish.images.model import MAX_PIXELS, Colour, Picture, PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

_ORIENTATION = 0x0112
# Pillow's modes that PNG holds without loss (it has no other depth for grey than these).
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"})
_COLOURS: dict[str, Colour] = {"CMYK": "cmyk", "1": "grey", "L": "grey", "LA": "grey", "I": "grey", "I;16": "grey"}


def load(path: str, data: bytes, kind: Kind) -> Picture:
    """Decode a bitmap of this kind whole and give it as a JPEG or a PNG without metadata.

    JPEG and PNG keep their compressed data untouched, unless the camera was held turned; all others become PNG,
    without loss. Raises PictureError when it is not whole, has too many pixels, or cannot be kept without loss.
    """
    if kind is JPEG:
        clean = jpeg.stripped(data)
    elif kind is PNG:
        clean = png.stripped(data)
    else:
        clean = b""
    image, (width, height) = _proved(data, kind)
    if not clean or _orientation(image) != 1:
        clean = _turned_jpeg(_decoded(data, kind)) if kind is JPEG else _as_png(image)
        kind = kind if kind is JPEG else PNG
        width, height = (height, width) if _orientation(image) >= 5 else (width, height)
    return Picture(
        path,
        "image/jpeg" if kind is JPEG else "image/png",
        clean,
        width,
        height,
        _dpi(image),
        _COLOURS.get(image.mode, "rgb"),
        image.has_transparency_data,
    )


def _proved(data: bytes, kind: Kind) -> tuple[Image, tuple[int, int]]:
    """Decode to the end; give the image, which of a JPEG is an eighth as wide and high, and how large it is in truth.

    An eighth needs all of the compressed data too, but of each block of 8 by 8 pixels only their mean is worked out,
    which takes a third of the time.
    """
    sizes: list[tuple[int, int]] = []

    def lessen(image: Image) -> None:
        sizes.append(image.size)
        if kind is JPEG:
            image.draft(None, (max(1, image.width // 8), max(1, image.height // 8)))

    return _decoded(data, kind, lessen), sizes[0]


def _decoded(data: bytes, kind: Kind, prepare: Callable[[Image], None] = lambda _: None) -> Image:
    """Open with the one decoder that the kind names (no other is tried, above all not Ghostscript) and decode."""
    from PIL import Image

    with _strict():
        try:
            image = Image.open(BytesIO(data), formats=[kind.pillow])
            _check_size(*image.size)
            prepare(image)
            image.load()
        except PictureError:
            raise
        except Exception as error:  # a decoder may raise anything over a damaged file
            raise _undecodable(kind) from error
    return image


@contextmanager
def _strict() -> Iterator[None]:
    """Have Pillow refuse broken files, whatever another library (WeasyPrint does) told it before.

    Its own limit of pixels is off meanwhile: ours is lower, and ours can say how many there are.
    """
    from PIL import Image, ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a decoder merely wonders at is no concern of an editor's
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PictureError(
            "image-size",
            f"has {width:,} × {height:,} pixels; the most that can be handled is {MAX_PIXELS // 1_000_000} million",
            "save it smaller: 3,000 pixels across fill a large page at 300 dots per inch",
        )


def _undecodable(kind: Kind) -> PictureError:
    if kind.pillow == "HEIF":
        return PictureError("image-readable", "is a HEIC picture, which cannot be read here", "save it as JPEG")
    return PictureError(
        "image-readable",
        f"begins as a {kind.name} but is damaged: it cannot be decoded to its end",
        "fetch it again from where it came, or open and save it in an image editor",
    )


def _orientation(image: Image) -> int:
    """Give how the camera was held (EXIF 2.32, tag 274): 1 is upright; a broken value counts as upright."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 (EXIF is a whole TIFF file of its own, and broken ones are common)
        return 1
    return value if value in range(1, 9) else 1


def _upright(image: Image) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(_orientation(image))
    return image.copy() if turn is None else image.transpose(turn)


def _turned_jpeg(image: Image) -> bytes:
    """Give a turned photograph upright, with the quantisation it had, so that nothing is lost that can be seen."""
    from PIL import JpegImagePlugin

    sideways = _orientation(image) >= 5
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    sampling = JpegImagePlugin.get_sampling(image)
    # 4:2:2 (1) turned sideways has no name in Pillow; an unknown sampling is kept by not sampling at all.
    kept = sampling if sampling in (0, 2) or (sampling == 1 and not sideways) else 0
    out = BytesIO()
    _upright(image).save(
        out,
        "JPEG",
        qtables=[_table(tables[number], sideways) for number in sorted(tables)],
        subsampling=kept,
        optimize=True,
        progressive=bool(image.info.get("progressive")),
        icc_profile=image.info.get("icc_profile"),
        dpi=image.info.get("dpi", (0, 0)),
    )
    return jpeg.stripped(out.getvalue())


def _table(table: list[int], sideways: bool) -> list[int]:
    """Give an 8 by 8 quantisation table, its rows and columns exchanged for a picture laid on its side."""
    return [table[8 * column + row] for row in range(8) for column in range(8)] if sideways else list(table)


def _as_png(image: Image) -> bytes:
    """Give the first frame as a PNG without loss.

    Raises PictureError for kinds of colour that PNG cannot hold (CMYK, Lab, floating point).
    """
    picture = _upright(image)
    if picture.mode == "I;16B":
        picture = picture.convert("I;16")
    if picture.mode not in _PNG_MODES:
        raise PictureError(
            "image-readable",
            f"holds its colours in a way ({picture.mode}) that cannot be kept without loss",
            "save it as a JPEG of the highest quality, or as an RGB picture",
        )
    out = BytesIO()
    kept = {name: image.info[name] for name in ("icc_profile", "transparency", "dpi") if image.info.get(name)}
    picture.info = {}
    picture.save(out, "PNG", **kept)
    return png.stripped(out.getvalue())


def _dpi(image: Image) -> float:
    try:
        dpi = float(image.info.get("dpi", (0.0,))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return round(dpi, 2) if 10 <= dpi <= 100_000 else 0.0
