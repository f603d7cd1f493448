"""The ways to plant a fault in a sound file for a printer, one at a time.

Every file was laid out and finished by the project; then one thing in it was spoilt, as a careless program would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from press_pages import BODY, CSS, laid, opened, order

from publish.diagnostics import Log
from publish.formats.pdf.finishing import finish
from publish.formats.pdf.finishing.inks import icc
from publish.formats.pdf.verdict import verify
from publish.profiles import PROFILES, Order

# Heads and folios away from the knife, and a photograph small enough for its pixels: a page without a fault.
SOUND = (
    CSS
    + """
@page { margin: 20mm; @top-center { vertical-align: bottom } }
@page body { @bottom-center { vertical-align: top } }
img { width: 15mm !important }
"""
)
FEW = "binds books of"  # a page or two are too few for every printer, and no fault here


def told(data: bytes, name: str, **more: Any) -> list[tuple[str, str, str]]:
    """Give what is told of a file for a printer: the rule, the message, what it is about."""
    log = Log()
    verify(data, None, log, referee=False, order=order(name, **more))
    return [(d.rule.name, d.message, d.about) for d in log]


@cache
def sound(name: str) -> bytes:
    """Give a file without a fault."""
    return finish(laid(BODY, SOUND), order(name))


def recoloured(data: bytes) -> bytes:
    """Finish pages for ingram as if nothing showed through."""
    profile = replace(PROFILES["ingram"], transparency=True)
    return finish(data, Order(profile))


Spoil = Callable[[Pdf], object]


def spoilt(name: str, spoil: Spoil, **saving: Any) -> bytes:
    """Give a sound file with something done to it, and saved with the version that its standard asks for."""
    version = {"force_version": "1.3" if name == "ingram" else "1.6"}
    out = BytesIO()
    with opened(sound(name)) as pdf:
        spoil(pdf)
        pdf.save(
            out, **{**version, "deterministic_id": "encryption" not in saving, "fix_metadata_version": False, **saving}
        )
    return out.getvalue()


@dataclass(frozen=True)
class Plant:
    """A planted fault: in whose file, how, and the messages told of it, all of them and no other.

    ``few`` says that the number of pages is the fault.
    """

    name: str
    make: Callable[[], bytes] = field(repr=False)
    messages: tuple[str, ...]
    few: bool = False

    def told(self) -> list[str]:
        """Give the messages without their pages."""
        found = {message.removeprefix("page 1: ") for _, message, _ in told(self.make(), self.name)}
        return sorted(message for message in found if self.few or FEW not in message)


def changed(name: str, spoil: Spoil, *messages: str, **saving: Any) -> Plant:
    return Plant(name, lambda: spoilt(name, spoil, **saving), messages)


def painted(name: str, instruction: str, *messages: str, **resources: Any) -> Plant:
    """Plant something painted on the first page, with the resources that it names (``Shading={"/S": ...}``)."""

    def paint(pdf: Pdf) -> None:
        page = pdf.pages[0]
        for kind, named in resources.items():
            group = page.Resources.get(f"/{kind}", Dictionary())
            for key, value in named.items():
                group[key] = value(pdf) if callable(value) else value
            page.Resources[f"/{kind}"] = group
        page.contents_add(f"q {instruction} Q".encode("latin-1"))

    return changed(name, paint, *messages)


def laid_out(name: str, body: str, css: str, *messages: str) -> Plant:
    """Plant a fault in the pages before they are finished: no finishing can mend it."""
    return Plant(name, lambda: finish(laid(body, css), order(name)), messages)


# --- ways to spoil -----------------------------------------------------------------------------------------------------


def without(key: str, where: Callable[[Pdf], Any] = lambda pdf: pdf.Root) -> Spoil:
    return lambda pdf: where(pdf).__delitem__(key)


def having(key: str, value: Any, where: Callable[[Pdf], Any] = lambda pdf: pdf.Root) -> Spoil:
    def put(pdf: Pdf) -> None:
        where(pdf)[key] = value(pdf) if callable(value) else value

    return put


def info(pdf: Pdf) -> Any:
    return pdf.docinfo


def intent(pdf: Pdf) -> Any:
    return pdf.Root.OutputIntents[0]


def first(pdf: Pdf) -> Any:
    return pdf.pages[0].obj


def called_otherwise(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] = "PDF/X-3:2003"


def twice(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def picture(pdf: Pdf) -> Stream:
    """Give the photograph of a file."""
    return next(o for o in pdf.objects if isinstance(o, Stream) and o.get("/Filter") == "/DCTDecode")


def filled(space: Any, pixel: tuple[int, ...], size: tuple[int, int] = (240, 120)) -> Spoil:
    """Put pixels of another kind into the photograph."""

    def fill(pdf: Pdf) -> None:
        item = picture(pdf)
        item.write(bytes(pixel) * size[0] * size[1])
        item.ColorSpace = space(pdf) if callable(space) else space
        item.Width, item.Height = size
        if "/Decode" in item:
            del item.Decode

    return fill


def screen_profile(pdf: Pdf) -> Array:
    return Array([Name.ICCBased, pdf.make_stream(icc("srgb"), N=3)])


def palette(_: Pdf) -> Array:
    return Array([Name.Indexed, Name.DeviceRGB, 0, String(b"\xc0\0\0")])


def ink_of_its_own(name: str, other: Name = Name.DeviceCMYK, of: tuple[float, ...] = (0, 0.2, 0.6, 0.1)) -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.0] * len(of), C1=list(of), N=1)
    return Array([Name.Separation, Name(f"/{name}"), other, tint])


def fade(space: Name, begin: tuple[float, ...], end: tuple[float, ...]) -> Dictionary:
    mixed = Dictionary(FunctionType=2, Domain=[0, 1], C0=list(begin), C1=list(end), N=1)
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=[40, 40, 50, 50], Function=mixed, Extend=[False, False])


def table_of_colours(pdf: Pdf) -> Dictionary:
    """A gradient whose colours are a table, and no stops."""
    sampled = pdf.make_stream(
        b"\xff\0\0\0\0\xff", FunctionType=0, Domain=[0, 1], Range=[0, 1] * 3, Size=[2], BitsPerSample=8
    )
    return Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[40, 40, 50, 50], Function=sampled)


def tiles(pdf: Pdf) -> Stream:
    drawn = b"1 0 0 rg 0 0 2 2 re f"
    box = {"BBox": [0, 0, 4, 4], "XStep": 4, "YStep": 4, "Resources": Dictionary()}
    return pdf.make_stream(drawn, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, **box)


def form(drawn: bytes) -> Callable[[Pdf], Stream]:
    return lambda pdf: pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99])


def stencil(pdf: Pdf) -> Stream:
    facts = {"Width": 8, "Height": 8, "ImageMask": True, "BitsPerComponent": 1}
    return pdf.make_stream(b"\x55" * 8, Type=Name.XObject, Subtype=Name.Image, **facts)


def seen_through(pdf: Pdf) -> Stream:
    facts = {"Width": 300, "Height": 300, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    kind = {"Type": Name.XObject, "Subtype": Name.Image}
    return pdf.make_stream(b"\x55" * 90_000, **kind, **facts, SMask=pdf.make_stream(b"\x55" * 90_000, **kind, **facts))


def written(values: str) -> str:
    """Write a word of ten points in a colour, with the first of the page's fonts."""
    font = "/f"
    return f"BT {values} {font} 10 Tf 1 0 0 1 90 90 Tm <0001> Tj ET"


