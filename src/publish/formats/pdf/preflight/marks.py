"""What is painted on a page: every text, area, line and picture with its colour, read from the content streams.

The streams are followed as ISO 32000-1 (8.4, 8.6, 9.3) has a viewer follow them: state is kept and given back by
``q`` and ``Q``, and a form is painted where it is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from math import hypot
from typing import Any, Literal, NamedTuple, TypeAlias

import pikepdf
from pikepdf import Dictionary, Stream

from publish.records import dataclass

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Kind: TypeAlias = Literal["text", "area", "line", "picture", "gradient"]

_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_DEEPEST = 12  # forms in forms; a form that calls itself ends here
_PROCESS = frozenset({"/Cyan", "/Magenta", "/Yellow", "/Black", "/None"})  # inks that are on the press anyhow (8.6.6.4)


@dataclass(frozen=True)
class Mark:
    """One thing painted: its colour space (``DeviceGray``, ``Pattern`` ...) and values, and how much shows through.

    The space of all plates at once is ``Registration``, that of an ink of its own says so in words. ``size`` is a
    text's in points; of a picture it is the pixels an inch, and ``source`` is its stream (none where it stands in the
    page's own). ``content`` is the number of the marked content that it stands in (MCID), -1 in none.
    """

    kind: Kind
    space: str
    values: tuple[float, ...] = ()
    opaque: bool = True
    size: float = 0.0
    source: Any = field(default=None, repr=False, compare=False)
    content: int = -1


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _UNIT
    fill: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    stroke: tuple[str, tuple[float, ...]] = ("DeviceGray", (0.0,))
    opaque: bool = True
    size: float = 0.0
    text: Matrix = _UNIT
    mode: int = 0
    through: bool = False  # of all that is in the form: what the form's own state says does not change it

    @property
    def solid(self) -> bool:
        return self.opaque and not self.through


class Painting(NamedTuple):
    """An instruction of a page that paints: its place among the page's, and the matrix that is in force.

    ``opaque`` says that nothing of what it paints shows through; ``content`` as in ``Mark``.
    """

    place: int
    operator: str
    matrix: Matrix
    opaque: bool
    content: int


def paintings(page: Any) -> Iterator[Painting]:
    """Give the instructions of a page's own stream that paint, in their order."""
    resources = page.get("/Resources", Dictionary())
    for index, operator, operands, state, number in _walked(page, resources, _State()):
        made = list(_made(operator, operands, resources, state, 0))
        if made:
            yield Painting(index, operator, state.matrix, all(mark.opaque for mark in made), number)


def marks(page: Any) -> Iterator[Mark]:
    """Give everything that is painted on a page, in the order of painting."""
    yield from _painted(page, page.get("/Resources", Dictionary()), _State(), 0)


def _painted(source: Any, resources: Any, state: _State, depth: int) -> Iterator[Mark]:
    for _, operator, operands, now, number in _walked(source, resources, state):
        for mark in _made(operator, operands, resources, now, depth):
            yield replace(mark, content=number) if number >= 0 else mark


def _walked(source: Any, resources: Any, state: _State) -> Iterator[tuple[int, str, list[Any], _State, int]]:
    """Give what paints or sets: its number among the instructions, operator, operands, the state before it, the number
    of its marked content or -1.
    """
    kept: list[_State] = []
    contents: list[int] = []
    for index, instruction in enumerate(pikepdf.parse_content_stream(source)):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "q":
            kept.append(state)
        elif operator == "Q":
            state = kept.pop() if kept else state
        elif operator in ("BDC", "BMC", "EMC"):
            _mark(operator, operands, contents)
        else:
            yield index, operator, operands, state, max(contents, default=-1)
            state = _changed(state, operator, operands, resources)


def _mark(operator: str, operands: list[Any], contents: list[int]) -> None:
    """Follow where marked content begins and ends (14.6)."""
    if operator == "EMC":
        del contents[-1:]
    else:
        facts = operands[1] if len(operands) > 1 else None
        contents.append(int(facts.get("/MCID", -1)) if isinstance(facts, Dictionary) else -1)


