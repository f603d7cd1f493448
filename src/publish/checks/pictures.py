"""What is said of pictures: for those who cannot see them, and of those who made them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from publish.checks.subject import Subject
from publish.diagnostics import Log
from publish.document import Figure, Image, InlineImage, plain
from publish.images import Picture
from publish.source import Span

_COVER = 1400
_GOOD, _LEAST = 300, 200  # pixels an inch: what printers ask for, and where the eye begins to see them
_DESCRIBE = 'say what there is to see, as alt="Cranes over still water", or alt="" when it only decorates'


def image_has_alt(subject: Subject, log: Log) -> None:
    """Find pictures without a description, or with one that a machine put there (WCAG 2.2, success criterion 1.1.1)."""
    for image in _images(subject):
        name = PurePosixPath(image.path)
        if image.alt is None:
            log.report("image-has-alt", f"the picture “{name.name}” has no description", image.span, hint=_DESCRIBE)
        elif image.alt.strip().casefold() in {name.name.casefold(), name.stem.casefold()} - {""}:
            message = f"the picture “{name.name}” is described by its file's name"
            log.report("image-has-alt", message, image.span, hint=_DESCRIBE)


def caption_is_not_alt(subject: Subject, log: Log) -> None:
    """Find pictures whose description repeats the caption: read aloud, both would be heard."""
    for figure in subject.nodes(Figure):
        caption = _words(plain(figure.caption))
        for image in figure.images:
            if caption and image.alt and _words(image.alt) == caption:
                message = "the description only repeats the caption"
                hint = 'describe what there is to see, or write alt="" when the caption says it all'
                log.report("caption-is-not-alt", message, image.span or figure.span, hint=hint)


def caption_has_credit(subject: Subject, log: Log) -> None:
    """Find captioned pictures that name neither who made them nor where they come from."""
    for figure in subject.nodes(Figure):
        if plain(figure.caption).strip() and figure.images and not plain(figure.credit).strip() and not figure.source:
            message = "the caption is there, but not whose picture it is"
            log.report("caption-has-credit", message, figure.span, hint='add credit="Photo: A Photographer"')


def cover_large(subject: Subject, log: Log) -> None:
    """Find a cover picture that is smaller than bookshops take; it is never enlarged, which would only blur it."""
    cover = subject.pictures.get(subject.publication.cover)
    if cover and cover.media_type != "image/svg+xml" and min(cover.width, cover.height) < _COVER:
        message = f"the cover has {cover.width:,} × {cover.height:,} pixels"
        hint = f"bookshops ask for at least {_COVER:,} on the shorter side; best are 1,600 × 2,560"
        log.report("cover-large", message, file=subject.publication.cover, hint=hint)


def image_resolution(subject: Subject, log: Log) -> None:
    """Find photographs with fewer than 200 pixels for an inch of print. A drawing (SVG) is sharp at any size."""
    if subject.page is None:
        return
    for figure in subject.nodes(Figure):
        for image in figure.images:
            picture = subject.pictures.get(image.path)
            if picture and picture.media_type != "image/svg+xml":
                width = _printed(image.width, subject.page.measure / len(figure.images))
                _dense(picture, width, image.span or figure.span, log)


def _printed(width: str, room: float) -> float:
    """Give how wide a picture is printed, in millimetres: as its author says, else as wide as there is room."""
    given = re.fullmatch(r"([\d.]+)\s*(%|[a-z]+)", width.strip())
    units = {"%": room / 100, "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
    return min(room, float(given[1]) * units[given[2]]) if given and given[2] in units else room


def _dense(picture: Picture, width: float, span: Span | None, log: Log) -> None:
    dense = round(picture.width / (width / 25.4)) if width else _LEAST
    if dense < _LEAST:
        name = PurePosixPath(picture.path).name
        message = f"the picture “{name}” has {picture.width:,} pixels for {width:.0f} mm of print, {dense} an inch"
        good, least = (math.ceil(width / 25.4 * inch / 10) * 10 for inch in (_GOOD, _LEAST))
        hint = f"take a file of {good:,} pixels, {least:,} at the least, or print it smaller with width="
        log.report("image-resolution", message, span, hint=hint)


def _images(subject: Subject) -> Iterator[Image | InlineImage]:
    return (node for node in subject.nodes(Image, InlineImage) if isinstance(node, Image | InlineImage))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
