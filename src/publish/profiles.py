"""Who a PDF is for: one row of a table for each printer, archive and eye, with what they ask for.

Figures that a printer or a standard sets stand here and nowhere else. docs/print.md says where each comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from publish.records import dataclass

Colour = Literal["rgb", "cmyk", "grey"]
Standard = Literal["ua-1", "ua-2", "wtpdf", "a-2a", "a-4", "x-4", "x-1a"]

INCH = 25.4
"""Millimetres."""


@dataclass(frozen=True)
class Profile:
    """What one reader of PDFs asks for. Lengths are millimetres, ink is percent of one ink's solid.

    ``standards`` are what the file claims to be; ``colour`` the one kind of colour in it; ``condition`` the registered
    name of the printing condition, whose ICC profile is put into the file when ``embeds`` is true; ``ink`` the most
    that may lie on one spot (0: no limit). ``bleed`` is added on all four sides of the trim; ``multiple`` is what the
    number of pages is filled up to; ``least`` and ``most`` are how many pages can be bound (0: no limit);
    ``gutters`` say up to how many pages which inside margin is the least, in rising order; ``safe`` is the least
    margin elsewhere. ``resolution`` is pixels an inch that pictures are asked for. ``screen`` says that the file is
    read on screens, with links and bookmarks; ``tagged`` that it keeps its structure.
    """

    name: str
    says: str
    standards: tuple[Standard, ...] = ()
    colour: Colour = "rgb"
    condition: str = ""
    embeds: bool = False
    ink: int = 0
    bleed: float = 0.0
    multiple: int = 1
    least: int = 0
    most: int = 0
    gutters: tuple[tuple[int, float], ...] = ()
    safe: float = 0.0
    resolution: int = 200
    screen: bool = False
    tagged: bool = True
    transparency: bool = True

    @property
    def press(self) -> bool:
        """Whether the file goes to a printer."""
        return not self.screen

    def filled(self, pages: int) -> int:
        """Give the number of pages with the blank ones that fill them up."""
        return pages + -pages % self.multiple

    def gutter(self, pages: int) -> float:
        """Give the least inside margin of a book of so many pages; past the table its last row holds."""
        fitting = [width for up_to, width in self.gutters if pages <= up_to]
        return fitting[0] if fitting else (self.gutters[-1][1] if self.gutters else 0.0)


# KDP, "Set trim size, bleed, and margins": the inside margin by page count, in inches.
_KDP = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))

_ROWS = (
    Profile("screen", "for reading on screens, accessible: PDF/UA-1", ("ua-1",), screen=True),
    Profile("archive", "for libraries and archives: PDF/A-2a and PDF/UA-1", ("a-2a", "ua-1"), screen=True),
    Profile(
        "offset",
        "for an offset printer: PDF/X-4, CMYK for coated paper (FOGRA39), 3 mm bleed",
        ("x-4", "a-2a"),
        colour="cmyk",
        condition="FOGRA39",
        embeds=True,
        ink=300,
        bleed=3.0,
        multiple=4,
        safe=5.0,
        resolution=300,
    ),
    Profile(
        "ingram",
        "for IngramSpark: PDF/X-1a:2001, CMYK, no more than 240 % ink",
        ("x-1a",),
        colour="cmyk",
        condition="FOGRA39",
        ink=240,
        multiple=2,
        least=18,
        most=1200,
        gutters=((1200, 0.5 * INCH),),
        safe=0.5 * INCH,
        resolution=300,
        tagged=False,
        transparency=False,
    ),
    Profile(
        "pod-grey",
        "for KDP and Lulu, black and white: grey only, the inside margin by the number of pages",
        (),
        colour="grey",
        multiple=2,
        least=24,
        most=828,
        gutters=tuple((pages, round(inches * INCH, 3)) for pages, inches in _KDP),
        safe=0.25 * INCH,
        resolution=300,
        tagged=False,
    ),
)

PROFILES: Mapping[str, Profile] = MappingProxyType({row.name: row for row in _ROWS})
"""The profiles by name."""

STANDARDS: Mapping[str, tuple[Standard, ...]] = MappingProxyType(
    {"ua-1": ("ua-1",), "ua-2": ("a-4", "ua-2", "wtpdf"), "a-2a": ("a-2a", "ua-1")}
)
"""What ``--standard`` may ask of a file for screens, with the standards that it then claims together."""


@dataclass(frozen=True)
class Order:
    """A PDF that is asked for: a profile, and what the publisher wants otherwise than its row says.

    ``icc`` is a press profile of the publisher's own, and ``condition`` the name of the printing condition that it
    describes; ``marks`` asks for crop marks outside the bleed; ``standard`` is a name in ``STANDARDS``.
    """

    profile: Profile = PROFILES["screen"]
    icc: Path | None = None
    condition: str = ""
    marks: bool = False
    standard: str = ""

    @property
    def standards(self) -> tuple[Standard, ...]:
        """What the file shall claim to be."""
        return STANDARDS[self.standard] if self.standard else self.profile.standards

    @property
    def name(self) -> str:
        """What is added to the file's name; nothing for the one that everybody reads."""
        return "" if self.profile.name == "screen" else f"-{self.profile.name}"

    @property
    def key(self) -> str:
        """Everything that makes one order another's, as text; not what the press profile's file holds."""
        return repr((self.profile, str(self.icc or ""), self.condition, self.marks, self.standard))


FOR_SCREENS = Order()
"""The PDF that is made when nothing else is asked for."""