def _made(operator: str, operands: list[Any], resources: Any, state: _State, depth: int) -> Iterator[Mark]:
    """Give what an operator paints."""
    if operator == "Do":
        yield from _called(resources, str(operands[0]), state, depth)
    elif operator == "INLINE IMAGE":
        yield _inline(operands[0], resources, state)
    elif operator == "sh":
        yield from _gradient(_named(resources, "/Shading", str(operands[0])), state)
    elif operator in _SHOWING:
        yield from _shown(state)
    elif operator in _FILLING or operator in _STROKING:
        yield from _drawn(operator, resources, state)


def _changed(state: _State, operator: str, operands: list[Any], resources: Any) -> _State:
    """Give the state after an operator that paints nothing."""
    if operator.lower() in _DEVICE:
        colour = (_DEVICE[operator.lower()], _floats(operands))
        return replace(state, stroke=colour) if operator.isupper() else replace(state, fill=colour)
    if operator in ("cs", "CS", "sc", "SC", "scn", "SCN"):
        return _coloured(state, operator, operands, resources)
    if operator == "cm":
        return replace(state, matrix=_times(_matrix(operands), state.matrix))
    if operator == "Tf":
        return replace(state, size=float(operands[1]))
    if operator == "Tm":
        return replace(state, text=_matrix(operands))
    if operator == "BT":
        return replace(state, text=_UNIT)
    if operator == "Tr":
        return replace(state, mode=int(operands[0]))
    if operator == "gs":
        return _set(state, _named(resources, "/ExtGState", str(operands[0])))
    return state


def _coloured(state: _State, operator: str, operands: list[Any], resources: Any) -> _State:
    stroking = operator.isupper()
    space = state.stroke[0] if stroking else state.fill[0]
    if operator.lower() == "cs":
        colour: tuple[str, tuple[float, ...]] = (_space(operands[0], resources), ())
    elif operands and isinstance(operands[-1], pikepdf.Name):
        colour = (f"Pattern {operands[-1]}", ())
    else:
        colour = (space, _floats(operands))
    return replace(state, stroke=colour) if stroking else replace(state, fill=colour)


def _space(space: Any, resources: Any) -> str:
    """Name a colour space that is given by its name, by a name among the resources, or itself."""
    found = space if isinstance(space, pikepdf.Array) else _named(resources, "/ColorSpace", str(space)) or space
    if not isinstance(found, pikepdf.Array):
        return str(found).removeprefix("/")
    kind, ink = str(found[0]), str(found[1]) if len(found) > 1 else ""
    if kind != "/Separation" or ink in _PROCESS:
        return kind.removeprefix("/")
    return "Registration" if ink == "/All" else f"the spot colour {ink.removeprefix('/')}"


def _set(state: _State, graphics: Any) -> _State:
    """Take a dictionary of the graphics state: transparency is alpha below 1, a soft mask, or a blend mode."""
    if not isinstance(graphics, Dictionary):
        return state
    opaque = state.opaque
    if "/ca" in graphics or "/CA" in graphics:
        opaque = all(float(graphics.get(key, 1)) >= 1 for key in ("/ca", "/CA"))
    if isinstance(graphics.get("/SMask"), Dictionary) or str(graphics.get("/BM", "/Normal")) not in _PLAIN:
        opaque = False
    return replace(state, opaque=opaque)


_PLAIN = ("/Normal", "/Compatible")


def _called(resources: Any, name: str, state: _State, depth: int) -> Iterator[Mark]:
    item = _named(resources, "/XObject", name)
    if not isinstance(item, Stream) or depth > _DEEPEST:
        return
    if item.get("/Subtype") == "/Form":
        matrix = _matrix(item.get("/Matrix", _UNIT))
        inner = replace(state, matrix=_times(matrix, state.matrix), opaque=True, through=not state.solid)
        yield from _painted(item, item.get("/Resources", resources), inner, depth + 1)
        return
    if item.get("/ImageMask"):  # a stencil, through which the colour in force is painted
        yield Mark("area", *state.fill, state.solid)
        return
    space = _space(item.get("/ColorSpace", "/DeviceGray"), Dictionary())
    dense = _dense(int(item.Width), int(item.Height), state)
    yield Mark("picture", space, (), state.solid and "/SMask" not in item, dense, item)


