"""Bitmaps: whole or refused, stripped or turned, and never silently worse."""

from __future__ import annotations

import os
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile, JpegImagePlugin
from PIL.PngImagePlugin import PngInfo

from publish.images import jpeg
from publish.images.load import load
from publish.images.model import Picture, PictureError

SECRET = "geheim"
"""What no book may hold; put into every place where cameras, programs and editors leave things."""


@pytest.fixture(scope="session")
def photograph() -> Image.Image:
    """A picture of 48 by 32 pixels in which no two corners look alike."""
    noise = Image.effect_noise((48, 32), 90).convert("RGB")
    noise.paste((200, 30, 40), (0, 0, 20, 8))
    noise.paste((20, 30, 200), (40, 0, 48, 32))
    return noise


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET
    data.get_ifd(0x8825)[29] = SECRET  # GPSDateStamp
    return data


def read(tmp_path: Path, name: str, data: bytes) -> Picture:
    file = tmp_path / name
    file.write_bytes(data)
    return load(name, file)


def refusal(tmp_path: Path, name: str, data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        read(tmp_path, name, data)
    return caught.value


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGBA").tobytes()


def tables(data: bytes) -> dict[int, list[int]]:
    with Image.open(BytesIO(data)) as image:
        assert isinstance(image, JpegImagePlugin.JpegImageFile)
        return image.quantization


def rich_jpeg(photograph: Image.Image, orientation: int = 1, **options: object) -> bytes:
    """A photograph with everything in it that a camera and an agency leave behind."""
    icc = b"profile" * 40
    data = saved(photograph, "JPEG", exif=exif(orientation), comment=SECRET, icc_profile=icc, **options)
    iptc = b"Photoshop 3.0\0" + SECRET.encode()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>" + SECRET.encode() + b"</x>"
    extra = b"".join(
        b"\xff" + marker + (len(b) + 2).to_bytes(2, "big") + b for marker, b in [(b"\xed", iptc), (b"\xe1", xmp)]
    )
    return data[:2] + extra + data[2:] + SECRET.encode()


def test_a_jpeg_loses_its_metadata_and_nothing_else(tmp_path: Path, photograph: Image.Image) -> None:
    data = rich_jpeg(photograph, quality=93, dpi=(300, 300))
    picture = read(tmp_path, "port.jpg", data)
    assert data.count(SECRET.encode()) >= 5
    assert SECRET.encode() not in picture.data
    assert b"Exif" not in picture.data
    assert pixels(picture.data) == pixels(data)
    assert tables(picture.data) == tables(data)
    with Image.open(BytesIO(picture.data)) as image:
        assert image.info["icc_profile"] == b"profile" * 40
    assert (picture.media_type, picture.width, picture.height, picture.dpi) == ("image/jpeg", 48, 32, 300.0)


def test_a_progressive_jpeg_is_followed_through_all_its_scans(tmp_path: Path, photograph: Image.Image) -> None:
    data = rich_jpeg(photograph, progressive=True)
    assert pixels(read(tmp_path, "port.jpg", data).data) == pixels(data)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_photograph_is_set_upright(tmp_path: Path, photograph: Image.Image, orientation: int) -> None:
    from PIL import ImageChops, ImageOps, ImageStat

    data = rich_jpeg(photograph, orientation, quality=93, subsampling=0)
    picture = read(tmp_path, "port.jpg", data)
    with Image.open(BytesIO(data)) as original, Image.open(BytesIO(picture.data)) as upright:
        expected = ImageOps.exif_transpose(original)
        assert (picture.width, picture.height) == upright.size == expected.size
        difference = ImageStat.Stat(ImageChops.difference(expected, upright.convert("RGB")))
    assert max(difference.mean) < 1.5
    assert SECRET.encode() not in picture.data
    sideways = orientation >= 5
    before = tables(data)[0]
    assert tables(picture.data)[0] == ([before[8 * c + r] for r in range(8) for c in range(8)] if sideways else before)


def test_cmyk_is_kept_and_told(tmp_path: Path, photograph: Image.Image) -> None:
    data = saved(photograph.convert("CMYK"), "JPEG")
    picture = read(tmp_path, "press.jpg", data)
    assert picture.colour == "cmyk"
    with Image.open(BytesIO(picture.data)) as image, Image.open(BytesIO(data)) as before:
        assert image.tobytes() == before.tobytes()


def test_a_png_loses_its_texts_and_nothing_else(tmp_path: Path, photograph: Image.Image) -> None:
    texts = PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_itxt("XML:com.adobe.xmp", SECRET)
    data = saved(photograph, "PNG", pnginfo=texts, exif=exif(), icc_profile=b"profile") + SECRET.encode()
    picture = read(tmp_path, "map.png", data)
    assert SECRET.encode() not in picture.data
    assert pixels(picture.data) == pixels(data)
    with Image.open(BytesIO(picture.data)) as image:
        assert set(image.info) == {"icc_profile"}


def test_transparency_is_kept_and_told(tmp_path: Path, photograph: Image.Image) -> None:
    clear = photograph.copy()
    clear.putalpha(128)
    picture = read(tmp_path, "clear.png", saved(clear, "PNG"))
    assert picture.transparent
    assert pixels(picture.data) == clear.tobytes()
    assert not read(tmp_path, "solid.png", saved(photograph, "PNG")).transparent


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("a.gif", "GIF", {}),
        ("a.tif", "TIFF", {"compression": "tiff_lzw"}),
        ("a.tiff", "TIFF", {}),
        ("a.webp", "WEBP", {"lossless": True}),
        ("a.webp", "WEBP", {"quality": 40}),
        ("a.bmp", "BMP", {}),
        ("a.avif", "AVIF", {}),
    ],
)
def test_other_kinds_become_png_without_loss(
    tmp_path: Path, photograph: Image.Image, name: str, kind: str, options: dict[str, object]
) -> None:
    data = saved(photograph, kind, **options)
    picture = read(tmp_path, name, data)
    assert picture.media_type == "image/png"
    assert pixels(picture.data) == pixels(data)


