"""Every colour of a PDF into a file's inks: content streams, gradients, pictures, groups.

Operators and dictionaries are those of ISO 32000-1, 8.6 (colour), 8.7.4 (shading), 8.9 (images), 11.6 (groups).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, Stream

from publish.formats.pdf.finishing import pictures
from publish.formats.pdf.finishing.inks import Inks, Values
from publish.formats.pdf.finishing.inks import Operator as Setting
from publish.records import dataclass

_COUNTS: dict[int, Setting] = {1: "g", 3: "rg", 4: "k"}
_DEVICES: dict[str, Setting] = {"/DeviceGray": "g", "/DeviceRGB": "rg", "/DeviceCMYK": "k"}
_SPACES: dict[Setting, Name] = {"g": Name.DeviceGray, "rg": Name.DeviceRGB, "k": Name.DeviceCMYK}
_GROUPS = {"rgb": Name.DeviceRGB, "cmyk": Name.DeviceCMYK, "grey": Name.DeviceGray}


def recolour(pdf: Pdf, inks: Inks) -> None:
    """Give every colour of a PDF that WeasyPrint wrote in these inks. Soft masks stay what they say: how much shows."""
    masks = {group.objgen for group in _mask_groups(pdf)}
    for page in pdf.pages:
        page.Contents = pdf.make_stream(_stream(page, inks))
        _spaces(page.get("/Resources"))
    for item in [item for item in pdf.objects if isinstance(item, Stream)]:
        if item.get("/Subtype") == "/Image":
            pictures.recolour(item, inks)
        elif _draws(item):
            mask = item.objgen in masks
            item.write(_stream(item, _Levels(inks) if mask else inks))
            _spaces(item.get("/Resources"))
            _group(item, inks, mask=mask)
    for shading in list(_shadings(pdf)):
        _shading(shading, inks)


def _shadings(pdf: Pdf) -> Iterator[Any]:
    """Give every gradient once: an object by itself, a pattern's, or one by name among the resources of a stream."""
    for item in pdf.objects:
        if not isinstance(item, Dictionary | Stream):
            continue
        held: Any = item.get("/Shading")
        named = [one for _, one in held.items()] if isinstance(held, Dictionary) and not _fades(held) else []
        direct = [one for one in (held, *named) if isinstance(one, Dictionary | Stream) and one.objgen == (0, 0)]
        yield from (one for one in (item, *direct) if _fades(one))


def _fades(item: Any) -> bool:
    return "/ShadingType" in item


@dataclass
class _Levels:
    """The inks of a luminosity mask: its greys are amounts, and no ink is meant."""

    inks: Inks

    def of(self, operator: Setting, values: Values) -> tuple[Setting, Values]:
        """Give the grey."""
        if operator == "rg":
            red, green, blue = values
            return "g", (round(0.299 * red + 0.587 * green + 0.114 * blue, 4),)
        return operator, values


def _draws(item: Stream) -> bool:
    """Whether a stream holds operators: a form, or a pattern of tiles."""
    return item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1


def _mask_groups(pdf: Pdf) -> Iterator[Stream]:
    for item in pdf.objects:
        mask = item.get("/SMask") if isinstance(item, Dictionary) else None
        if isinstance(mask, Dictionary) and isinstance(group := mask.get("/G"), Stream):
            yield group


@dataclass
class _Pen:
    """What colour spaces are set while a stream is read, for filling (lower case) and stroking."""

    spaces: dict[str, str] = field(default_factory=lambda: {"cs": "", "CS": ""})
    kept: list[dict[str, str]] = field(default_factory=list)

    def follow(self, operator: str, operands: Any) -> None:
        if operator == "q":
            self.kept.append(dict(self.spaces))
        elif operator == "Q" and self.kept:
            self.spaces = self.kept.pop()
        elif operator in self.spaces:
            self.spaces[operator] = str(operands[0])


def _stream(source: Any, inks: Inks | _Levels) -> bytes:
    """Give a content stream with its colours set by ``g``, ``rg`` or ``k``."""
    made: list[tuple[Any, Operator]] = []
    pen = _Pen()
    for instruction in pikepdf.parse_content_stream(source):
        operands, operator = list(instruction.operands), str(instruction.operator)
        pen.follow(operator, operands)
        setting = _setting(operator, operands, pen)
        if setting is not None:
            operator_made, values = inks.of(setting, tuple(float(value) for value in operands))
            upper = operator[0].isupper()
            made.append((values, Operator(operator_made.upper() if upper else operator_made)))
        elif not (operator in ("cs", "CS") and str(operands[0]) != "/Pattern"):
            made.append((operands, instruction.operator))
    return pikepdf.unparse_content_stream(made)


def _setting(operator: str, operands: Any, pen: _Pen) -> Setting | None:
    """Say which colour an instruction sets, if it sets one by its components."""
    if operator in ("g", "G", "rg", "RG", "k", "K"):
        return _COUNTS[len(operands)]
    if operator in ("sc", "SC", "scn", "SCN"):
        space = pen.spaces["CS" if operator[0].isupper() else "cs"]
        if space != "/Pattern" and len(operands) in _COUNTS:
            return _DEVICES.get(space, _COUNTS[len(operands)])
    return None


def _spaces(resources: Any) -> None:
    """Take away the colour spaces that no stream names any more."""
    if isinstance(resources, Dictionary) and "/ColorSpace" in resources:
        del resources["/ColorSpace"]


def _group(form: Stream, inks: Inks, *, mask: bool) -> None:
    group = form.get("/Group")
    if isinstance(group, Dictionary) and "/CS" in group:
        group.CS = Name.DeviceGray if mask else _GROUPS[inks.colour]


# --- gradients -------------------------------------------------------------------------------------------------------


def _shading(shading: Dictionary | Stream, inks: Inks) -> None:
    """Give a gradient's stops in ink; what lies between two stops is mixed of inks then."""
    setting = _DEVICES.get(str(shading.get("/ColorSpace")))
    if setting is None or "/Function" not in shading:
        return
    stops = list(_stops(shading.Function))
    colours = [(stop[key], inks.of(setting, _floats(stop[key]))) for stop in stops for key in ("/C0", "/C1")]
    made = {operator for _, (operator, _) in colours}
    into: Setting = made.pop() if len(made) == 1 else ("k" if inks.colour == "cmyk" else "rg")
    for place, (operator, values) in colours:
        _replace(place, _as(into, operator, values))
    for function in [shading.Function, *_functions(shading.Function)]:
        if "/Range" in function:
            function.Range = Array([0, 1] * len(_floats(stops[0].C0)))
    shading.ColorSpace = _SPACES[into]
    if "/Background" in shading:
        operator, values = inks.of(setting, _floats(shading.Background))
        shading.Background = Array(_as(into, operator, values))


def _functions(function: Any) -> Iterator[Any]:
    for one in function.get("/Functions", ()):
        yield one
        yield from _functions(one)


def _stops(function: Any) -> Iterator[Any]:
    """Give the exponential functions (type 2) of which a gradient is stitched."""
    return (one for one in (function, *_functions(function)) if one.get("/FunctionType") == 2 and "/C0" in one)


def _as(into: Setting, operator: Setting, values: Values) -> Values:
    if operator == into:
        return values
    if operator == "g":
        return (0.0, 0.0, 0.0, round(1 - values[0], 4)) if into == "k" else (values[0],) * 3
    return values


def _replace(array: Any, values: Values) -> None:
    while len(array):
        del array[0]
    array.extend(Array(values))


def _floats(array: Any) -> Values:
    return tuple(float(value) for value in array)
