"""Pictures made fit for screens: no larger than a reader can show, in 8-bit sRGB, and no heavier than need be."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from publish.images.model import Colour, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT = (1600, 1600)
"""Width and height in pixels that a picture in a text may have: a large tablet's."""

COVER = (1600, 2560)
"""Width and height in pixels that a cover may have: what bookshops ask for."""

_QUALITY = 85
# More than this, and Apple's reader refuses a picture; below it a light one may stay larger than a screen.
_MOST_PIXELS = 4_000_000
# What is larger than the box by less than this, and light (bytes a pixel), stays: to sample it down by so little takes
# more of its sharpness, and of a second JPEG, than it gains.
_NEARLY, _LIGHT = 1.25, 0.35
# Photographs saved as PNG take more than a byte a pixel, drawings and screenshots far less.
_PHOTOGRAPH = 1.0


def for_screen(picture: Picture, box: tuple[int, int] = TEXT) -> Picture:
    """Give a picture that fits a box (pixels), in sRGB or grey with 8 bits a channel; never enlarged.

    A cover (whose box is ``COVER``) becomes a JPEG, the one kind that every bookshop takes.

    A picture that is so already is given back as it is, to the byte, and so are drawings. A pure function of its
    arguments, for one version of Pillow.
    """
    if picture.media_type == "image/svg+xml":
        return picture
    from PIL import Image

    with Image.open(BytesIO(picture.data)) as opened:
        must = _needs_colours(picture, opened)
        large = _is_large(opened.size, box, len(picture.data))
        heavy = picture.media_type == "image/png" and len(picture.data) > _PHOTOGRAPH * opened.width * opened.height
        foreign = box == COVER and picture.media_type != "image/jpeg"
        if not (must or large or heavy or foreign):
            return picture
        image = in_screen_colours(opened)
    image.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if foreign:
        return _as_jpeg(picture, image)
    made = _lightest(picture, image)
    light = len(made.data) < len(picture.data)
    return made if must or light or (large and picture.width * picture.height > _MOST_PIXELS) else picture


def _is_large(size: tuple[int, int], box: tuple[int, int], weight: int) -> bool:
    """Whether a picture of so many pixels and bytes is to be made smaller to fit a box."""
    times, pixels = max(size[0] / box[0], size[1] / box[1]), size[0] * size[1]
    return times > (_NEARLY if weight <= _LIGHT * pixels and pixels <= _MOST_PIXELS else 1)


def _needs_colours(picture: Picture, image: Image) -> bool:
    """Whether colours are meant for paper, or are given in another space or more finely than a screen's."""
    deep = picture.media_type == "image/png" and picture.data[24:25] == b"\x10"  # IHDR's bit depth
    return deep or image.mode in {"CMYK", "I", "I;16"} or foreign_profile(image) is not None


def foreign_profile(image: Image) -> bytes | None:
    """Give the colour profile of an image unless it has none, has one that cannot be read, or it is sRGB."""
    from PIL import ImageCms

    profile: bytes | None = image.info.get("icc_profile")
    if not profile:
        return None
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, TypeError):
        return None
    return None if "srgb" in name.casefold() else profile


def in_screen_colours(image: Image) -> Image:
    """Give an image as L, LA, RGB or RGBA, its colours those of sRGB."""
    if image.mode in {"I", "I;16"}:
        return image.convert("I").point(lambda value: value / 256).convert("L")
    converted = _through_profile(image)
    if converted is not None:
        return converted
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in {"L", "LA"} else "RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _through_profile(image: Image) -> Image | None:
    """Give an image converted by its own profile; ``None`` when it has none that says how."""
    from PIL import Image as Images
    from PIL import ImageCms

    profile = foreign_profile(image)
    if profile is None or image.mode not in {"CMYK", "L", "RGB", "RGBA"}:
        return None
    grey, alpha = image.mode == "L", image.getchannel("A") if image.mode == "RGBA" else None
    own, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    flat = image.convert("RGB") if alpha else image
    try:
        converted = ImageCms.profileToProfile(flat, own, screen, outputMode="RGB")
    except ImageCms.PyCMSError:  # the profile is for another kind of colours than the image has
        return None
    assert isinstance(converted, Images.Image)
    if alpha:
        converted.putalpha(alpha)
    return converted.convert("L") if grey else converted


def _as_jpeg(picture: Picture, image: Image) -> Picture:
    """Give the picture with the image's pixels as a JPEG, on white where one could see through."""
    if image.mode in {"LA", "RGBA"}:
        from PIL import Image as Images

        paper = Images.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper.convert("RGB")
    colour: Colour = "grey" if image.mode == "L" else "rgb"
    data = _saved(image, "JPEG", quality=_QUALITY, optimize=True)
    return replace(
        picture,
        data=data,
        media_type="image/jpeg",
        width=image.width,
        height=image.height,
        colour=colour,
        transparent=False,
    )


def _lightest(picture: Picture, image: Image) -> Picture:
    """Give the picture with the image's pixels: a JPEG as JPEG, a PNG as PNG unless it is a photograph."""
    size = {"width": image.width, "height": image.height, "colour": "grey" if image.mode in {"L", "LA"} else "rgb"}
    jpeg = b"" if image.mode in {"LA", "RGBA"} else _saved(image, "JPEG", quality=_QUALITY, optimize=True)
    if picture.media_type == "image/jpeg":
        return replace(picture, data=jpeg, **size)  # type: ignore[arg-type]
    drawing = image.quantize(256) if _has_palette(picture) and image.mode == "RGB" else image
    png = _saved(drawing, "PNG", optimize=True)
    if jpeg and 2 * len(jpeg) < len(png) > _PHOTOGRAPH * image.width * image.height:
        return replace(picture, data=jpeg, media_type="image/jpeg", **size)  # type: ignore[arg-type]
    return replace(picture, data=png, **size)  # type: ignore[arg-type]


def _has_palette(picture: Picture) -> bool:
    return picture.data[25:26] == b"\x03"  # IHDR's colour type


def _saved(image: Image, kind: str, **options: object) -> bytes:
    image.info = {}
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
