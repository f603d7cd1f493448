"""How a colour becomes ink: from sRGB to what a profile may hold, by an ICC profile of the press.

Values of a colour are from 0 to 1, in the order of its PDF operator: ``g`` (one, 1 is white), ``rg``, ``k``.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from publish.profiles import Order

if TYPE_CHECKING:
    from PIL.Image import Image

Operator: TypeAlias = Literal["g", "rg", "k"]
Values: TypeAlias = tuple[float, ...]

_NEUTRAL = 0.012  # the three channels differ by no more than 3 of 255: nobody sees a hue
_DARK, _NEARLY = 0.32, 0.16  # so dark, and with so little hue, that text in it is meant to be black
_RELATIVE, _BLACK_POINT = 1, 0x2000  # ICC.1, 7.2.15: media-relative; LittleCMS's flag for black point compensation
SRGB = "srgb"


class UnfitProfile(Exception):
    """A publisher's own ICC profile that cannot be used; the message says why in an editor's words."""


def icc(name: str) -> bytes:
    """Give an ICC profile that comes with publish: ``srgb``, ``fogra39``, ``fogra39-240``."""
    return files(__package__).joinpath("icc", f"{name}.icc").read_bytes()


def press_profile(order: Order) -> bytes:
    """Give the ICC profile by which an order's colours become CMYK: the publisher's own, or ours.

    Raises UnfitProfile for a file that is no profile of a four-colour press, OSError for one that cannot be read.
    """
    if order.icc is not None:
        return _own(order.icc)
    return icc("fogra39-240" if 0 < order.profile.ink < 300 else "fogra39")


def _own(path: Path) -> bytes:
    data = path.read_bytes()
    # ICC.1:2022, 7.2: the signature, the class of device and the space of its colours stand in the header.
    if data[36:40] != b"acsp":
        raise UnfitProfile(f"{path.name} is not an ICC profile")
    if data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        raise UnfitProfile(f"{path.name} is not the profile of a CMYK press")
    return data


class Inks:
    """The colours of one order's file. ``press`` is the ICC profile for CMYK, needed for every order."""

    def __init__(self, order: Order, press: bytes) -> None:
        self.colour = order.profile.colour
        self.limit = order.profile.ink / 100
        self._press = press
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, operator: Operator, values: Values) -> tuple[Operator, Values]:
        """Give the operator and values by which a colour is set in the file."""
        if self.colour == "rgb":
            return ("rg", self._rgb(values)) if operator == "k" else (operator, values)
        if operator == "g":
            return operator, values
        if self.colour == "grey":
            return "g", (_luminance(values if operator == "rg" else self._rgb(values)),)
        if operator == "k":
            return self._inked(values)
        if is_black(values):
            return "g", (_luminance(values),)
        return self._inked(_values(self._separated(_pixel(values))))

    def _inked(self, values: Values) -> tuple[Operator, Values]:
        """Give CMYK within the limit of ink; black alone is grey."""
        *colours, black = values
        if max(colours) < _NEUTRAL:
            return "g", (round(1 - black, 4),)
        total = sum(values)
        if self.limit and total > self.limit:
            share = max(0.0, self.limit - black) / sum(colours)
            colours = [int(value * share * 10000) / 10000 for value in colours]
        return "k", (*colours, black)

    def _rgb(self, values: Values) -> Values:
        return _values(self._on_screen(_pixel(values, "CMYK")))

    def picture(self, image: Image) -> Image:
        """Give a picture in the file's colours (mode L, RGB or CMYK); one that is all grey needs no other ink."""
        image = _plain(image)
        if image.mode == "L":
            return image
        if self.colour == "rgb":
            return self._on_screen(image) if image.mode == "CMYK" else image
        if self.colour == "grey":
            return (self._on_screen(image) if image.mode == "CMYK" else image).convert("L")
        if image.mode == "RGB":
            if _is_grey(image):
                return image.convert("L")
            image = self._separated(image)
        return within(image, self.limit) if self.limit else image

    def _separated(self, image: Image) -> Image:
        from PIL import ImageCms

        return _transformed(ImageCms.applyTransform(image, self._to_press))

    def _on_screen(self, image: Image) -> Image:
        from PIL import ImageCms

        return _transformed(ImageCms.applyTransform(image, self._to_screen))

    @cached_property
    def _to_press(self) -> Any:
        return _transform(icc(SRGB), self._press, "RGB", "CMYK")

    @cached_property
    def _to_screen(self) -> Any:
        return _transform(self._press, icc(SRGB), "CMYK", "RGB")


def is_black(values: Values) -> bool:
    """Whether an sRGB colour has no hue, or is so dark that it is meant to be black: it is printed with black alone."""
    spread = max(values) - min(values)
    return spread <= _NEUTRAL or (max(values) <= _DARK and spread <= _NEARLY)


def within(image: Image, limit: float) -> Image:
    """Give a CMYK picture on no spot of which lies more ink than ``limit`` (1 is one ink's solid)."""
    from PIL import Image as Pillow
    from PIL import ImageMath

    if coverage(image) <= limit:
        return image
    most = limit * 255
    *colours, black = image.split()

    def held(args: dict[str, Any]) -> Any:
        total = args["float"](args["c"]) + args["float"](args["m"]) + args["float"](args["y"])
        share = args["min"](args["max"](most - args["float"](args["k"]), 0) / args["max"](total, 1), 1)
        return args["convert"](args["float"](args["this"]) * share - 0.5, "L")

    names = dict(zip("cmy", colours, strict=True), k=black)
    return Pillow.merge("CMYK", [*(ImageMath.lambda_eval(held, **names, this=one) for one in colours), black])


def coverage(image: Image) -> float:
    """Give the most ink that lies on one spot of a CMYK picture (1 is one ink's solid)."""
    from PIL import ImageMath

    def summed(args: dict[str, Any]) -> Any:
        return args["c"] + args["m"] + args["y"] + args["k"]

    bands = dict(zip("cmyk", image.split(), strict=True))
    most = ImageMath.lambda_eval(summed, **{name: band.convert("I") for name, band in bands.items()}).getextrema()[1]
    return float(most) / 255


def _transform(source: bytes, target: bytes, mode: str, into: str) -> Any:
    from PIL import ImageCms

    begin, end = (ImageCms.ImageCmsProfile(BytesIO(data)) for data in (source, target))
    intent, flags = ImageCms.Intent(_RELATIVE), ImageCms.Flags(_BLACK_POINT)
    return ImageCms.buildTransform(begin, end, mode, into, renderingIntent=intent, flags=flags)


def _transformed(image: Image | None) -> Image:
    assert image is not None  # it is only when a picture is changed in place
    image.info.pop("icc_profile", None)
    return image


def _pixel(values: Values, mode: str = "RGB") -> Image:
    from PIL import Image as Pillow

    return Pillow.new(mode, (1, 1), tuple(round(value * 255) for value in values))


def _values(image: Image) -> Values:
    """Give the colour of a picture's first pixel."""
    return tuple(round(band.tobytes()[0] / 255, 4) for band in image.split())


def _plain(image: Image) -> Image:
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode in ("1", "I", "I;16", "F", "LA") else "RGB")


def _is_grey(image: Image) -> bool:
    from PIL import ImageChops

    red, green, blue = image.split()
    return not any(any(ImageChops.difference(red, other).histogram()[4:]) for other in (green, blue))


def _luminance(values: Values) -> float:
    """Give the grey of a colour (ITU-R BT.601, as pictures are made grey)."""
    red, green, blue = values
    return round(0.299 * red + 0.587 * green + 0.114 * blue, 4)
