"""Transparency taken out of a file, for presses whose standard knows none (PDF/X-1a).

What shows through is mixed with the white of the paper: colours with alpha, pictures with a soft mask. Then the page is
looked at: where it does not show what it showed before, because something else than paper lies beneath, the page is
made one picture of itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name, Operator, Page, Pdf, PdfImage, Stream

from publish.formats.pdf.finishing import pictures
from publish.formats.pdf.preflight.marks import marks

if TYPE_CHECKING:
    from PIL.Image import Image

_LOOK = 100  # pixels an inch at which two pages are compared
_PHOTOGRAPH = 400  # and of the picture that stands for a page
_MEAN = 8  # pixels of which the mean is compared: 2 mm
_SEEN = 20  # of 255
_TRANSPARENT = ("/ca", "/CA", "/SMask", "/BM", "/AIS")


def flatten(pdf: Pdf, data: bytes, told: Callable[[int], None]) -> None:
    """Take transparency out of a PDF, of which ``data`` are the bytes; ``told`` hears each page made a picture."""
    clear = [number for number, page in enumerate(pdf.pages) if any(not mark.opaque for mark in marks(page))]
    for number in clear:
        _mix(pdf.pages[number], pdf)
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Subtype") == "/Image" and isinstance(item.get("/SMask"), Stream):
            _on_white(item)
        elif isinstance(item, Dictionary | Stream):
            _make_opaque(item)
    for number in clear:
        before, after = _picture(data, number, _LOOK), _picture(_bytes(pdf), number, _LOOK)
        if not _same(before, after):
            _photograph(pdf, number, _picture(data, number, _PHOTOGRAPH))
            told(number + 1)


# --- colours ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _State:
    """The colours that are set (``None``: no plain ones), and how opaque they are, for filling and stroking."""

    fill: tuple[float, ...] | None = (0.0,)
    stroke: tuple[float, ...] | None = (0.0,)
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0


_SETTING = {1: "g", 3: "rg", 4: "k"}


def _mix(page: Page, pdf: Pdf) -> None:
    graphics: Any = page.get("/Resources", Dictionary()).get("/ExtGState", Dictionary())
    state, kept = _State(), list[_State]()
    made: list[tuple[Any, Operator]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        made.append((operands, instruction.operator))
        before = state
        if operator == "q":
            kept.append(state)
        elif operator == "Q":
            state = kept.pop() if kept else state  # the colours come back by themselves
            continue
        else:
            state = _after(state, operator, operands, graphics)
        if operator in ("rg", "g", "k", "gs") and state.fill and (state != before or state.fill_alpha < 1):
            made.append(_set(state.fill, state.fill_alpha, ""))
        if operator in ("RG", "G", "K", "gs") and state.stroke and (state != before or state.stroke_alpha < 1):
            made.append(_set(state.stroke, state.stroke_alpha, "stroke"))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


def _after(state: _State, operator: str, operands: list[Any], graphics: Any) -> _State:
    if operator in ("g", "rg", "k"):
        return replace(state, fill=tuple(float(value) for value in operands))
    if operator in ("G", "RG", "K"):
        return replace(state, stroke=tuple(float(value) for value in operands))
    if operator in ("cs", "scn", "sc"):
        return replace(state, fill=None)
    if operator in ("CS", "SCN", "SC"):
        return replace(state, stroke=None)
    if operator == "gs":
        found = graphics.get(str(operands[0]), Dictionary())
        fill, stroke = float(found.get("/ca", state.fill_alpha)), float(found.get("/CA", state.stroke_alpha))
        return replace(state, fill_alpha=fill, stroke_alpha=stroke)
    return state


def _set(colour: tuple[float, ...], alpha: float, what: str) -> tuple[Any, Operator]:
    """Give the instruction that sets a colour mixed with paper: white is 1 in light, and 0 in ink."""
    paper = 0.0 if len(colour) == 4 else 1.0
    mixed = [round(value * alpha + paper * (1 - alpha), 4) for value in colour]
    name = _SETTING[len(colour)]
    return mixed, Operator(name.upper() if what else name)


# --- pictures and groups ---------------------------------------------------------------------------------------------


def _on_white(item: Stream) -> None:
    """Lay a picture with a soft mask on paper."""
    from PIL import Image as Pillow

    soft = item.get("/SMask")
    assert isinstance(soft, Stream)
    mask = PdfImage(soft).as_pil_image().convert("L")
    image = PdfImage(item).as_pil_image(apply_mask=False)
    image = image if image.mode in ("L", "RGB") else image.convert("RGB")
    paper = Pillow.new(image.mode, image.size, "white")
    paper.paste(image, mask=mask.resize(image.size))
    del item["/SMask"]
    pictures.put(item, paper)


def _make_opaque(item: Any) -> None:
    if item.get("/Type") == "/ExtGState" or any(key in item for key in ("/ca", "/CA")):
        for key in _TRANSPARENT:
            if key in item:
                del item[key]
    for state in dict(item.items()).values() if item.get("/Type") is None and isinstance(item, Dictionary) else ():
        if isinstance(state, Dictionary) and state.objgen == (0, 0) and any(key in state for key in ("/ca", "/CA")):
            _make_opaque(state)
    if item.get("/Subtype") == "/Form" and "/Group" in item:
        del item["/Group"]


# --- pages -----------------------------------------------------------------------------------------------------------


def _bytes(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _picture(data: bytes, number: int, dense: int) -> Image:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    try:
        image: Image = document[number].render(scale=dense / 72).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def _same(before: Image, after: Image) -> bool:
    from PIL import ImageChops

    # Letters in a mixed colour are drawn a little heavier than through alpha; a mean over 2 mm shows none of that.
    before, after = before.reduce(_MEAN), after.reduce(_MEAN)
    difference = ImageChops.difference(before, after).convert("L").histogram()
    return not any(difference[_SEEN:])


def _photograph(pdf: Pdf, number: int, image: Image) -> None:
    """Put a picture of a page in the place of what is painted on it."""
    page = pdf.pages[number]
    left, foot, right, head = (float(value) for value in page.MediaBox)
    stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
    pictures.put(stream, image)
    page.Resources = Dictionary(XObject=Dictionary({"/Page": stream}))
    drawn = f"q {right - left:.4f} 0 0 {head - foot:.4f} {left:.4f} {foot:.4f} cm /Page Do Q"
    page.Contents = pdf.make_stream(drawn.encode())
