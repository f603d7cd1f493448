"""A publication's pictures made fit for screens, each only once: the result is kept by content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from publish.build.tools import ours, theirs
from publish.cache import Cache, key
from publish.images import Picture
from publish.images.screen import COVER, TEXT, for_screen

_FIELDS = ("media_type", "width", "height", "colour", "transparent")


def for_screens(pictures: Mapping[str, Picture], cover: str, cache: Cache) -> dict[str, Picture]:
    """Give the pictures by path, fit for an EPUB; ``cover`` is the path of the one that may be a cover's size."""
    return {path: _kept(picture, COVER if path == cover else TEXT, cache) for path, picture in pictures.items()}


def _kept(picture: Picture, box: tuple[int, int], cache: Cache) -> Picture:
    name = key("screen", ours(), theirs(), str(box), picture.media_type, picture.data)
    kept = cache.get(name)
    if kept is not None and (found := _unpacked(kept, picture)):
        return found
    made = for_screen(picture, box)
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
