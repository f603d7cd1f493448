"""Pictures made fit for screens."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageCms

from publish.images import Picture
from publish.images.screen import COVER, for_screen


def picture(image: Image.Image, kind: str = "PNG", **how: Any) -> Picture:
    out = io.BytesIO()
    image.save(out, kind, **how)
    colour: Any = {"CMYK": "cmyk", "L": "grey"}.get(image.mode, "rgb")
    media_type = f"image/{kind.lower()}"
    return Picture("p", media_type, out.getvalue(), *image.size, 0.0, colour, image.has_transparency_data)


def opened(made: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(made.data))
    assert (image.size, f"image/{str(image.format).lower()}") == ((made.width, made.height), made.media_type)
    return image


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((width, height), 90 + band) for band in range(3)]).convert(mode)


def drawing(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    image.paste((20, 40, 90), (width // 4, height // 4, width // 2, height // 2))
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_is_small_already_stays_to_the_byte(kind: str) -> None:
    given = picture(drawing(1600, 900), kind)
    assert for_screen(given) is given


def test_a_drawing_in_vectors_stays() -> None:
    given = Picture("d", "image/svg+xml", b"<svg/>", 9000, 9000)
    assert for_screen(given) is given


@pytest.mark.parametrize(("size", "fitted"), [((3200, 1000), (1600, 500)), ((1000, 3200), (500, 1600))])
def test_a_large_photograph_is_made_to_fit(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    given = picture(noise(*size), "JPEG", quality=95)
    made = for_screen(given)
    assert opened(made).size == fitted
    assert len(made.data) < len(given.data)


def test_a_light_photograph_a_little_larger_than_a_screen_stays_to_the_byte() -> None:
    soft = noise(90, 60).resize((1800, 1200))
    light, heavy = picture(soft, "JPEG", quality=80), picture(noise(1800, 1200), "JPEG", quality=98)
    assert for_screen(light) is light
    assert opened(for_screen(heavy)).size == (1600, 1067)
    assert opened(for_screen(picture(soft.resize((2100, 1400)), "JPEG", quality=80))).size[0] == 1600


def test_a_cover_may_be_as_large_as_shops_ask_for() -> None:
    assert opened(for_screen(picture(noise(1800, 2880), "JPEG"), COVER)).size == (1600, 2560)
    small = picture(noise(600, 900), "JPEG")
    assert for_screen(small, COVER) is small


def test_ink_becomes_light() -> None:
    given = picture(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG", quality=95)
    made = for_screen(given)
    red, green, blue = opened(made).convert("RGB").getpixel((20, 15))  # type: ignore[misc]
    assert opened(made).mode == "RGB" and made.colour == "rgb"
    assert red > 200 and green < 60 and blue < 60


def test_sixteen_bits_become_eight() -> None:
    image = Image.new("I;16", (40, 30), 0x8000)
    made = for_screen(picture(image))
    assert opened(made).mode == "L"
    assert opened(made).getpixel((3, 3)) == 0x80


def test_colours_of_another_space_become_those_of_srgb() -> None:
    lab = ImageCms.createProfile("LAB")
    other = ImageCms.ImageCmsProfile(lab).tobytes()
    given = picture(drawing(40, 40), "JPEG", icc_profile=other)
    assert "icc_profile" not in opened(for_screen(given)).info  # a profile that does not fit is no reason to fail
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = picture(drawing(40, 40), "JPEG", icc_profile=own)
    assert for_screen(kept) is kept


def test_a_photograph_saved_as_png_becomes_a_jpeg_and_a_drawing_does_not() -> None:
    photograph = picture(noise(900, 600).resize((1200, 800)))
    assert for_screen(photograph).media_type == "image/jpeg"
    assert for_screen(picture(drawing(4000, 3000))).media_type == "image/png"


def test_what_shows_through_goes_on_showing_through() -> None:
    image = noise(2400, 1200, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    made = for_screen(picture(image))
    assert opened(made).mode == "RGBA"
    assert opened(made).size == (1600, 800)


def test_a_light_drawing_may_be_larger_than_a_screen_but_not_than_a_reader_can_hold() -> None:
    light = picture(drawing(2000, 1000).quantize(4))
    assert for_screen(light) is light or len(for_screen(light).data) < len(light.data)
    assert max(opened(for_screen(picture(drawing(5000, 4000).quantize(4)))).size) == 1600


def test_the_same_picture_gives_the_same_bytes() -> None:
    given = picture(noise(2000, 1500), "JPEG")
    assert for_screen(given).data == for_screen(given).data


def test_a_cover_is_a_jpeg_on_white_whatever_it_was() -> None:
    clear = Image.new("RGBA", (700, 1120), (0, 0, 0, 0))
    clear.paste((20, 40, 90, 255), (100, 100, 600, 600))
    made = for_screen(picture(clear), COVER)
    assert (made.media_type, made.transparent) == ("image/jpeg", False)
    image = opened(made)
    assert image.mode == "RGB" and min(image.getpixel((10, 10))) > 250  # type: ignore[arg-type]
    assert for_screen(picture(clear)).media_type == "image/png"
