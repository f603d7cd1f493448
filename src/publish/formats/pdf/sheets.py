"""A rendition taken apart into divisions that can be laid out one by one, each with a key of all that it depends on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.cache import key
from publish.formats.pdf.join import Joined
from publish.formats.pdf.style import looks_aside, obstacles
from publish.formats.pdf.wire import Sheet, Shell
from publish.rendition import Rendition, Resource

LEAST = 100_000
"""How many bytes of XHTML a rendition has at least for its divisions to be laid out one by one."""

_SHOWN = ("class", "dir", "hidden", "id", "lang", "role", "style")
_STYLE = re.compile(rb"\sstyle=\"([^\"]*)\"")


def take_apart(rendition: Rendition, joined: Joined) -> tuple[Sheet, ...] | str:
    """Give the divisions of a rendition, or why they cannot be laid out one by one."""
    if len(joined.parts) < 2:
        return "it has one part only"
    head = head_of(joined)
    bodies = [_xml(part) for part in joined.parts]
    css = [r.data.decode("utf-8", "replace") for r in rendition.by_type("text/css")]
    css += ["".join(element.itertext()) for element in joined.root[0].iter("style")]
    inline = [found.decode() for body in bodies for found in _STYLE.findall(body)]
    if why := next(obstacles(css, inline), ""):
        return why
    common = key(head, joined.root.get("lang", ""), *_common(rendition, css))
    aside = looks_aside(css, [(p.tag, p.get("id", ""), p.get("class", "")) for p in joined.parts])
    shells = [_shell(part, css) for part in joined.parts]
    digest = _digests(rendition)
    away = _away(joined.parts)
    made = []
    for number, (name, body) in enumerate(zip(joined.names, bodies, strict=True)):
        around, place = _around(shells, number, whole=aside)
        pictures = _named(rendition, body.decode())
        identity = key(common, name, body, repr((around, place)), *away[number], *(digest(r) for r in pictures))
        files = tuple(r.name for r in pictures)
        made.append(Sheet(identity, name, body, around, place, away[number], files))
    return tuple(made)


def head_of(joined: Joined) -> bytes:
    """Give the XML of the head that the documents of all divisions have, its stylesheets: a title changes no page."""
    kept = Element("head")
    kept.extend(element for element in joined.root[0] if element.tag != "title")
    return _xml(kept)


def _xml(element: Element) -> bytes:
    data: bytes = ElementTree.tostring(element, encoding="utf-8")
    return data


def _common(rendition: Rendition, css: Sequence[str]) -> list[str]:
    """Give the digests of what every division may use: all but pictures, and the pictures that the style names."""
    everywhere = "\n".join(css)
    digest = _digests(rendition)
    used = [r for r in rendition.resources if not _is_picture(r) or _base(r.name) in everywhere]
    return [item for r in used for item in (r.name, r.media_type, digest(r))]


def _named(rendition: Rendition, text: str) -> list[Resource]:
    """Give the pictures that a text may show, with those that a drawing among them may show."""
    drawings = any(r.media_type == "image/svg+xml" and _base(r.name) in text for r in rendition.resources)
    return [r for r in rendition.resources if _is_picture(r) and (drawings or _base(r.name) in text)]


def _digests(rendition: Rendition) -> Callable[[Resource], str]:
    known: dict[str, str] = {}

    def digest(resource: Resource) -> str:
        if resource.name not in known:
            known[resource.name] = sha256(resource.data).hexdigest()
        return known[resource.name]

    return digest


def _is_picture(resource: Resource) -> bool:
    return resource.media_type.startswith("image/")


def _base(name: str) -> str:
    return name.rpartition("/")[2].replace("&", "&amp;")


def _shell(part: Element, css: Iterable[str]) -> Shell:
    """Give a part's element without what is in it, with the attributes by which a rule can choose it."""
    text = "\n".join(css)
    kept = [(name, value) for name, value in part.attrib.items() if name in _SHOWN or f"[{name}" in text]
    return Shell(part.tag, tuple(kept))


def _around(shells: Sequence[Shell], number: int, *, whole: bool) -> tuple[tuple[Shell, ...], int]:
    """Give the shells among which a division stands: all, or its neighbours, and its own place."""
    if whole:
        return tuple(shells), number
    first = max(0, number - 1)
    return tuple(shells[first : number + 2]), number - first


def _away(parts: Sequence[Element]) -> list[tuple[str, ...]]:
    """Give of each part the anchors in other parts to which it leads, in the order of its links."""
    owners: dict[str, int] = {}
    for number, part in enumerate(parts):
        for element in part.iter():
            if name := element.get("id"):
                owners[name] = number
    found = []
    for number, part in enumerate(parts):
        names = (link.get("href", "")[1:] for link in part.iter() if link.get("href", "").startswith("#"))
        found.append(tuple(dict.fromkeys(name for name in names if owners.get(name, number) != number)))
    return found
