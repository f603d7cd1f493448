"""Colours with alpha, mixed with the white of the paper: what shows through to nothing but paper looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Dictionary, Operator, PdfImage, Stream

from publish.formats.pdf.finishing import pictures
from publish.records import dataclass

Instruction: TypeAlias = tuple[Any, Operator]
Chunks: TypeAlias = list[list[Instruction]]
"""For each instruction that was, the instructions that stand in its place."""

_TRANSPARENT = ("/ca", "/CA", "/SMask", "/BM", "/AIS")
_SETTING = {1: "g", 3: "rg", 4: "k"}
_DEEPEST = 12  # forms in forms; a form that calls itself ends here


@dataclass(frozen=True)
class _State:
    """The colours that are set (``None``: no plain ones), and how opaque they are, for filling and stroking."""

    fill: tuple[float, ...] | None = (0.0,)
    stroke: tuple[float, ...] | None = (0.0,)
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0


def mixed(source: Any, resources: Any, alpha: float = 1.0, depth: int = 0) -> Chunks:
    """Give the instructions of a page or a form with its colours mixed; forms that it calls are changed where they are.

    ``alpha`` is how opaque the form is as a whole.
    """
    state, kept = _State(), list[_State]()
    chunks: Chunks = []
    if alpha < 1:  # black is set when nothing else is
        chunks.append([_set((0.0,), alpha, stroke=False), _set((0.0,), alpha, stroke=True)])
    for instruction in pikepdf.parse_content_stream(source):
        operator, operands = str(instruction.operator), list(instruction.operands)
        made: list[Instruction] = [(operands, instruction.operator)]
        chunks.append(made)
        before = state
        if operator == "q":
            kept.append(state)
        elif operator == "Q":
            state = kept.pop() if kept else state  # the colours come back by themselves
            continue
        elif operator == "Do":
            _mix_form(_named(resources, "/XObject", operands[0]), alpha * state.fill_alpha, depth)
        else:
            state = _after(state, operator, operands, resources)
        shows = alpha * state.fill_alpha < 1
        if operator in ("rg", "g", "k", "gs") and state.fill and (state != before or shows):
            made.append(_set(state.fill, alpha * state.fill_alpha, stroke=False))
        shows = alpha * state.stroke_alpha < 1
        if operator in ("RG", "G", "K", "gs") and state.stroke and (state != before or shows):
            made.append(_set(state.stroke, alpha * state.stroke_alpha, stroke=True))
    return chunks


def _mix_form(form: Any, alpha: float, depth: int) -> None:
    if isinstance(form, Stream) and form.get("/Subtype") == "/Form" and depth < _DEEPEST:
        chunks = mixed(form, form.get("/Resources", Dictionary()), alpha, depth + 1)
        form.write(pikepdf.unparse_content_stream([one for chunk in chunks for one in chunk]))


def _after(state: _State, operator: str, operands: Sequence[Any], resources: Any) -> _State:
    if operator in ("g", "rg", "k"):
        return replace(state, fill=tuple(float(value) for value in operands))
    if operator in ("G", "RG", "K"):
        return replace(state, stroke=tuple(float(value) for value in operands))
    if operator in ("cs", "scn", "sc"):
        return replace(state, fill=None)
    if operator in ("CS", "SCN", "SC"):
        return replace(state, stroke=None)
    if operator == "gs":
        found = _named(resources, "/ExtGState", operands[0]) or Dictionary()
        fill, stroke = float(found.get("/ca", state.fill_alpha)), float(found.get("/CA", state.stroke_alpha))
        return replace(state, fill_alpha=fill, stroke_alpha=stroke)
    return state


def _named(resources: Any, kind: str, name: Any) -> Any:
    group = resources.get(kind)
    return group.get(str(name)) if isinstance(group, Dictionary) else None


def _set(colour: tuple[float, ...], alpha: float, *, stroke: bool) -> Instruction:
    """Give the instruction that sets a colour mixed with paper: white is 1 in light, and 0 in ink."""
    paper = 0.0 if len(colour) == 4 else 1.0
    values = [round(value * alpha + paper * (1 - alpha), 4) for value in colour]
    name = _SETTING[len(colour)]
    return values, Operator(name.upper() if stroke else name)


# --- what says that something shows through --------------------------------------------------------------------------


def lay_on_white(item: Stream) -> None:
    """Lay a picture with a soft mask on paper."""
    from PIL import Image as Pillow

    soft = item.get("/SMask")
    assert isinstance(soft, Stream)
    mask = PdfImage(soft).as_pil_image().convert("L")
    image = PdfImage(item).as_pil_image(apply_mask=False)
    image = image if image.mode in ("L", "RGB") else image.convert("RGB")
    paper = Pillow.new(image.mode, image.size, "white")
    paper.paste(image, mask=mask.resize(image.size))
    del item["/SMask"]
    pictures.put(item, paper)


def make_opaque(item: Any) -> None:
    """Take from an object, and from what stands directly in it, whatever makes things show through."""
    if item.get("/Type") == "/ExtGState" or any(key in item for key in ("/ca", "/CA")):
        for key in _TRANSPARENT:
            if key in item:
                del item[key]
    if item.get("/Subtype") == "/Form" and "/Group" in item:
        del item["/Group"]
    for value in dict(item.items()).values():
        if isinstance(value, Dictionary) and value.objgen == (0, 0):
            make_opaque(value)
