"""The table of bindings: the spine by the printer's formula, and what stands on it."""

from __future__ import annotations

import pytest

from publish.covers import BINDINGS, PAPERS, Binding, Paper, wrap

A5 = (148.0, 210.0)


@pytest.mark.parametrize(
    ("name", "pages", "paper", "inches"),
    [
        ("kdp", 100, "white", 0.2252),
        ("kdp", 300, "cream", 0.75),
        ("kdp", 200, "colour", 0.4694),
        ("ingram", 300, "cream", 0.75),
    ],
)
def test_the_spine_by_pages_and_paper(name: str, pages: int, paper: Paper, inches: float) -> None:
    assert BINDINGS[name].spine(pages, paper) == pytest.approx(inches * 25.4, abs=0.001)


def test_an_offset_printer_s_boards_count() -> None:
    assert BINDINGS["offset"].spine(200, "white") == pytest.approx(200 * 0.0563 + 0.7)


@pytest.mark.parametrize(("pages", "lettered"), [(78, False), (79, True)])
def test_text_on_the_spine_from_79_pages(pages: int, lettered: bool) -> None:
    kdp = BINDINGS["kdp"]
    assert wrap(kdp, A5, pages, 6.0, "").lettered == lettered
    assert not wrap(kdp, A5, pages, 5.0, "").lettered, "letters that nobody could read are none"


def test_the_sheet_laid_flat() -> None:
    flat = wrap(BINDINGS["kdp"], A5, 300, 19.05, "978-3-16-148410-0")
    assert flat.width == 2 * 148 + 19.05
    assert flat.bleed == 3.175


@pytest.mark.parametrize("binding", BINDINGS.values(), ids=lambda binding: binding.name)
def test_a_row_is_sound(binding: Binding) -> None:
    assert set(binding.pages) == set(PAPERS)
    assert binding.sheet.bleed >= 3
    assert binding.sheet.colour == "cmyk"
    assert binding.sheet.multiple == 1
    assert binding.zone[0] >= 37, "a barcode of full size has room"