def test_an_animation_shows_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("P", (4, 4), n) for n in range(3)]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = read(tmp_path, "a.gif", data)
    with Image.open(BytesIO(picture.data)) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_what_png_cannot_hold_is_refused(tmp_path: Path, photograph: Image.Image) -> None:
    error = refusal(tmp_path, "press.tif", saved(photograph.convert("CMYK"), "TIFF"))
    assert error.rule == "image-readable"
    assert "without loss" in error.message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP"])
def test_half_a_picture_is_refused(tmp_path: Path, photograph: Image.Image, kind: str) -> None:
    data = saved(photograph, kind)
    assert refusal(tmp_path, f"half.{kind.lower()}", data[: len(data) // 2]).rule == "image-readable"


def test_a_jpeg_without_its_end_is_refused(tmp_path: Path, photograph: Image.Image) -> None:
    data = saved(photograph, "JPEG")
    assert "not whole" in refusal(tmp_path, "port.jpg", data[:-2]).message


def test_every_flipped_bit_of_a_png_is_found(tmp_path: Path, photograph: Image.Image) -> None:
    data = saved(photograph, "PNG")
    for at in range(8, len(data), 97):
        broken = bytearray(data)
        broken[at] ^= 0x10
        assert refusal(tmp_path, "map.png", bytes(broken)).rule in {"image-readable", "image-size"}


def test_what_the_strict_decoder_refuses_is_refused_though_weasyprint_is_loaded(
    tmp_path: Path, photograph: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as importing WeasyPrint does
    data = saved(photograph, "GIF")
    assert refusal(tmp_path, "half.gif", data[: len(data) // 2]).rule == "image-readable"
    assert ImageFile.LOAD_TRUNCATED_IMAGES, "what another library set is left as it was"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("page.jpg", b"<!DOCTYPE html><html><title>404</title></html>", "a web page"),
        ("note.png", b"Here the picture was to be.\n", "a text file"),
        ("scan.jpg", b"%PDF-1.4\n%", "a PDF"),
        ("plan.png", b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        ("cover.jpg", b"8BPS\0\1", "Photoshop"),
        ("chart.png", b"PK\x03\x04rest", "office document"),
        ("map.svg", b"\x1f\x8b\x08rest", "gzip"),
        ("odd.jpg", bytes(range(256)), "does not know"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    error = refusal(tmp_path, name, data)
    assert (error.rule, what in error.message) == ("image-readable", True), error.message


def test_a_false_suffix_is_told(tmp_path: Path, photograph: Image.Image) -> None:
    error = refusal(tmp_path, "port.jpg", saved(photograph, "PNG"))
    assert "is a PNG" in error.message
    assert "port.png" in error.hint


def test_ghostscript_is_never_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"
    for name in ("gs", "gswin32c", "gswin64c"):
        (tmp_path / name).write_text(f"#!/bin/sh\ntouch '{started}'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
    for name in ("plan.eps", "plan.jpg", "plan.tif"):
        refusal(tmp_path, name, eps)
    assert not started.exists()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds nothing: what a decompression bomb looks like from outside."""
    out = bytearray(b"\x89PNG\r\n\x1a\n")
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\1\0\0\0\0"
    for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")):
        out += len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
    return bytes(out)


@pytest.mark.parametrize("side", [10_001, 30_000, 2**31 - 1])
def test_too_many_pixels_are_refused_before_they_are_unpacked(tmp_path: Path, side: int) -> None:
    assert refusal(tmp_path, "map.png", png_of(side, side)).rule == "image-size"


def test_a_large_picture_within_the_limit_is_taken(tmp_path: Path) -> None:
    picture = read(tmp_path, "wall.png", saved(Image.new("1", (10_000, 10_000)), "PNG"))
    assert (picture.width, picture.height, picture.colour) == (10_000, 10_000, "grey")


def test_mutations_never_raise_anything_but_a_refusal(tmp_path: Path, photograph: Image.Image) -> None:
    """Flip, cut and drop bytes of each kind at many places: a picture or one clear refusal, nothing else."""
    sound = {kind: saved(photograph, kind) for kind in ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")}
    refused = 0
    for data in sound.values():
        for at in range(4, len(data), max(1, len(data) // 25)):
            for broken in (data[:at], data[:at] + b"\xff" + data[at + 1 :], data[:at] + data[at + 3 :]):
                try:
                    assert read(tmp_path, "picture", broken).data
                except PictureError as error:
                    assert error.rule in {"image-readable", "image-size"}
                    refused += 1
    assert refused > 200


def test_the_room_loads_pillow_only_for_a_bitmap(tmp_path: Path) -> None:
    import subprocess

    drawing = tmp_path / "map.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>')
    program = (
        "import sys; from pathlib import Path; from publish.images.load import load;"
        "load('map.svg', Path(sys.argv[1])); print('PIL' in sys.modules, 'weasyprint' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(drawing)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_a_broken_exif_block_counts_as_upright(tmp_path: Path, photograph: Image.Image) -> None:
    data = saved(photograph, "JPEG")
    broken = b"\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff"
    picture = read(tmp_path, "port.jpg", data[:2] + broken + data[2:])
    assert picture.data == jpeg.stripped(data)


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path, photograph: Image.Image) -> None:
    data = saved(photograph, "TIFF")
    assert read(tmp_path, "a.tif", data).data == read(tmp_path, "b.tif", data).data
