"""Small pictures of a cover, for shelves and lists."""

from __future__ import annotations

from io import BytesIO


def thumbnail(data: bytes, width: int) -> tuple[bytes, int, int]:
    """Give a picture (JPEG or PNG) as a JPEG no wider than ``width``, with its width and height in pixels.

    Never enlarged; what is transparent becomes white. A JPEG that fits is given back as it is. The same picture gives
    the same bytes, for one version of Pillow.
    """
    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        if opened.format == "JPEG" and opened.width <= width:
            return data, opened.width, opened.height
        opened.load()
        image: Image.Image = opened.convert("RGBA") if opened.has_transparency_data else opened.convert("RGB")
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    if image.width > width:
        height = max(1, round(width * image.height / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = BytesIO()
    image.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return out.getvalue(), image.width, image.height
