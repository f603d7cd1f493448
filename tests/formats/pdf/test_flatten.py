"""Transparency taken out for presses that know none: what is seen stays, and words stay words."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageChops
from press_pages import BODY, CSS, THROUGH, laid

from publish.formats.pdf.finishing.flatten import PATCH, Flattened, flatten
from publish.formats.pdf.preflight.marks import marks

PAPER = CSS.replace("background: #e4d9c0", "")
FADED = '<div class="box"><p>Behind the box.</p></div>'


@cache
def flat(body: str, css: str) -> tuple[bytes, bytes, tuple[Flattened, ...]]:
    """Give a page before and after, and what was told of it."""
    before = laid(body, css)
    told: list[Flattened] = []
    with pikepdf.open(BytesIO(before)) as pdf:
        flatten(pdf, before, told.append)
        assert all(mark.opaque for page in pdf.pages for mark in marks(page))
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return before, out.getvalue(), tuple(told)


def seen(data: bytes) -> Image.Image:
    """Give the pictures of all pages, side by side."""
    pages = [page.render(scale=2).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]
    whole = Image.new("RGB", (sum(page.width for page in pages), pages[0].height))
    for number, page in enumerate(pages):
        whole.paste(page, (number * page.width, 0))
    return whole


def words(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def differs(before: bytes, after: bytes) -> int:
    """Give by how much (of 255) a spot of 2 mm differs at the most, in any of its colours."""
    difference = ImageChops.difference(seen(before).reduce(12), seen(after).reduce(12))
    return max(int(most) for _, most in difference.getextrema())  # type: ignore[misc]


def test_on_paper_everything_stays_what_it_is() -> None:
    before, after, told = flat(BODY + THROUGH, PAPER)
    assert told == ()
    assert differs(before, after) < 12
    assert words(before) == words(after)


def test_a_group_is_mixed_with_all_that_is_in_it() -> None:
    css = PAPER + ".box { opacity: 0.3; font-size: 40pt; background: #06c } .box p { color: #c00 }"
    before, after, told = flat(FADED, css)
    assert told == ()
    assert differs(before, after) < 12


def test_on_a_tinted_page_a_place_becomes_a_picture_and_words_stay() -> None:
    before, after, told = flat(THROUGH, CSS)
    assert told == (Flattened(1), Flattened(1, "Seen through"))
    assert differs(before, after) < 16
    assert words(before) == words(after)
    with pikepdf.open(BytesIO(after)) as pdf:
        places = [mark for mark in marks(pdf.pages[-1]) if mark.kind == "picture" and 0.98 < mark.size / PATCH < 1.02]
        assert len(places) == len(told)
        page = [float(side) for side in pdf.pages[-1].MediaBox]
        widest = max(int(one.source.Width) for one in places) / PATCH * 72
        assert widest < 0.9 * (page[2] - page[0]), "a place is not the page"
