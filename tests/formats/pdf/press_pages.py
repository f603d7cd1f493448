"""A laid-out page of everything that a printer must not get as it is, and files finished of it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pdf_pages import made_book, make, rendition
from PIL import Image

from publish.formats.pdf.finishing import finish
from publish.profiles import PROFILES, Order
from publish.rendition import Resource

CSS = """
@page { bleed: 3mm; background: #e4d9c0 }
.red { color: #c00 } .dark { color: #1c2a33 } .grey { color: #666 } .faint { color: rgb(0 0 0 / 50%) }
.faded { opacity: 0.5; background: #06c }
"""

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60"><defs>
<linearGradient id="a"><stop offset="0" stop-color="#d00"/><stop offset="0.5" stop-color="#fff"/><stop offset="1"
stop-color="#00d"/></linearGradient>
<linearGradient id="b"><stop offset="0" stop-color="#111"/><stop offset="1" stop-color="#eee"/></linearGradient></defs>
<rect width="90" height="50" fill="url(#a)"/><rect x="100" width="90" height="50" fill="url(#b)"/>
<circle cx="95" cy="30" r="20" fill="#0a0" stroke="#330000"/></svg>"""

BODY = """<p>Black, <span class="red">red</span>, <span class="dark">nearly black</span>,
<span class="grey">grey</span>.</p>
<p><img src="images/photo.jpg" alt="A photograph" style="width: 40mm"/></p>
<p><img src="images/dark.png" alt="A dark picture" style="width: 40mm"/></p>
<p><img src="images/press.jpg" alt="A picture for the press" style="width: 20mm"/></p>
<p><img src="images/drawing.svg" alt="A drawing" style="width: 40mm"/></p>
<p><a href="https://example.org/">A link</a></p>"""

THROUGH = """<p class="faint">Half there.</p><p class="faded">A faded box of text.</p>
<p><img src="images/seen-through.png" alt="Seen through" style="width: 30mm"/></p>"""


def picture(mode: str, kind: str, colour: Any, size: tuple[int, int] = (240, 120)) -> bytes:
    """Give a picture of a colour that runs into another."""
    image = Image.new(mode, size, colour)
    ramp = Image.linear_gradient("L").resize(size)
    bands = list(image.split())
    bands[-1] = ramp
    out = BytesIO()
    Image.merge(mode, bands).save(out, kind, quality=90)
    return out.getvalue()


@cache
def laid(body: str = BODY + THROUGH, css: str = CSS) -> bytes:
    """Give the laid-out pages."""
    resources = (
        Resource("images/photo.jpg", "image/jpeg", picture("RGB", "JPEG", (200, 30, 60)), 240, 120),
        Resource("images/dark.png", "image/png", picture("RGB", "PNG", (2, 10, 4)), 240, 120),
        Resource("images/press.jpg", "image/jpeg", picture("CMYK", "JPEG", (250, 250, 250, 0)), 240, 120),
        Resource("images/seen-through.png", "image/png", picture("RGBA", "PNG", (220, 0, 90, 0)), 240, 120),
        Resource("images/drawing.svg", "image/svg+xml", SVG.encode(), 200, 60),
    )
    made = make(rendition(body, css=css, resources=resources))
    assert made.written is not None, made.told
    return made.written.data


@cache
def plain_book() -> bytes:
    """Give the pages of a small book without any colour."""
    made = made_book()
    assert made.written is not None
    return made.written.data


def order(name: str, **more: Any) -> Order:
    """Give the order of a profile."""
    return Order(PROFILES[name], **more)


@cache
def finished(name: str, **more: Any) -> bytes:
    """Give the finished file of the page of everything."""
    return finish(laid(), order(name, **more))


def opened(data: bytes) -> pikepdf.Pdf:
    """Open a file."""
    return pikepdf.open(BytesIO(data))


def operators(pdf: pikepdf.Pdf) -> set[str]:
    """Give every operator of a file, and the colour spaces set by name."""
    streams: list[Any] = [*pdf.pages]
    streams += [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
    read = (instruction for stream in streams for instruction in pikepdf.parse_content_stream(stream))
    return {
        f"{one.operands[0]} {one.operator}" if str(one.operator).lower() == "cs" else str(one.operator) for one in read
    }


def spaces(pdf: pikepdf.Pdf) -> set[str]:
    """Give the colour spaces of pictures (soft masks apart), gradients and groups."""
    masks = {o.SMask.objgen for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/SMask" in o}
    found = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image" and item.objgen not in masks:
            found.add(str(item.ColorSpace))
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            shading = item.get("/Shading")
            for one in (item, shading):
                if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and "/ShadingType" in one:
                    found.add(str(one.ColorSpace))
            if isinstance(group := item.get("/Group"), pikepdf.Dictionary) and "/CS" in group:
                found.add(str(group.CS))
    return found
