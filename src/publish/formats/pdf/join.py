"""Join a rendition's parts into the one document that is laid out."""

from __future__ import annotations

import posixpath
from collections import Counter
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from publish.records import dataclass
from publish.rendition import Part, Rendition

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


# Where elements name files that are part of the page.
_FILES: dict[str, tuple[str, ...]] = {
    "img": ("src",),
    "object": ("data",),
    "embed": ("src",),
    f"{_SVG}image": ("href", f"{_XLINK}href"),
}


class PartError(Exception):
    """A part that cannot be joined; ``part`` is its name and the message says why in an editor's words."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class Joined:
    """One document: the root of its tree (names of HTML elements without a namespace), and the name and the
    element of each part, in the rendition's order.
    """

    root: Element
    names: tuple[str, ...]
    parts: tuple[Element, ...]


def join(rendition: Rendition) -> Joined:
    """Make one document of a rendition's parts.

    Stylesheets and style elements of the heads are taken over once each, in the order met; the one element of each
    body is appended, with its language where that differs from the publication's; links from part to part become
    links inside the document. The parts are read as XML, so that what stands inside what is the template's word
    and not guessed anew.

    Raises PartError for a part that is not well formed, whose body does not hold exactly one element, or that uses
    an id which another part uses.
    """
    language = rendition.metadata.language
    root = Element("html", {"lang": language})
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "title").text = rendition.metadata.title
    documents = [(part, _parse(part)) for part in rendition.parts]
    for element in _head_elements(documents):
        head.append(element)
    elements = [_only_element(part, document) for part, document in documents]
    anchors = {part.name: _anchor(part, element) for part, element in zip(rendition.parts, elements, strict=True)}
    for part, element in zip(rendition.parts, elements, strict=True):
        if part.language != language and "lang" not in element.attrib:
            element.set("lang", part.language)
        _turn_links(part, element, anchors)
        body.append(element)
    _check_ids(rendition.parts, elements)
    return Joined(root, tuple(p.name for p in rendition.parts), tuple(elements))


def depth(element: Element) -> int:
    """Give how deep an element's tree is; the element alone is 1."""
    deepest, waiting = 0, [(element, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in current)
    return deepest


def _parse(part: Part) -> Element:
    try:
        document = ElementTree.fromstring(part.xhtml)
    except ElementTree.ParseError as error:
        raise PartError(part.name, f"it is not well-formed XHTML: {error}") from error
    for element in document.iter():
        element.tag = element.tag.removeprefix(_XHTML)
        if _XML_LANG in element.attrib:
            language = element.attrib.pop(_XML_LANG)
            element.attrib.setdefault("lang", language)
    return document


def _head_elements(documents: list[tuple[Part, Element]]) -> list[Element]:
    """Give the stylesheet links and style elements of all heads, each once."""
    found: dict[tuple[str, str, str], Element] = {}
    for part, document in documents:
        for element in document.iterfind("head/*"):
            media = element.get("media", "")
            if element.tag == "link" and "stylesheet" in element.get("rel", "").split():
                target = posixpath.normpath(posixpath.join(posixpath.dirname(part.name), element.get("href", "")))
                attributes = {"rel": "stylesheet", "href": target, **({"media": media} if media else {})}
                found.setdefault(("link", target, media), Element("link", attributes))
            elif element.tag == "style":
                found.setdefault(("style", element.text or "", media), element)
    for element in found.values():
        element.tail = None
    return list(found.values())


def _only_element(part: Part, document: Element) -> Element:
    body = document.find("body")
    if body is None or len(body) != 1 or (body.text or "").strip() or (body[0].tail or "").strip():
        raise PartError(part.name, "its body must hold exactly one element")
    element = body[0]
    element.tail = None
    return element


def _anchor(part: Part, element: Element) -> str:
    """Give the id by which a link reaches the part as a whole; an element without one is given one."""
    if "id" not in element.attrib:
        element.set("id", f"part-{posixpath.splitext(part.name)[0]}")
    return element.attrib["id"]


def _turn_links(part: Part, element: Element, anchors: dict[str, str]) -> None:
    """Make addresses that are relative to the part good for the whole."""
    folder = posixpath.dirname(part.name)
    for inner in element.iter():
        for name in _FILES.get(inner.tag, ()):
            address = inner.get(name, "")
            if address and not address.startswith(("#", "/")) and not urlsplit(address).scheme:
                inner.set(name, posixpath.normpath(posixpath.join(folder, address)))
    for link in element.iter("a"):
        link.attrib.pop("rel", None)  # rel="attachment" would embed what the link leads to
        path, _, fragment = link.get("href", "").partition("#")
        target = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
        if target in anchors:
            link.set("href", f"#{fragment or anchors[target]}")


def _check_ids(parts: tuple[Part, ...], elements: list[Element]) -> None:
    counted: Counter[str] = Counter()
    for part, element in zip(parts, elements, strict=True):
        for inner in element.iter():
            if name := inner.get("id"):
                counted[name] += 1
                if counted[name] > 1:
                    raise PartError(part.name, f"the id “{name}” stands in the pages more than once")
