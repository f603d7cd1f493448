"""What a drawing may hold: shapes, text and its own parts; no script, no foreign content, nothing from outside."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from publish.images import bitmap
from publish.images.kinds import JPEG, PNG, kind_of
from publish.images.model import MAX_PIXELS, PictureError

SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_XHTML = "{http://www.w3.org/1999/xhtml}"

MAX_DEPTH = 64
MAX_DRAWN = 250_000

_FORBIDDEN = {
    "script": "a script",
    "handler": "a script",
    "listener": "a script",
    "foreignObject": "foreign content (foreignObject)",
    "iframe": "a frame",
    "audio": "sound",
    "video": "a film",
    "canvas": "a canvas",
    "animate": "animation",
    "animateColor": "animation",
    "animateMotion": "animation",
    "animateTransform": "animation",
    "discard": "animation",
    "set": "animation",
}
_HINT = "export it as plain SVG, with text as SVG text or as outlines and pictures embedded, or save it as PNG"

_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_CSS_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_CSS_OUTSIDE = re.compile(
    r"@import|(?<![\w-])(?:-webkit-)?(?:image-set|cross-fade|image|src|expression)\(", re.IGNORECASE
)
_DATA = re.compile(r"data:image/(?:png|jpe?g)\s*;\s*base64\s*,", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def clean(root: etree._Element) -> None:
    """Take out, in place, what is never drawn (an editor's metadata, foreign attributes).

    Raises PictureError for what acts or leads outside, rather than drop it: the drawing would not look as meant.
    """
    if root.getroottree().xpath('//processing-instruction("xml-stylesheet")'):
        raise _refused("takes its style from another file")
    pixels = 0
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            if element.tag is etree.Entity:
                raise _refused("uses entities")
            _drop(element)
        elif element.tag.startswith(SVG) and element.tag != SVG + "metadata":
            _refuse_element(element)
            pixels += _clean_attributes(element)
        elif element.tag.startswith(_XHTML):
            raise _refused(f"holds a piece of a web page (<{etree.QName(element).localname}>)")
        else:
            _drop(element)
    if pixels > MAX_PIXELS:
        raise PictureError("image-size", f"embeds pictures of more than {MAX_PIXELS // 1_000_000} million pixels")


def _drop(element: etree._Element) -> None:
    """Take an element out and leave the text after it where it is."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _refuse_element(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in _FORBIDDEN:
        raise _refused(f"holds {_FORBIDDEN[name]}")
    if name == "style":
        _refuse_css("".join(str(text) for text in element.itertext()))


def _clean_attributes(element: etree._Element) -> int:
    """Check and clean one element's attributes; give the pixels of the picture that it embeds."""
    pixels = 0
    for name, value in _attributes(element):
        if name.lower().startswith("on"):
            raise _refused(f"holds a script ({name})")
        if name in {"href", "src", _XLINK + "href"}:
            pixels += _clean_reference(element, name, value)
        elif name.startswith("data-") or (name.startswith("{") and not name.startswith(_XML)) or name == _XML + "base":
            del element.attrib[name]
        elif "(" in value or "\\" in value:
            _refuse_css(value)
    return pixels


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.items()]


def _clean_reference(element: etree._Element, name: str, value: str) -> int:
    """Let pass what stays inside the drawing; an embedded bitmap passes as strictly as a file would."""
    value = value.strip()
    if value.startswith("#") or (element.tag == SVG + "a" and _LINK.match(value)):
        return 0
    found = _DATA.match(value)
    if found is None:
        shown = value if len(value) <= 60 else value[:57] + "…"
        raise _refused(f"refers to “{shown}”, which is not inside it")
    try:
        data = base64.b64decode(re.sub(r"\s+", "", value[found.end() :]), validate=True)
    except binascii.Error as error:
        raise _refused("embeds a picture that is damaged") from error
    kind = kind_of(data)
    if kind is not JPEG and kind is not PNG:
        raise _refused("embeds a picture that is neither JPEG nor PNG")
    try:
        picture = bitmap.load("", data, kind)
    except PictureError as error:
        raise PictureError(error.rule, f"embeds a picture that {error.message}", error.hint) from error
    element.set(name, f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}")
    return picture.width * picture.height


def _refuse_css(css: str) -> None:
    plain = _CSS_ESCAPE.sub(_unescaped, css)
    if _CSS_OUTSIDE.search(plain):
        raise _refused("takes a part of its style from outside")
    for address in _CSS_URL.findall(plain):
        if not address.startswith("#"):
            raise _refused(f"refers to “{address[:60]}”, which is not inside it")


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code <= 0x10FFFF else (found[2] or "")


def _refused(what: str) -> PictureError:
    return PictureError("image-readable", f"{what}; a book's drawings stand alone", _HINT)


def refuse_bombs(root: etree._Element) -> None:
    """Raise PictureError when drawing would go in a circle, too deep, or over too many elements.

    A few hundred bytes of ``use`` can ask for a thousand million shapes, so references count as what they draw.
    """
    targets = {id_: element for element in root.iter(SVG + "*") if (id_ := element.get("id"))}
    drawn: dict[etree._Element, tuple[int, int]] = {}
    _weigh(root, 0, targets, drawn, set())


def _weigh(
    element: etree._Element,
    depth: int,
    targets: dict[str, etree._Element],
    drawn: dict[etree._Element, tuple[int, int]],
    open_: set[etree._Element],
) -> tuple[int, int]:
    """Give how many elements are drawn for this one, itself among them, and how many lie one inside the other."""
    if element in open_:
        raise _refused(f"refers to itself (“#{element.get('id')}”)")
    if element not in drawn:
        if depth >= MAX_DEPTH:
            raise _too_deep()
        open_.add(element)
        inside = [_weigh(other, depth + 1, targets, drawn, open_) for other in _drawn_with(element, targets)]
        open_.discard(element)
        drawn[element] = 1 + sum(count for count, _ in inside), 1 + max((height for _, height in inside), default=0)
    count, height = drawn[element]
    if count > MAX_DRAWN:
        raise PictureError(
            "image-readable", f"asks for more than {MAX_DRAWN:,} shapes to be drawn", "simplify it, or save it as PNG"
        )
    if depth + height > MAX_DEPTH:
        raise _too_deep()
    return count, height


def _too_deep() -> PictureError:
    return PictureError("image-readable", f"is nested deeper than {MAX_DEPTH} levels", "ungroup it, or save it as PNG")


def _drawn_with(element: etree._Element, targets: dict[str, etree._Element]) -> Iterator[etree._Element]:
    yield from element.iterchildren(SVG + "*")
    for name, value in _attributes(element):
        if name in {"href", _XLINK + "href"} and element.tag != SVG + "a":
            names = [value.strip()]
        else:
            names = _CSS_URL.findall(value) if "url" in value.lower() else []
        for reference in names:
            target = targets.get(reference.strip().removeprefix("#"))
            if target is not None:
                yield target