def a_font(pdf: Pdf) -> Any:
    return next(iter(dict(pdf.pages[0].Resources.Font.items()).values()))


def no_fonts(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile2" in item:
            del item.FontFile2


def packed_by_lzw(pdf: Pdf) -> None:
    codes = "".join(f"{code:09b}" for code in (256, *b"q Q", 257)).ljust(48, "0")
    stream = pdf.make_stream(int(codes, 2).to_bytes(6, "big"))
    stream.write(stream.read_raw_bytes(), filter=Name.LZWDecode)
    pages = pdf.pages[0].obj
    pages.Contents = Array([*(pages.Contents if isinstance(pages.Contents, Array) else [pages.Contents]), stream])


def whitened(*sides: int) -> Spoil:
    """Make the bleed white, as it is where nobody thought of one: at the left, the foot, the right, the head (0 to 3)."""

    def whiten(pdf: Pdf) -> None:
        left, foot, right, head = (float(v) for v in pdf.pages[0].TrimBox)
        wide, high = (float(v) for v in pdf.pages[0].MediaBox[2:])
        bleeds = ((0, 0, left, high), (0, 0, wide, foot), (right, 0, wide - right, high), (0, head, wide, high - head))
        areas = "".join("{} {} {} {} re f ".format(*bleeds[side]) for side in sides)
        pdf.pages[0].contents_add(f"q 1 g {areas} Q".encode())

    return whiten


def moved(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.MediaBox = Array([-1, -1, *page.MediaBox[2:]])


def longer(pages: int) -> Spoil:
    def lengthen(pdf: Pdf) -> None:
        while len(pdf.pages) < pages:
            pdf.pages.append(pdf.pages[-1])

    return lengthen


def renumbered() -> bytes:
    return sound("offset").replace(b"/ID [", b"/IX [")


def packed() -> bytes:
    """Save with packed objects, and lie about it."""
    data = spoilt("ingram", lambda _: None, force_version="1.5", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.replace(b"%PDF-1.5", b"%PDF-1.3")
