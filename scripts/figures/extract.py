"""Cut the small part of Natural Earth that our maps need out of the npm package ``world-atlas`` (TopoJSON).

Run as ``npm pack world-atlas@2.0.2`` and ``python extract.py world-atlas-2.0.2.tgz data``.

Writes one GeoJSON file a map. A feature's ``kind`` is ``land`` (polygons of one country), ``border`` (the line
between two countries) or ``coast``: fills and lines apart, so that a line cut by the frame is never closed.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geometry import Box, Point, area, clip_line, clip_ring, simplify

MEMBER = "package/countries-10m.json"

# File, box in degrees, tolerance of simplification in degrees, smallest island kept in square degrees.
MAPS: tuple[tuple[str, Box, float, float], ...] = (
    ("northeast-asia.geojson", (104.0, 24.0, 154.0, 56.0), 0.02, 0.006),
    ("tumen-mouth.geojson", (128.0, 40.8, 133.8, 44.6), 0.002, 0.0004),
)


def main(package: str, folder: str) -> None:
    """Read the package and write one extract a map."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            sys.exit(f"{package} holds no {MEMBER}")
        topology = json.load(member)
    for name, box, tolerance, smallest in MAPS:
        features = list(extract(topology, box, tolerance, smallest))
        text = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
        Path(folder, name).write_text(f'{{"type":"FeatureCollection","features":[\n{text}\n]}}\n')


def extract(topology: dict[str, Any], box: Box, tolerance: float, smallest: float) -> Iterator[dict[str, Any]]:
    """Give the features of one box, the shared lines simplified once so that neighbours still meet."""
    arcs = [simplify(arc, tolerance) for arc in _decode(topology)]
    users: dict[int, set[str]] = defaultdict(set)
    for country in sorted(topology["objects"]["countries"]["geometries"], key=lambda g: str(g["properties"]["name"])):
        rings = []
        for indices in _rings(country):
            whole = _ring(arcs, indices)
            ring = clip_ring(whole, box)
            if ring and area(whole) >= smallest:
                rings.append(ring)
                for index in indices:
                    users[index if index >= 0 else ~index].add(country["properties"]["name"])
        if rings:
            yield _feature("land", [country["properties"]["name"]], "Polygon", [_rounded(r) for r in rings])
    yield from _lines(arcs, users, box)


def _lines(arcs: list[list[Point]], users: dict[int, set[str]], box: Box) -> Iterator[dict[str, Any]]:
    grouped: dict[tuple[str, ...], list[list[Point]]] = defaultdict(list)
    for index, names in users.items():
        grouped[tuple(sorted(names))] += [_rounded(piece) for piece in clip_line(arcs[index], box)]
    for group, pieces in sorted(grouped.items()):
        if pieces:
            yield _feature("coast" if len(group) == 1 else "border", list(group), "MultiLineString", pieces)


def _decode(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Undo TopoJSON's delta coding: every arc in degrees."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        yield points


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon


def _ring(arcs: list[list[Point]], indices: list[int]) -> list[Point]:
    """Join arcs to a ring; ``~i`` is arc i backwards, and neighbouring arcs share their end point."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:]
    return points


def _rounded(points: list[Point]) -> list[Point]:
    return [(round(x, 3), round(y, 3)) for x, y in points]


def _feature(kind: str, names: list[str], shape: str, coordinates: list[list[Point]]) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kind": kind, "countries": names}, "geometry": geometry}


if __name__ == "__main__":
    main(*sys.argv[1:3])
