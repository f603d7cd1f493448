"""A picture that has been proved sound, and why one was refused."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from publish.records import dataclass

Colour = Literal["grey", "rgb", "cmyk"]

MAX_PIXELS = 100_000_000
MAX_BITMAP_BYTES = 200_000_000
MAX_SVG_BYTES = 10_000_000


@dataclass(frozen=True)
class Picture:
    """A sound picture, ready for a book: ``data`` carries no camera's, owner's or editor's metadata.

    ``path`` is the name under which the tree (or ``Project.cover``) knows it. ``media_type`` is ``image/jpeg``,
    ``image/png`` or ``image/svg+xml``, whatever the file was. ``width`` and ``height`` are pixels, for a drawing
    CSS pixels (96 an inch). ``dpi`` is the resolution that the file claims, 0 when it claims none.
    """

    path: str
    media_type: str
    data: bytes = field(repr=False)
    width: int
    height: int
    dpi: float = 0.0
    colour: Colour = "rgb"
    transparent: bool = False


class PictureError(Exception):
    """A picture cannot be used: the rule that it breaks, what is wrong in an editor's words, and what to do.

    ``message`` is a predicate ("is empty"): whoever reports it puts the picture's name before it. ``instead`` is the
    path that was certainly meant, if there is one.
    """

    def __init__(self, rule: str, message: str, hint: str = "", instead: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.instead = instead
