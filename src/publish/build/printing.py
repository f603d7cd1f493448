"""The print edition in every geometry that its profiles ask for, laid out once each.

Bleed widens the page, and a printer's least margins may narrow the text. The inside margin depends on the number of
pages, which depends on the inside margin: the pages are laid out, counted, and laid out again until it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import TypeAlias

from publish.diagnostics import Log
from publish.formats import Written
from publish.profiles import Order, Profile
from publish.project import Style
from publish.records import dataclass
from publish.rendition import Rendition

Laid: TypeAlias = tuple[Rendition, Written]
"""What was laid out, and its pages."""


@dataclass
class Printing:
    """``lay_out`` renders and lays out in a style; it gives ``None`` when the log it is handed says why not."""

    style: Style
    lay_out: Callable[[Style, Log], Laid | None]
    _laid: dict[tuple[float, float, float, bool], tuple[Laid | None, Log]] = field(default_factory=dict)

    def laid(self, order: Order, log: Log) -> Laid | None:
        """Give the pages for an order; what was said when they were laid out is said again for each order."""
        profile, inside = order.profile, 0.0
        while True:
            laid = self._in(_shaped(self.style, profile, inside), log)
            if laid is None:
                return None
            # The table rises with the pages and pages with the margin, so this ends at its last row.
            wanted = profile.gutter(profile.filled(len(laid[1].pages)))
            if wanted <= inside:
                return laid
            inside = wanted

    def _in(self, style: Style, log: Log) -> Laid | None:
        geometry = (style.bleed, style.inside, style.outside, style.cover)
        if geometry not in self._laid:
            found = Log(log.off)
            self._laid[geometry] = (self.lay_out(style, found), found)
        laid, found = self._laid[geometry]
        log.extend(found)
        return laid


def _shaped(style: Style, profile: Profile, inside: float) -> Style:
    return replace(style, bleed=profile.bleed, inside=inside, outside=profile.safe, cover=profile.screen)
