"""Drawings (SVG): read without entities, network or DTD, freed of what is not drawn, given a size, written anew."""

from __future__ import annotations

import re

from lxml import etree

from publish.images import svg_safety
from publish.images.model import Picture, PictureError

# CSS Values 4, section 6.2: lengths in pixels of 1/96 inch.
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z]*)\s*", re.IGNORECASE)


def load(path: str, data: bytes) -> Picture:
    """Give a drawing as well-formed SVG with a view box and a size, and nothing in it that acts or leads outside.

    Raises PictureError (``image-readable``, ``image-size``) for a drawing that is not well-formed, has no size, or
    holds what no page may show.
    """
    root = _parsed(data)
    svg_safety.clean(root)
    svg_safety.refuse_bombs(root)
    width, height = _sized(root)
    etree.cleanup_namespaces(root)
    written = etree.tostring(root, encoding="unicode", with_tail=False)
    whole = '<?xml version="1.0" encoding="UTF-8"?>\n' + written + "\n"
    return Picture(path, "image/svg+xml", whole.encode(), max(1, round(width)), max(1, round(height)), transparent=True)


def _parsed(data: bytes) -> etree._Element:
    # UTF-16 puts a zero between the letters of what is looked for.
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise _unusable("declares entities, which no book may", "export it as plain SVG")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        place = f" (line {error.lineno}: {error.msg})" if isinstance(error, etree.XMLSyntaxError) else ""
        raise _unusable(f"is not well-formed SVG{place}", "export it again as plain SVG") from error
    if root.tag != svg_safety.SVG + "svg":
        raise _unusable(
            "does not say that it is SVG", 'its first element must be <svg xmlns="http://www.w3.org/2000/svg">'
        )
    return root


def _sized(root: etree._Element) -> tuple[float, float]:
    """Give width and height in CSS pixels, and write them and the view box into the drawing where they are missing."""
    box = _view_box(root)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if box is not None:
        ratio = box[0] / box[1]
        width, height = (width or (height or box[1]) * ratio), (height or (width or box[0]) / ratio)
    if not width or not height:
        raise _unusable("does not say how large it is", 'give its first element a view box: viewBox="0 0 width height"')
    if box is None:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return width, height


def _view_box(root: etree._Element) -> tuple[float, float] | None:
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        _, _, width, height = (float(number) for number in numbers)
    except ValueError:
        return None
    return (width, height) if 0 < width < 1e6 and 0 < height < 1e6 else None


def _length(value: str | None) -> float:
    """Give a length in CSS pixels, or 0 when there is none or it depends on what stands around (``100%``, ``2em``)."""
    found = _LENGTH.fullmatch(value or "")
    factor = _UNITS.get(found[2].lower()) if found else None
    if found is None or factor is None:
        return 0.0
    length = float(found[1]) * factor
    return length if 0 < length < 1e6 else 0.0


def _unusable(message: str, hint: str) -> PictureError:
    return PictureError("image-readable", message, hint)
