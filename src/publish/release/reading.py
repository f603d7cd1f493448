"""The text to read online: the parts of an EPUB's rendition joined into one page of HTML.

It is the same document, with the same notes, pictures and page numbers; only what leads from one part to another
changes, and every paragraph gets a place that can be linked to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from publish.records import dataclass
from publish.rendition import OutlineEntry, Part, Rendition

FOLDER = "read"
"""The folder, beside the page, that holds its pictures."""

_EPUB = "{http://www.idpf.org/2007/ops}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SHOWN = frozenset({"division", "notes"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Inside these a paragraph is somebody else's, or no passage of the running text.
_APART = frozenset({"figure", "figcaption", "blockquote", "aside", "table", "li", "nav", "header"})


@dataclass(frozen=True)
class Heading:
    """A line of the contents: its words, the id that it leads to, and what stands under it."""

    title: str
    id: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text to read online: HTML, its contents, the pages of the print edition (label, id) and its pictures."""

    html: str
    contents: tuple[Heading, ...]
    pages: tuple[tuple[str, str], ...]
    pictures: Mapping[str, bytes]


def text(rendition: Rendition) -> Text:
    """Give the text of an EPUB's rendition to be read online; its parts must be well-formed."""
    parts = [part for part in rendition.parts if part.kind in _SHOWN]
    homes = {part.name: _id(part) for part in parts}
    used: set[str] = set()
    html = "\n".join(_html(part, homes, used) for part in parts)
    pictures = {r.name: r.data for r in rendition.resources if r.name in used}
    pages = tuple((page.title, page.fragment) for page in rendition.pages if page.part in homes)
    return Text(html, tuple(_contents(rendition.outline, homes)), pages, {_place(n): d for n, d in pictures.items()})


def _body(part: Part) -> etree._Element:
    root = etree.fromstring(part.xhtml.encode(), etree.XMLParser(resolve_entities=False))
    body = next(child for child in root if _local(child) == "body")
    return next(child for child in body if isinstance(child.tag, str))


def _id(part: Part) -> str:
    return _body(part).get("id") or f"part-{posixpath.basename(part.name).removesuffix('.xhtml')}"


def _html(part: Part, homes: Mapping[str, str], used: set[str]) -> str:
    """Give a part's one element as HTML; adds the names of the pictures that it shows to ``used``."""
    element = _body(part)
    element.set("id", homes[part.name])
    passages = 0
    for node in list(element.iter(etree.Element)):
        for attribute in ("href", "src"):
            if attribute in node.attrib:
                node.set(attribute, _led(str(node.get(attribute)), part, homes, used))
        _for_the_web(node, part, outermost=node is element)
        if part.kind == "division" and _local(node) == "p" and not _is_apart(node):
            passages += 1
            _anchor(node, f"{homes[part.name]}-p{passages}")
    for node in element.iter(etree.Element):
        node.tag = _local(node)
    _one_level_down(element)
    alone = etree.Element(
        str(element.tag), {str(k): str(v) for k, v in element.attrib.items()}
    )  # apart from what declares namespaces
    alone.text = element.text
    alone.extend(list(element))
    etree.cleanup_namespaces(alone)
    return str(etree.tostring(alone, encoding="unicode", method="html"))


def _for_the_web(node: etree._Element, part: Part, *, outermost: bool) -> None:
    """Take away what is an EPUB's alone, and what names an element that ARIA lets have no name, or a second one."""
    for private in [name for name in map(str, node.attrib) if name.startswith((_EPUB, _XML))]:
        del node.attrib[private]
    if part.kind == "notes" and not outermost and _local(node) == "section":
        node.attrib.pop("aria-labelledby", "")  # the division itself is a region of that name
    if node.get("role") == "doc-pagebreak":  # its number is shown, and read, by CSS
        node.set("data-page", str(node.attrib.pop("aria-label", "")))


def _one_level_down(element: etree._Element) -> None:
    """Set every heading a level lower: the page itself has the first."""
    for node in element.iter(*_HEADINGS):
        node.tag = f"h{min(6, int(str(node.tag)[1]) + 1)}"


def _local(node: etree._Element) -> str:
    return str(etree.QName(node).localname) if isinstance(node.tag, str) else ""


def _led(target: str, part: Part, homes: Mapping[str, str], used: set[str]) -> str:
    """Give where a link of a part leads on the one page, or where its picture now is."""
    if not target or ":" in target.split("/", 1)[0]:
        return target
    path, _, fragment = target.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(part.name), path)) if path else part.name
    if name in homes:
        return f"#{fragment or homes[name]}"
    if name.endswith(".xhtml"):  # a page that is not shown here: title page, contents
        return "#top"
    used.add(name)
    return _place(name)


def _place(name: str) -> str:
    return f"{FOLDER}/{posixpath.basename(name)}"


def _is_apart(node: etree._Element) -> bool:
    return any(_local(above) in _APART for above in node.iterancestors())


def _anchor(paragraph: etree._Element, id: str) -> None:
    """Make a paragraph something that can be linked to, with a link to itself that is there for the mouse alone.

    Who listens or uses the keyboard would have to pass a link at every paragraph, so they are spared it.
    """
    place = paragraph.get("id") or id
    paragraph.set("id", place)
    mark = etree.SubElement(paragraph, "a")
    mark.attrib.update({"class": "passage", "href": f"#{place}", "aria-hidden": "true", "tabindex": "-1"})
    mark.text = "¶"


def _contents(entries: Iterable[OutlineEntry], homes: Mapping[str, str]) -> Iterator[Heading]:
    for entry in entries:
        if entry.part in homes:
            place = entry.fragment or homes[entry.part]
            yield Heading(entry.title, place, tuple(_contents(entry.children, homes)))
