"""A publication's pictures made fit for screens or for print, each only once: the result is kept by content."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

from publish.build.tools import ours, theirs
from publish.cache import Cache, key
from publish.images import Picture
from publish.images.press import box_of, for_print
from publish.images.screen import COVER, TEXT, for_screen
from publish.rendition import Medium

_AT_ONCE = min(4, os.cpu_count() or 1)
_FIELDS = ("media_type", "width", "height", "colour", "transparent")


def fit(
    pictures: Mapping[str, Picture], medium: Medium, cover: str, trim: tuple[float, float], cache: Cache
) -> Mapping[str, Picture]:
    """Give the pictures, fit for a medium."""
    if medium == "epub":
        return for_screens(pictures, cover, cache)
    return for_pages(pictures, trim, cache) if medium == "print" else pictures


def for_screens(pictures: Mapping[str, Picture], cover: str, cache: Cache) -> dict[str, Picture]:
    """Give the pictures by path, fit for an EPUB; ``cover`` is the path of the one that may be a cover's size."""

    def fitted(path: str) -> Picture:
        box = COVER if path == cover else TEXT
        return _kept("screen", str(box), pictures[path], partial(for_screen, box=box), cache)

    return _each(pictures, fitted)


def for_pages(pictures: Mapping[str, Picture], trim: tuple[float, float], cache: Cache) -> dict[str, Picture]:
    """Give the pictures by path, fit to be printed on pages of this size (millimetres)."""
    box = box_of(trim)
    make = partial(for_print, box=box)
    return _each(pictures, lambda path: _kept("print", str(box), pictures[path], make, cache))


def _each(paths: Iterable[str], fit: Callable[[str], Picture]) -> dict[str, Picture]:
    """Fit pictures side by side, as many as there are processors: Pillow lets others work while it does."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="pictures") as pool:
        return dict(zip(paths, pool.map(fit, paths), strict=True))


def _kept(kind: str, box: str, picture: Picture, make: Callable[[Picture], Picture], cache: Cache) -> Picture:
    name = key(kind, ours(), theirs(), box, picture.media_type, picture.data)
    kept = cache.get(name)
    if kept is not None and (found := _unpacked(kept, picture)):
        return found
    made = make(picture)
    cache.put(name, _packed(made, same=made is picture))
    return made


def _packed(picture: Picture, *, same: bool) -> bytes:
    """Give a line of JSON and the picture's data; for one that stayed as it was, nothing."""
    if same:
        return b""
    return json.dumps({field: getattr(picture, field) for field in _FIELDS}).encode() + b"\n" + picture.data


def _unpacked(kept: bytes, picture: Picture) -> Picture | None:
    if not kept:
        return picture
    head, _, data = kept.partition(b"\n")
    try:
        facts: dict[str, Any] = json.loads(head)
        return replace(picture, data=data, **facts)
    except (TypeError, ValueError):  # another version's
        return None
