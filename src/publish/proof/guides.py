"""The margins and the line that a theme means, read from the style sheets that the pages were set by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import tinycss2  # type: ignore[import-untyped]

from publish.records import dataclass
from publish.rendition import Rendition

_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "px": 0.75, "pc": 12.0}
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Guides:
    """A page's size, margins (above, right, below, left) and distance of lines, all in points; a pitch of 0 is none."""

    width: float
    height: float
    right: tuple[float, float, float, float]
    left: tuple[float, float, float, float]
    pitch: float = 0.0

    def margins(self, place: int) -> tuple[float, float, float, float]:
        """Give the margins of the page at a place (from 0): the first page is a right one."""
        return self.left if place % 2 else self.right

    def phase(self, pages: Iterable[tuple[int, Iterable[float]]]) -> float | None:
        """Give how far below the upper margin the first line stands, by most lines of all pages.

        ``pages`` are places with the baselines found there; ``None`` when there are no lines or no pitch.
        """
        if not self.pitch:
            return None
        phases: Counter[float] = Counter()
        for place, baselines in pages:
            above, _, below, _ = self.margins(place)
            inside = (line for line in baselines if above < line <= self.height - below)
            phases.update(round((line - above) % self.pitch, 1) for line in inside)
        return phases.most_common(1)[0][0] if phases else None

    def lines(self, place: int, phase: float) -> list[float]:
        """Give the baselines that a page's text is meant to stand on."""
        above, _, below, _ = self.margins(place)
        count = int((self.height - below - above - phase) / self.pitch) + 1
        return [round(above + phase + n * self.pitch, 2) for n in range(count)]


def guides(printed: Rendition) -> Guides | None:
    """Give the guides of a print edition; ``None`` when its style sheets name no page of a size."""
    sheets = [found for part in printed.parts[:1] for found in _STYLE.findall(part.xhtml)]
    sheets += [resource.data.decode() for resource in printed.by_type("text/css")]
    pages: dict[str, dict[str, list[float]]] = {"": {}, "right": {}, "left": {}}
    pitch = 0.0
    for selector, declarations in _rules(sheets):
        if selector.startswith("@page") and (side := selector[5:].strip().removeprefix(":")) in pages:
            pages[side] |= declarations
        elif selector == "html" and (height := declarations.get("line-height")):
            pitch = height[0]
    size = pages[""].get("size", [])
    if len(size) != 2:
        return None
    sides = {side: _margins(pages[""] | pages[side]) for side in ("right", "left")}
    return Guides(size[0], size[1], sides["right"], sides["left"], pitch)


def _margins(declared: dict[str, list[float]]) -> tuple[float, float, float, float]:
    short = declared.get("margin", [0.0])
    above, right, below, left = (short[0], short[1 % len(short)], short[2 % len(short)], short[-1])
    if len(short) == 3:
        left = short[1]
    own = {
        side: declared[f"margin-{side}"][0]
        for side in ("top", "right", "bottom", "left")
        if f"margin-{side}" in declared
    }
    return own.get("top", above), own.get("right", right), own.get("bottom", below), own.get("left", left)


def _rules(sheets: Iterable[str]) -> Iterator[tuple[str, dict[str, list[float]]]]:
    """Give the rules with their lengths in points: ``@page :left`` or a selector, and what it declares."""
    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            name = {"at-rule": "@" + str(getattr(rule, "at_keyword", "")), "qualified-rule": ""}.get(rule.type)
            if name is not None and rule.content is not None:
                prelude = tinycss2.serialize(rule.prelude).strip()
                found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                yield f"{name} {prelude}".strip(), {d.name: _lengths(d) for d in found if d.type == "declaration"}


def _lengths(declaration: object) -> list[float]:
    values = (token for token in getattr(declaration, "value", ()) if token.type == "dimension")
    return [token.value * _POINTS[token.lower_unit] for token in values if token.lower_unit in _POINTS]