def _inline(image: Any, resources: Any, state: _State) -> Mark:
    """Give a picture that stands in the page's own stream (8.9.7)."""
    if image.image_mask:
        return Mark("area", *state.fill, state.solid)
    space = _space(image.colorspace or "/DeviceGray", resources)
    return Mark("picture", space, (), state.solid, _dense(image.width, image.height, state))


def _dense(width: int, height: int, state: _State) -> float:
    """Give the pixels an inch of a picture of so many pixels, the fewer of across and down."""
    a, b, c, d = state.matrix[:4]
    return min(72 * width / max(hypot(a, b), 0.01), 72 * height / max(hypot(c, d), 0.01))


def _shown(state: _State) -> Iterator[Mark]:
    a, b, c, d = _times(state.text, state.matrix)[:4]
    size = abs(state.size) * abs(a * d - b * c) ** 0.5
    if state.mode in (0, 2, 4, 6):
        yield Mark("text", *state.fill, state.solid, size)
    if state.mode in (1, 2, 5, 6):
        yield Mark("text", *state.stroke, state.solid, size)


def _drawn(operator: str, resources: Any, state: _State) -> Iterator[Mark]:
    if operator in _FILLING:
        if state.fill[0].startswith("Pattern /"):
            yield from _patterned(_named(resources, "/Pattern", state.fill[0].partition(" ")[2]), state)
        else:
            yield Mark("area", *state.fill, state.solid)
    if operator in _STROKING:
        yield Mark("line", *state.stroke, state.solid)


def _patterned(pattern: Any, state: _State) -> Iterator[Mark]:
    """Give what a pattern paints: a gradient, or tiles, whose places are told from the page and not from the state."""
    if isinstance(pattern, Stream):
        matrix = _matrix(pattern.get("/Matrix", _UNIT))
        tile = replace(_State(), matrix=matrix, through=not state.solid)
        yield from _painted(pattern, pattern.get("/Resources", Dictionary()), tile, _DEEPEST)
    elif isinstance(pattern, Dictionary):
        yield from _gradient(pattern.get("/Shading"), state)


def _gradient(shading: Any, state: _State) -> Iterator[Mark]:
    if not isinstance(shading, Dictionary | Stream):
        return
    space = _space(shading.ColorSpace, Dictionary())
    # A net of colours has no stops, nor has a table of them: only its space can be told.
    for stop in list(_stops(shading.get("/Function"))) or [()]:
        yield Mark("gradient", space, stop, state.solid)


def _stops(function: Any) -> Iterator[tuple[float, ...]]:
    if not isinstance(function, Dictionary | Stream):
        return
    for key in ("/C0", "/C1"):
        if key in function:
            yield _floats(function[key])
    for one in function.get("/Functions", ()):
        yield from _stops(one)


def _named(resources: Any, kind: str, name: str) -> Any:
    group = resources.get(kind)
    return group.get(name) if isinstance(group, Dictionary) else None


def _floats(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Give the matrix that does ``m`` first and ``n`` after it (8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def inverse(m: Matrix) -> Matrix:
    """Give the matrix that undoes another; one that nothing can be seen through is left as it is."""
    a, b, c, d, e, f = m
    area = a * d - b * c
    if not area:
        return _UNIT
    return d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area


def placed(page: Any) -> Iterator[tuple[int, float]]:
    """Give the number of each marked content of a page and how high (points from the foot) it begins to be painted."""
    for _, operator, _, state, number in _walked(page, page.get("/Resources", Dictionary()), _State()):
        if number >= 0 and operator in _SHOWING:
            yield number, _times(state.text, state.matrix)[5]
        elif number >= 0 and operator == "Do":
            # A picture is painted upwards from its lower edge.
            yield number, state.matrix[5]
