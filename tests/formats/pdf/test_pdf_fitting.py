"""A picture stands whole on its page, and its caption with it: it is made smaller where it takes that."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pdf_pages import make, png, rendition, tags, text_of

from publish.rendition import Resource

POINT = 72 / 25.4
CSS = """
@page { @footnote { margin-top: 14pt } }
figure { margin: 14pt 0; break-inside: avoid; --fit-page: 60pt; --block-step: 14pt }
figure * { --fit-page: none; --block-step: none }
figure div { line-height: 0 }
h2 { break-after: avoid; font-size: 10pt; margin: 0 }
"""
PICTURES = (
    Resource("images/tall.png", "image/png", png(100, 300), 100, 300),
    Resource("images/page.png", "image/png", png(100, 150), 100, 150),
    Resource("images/wide.png", "image/png", png(300, 100), 300, 100),
)
PAGE = (12 * POINT, 128 * POINT)  # the text's foot and head, from the sheet's foot


@dataclass(frozen=True)
class Shown:
    """The words of each page, and each picture: its left, foot, right and head in points."""

    pages: list[str]
    pictures: list[list[float]]

    def page_of(self, word: str) -> int:
        (found,) = [number for number, text in enumerate(self.pages) if word in text]
        return found


def shown(body: str, css: str = "") -> Shown:
    made = make(rendition(body, css=CSS + css, resources=PICTURES))
    assert made.told == []
    found = [tag for tag in tags(made.pdf).all("Figure") if "/A" in tag.data]
    return Shown(text_of(made.written), [[float(side) for side in tag.data.A.BBox] for tag in found])


def figure(name: str, width: str = "100%", caption: str = "CAPTION END") -> str:
    image = f'<img src="images/{name}.png" alt="A picture" style="width: {width}"/>'
    return f"<figure><div>{image}</div><figcaption>{caption}</figcaption></figure>"


@pytest.mark.parametrize("name", ["tall", "page"])
@pytest.mark.parametrize("width", ["100%", "80%", "70mm"])
def test_a_picture_too_high_for_its_page_stands_on_it_whole(name: str, width: str) -> None:
    found = shown(f"<p>BEFORE</p>{'<p>line</p>' * 12}{figure(name, width)}<p>AFTER</p>")
    ((left, foot, right, head),) = found.pictures
    assert PAGE[0] < foot < head < PAGE[1]
    shape = {"tall": 3, "page": 1.5}[name]
    assert (head - foot) / (right - left) == pytest.approx(shape, abs=0.02), "and is not distorted"
    assert found.page_of("CAPTION") == found.page_of("END")


def test_a_long_caption_stays_with_its_picture() -> None:
    found = shown(f"<p>BEFORE</p>{'<p>line</p>' * 12}{figure('page', '90%', 'CAPTION ' + 'words ' * 45 + 'END')}")
    assert found.page_of("CAPTION") == found.page_of("END")


def test_a_picture_under_a_heading_does_not_leave_it_alone() -> None:
    found = shown(f"<p>BEFORE</p>{'<p>line</p>' * 15}<h2>HEADING</h2>{figure('page', '92%')}")
    assert found.page_of("HEADING") == found.page_of("CAPTION") > found.page_of("BEFORE")


def test_what_fits_is_as_large_as_was_asked_for() -> None:
    found = shown(f"{figure('wide', '60mm')}<p>AFTER</p>{'<p>line</p>' * 30}{figure('page', '40mm', 'LATER')}")
    assert [right - left for left, _, right, _ in found.pictures] == pytest.approx([60 * POINT, 40 * POINT], abs=0.01)


def test_pictures_in_a_row_stay_in_proportion() -> None:
    row = "".join(f'<img src="images/{n}.png" alt="A picture" style="width: 48%"/>' for n in ("tall", "tall"))
    css = "@page body { margin-bottom: 40mm }"
    found = shown(f"<figure><div>{row}</div><figcaption>CAPTION</figcaption></figure>", css)
    one, other = found.pictures
    assert one[3] - one[1] == pytest.approx(other[3] - other[1], abs=0.01)
    assert one[1] > 40 * POINT


def test_a_note_of_the_caption_is_printed_once_and_has_its_room() -> None:
    note = f'CAPTION<span class="footnote" id="note-1">NOTE {"word " * 60}</span> END'
    found = shown(f"<p>BEFORE</p>{'<p>line</p>' * 12}{figure('page', '100%', note)}<p>AFTER</p>")
    assert found.page_of("NOTE") == found.page_of("CAPTION") == found.page_of("END")
