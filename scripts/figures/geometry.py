"""Plane and spherical geometry for the maps: a conic projection, line simplification and clipping.

Points are pairs of floats: (longitude, latitude) in degrees on the sphere, (x, y) in points (1/72 inch) on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, atan, atan2, cos, degrees, exp, hypot, log, pi, radians, sin, sqrt, tan

Point = tuple[float, float]
Box = tuple[float, float, float, float]

EARTH_RADIUS_KM = 6371.0


def _isometric(latitude: float) -> float:
    """The isometric latitude of a latitude in radians: how far north it lies on a conformal map."""
    return log(tan(pi / 4 + latitude / 2))


@dataclass(frozen=True)
class LambertConic:
    """The spherical Lambert conformal conic projection with two standard parallels (Snyder 1987, eq. 15-1 to 15-5).

    ``meridian`` runs straight up the sheet; ``origin`` is the latitude that falls on ``centre``; ``scale`` is in
    points a kilometre on the standard parallels. y grows downwards, as on a screen.
    """

    meridian: float
    origin: float
    parallels: tuple[float, float]
    centre: Point
    scale: float

    @property
    def cone(self) -> float:
        """The constant of the cone: the part of a full turn that the whole earth takes on paper."""
        south, north = (radians(p) for p in self.parallels)
        return log(cos(south) / cos(north)) / (_isometric(north) - _isometric(south))

    def _radius(self, latitude: float) -> float:
        n, south = self.cone, radians(self.parallels[0])
        return EARTH_RADIUS_KM * self.scale * cos(south) / n * exp(n * (_isometric(south) - _isometric(latitude)))

    def __call__(self, place: Point) -> Point:
        """Put a place on paper."""
        angle = self.cone * radians(place[0] - self.meridian)
        radius, base = self._radius(radians(place[1])), self._radius(radians(self.origin))
        return self.centre[0] + radius * sin(angle), self.centre[1] - base + radius * cos(angle)


def great_circle(start: Point, end: Point, steps: int) -> tuple[float, list[Point]]:
    """Give the length in kilometres of the shortest way between two places, and places along it."""
    a, b = _vector(start), _vector(end)
    angle = acos(sum(p * q for p, q in zip(a, b, strict=True)))
    places = []
    for i in range(steps + 1):
        t = i / steps
        u, v = sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle)
        x, y, z = (u * p + v * q for p, q in zip(a, b, strict=True))
        places.append((degrees(atan2(y, x)), degrees(atan(z / sqrt(x * x + y * y)))))
    return angle * EARTH_RADIUS_KM, places


def _vector(place: Point) -> tuple[float, float, float]:
    longitude, latitude = radians(place[0]), radians(place[1])
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points nearer than ``tolerance`` to the line without them (Douglas and Peucker); both ends stay."""
    keep = {0, len(line) - 1}
    pending = [(0, len(line) - 1)]
    while pending:
        first, last = pending.pop()
        offsets = [(_offset(line[i], line[first], line[last]), i) for i in range(first + 1, last)]
        if offsets and max(offsets)[0] > tolerance:
            middle = max(offsets)[1]
            keep.add(middle)
            pending += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(keep)]


def _offset(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy)
    if length == 0:
        return hypot(p[0] - a[0], p[1] - a[1])
    return abs(dx * (p[1] - a[1]) - dy * (p[0] - a[0])) / length


def area(ring: Sequence[Point]) -> float:
    """The area of a ring, in the square of its unit."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def clip_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """Cut a ring to a box (Sutherland and Hodgman). Parts that fall apart stay joined along the box's edge."""
    points = list(ring)
    for inside, cross in _edges(box):
        clipped: list[Point] = []
        for a, b in zip([points[-1], *points[:-1]], points, strict=True) if points else ():
            if inside(a) != inside(b):
                clipped.append(cross(a, b))
            if inside(b):
                clipped.append(b)
        points = clipped
    return points


def clip_line(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """Give the pieces of a line that lie in a box."""
    piece: list[Point] = []
    for a, b in pairwise(line):
        segment = _clip_segment(a, b, box)
        if segment is None:
            continue
        if not piece or piece[-1] != segment[0]:
            if piece:
                yield piece
            piece = [segment[0]]
        piece.append(segment[1])
    if piece:
        yield piece


def _clip_segment(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    for inside, cross in _edges(box):
        if not inside(a) and not inside(b):
            return None
        if inside(a) != inside(b):
            a, b = (a, cross(a, b)) if inside(a) else (cross(a, b), b)
    return a, b


def _edges(box: Box) -> Iterator[tuple[Callable[[Point], bool], Callable[[Point, Point], Point]]]:
    """For each side of a box: whether a point is on the inner side, and where a segment crosses it."""
    for axis in (0, 1):
        for limit, sign in ((box[axis], 1), (box[axis + 2], -1)):
            yield _side(axis, limit, sign)


def _side(axis: int, limit: float, sign: int) -> tuple[Callable[[Point], bool], Callable[[Point, Point], Point]]:
    def inside(p: Point) -> bool:
        return sign * (p[axis] - limit) >= 0

    def cross(a: Point, b: Point) -> Point:
        t = (limit - a[axis]) / (b[axis] - a[axis])
        other = a[1 - axis] + t * (b[1 - axis] - a[1 - axis])
        return (limit, other) if axis == 0 else (other, limit)

    return inside, cross
