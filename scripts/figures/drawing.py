"""A sheet of vector drawing, written as plain SVG: paths and nothing else.

A picture in a book is shown through an image element, which sees neither the page's fonts nor its style sheet.
So letters are drawn as outlines of the theme's own type, and every colour and line weight is an attribute.
Lengths are in points (1/72 inch) at the size of the printed figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from geometry import Box, Point

Anchor = Literal["start", "middle", "end"]
Weight = Literal["Regular", "SemiBold", "Italic"]

FONTS = Path(__file__).parents[2] / "src/publish/themes/journal/fonts"
POINTS_PER_MM = 72 / 25.4

INK = "#1a1a1a"
GREY = "#5c5c5c"
RULE = "#8c8c8c"
HAIR = "#c4c4c4"
PAPER = "#ffffff"
ACCENT = "#9c2f23"
ACCENT_TINT = "#ebcdc7"


def number(value: float) -> str:
    """Write a length with two decimals at most: a 7,000th of an inch, finer than any press."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def numbers(values: Iterable[float]) -> str:
    """Write lengths for path data, without the characters that SVG can do without."""
    short = (number(v).replace("0.", ".", 1) if abs(v) < 1 else number(v) for v in values)
    return " ".join(short).replace(" -", "-")


class StepPen(BasePen):  # type: ignore[misc]
    """A pen that writes an outline as SVG path data in steps of a hundredth of a point.

    Steps are taken between rounded points, so that rounding never adds up.
    """

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self._written: list[str] = []
        self._at = (0, 0)

    def _step(self, command: str, *points: Point) -> None:
        hundredths = [(round(x * 100), round(y * 100)) for x, y in points]
        steps = ((v - w) / 100 for p in hundredths for v, w in zip(p, self._at, strict=True))
        self._written.append(command + numbers(steps))
        self._at = hundredths[-1]

    def _moveTo(self, pt: Point) -> None:
        x, y = self._at = (round(pt[0] * 100), round(pt[1] * 100))
        self._written.append(f"M{numbers((x / 100, y / 100))}")
        self._start = self._at

    def _lineTo(self, pt: Point) -> None:
        self._step("l", pt)

    def _qCurveToOne(self, pt1: Point, pt2: Point) -> None:
        self._step("q", pt1, pt2)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:
        self._step("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._written.append("z")
        self._at = self._start

    @property
    def data(self) -> str:
        """What was drawn."""
        return "".join(self._written)


class Face:
    """One font file, from which words are drawn as outlines, kerned."""

    def __init__(self, path: Path) -> None:
        self._font: Any = TTFont(path)
        self._glyphs = self._font.getGlyphSet()
        self._cmap: dict[int, str] = self._font.getBestCmap()
        self._units: int = self._font["head"].unitsPerEm
        self._pairs = [s for lookup in self._kerning() for s in lookup]

    def _kerning(self) -> Iterable[list[Any]]:
        table = self._font["GPOS"].table
        indices = {
            i for f in table.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex
        }
        for index in sorted(indices):
            subtables = table.LookupList.Lookup[index].SubTable
            yield [getattr(s, "ExtSubTable", s) for s in subtables]

    @cache  # noqa: B019 - a face lives as long as the program
    def kern(self, left: str, right: str) -> int:
        """How many font units the pair is set closer (negative) or wider; the first subtable that knows it decides."""
        for subtable in self._pairs:
            if left not in subtable.Coverage.glyphs:
                continue
            value = _pair_value(subtable, left, right)
            if value is not None:
                return value
        return 0

    def advances(self, text: str, size: float, tracking: float) -> list[tuple[str, float]]:
        """Give each glyph's name and where it begins, then an empty name and where the word ends."""
        names = [self._cmap[ord(c)] for c in text]
        placed, x = [], 0.0
        for i, name in enumerate(names):
            placed.append((name, x))
            kern = self.kern(name, names[i + 1]) if i + 1 < len(names) else 0
            space = tracking * size if i + 1 < len(names) else 0.0
            x += (self._glyphs[name].width + kern) * size / self._units + space
        return [*placed, ("", x)]

    def path(self, text: str, at: Point, size: float, tracking: float, anchor: Anchor) -> str:
        """Draw a line of text whose baseline runs through ``at``, as the data of one SVG path."""
        *placed, (_, width) = self.advances(text, size, tracking)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        pen = StepPen(self._glyphs)
        scale = size / self._units
        for name, x in placed:
            matrix = Transform(scale, 0, 0, -scale, at[0] - shift + x, at[1])
            self._glyphs[name].draw(TransformPen(pen, matrix))
        return pen.data


def _pair_value(subtable: Any, left: str, right: str) -> int | None:
    if subtable.Format == 1:
        records = subtable.PairSet[subtable.Coverage.glyphs.index(left)].PairValueRecord
        found = next((r.Value1 for r in records if r.SecondGlyph == right), None)
        return None if found is None else int(getattr(found, "XAdvance", 0))
    row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)]
    value = row.Class2Record[subtable.ClassDef2.classDefs.get(right, 0)].Value1
    return int(getattr(value, "XAdvance", 0)) if value is not None else 0


