"""Transparency taken out of a file, for presses whose standard knows none (PDF/X-1a).

What shows through is mixed with the white of the paper (``mixing``): colours with alpha, pictures with a soft mask.
Then the page is looked at. Where it does not show what it showed before, because something else than paper lies
beneath, that place becomes a picture of what is seen there; text around it stays text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name, Operator, Pdf, Stream

from publish.formats.pdf.finishing import pictures
from publish.formats.pdf.finishing.mixing import Chunks, Instruction, lay_on_white, make_opaque, mixed
from publish.formats.pdf.preflight.marks import Matrix, Painting, inverse, paintings
from publish.formats.pdf.preflight.tagged import descriptions
from publish.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

PATCH = 400
"""Pixels an inch of the picture that stands where something shows through to more than paper."""

_LOOK = 100  # pixels an inch at which two pages are compared
_MEAN = 8  # pixels of which the mean is compared: 2 mm
_SEEN = 12  # of 255, of red, green or blue
_CHANGED = 2  # of 255: what rounding does is less
_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_CLIPPING = frozenset({"q", "Q", "W", "W*"})


class Flattened(NamedTuple):
    """A place of a page (from 1) that was made a picture; ``figure`` is the description of the figure in it, if any."""

    page: int
    figure: str = ""


Told: TypeAlias = Callable[[Flattened], None]


def flatten(pdf: Pdf, data: bytes, told: Told) -> None:
    """Take transparency out of a PDF, of which ``data`` are the bytes; ``told`` hears each place made a picture."""
    with Pdf.open(BytesIO(data)) as before:
        clear = [
            _Page(before, number, transparent)
            for number, page in enumerate(before.pages)
            if (transparent := [one for one in paintings(page) if not one.opaque])
        ]
        if not clear:
            return
        made = {one.number: _mixed(pdf.pages[one.number]) for one in clear}
        for number, chunks in made.items():
            _write(pdf, number, chunks)
        _make_opaque(pdf)
        known = descriptions(before)
        flat = _bytes(pdf)
        for one in clear:
            for content in _patch(pdf, one, made[one.number], _picture(flat, one.number, _LOOK)):
                told(Flattened(one.number + 1, known.get((one.number + 1, content), "")))


def _mixed(page: Any) -> Chunks:
    return mixed(page, page.get("/Resources", Dictionary()))


def _make_opaque(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Subtype") == "/Image" and isinstance(item.get("/SMask"), Stream):
            lay_on_white(item)
        elif isinstance(item, Dictionary | Stream):
            make_opaque(item)


def _write(pdf: Pdf, number: int, chunks: Chunks) -> None:
    stream = pikepdf.unparse_content_stream(_joined(chunks))
    pdf.pages[number].Contents = pdf.make_stream(stream)


@dataclass
class _Page:
    """A page as it was, where something shows through: ``paintings`` are the instructions that paint it."""

    source: Pdf
    number: int
    transparent: list[Painting]
    _instructions: list[Instruction] = field(default_factory=list)

    def __post_init__(self) -> None:
        parsed = pikepdf.parse_content_stream(self.source.pages[self.number])
        self._instructions = [(list(one.operands), one.operator) for one in parsed]

    def runs(self) -> Iterator[list[Painting]]:
        """Give what shows through, together where nothing opaque is painted and nothing clipped in between."""
        clear = {one.place: one for one in self.transparent}
        painted = {one.place for one in paintings(self.source.pages[self.number])}
        run: list[Painting] = []
        for index, (_, operator) in enumerate(self._instructions):
            ends = str(operator) in _CLIPPING or index in painted - clear.keys()
            if run and ends:
                yield run
                run = []
            if index in clear:
                run.append(clear[index])
        if run:
            yield run

    def until(self, index: int | None, dense: int) -> Image:
        """Give the picture of the page painted up to an instruction, that one not included; ``None``: all."""
        return _alone(self.source.pages[self.number], self._instructions[:index], dense)

    def end_of_text(self, index: int) -> int:
        """Give the instruction that ends the text in which an instruction stands: no picture may be drawn before."""
        while str(self._instructions[index][1]) != "ET":
            index += 1
        return index


# --- places ----------------------------------------------------------------------------------------------------------

_Box: TypeAlias = tuple[int, int, int, int]


def _patch(pdf: Pdf, page: _Page, chunks: Chunks, mixed_page: Image) -> Iterator[int]:
    """Put a picture where the mixed page shows something else; give the marked content of each such place."""
    whole, there = page.until(None, _LOOK), pdf.pages[page.number]
    if _same(whole, mixed_page):
        return
    patched = False
    for run in page.runs():
        first, end = run[0].place, run[-1].place + 1
        box = _changed(page.until(first, _LOOK), page.until(end, _LOOK))
        # What is not to be seen of it at all is white when it is mixed with paper, and has to be covered as well.
        white = _changed(*(_alone(there, _joined(chunks[:to]), _LOOK) for to in (first, end)))
        box = _around(box, white)
        if box is not None and not _same(whole.crop(box), mixed_page.crop(box)):
            patched = True
            _put(pdf, page, run, box, chunks)
            yield run[-1].content
    if patched:
        _write(pdf, page.number, chunks)


def _put(pdf: Pdf, page: _Page, run: list[Painting], box: _Box, chunks: Chunks) -> None:
    """Draw a picture of a place over what a run paints there, whose words stay beneath it to be found and copied."""
    image = page.until(run[-1].place + 1, PATCH)
    there = pdf.pages[page.number]
    left, foot, right, head = (float(value) for value in there.MediaBox)
    share = PATCH / _LOOK
    edges = [min(round(value * share), image.size[side % 2]) for side, value in enumerate(box)]
    across, down = (right - left) / image.width, (head - foot) / image.height
    stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image)
    pictures.put(stream, image.crop((edges[0], edges[1], edges[2], edges[3])))
    name = f"/Place{run[-1].place}"
    _own(there, name, stream)
    place = (edges[2] - edges[0]) * across, 0, 0, (edges[3] - edges[1]) * down
    corner = left + edges[0] * across, head - edges[3] * down
    last = page.end_of_text(run[-1].place) if run[-1].operator in _TEXT else run[-1].place
    chunks[last] = [*chunks[last], *_drawn(name, inverse(run[-1].matrix), (*place, *corner))]


def _alone(page: Any, instructions: list[Instruction], dense: int) -> Image:
    """Give the picture of a page that is painted by other instructions."""
    alone = Pdf.new()
    alone.pages.append(page)
    alone.pages[0].Contents = alone.make_stream(pikepdf.unparse_content_stream(instructions))
    return _picture(_bytes(alone), 0, dense)


def _joined(chunks: Chunks) -> list[Instruction]:
    return [one for chunk in chunks for one in chunk]


def _around(one: _Box | None, other: _Box | None) -> _Box | None:
    """Give the box around two boxes."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _own(page: Any, name: str, stream: Stream) -> None:
    """Add a picture to the resources of one page, which others may share."""
    resources = dict(page.get("/Resources", Dictionary()).items())
    held = dict(resources.get("/XObject", Dictionary()).items())
    page.Resources = Dictionary({**resources, "/XObject": Dictionary({**held, name: stream})})


def _drawn(name: str, back: Matrix, place: Matrix) -> list[Instruction]:
    matrices = [([round(value, 6) for value in matrix], Operator("cm")) for matrix in (back, place)]
    return [([], Operator("q")), *matrices, ([Name(name)], Operator("Do")), ([], Operator("Q"))]


def _changed(before: Image, after: Image) -> _Box | None:
    """Give where two pictures differ."""
    from PIL import ImageChops

    difference = ImageChops.difference(before, after)
    return difference.point(lambda value: 255 if value > _CHANGED else 0).getbbox()


def _same(before: Image, after: Image) -> bool:
    from PIL import ImageChops

    # Letters in a mixed colour are drawn a little heavier than through alpha; a mean over 2 mm shows none of that.
    before, after = before.reduce(_MEAN), after.reduce(_MEAN)
    bands = ImageChops.difference(before, after).split()
    return not any(any(band.histogram()[_SEEN:]) for band in bands)


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
