"""What a page shows at its edges, seen as a picture: bleeds that are really filled, and text too near the knife."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publish.formats.pdf.preflight.pages import POINT, Fault
from publish.profiles import Profile

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 2.0  # pixels a point
_WHITE = 250
_RUN = 6  # pixels that must be missing side by side: 1 mm
_SIDES = ("left", "foot", "right", "head")


def filled(page: Any, trim: tuple[float, ...], profile: Profile) -> Iterator[Fault]:
    """Find what reaches the trimmed edge and not over it: a knife that is off by a hair leaves a white line.

    ``page`` is a page of PDFium's, ``trim`` its TrimBox in points.
    """
    if not profile.bleed:
        return
    image = page.render(scale=_SCALE).to_pil().convert("L")
    inside, outside = 0.3 * POINT, (profile.bleed - 0.4) * POINT
    for side in _SIDES:
        near, far = (_line(image, trim, side, off) for off in (-inside, outside))
        bare = "".join("x" if a < _WHITE <= b else "." for a, b in zip(near, far, strict=True))
        if "x" * _RUN in bare:
            yield Fault(f"what reaches the {side} edge does not fill the bleed of {profile.bleed:g} mm")


def _line(image: Image, trim: tuple[float, ...], side: str, off: float) -> bytes:
    """Give a line of pixels along a side of the trim, ``off`` points outside it."""
    left, foot, right, head = trim
    height = image.height / _SCALE
    across = {"left": left - off, "right": right + off, "foot": height - (foot - off), "head": height - (head + off)}
    at = int(across[side] * _SCALE)
    if side in ("left", "right"):
        box = (min(max(at, 0), image.width - 1), int((height - head) * _SCALE), 0, int((height - foot) * _SCALE))
        return image.crop((box[0], box[1], box[0] + 1, box[3])).tobytes()
    at = min(max(at, 0), image.height - 1)
    return image.crop((int(left * _SCALE), at, int(right * _SCALE), at + 1)).tobytes()


def safe(page: Any, trim: tuple[float, ...], inside: float, outside: float, *, recto: bool) -> Iterator[Fault]:
    """Find text nearer to the trim than allowed: ``inside`` at the back of the book, ``outside`` elsewhere (mm).

    A recto has its inside margin at the left.
    """
    inner, outer = inside * POINT, outside * POINT
    least = (inner if recto else outer, outer, outer if recto else inner, outer)
    text = page.get_textpage()
    told: set[str] = set()
    for number in range(text.count_rects()):
        left, foot, right, head = text.get_rect(number)
        room = (left - trim[0], foot - trim[1], trim[2] - right, trim[3] - head)
        for side, have, need in zip(_SIDES, room, least, strict=True):
            if have < need - 0.5 and side not in told and text.get_text_bounded(left, foot, right, head).strip():
                told.add(side)
                words = " ".join(text.get_text_bounded(left, foot, right, head).split())[:30]
                yield Fault(
                    f"“{words}” stands {have / POINT:.1f} mm from the {side} edge; {need / POINT:.1f} are asked for"
                )
