"""Draw the map of Northeast Asia with the mouth of the Tumen as an inset, from Natural Earth data.

Run as ``python northeast_asia.py ../../manuscript/images/northeast-asia.svg``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

from drawing import ACCENT, GREY, HAIR, INK, PAPER, POINTS_PER_MM, RULE, Anchor, Sheet, text_width
from geometry import Box, LambertConic, Point, clip_line, clip_ring, great_circle

DATA = Path(__file__).parent / "data"
WIDTH = 108 * POINTS_PER_MM
HEIGHT = 102 * POINTS_PER_MM

LAND = "#efefef"
RUSSIA = "#d9d9d9"
# Darker than Russia, so that the two differ in black and white as well.
KOREA = "#dfb0a6"
KOREA_NAME = "#74190f"
FILLS = {"Russia": RUSSIA, "North Korea": KOREA}

FRAME: Box = (0.35, 0.35, WIDTH - 0.35, HEIGHT - 0.35)
INSET_FRAME: Box = (184.0, 201.0, WIDTH - 6.0, HEIGHT - 6.0)
INSET_CENTRE: Point = ((INSET_FRAME[0] + INSET_FRAME[2]) / 2, (INSET_FRAME[1] + INSET_FRAME[3]) / 2)
INSET_PLACE: Point = (130.92, 42.71)

MAIN = LambertConic(130.5, 41.2, (35, 47), (146.0, 128.0), 1 / 10)
INSET = LambertConic(INSET_PLACE[0], INSET_PLACE[1], (42, 43.2), INSET_CENTRE, 1 / 2.2)

MOSCOW, PYONGYANG = (37.62, 55.75), (125.75, 39.03)
DESCRIPTION = (
    "Map of Northeast Asia from Beijing to the Kuril Islands and from the Amur to Kyushu. Russia is grey, North Korea "
    "red, China, Mongolia, South Korea and Japan pale. A dashed line from Pyongyang leaves towards Moscow. An inset "
    "enlarges the mouth of the Tumen River, where the stations of Tumangang and Khasan face each other across the only "
    "stretch of border that Russia and North Korea share, about 130 kilometres south-west of Vladivostok."
)


@dataclass(frozen=True)
class Town:
    """A place on the map and where its name stands beside it, in points.

    ``halo`` is the colour of the ground on which most of the name stands.
    """

    name: str
    place: Point
    offset: Point
    halo: str
    anchor: Anchor = "start"
    capital: bool = False


TOWNS = (
    Town("Beijing", (116.39, 39.91), (-1, -5), LAND, "middle", capital=True),
    Town("Pyongyang", PYONGYANG, (-4.2, 5.4), PAPER, "end", capital=True),
    Town("Seoul", (126.98, 37.57), (4.2, 1.6), LAND, capital=True),
    Town("Tokyo", (139.69, 35.69), (4.5, 4.5), PAPER, capital=True),
    Town("Harbin", (126.64, 45.75), (3.6, -1.4), LAND),
    Town("Khabarovsk", (135.07, 48.48), (0, -4.6), RUSSIA, "middle"),
    Town("Vladivostok", (131.89, 43.12), (8, 6.4), PAPER),
)
INSET_TOWNS = (
    Town("Vladivostok", (131.89, 43.12), (-3.2, 0.4), RUSSIA, "end"),
    Town("Khasan", (130.64, 42.43), (3.2, 1.2), PAPER),
    Town("Tumangang", (130.602, 42.422), (-3.2, -0.4), KOREA, "end"),
    Town("Rason", (130.30, 42.25), (2.6, 6.6), PAPER),
)

# Countries: name, place of the middle of the baseline, colour, size in points.
COUNTRIES: tuple[tuple[str, Point, str, float], ...] = (
    ("RUSSIA", (134.6, 50.9), INK, 8.5),
    ("CHINA", (123.0, 43.3), INK, 8.5),
    ("MONGOLIA", (114.2, 46.35), INK, 6.5),
    ("JAPAN", (143.1, 37.2), INK, 6.8),
    ("NORTH", (127.0, 40.75), KOREA_NAME, 6.5),
    ("KOREA", (127.0, 40.05), KOREA_NAME, 6.5),
    ("SOUTH", (128.1, 36.45), INK, 6.5),
    ("KOREA", (128.1, 35.75), INK, 6.5),
)
WATERS: tuple[tuple[str, Point], ...] = (
    ("Sea of Japan", (134.3, 40.6)),
    ("(East Sea)", (134.3, 39.75)),
    ("Yellow", (123.6, 35.6)),
    ("Sea", (123.6, 34.75)),
    ("Sea of", (147.3, 48.6)),
    ("Okhotsk", (147.3, 47.7)),
    ("East", (125.0, 31.3)),
    ("China Sea", (125.0, 30.45)),
    ("Pacific", (146.0, 39.7)),
    ("Ocean", (146.0, 38.85)),
)


def main(target: str) -> None:
    """Draw the figure and write it."""
    sheet = Sheet(WIDTH, HEIGHT, "Northeast Asia and the Russian–North Korean border", DESCRIPTION)
    sheet.box((0, 0, WIDTH, HEIGHT), PAPER)
    graticule(sheet)
    ground(sheet, "northeast-asia.geojson", MAIN, FRAME)
    way_to_moscow(sheet)
    names(sheet)
    for town in TOWNS:
        mark(sheet, town, MAIN)
    scale_bar(sheet, (106.0, HEIGHT - 13.0), MAIN.scale, 500)
    north(sheet, (88.0, HEIGHT - 11.0))
    inset(sheet)
    sheet.box(FRAME, stroke=INK, stroke_width=0.7)
    Path(target).write_text(sheet.svg(), encoding="utf-8")


def features(name: str) -> list[dict[str, Any]]:
    """Read one extract."""
    read: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return list(read["features"])


def ground(sheet: Sheet, data: str, projection: LambertConic, frame: Box) -> None:
    """Draw land, then coasts, then borders, as far as the frame."""
    borders: list[tuple[list[str], list[list[Point]]]] = []
    coasts: list[list[Point]] = []
    for feature in features(data):
        countries = feature["properties"]["countries"]
        lines = [[projection((x, y)) for x, y in line] for line in feature["geometry"]["coordinates"]]
        if feature["properties"]["kind"] == "land":
            sheet.shape([clip_ring(ring, frame) for ring in lines], FILLS.get(countries[0], LAND))
        elif feature["properties"]["kind"] == "coast":
            coasts += [piece for line in lines for piece in clip_line(line, frame)]
        else:
            borders.append((countries, [piece for line in lines for piece in clip_line(line, frame)]))
    sheet.lines(coasts, GREY, 0.4)
    for countries, pieces in borders:
        if countries == ["North Korea", "Russia"]:
            sheet.lines(pieces, ACCENT, 1.6, stroke_linecap="round")
        elif countries == ["North Korea", "South Korea"]:
            sheet.lines(pieces, INK, 0.7, stroke_dasharray="2 1.2")
        else:
            sheet.lines(pieces, RULE, 0.55)


def graticule(sheet: Sheet) -> None:
    """Draw meridians and parallels ten degrees apart under the land."""
    steps = [i / 2 for i in range(200)]
    meridians = [[MAIN((lon, lat)) for lat in steps if 15 <= lat <= 70] for lon in range(90, 171, 10)]
    parallels = [[MAIN((80 + lon, lat)) for lon in steps] for lat in range(20, 70, 10)]
    sheet.lines([piece for line in meridians + parallels for piece in clip_line(line, FRAME)], HAIR, 0.4)


def way_to_moscow(sheet: Sheet) -> None:
    """Draw the beginning of the shortest way from Pyongyang to Moscow, and say how long it is."""
    length, places = great_circle(PYONGYANG, MOSCOW, 400)
    line = next(clip_line([MAIN(p) for p in places[1:]], FRAME))
    end = next(i for i, p in enumerate(line) if p[1] < 74)
    sheet.lines([line[: end + 1]], ACCENT, 0.8, stroke_dasharray="3.2 2.2")
    arrow(sheet, line[end - 1], line[end])
    hundreds = f"{round(length, -2):,.0f}".replace(",", "\u2009")
    x, y = line[end]
    sheet.text("To Moscow", (x + 8, y + 3), 7, weight="SemiBold", fill=ACCENT, halo=LAND)
    sheet.text(f"{hundreds} km", (x + 14, y + 11.2), 7, fill=ACCENT, halo=LAND)


def arrow(sheet: Sheet, tail: Point, tip: Point) -> None:
    """Draw the head of an arrow at ``tip``."""
    length = hypot(tip[0] - tail[0], tip[1] - tail[1])
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    x, y = tip
    sides = [(x - 3 * ux + s * 2.4 * uy, y - 3 * uy - s * 2.4 * ux) for s in (1, -1)]
    sheet.shape([[(x + 4 * ux, y + 4 * uy), sides[0], (x - 1.6 * ux, y - 1.6 * uy), sides[1]]], ACCENT)


def names(sheet: Sheet) -> None:
    """Write the names of countries and waters, and what is said of the islands in dispute."""
    for text, at, fill, size in COUNTRIES:
        country(sheet, text, MAIN(at), size, fill)
    for text, at in WATERS:
        sheet.text(text, MAIN(at), 7.2, weight="Italic", fill=GREY, anchor="middle", tracking=0.03, halo=PAPER)
    for i, text in enumerate(("Southern Kurils", "held by Russia,", "claimed by Japan")):
        y = MAIN((146.3, 42.85))[1] + 7.6 * i
        sheet.text(text, (WIDTH - 5, y), 6.5, weight="Italic" if i else "Regular", anchor="end", halo=PAPER)


def country(sheet: Sheet, text: str, at: Point, size: float, fill: str) -> None:
    """Write a country's name in spaced capitals around a point."""
    sheet.text(text, at, size, weight="SemiBold", fill=fill, anchor="middle", tracking=0.12 if size > 6.5 else 0.07)


