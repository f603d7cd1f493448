"""The covers that printers ask for: one row each, with the spine's formula, the bleed and the room for a barcode.

Lengths are millimetres. docs/print.md says where the figures come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from publish.profiles import INCH, PROFILES, Profile
from publish.records import dataclass

Paper = Literal["white", "cream", "colour"]
PAPERS: tuple[Paper, ...] = get_args(Paper)


@dataclass(frozen=True)
class Binding:
    """How a printer binds a paperback.

    ``pages`` is how thick one page of each paper is, ``boards`` how thick the cover is on both sides together;
    ``told`` says that the printer himself publishes this formula. ``inside`` is the profile of the pages inside, whose
    number counts, and ``sheet`` the one of the cover's file. On the spine stands text from ``lettered`` pages on, and
    ``clear`` is kept free on both sides of it. ``zone`` is the room for the barcode (width, height) and ``corner`` how
    far it keeps from spine and foot.
    """

    name: str
    inside: Profile
    sheet: Profile
    pages: Mapping[Paper, float]
    boards: float = 0.0
    told: bool = True
    lettered: int = 79
    clear: float = 0.0625 * INCH
    zone: tuple[float, float] = (2 * INCH, 1.2 * INCH)
    corner: float = 0.25 * INCH

    def spine(self, pages: int, paper: Paper) -> float:
        """Give the width of the spine of a book of so many pages."""
        return round(pages * self.pages[paper] + self.boards, 3)


def _papers(white: float, cream: float, colour: float) -> Mapping[Paper, float]:
    return MappingProxyType({"white": white, "cream": cream, "colour": colour})


def _sheet(name: str, base: str, bleed: float, ink: int) -> Profile:
    """Give the profile of a cover's file: one sheet, whose text keeps away from all edges."""
    row = replace(PROFILES[base], name=name, bleed=bleed, ink=ink, multiple=1, least=0, most=0, gutters=(), safe=0.0)
    return replace(row, colour="cmyk", condition="FOGRA39")


_ROWS = (
    # KDP, "Create a paperback cover": pages times the paper's thickness in inches; text on the spine from 79 pages.
    Binding(
        "kdp",
        PROFILES["pod-grey"],
        _sheet("kdp", "pod-grey", 0.125 * INCH, 300),
        _papers(0.002252 * INCH, 0.0025 * INCH, 0.002347 * INCH),
    ),
    # IngramSpark publishes no formula: its template generator gives the spine. KDP's papers are near its own.
    Binding(
        "ingram",
        PROFILES["ingram"],
        _sheet("ingram", "ingram", 0.125 * INCH, 240),
        _papers(0.002252 * INCH, 0.0025 * INCH, 0.002347 * INCH),
        told=False,
        lettered=48,
    ),
    # A leaf is as thick as its weight (g/m2) times its volume (cm3/g): 90 by 1.25, 80 by 1.5, 115 by 0.9; a cover of
    # 300 g/m2 is 0.35 mm thick.
    Binding(
        "offset",
        PROFILES["offset"],
        _sheet("offset", "offset", 3.0, 300),
        _papers(0.0563, 0.06, 0.0518),
        boards=0.7,
        told=False,
        lettered=60,
        clear=1.5,
        zone=(45.0, 28.0),
        corner=8.0,
    ),
)

BINDINGS: Mapping[str, Binding] = MappingProxyType({row.name: row for row in _ROWS})
"""The bindings by name."""


@dataclass(frozen=True)
class Wrap:
    """A cover laid flat: back, spine, front. ``trim`` is the book's page; ``lettered`` whether the spine has text.

    ``clear``, ``zone`` and ``corner`` as in ``Binding``; ``isbn`` has 13 digits and hyphens, or is empty.
    """

    trim: tuple[float, float]
    spine: float
    bleed: float
    lettered: bool
    clear: float
    zone: tuple[float, float]
    corner: float
    isbn: str = ""

    @property
    def width(self) -> float:
        """The width of the trimmed sheet."""
        return round(2 * self.trim[0] + self.spine, 3)


def wrap(binding: Binding, trim: tuple[float, float], pages: int, spine: float, isbn: str) -> Wrap:
    """Give the cover of a book of so many pages, with a spine as wide as given."""
    lettered = pages >= binding.lettered and spine > 2 * binding.clear + 2
    return Wrap(trim, spine, binding.sheet.bleed, lettered, binding.clear, binding.zone, binding.corner, isbn)