@cache
def face(weight: Weight) -> Face:
    """The theme's sans serif in one weight."""
    return Face(FONTS / f"SourceSans3-{weight}.ttf")


@dataclass
class Sheet:
    """A figure in the making. ``title`` and ``description`` are kept in the file for whoever opens it alone."""

    width: float
    height: float
    title: str
    description: str
    _elements: list[str] = field(default_factory=list)

    def path(self, data: str, **attributes: str | float) -> None:
        """Add a path; an underscore in an attribute's name stands for a hyphen."""
        shown = {"d": data, "fill": "none", **attributes}
        written = (
            f"{k.replace('_', '-')}={quoteattr(v if isinstance(v, str) else number(v))}" for k, v in shown.items()
        )
        self._elements.append(f"<path {' '.join(written)}/>")

    def shape(self, rings: Iterable[Sequence[Point]], fill: str, **attributes: str | float) -> None:
        """Fill one or more rings."""
        data = "".join(f"{line_data(ring)}Z" for ring in rings if len(ring) > 2)
        if data:
            self.path(data, fill=fill, **attributes)

    def lines(self, lines: Iterable[Sequence[Point]], stroke: str, weight: float, **attributes: str | float) -> None:
        """Draw one or more lines in one weight."""
        data = "".join(line_data(line) for line in lines if len(line) > 1)
        if data:
            self.path(data, stroke=stroke, stroke_width=weight, stroke_linejoin="round", **attributes)

    def box(self, box: Box, fill: str = "none", **attributes: str | float) -> None:
        """Draw a rectangle."""
        left, top, right, bottom = box
        self.shape([[(left, top), (right, top), (right, bottom), (left, bottom)]], fill, **attributes)

    def dot(self, at: Point, radius: float, fill: str, **attributes: str | float) -> None:
        """Draw a disc."""
        x, y, r = at[0], at[1], number(radius)
        there, back = number(2 * radius), number(-2 * radius)
        data = f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {there} 0a{r} {r} 0 1 0 {back} 0Z"
        self.path(data, fill=fill, **attributes)

    def text(
        self,
        text: str,
        at: Point,
        size: float,
        *,
        weight: Weight = "Regular",
        fill: str = INK,
        anchor: Anchor = "start",
        tracking: float = 0.0,
        halo: str = "",
    ) -> None:
        """Set a line of text; ``halo`` is the colour of a rim that frees it from the lines it crosses."""
        data = face(weight).path(text, at, size, tracking, anchor)
        if halo:
            self.path(data, fill=halo, stroke=halo, stroke_width=size / 4, stroke_linejoin="round")
        self.path(data, fill=fill)

    def svg(self) -> str:
        """Write the figure."""
        width, height = (number(v / POINTS_PER_MM) for v in (self.width, self.height))
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="{width}mm" '
            f'height="{height}mm" viewBox="0 0 {number(self.width)} {number(self.height)}">'
        )
        title = f'<title id="title">{escape(self.title)}</title>'
        description = f'<desc id="desc">{escape(self.description)}</desc>'
        return "\n".join([head, title, description, *self._elements, "</svg>", ""])


def line_data(line: Sequence[Point]) -> str:
    """Write a line as the data of an SVG path, in steps, leaving out points that fall together on paper."""
    hundredths = [(round(x * 100), round(y * 100)) for x, y in line]
    steps = [(b[i] - a[i]) / 100 for a, b in pairwise(hundredths) if a != b for i in (0, 1)]
    return f"M{numbers(v / 100 for v in hundredths[0])}l{numbers(steps)}"


def text_width(text: str, size: float, weight: Weight = "Regular", tracking: float = 0.0) -> float:
    """How wide a line of text is."""
    return face(weight).advances(text, size, tracking)[-1][1]