def mark(sheet: Sheet, town: Town, projection: LambertConic) -> None:
    """Mark a town with a dot, a capital with a ring around it, and write its name."""
    x, y = projection(town.place)
    if town.capital:
        sheet.dot((x, y), 2.5, PAPER, stroke=INK, stroke_width=0.7)
    sheet.dot((x, y), 1.3, INK, stroke=PAPER, stroke_width=0.4)
    at = (x + town.offset[0], y + town.offset[1])
    sheet.text(town.name, at, 7.2, weight="SemiBold" if town.capital else "Regular", anchor=town.anchor, halo=town.halo)


def scale_bar(sheet: Sheet, at: Point, scale: float, length: float) -> None:
    """Draw a bar of ``length`` kilometres, half of it filled."""
    x, y, half = at[0], at[1], length * scale / 2
    sheet.box((x, y, x + half, y + 2), INK, stroke=INK, stroke_width=0.5)
    sheet.box((x + half, y, x + 2 * half, y + 2), PAPER, stroke=INK, stroke_width=0.5)
    shift = text_width(f"{length:g}", 6.5) / 2
    sheet.text("0", (x, y - 2.6), 6.5, anchor="middle", halo=PAPER)
    sheet.text(f"{length:g} km", (x + 2 * half - shift, y - 2.6), 6.5, halo=PAPER)


def north(sheet: Sheet, at: Point) -> None:
    """Draw an arrow that points north where the map's middle meridian runs straight up."""
    x, y = at
    sheet.lines([[(x, y), (x, y - 15)]], INK, 0.6)
    sheet.shape([[(x, y - 20), (x - 2.4, y - 13), (x, y - 14.6), (x + 2.4, y - 13)]], INK)
    sheet.text("N", (x, y - 22), 7, weight="SemiBold", anchor="middle", halo=PAPER)


def inset(sheet: Sheet) -> None:
    """Draw the mouth of the Tumen larger, and outline on the map what it shows."""
    left, top, right, bottom = INSET_FRAME
    sheet.box((left - 2.5, top - 2.5, right + 2.5, bottom + 2.5), PAPER)
    ground(sheet, "tumen-mouth.geojson", INSET, INSET_FRAME)
    for text, at, fill in (
        ("CHINA", (130.3, 43.25), INK),
        ("RUSSIA", (131.72, 43.375), INK),
        ("NORTH", (129.74, 42.25), KOREA_NAME),
        ("KOREA", (129.74, 42.11), KOREA_NAME),
    ):
        country(sheet, text, INSET(at), 6.5, fill)
    for town in INSET_TOWNS:
        mark(sheet, town, INSET)
    length_of_border(sheet)
    scale_bar(sheet, (right - 42, bottom - 7), INSET.scale, 50)
    sheet.box(INSET_FRAME, stroke=ACCENT, stroke_width=0.9)
    x, y = MAIN(INSET_PLACE)
    shrink = MAIN.scale / INSET.scale
    outline = [
        (x + (cx - INSET_CENTRE[0]) * shrink, y + (cy - INSET_CENTRE[1]) * shrink) for cx, cy in corners(INSET_FRAME)
    ]
    sheet.shape([outline], "none", stroke=ACCENT, stroke_width=0.8)


def length_of_border(sheet: Sheet) -> None:
    """Say beside the border how long it is."""
    x, y = INSET((130.67, 42.37))
    sheet.lines([[(x, y), (x + 14, y + 4)]], ACCENT, 0.5)
    sheet.text("Border: 17 km", (x + 16, y + 6.4), 6.8, weight="SemiBold", fill=ACCENT, halo=PAPER)


def corners(box: Box) -> Sequence[Point]:
    """Give the corners of a box."""
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


if __name__ == "__main__":
    main(sys.argv[1])
