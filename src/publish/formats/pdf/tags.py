"""Tag a PDF: one structure element for an HTML element, on however many pages it stands, in the order of reading.

Stands for ``weasyprint.pdf.add_tags`` (put in its place by ``patches``), which makes elements anew on every page,
leaves notes, contents and captions without structure, and reads out leaders and folios. PDF/UA-1 (ISO 14289-1).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any
from xml.etree.ElementTree import Element

from publish.formats.pdf import engine, roles
from publish.formats.pdf.structure import Annotation, Content, Node, Writer, number_headings, prune
from publish.records import dataclass

_LOGGER = logging.getLogger("weasyprint")
_LAYOUT = {"Type": "/Layout"}


@dataclass
class Tagging:
    """Tags documents, or one division of one: ``before`` are the levels of the headings that stand open before it.

    ``headings`` are then the levels of its headings as written, in the order of reading.
    """

    before: tuple[int, ...] = ()
    headings: list[int] = field(default_factory=list)

    def __call__(self, pdf: Any, document: engine.Document, _version: Any, streams: list[Any]) -> None:
        """Add the structure tree of a document to its PDF and mark everything outside it as an artifact."""
        root = Node("Document", language=document.metadata.lang or "")
        tagger = _Tagger(root)
        groups = engine.groups(pdf)
        for index, (page, stream) in enumerate(zip(engine.page_boxes(document), streams, strict=True)):
            tagger.tag_page(_Page(index, page, stream, groups.get(id(stream._tags), ())), page)
        prune(root)
        self.headings = number_headings(root, self.before)
        root.language = ""  # the catalog says it
        Writer(pdf, len(streams), dict(roles.ROLE_MAP)).write(root)


class _Page:
    """One page's streams while their marks are given out. ``left`` are the boxes drawn and not met yet.

    ``groups`` are the streams of what is drawn by itself and laid on the page as a whole.
    """

    def __init__(self, index: int, box: engine.Box, stream: Any, groups: Sequence[Any]) -> None:
        self.index = index
        self.height = box.margin_height()
        self.left: dict[engine.Box, Any] = stream._tags
        self._places = {
            operator["MCID"]: (holder, place)
            for holder in (stream, *groups)
            for place, operator in enumerate(holder.stream)
            if isinstance(operator, engine.Dictionary) and "MCID" in operator
        }
        self._page = stream

    def content(self, mark: int) -> Content:
        """Give what a structure element holds of a mark."""
        holder, _ = self._places.get(mark, (self._page, 0))
        return Content(self.index, mark, None if holder is self._page else holder)

    def take(self, box: engine.Box) -> int | None:
        """Give the mark of what the box drew, once."""
        drawn = self.left.pop(box, None)
        return None if drawn is None else int(drawn["mcid"])

    def reads(self, box: engine.Box, text: str) -> None:
        """Say what the box's mark reads as, in place of what it draws (ISO 32000-1, 14.9.4)."""
        drawn = self.left.get(box)
        if drawn is not None and drawn["mcid"] in self._places:
            holder, place = self._places[drawn["mcid"]]
            holder.stream[place]["ActualText"] = engine.String(text)

    def make_artifact(self, mark: int, kind: dict[str, str]) -> None:
        """Turn marked content into an artifact: something that is seen and not read."""
        if mark in self._places:
            holder, place = self._places[mark]
            holder.stream[place - 1] = "/Artifact"
            holder.stream[place] = engine.Dictionary(kind)


class _Tagger:
    """Walks the boxes of all pages and hangs what they drew into the tree under ``root``."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._nodes: dict[Element, Node] = {}
        self._notes: dict[Element, Node] = {}
        self._heads: dict[Element, int] = {}  # a table's repeating rows, and the page where they stand first

    def tag_page(self, page: _Page, box: engine.Box) -> None:
        """Tag one page; pages come in order."""
        self._walk(box, self._root, page, None)
        for left in list(page.left):
            mark = page.take(left)
            if mark is not None:
                page.make_artifact(mark, _LAYOUT)
                _LOGGER.warning("Untagged content on page %d: %r", page.index + 1, left)

    def _walk(self, box: engine.Box, parent: Node, page: _Page, artifact: dict[str, str] | None) -> None:
        name = engine.tag(box)
        artifact = artifact or self._artifact(box, name, page)
        node = parent
        if artifact is None and name:
            node = self._node(box, name, parent)
            self._describe(node, box, name, page)
            if roles.drawn_word(box.element):
                _read_as_one(box, page)
            if box.link_annotation is not None:
                node = _linked(node, box, page.index)
        if (mark := page.take(box)) is not None:
            self._place(box, node, page, mark, artifact)
        for child in engine.children(box):
            self._walk(child, node, page, artifact)

    def _artifact(self, box: engine.Box, name: str, page: _Page) -> dict[str, str] | None:
        """Say as what kind of artifact a box counts, or ``None`` when it is to be read."""
        if keyword := engine.margin_keyword(box):
            return {"Type": "/Pagination", "Subtype": "/Header" if "top" in keyword else "/Footer"}
        if engine.is_leader(box):
            return _LAYOUT
        if name in ("thead", "tfoot") and self._heads.setdefault(box.element, page.index) != page.index:
            return {"Type": "/Pagination"}
        if "::" in name:
            drawn = "".join(b.text for b in engine.descendants(box) if engine.is_text(b))
            return _LAYOUT if roles.is_separator(name, drawn) else None
        return _LAYOUT if name and roles.is_decoration(name, box.element) else None

    def _place(self, box: engine.Box, node: Node, page: _Page, mark: int, artifact: dict[str, str] | None) -> None:
        if artifact is None and engine.is_text(box) and not box.text.strip() and node.role in roles.GROUPING:
            artifact = _LAYOUT  # the white space between two elements
        if artifact is not None:
            page.make_artifact(mark, artifact)
        else:
            _readable(node).kids.append(page.content(mark))

    def _node(self, box: engine.Box, name: str, parent: Node) -> Node:
        """Give the node to which what is in the box belongs, made when its element is first met."""
        element = box.element
        if "::" in name:
            return self._pseudo(element, name.partition("::")[2], parent)
        if element in self._notes:
            return self._notes[element]
        if element not in self._nodes:
            node = self._nodes[element] = self._make(box, element, name, parent)
            if node is not parent:
                if passed := [self._nodes[one] for one in engine.passed(box) if one in self._nodes]:
                    node.put_before(passed)  # it was written before what stands before it
                _say(node, element, name)
                node.actual = roles.drawn_word(element) or (_text(element) if _is_recast(box) else "")
        return self._nodes[element]

    def _make(self, box: engine.Box, element: Element, name: str, parent: Node) -> Node:
        """Make the node of an element; a transparent one gets its parent's."""
        role = _role(element, name, parent)
        if name in ("dt", "dd"):
            return _list_part(parent, name)
        if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return _heading(parent, int(name[1]))
        if role == "LI":
            body = parent.add("LI").add("LBody")
            return body.add("BibEntry") if parent.works else body
        if role == "Link":
            refers = parent.role == "TOCI" or roles.is_reference(element) or parent.nearest("Index") is not None
            if parent.role == "Note" and all(isinstance(kid, Node) and not kid.kids for kid in parent.kids):
                # The note's number, which leads back to its call.
                return (parent.child("Lbl") or parent.add("Lbl")).add("Link")
            holder = parent if parent.role == "TOCI" else _readable(parent)
            return (holder.add("Reference") if refers else holder).add("Link")
        if role in roles.INLINE:
            return _readable(parent).add(role)
        if role:
            return parent.add(role)
        abbreviates = name == "abbr" and element.get("title")
        if _differs(element, parent) or abbreviates or _is_recast(box) or roles.drawn_word(element):
            return _readable(parent).add("Span") if engine.is_inline(box) else parent.add("Div")
        return parent

    def _pseudo(self, element: Element, kind: str, parent: Node) -> Node:
        """Give the node of generated content: a note's call and number and a list's marker have their own."""
        if kind == "footnote-call":
            return self._call(element, parent)
        if kind == "footnote-marker":
            note = self._notes.get(element, parent)
            return note.child("Lbl") or note.add("Lbl", first=True)
        if kind == "marker":
            body = self._nodes.get(element, parent)
            item = body.nearest("LI", "TOCI")
            if item is not None and body.role in ("LBody", "BibEntry", "TOCI"):
                return item.child("Lbl") or item.add("Lbl", first=True)
        return parent

    def _call(self, element: Element, parent: Node) -> Node:
        """Make the reference to a note, and right after it the note, which is met only at the foot of the page."""
        if parent.role == "Link":
            # The link that the template set stands around the note as well; it may not hold it.
            place, reference = parent, parent.enclose("Reference")
        else:
            place = reference = _readable(parent).add("Reference")
        assert reference.parent is not None
        note = self._notes[element] = reference.parent.add("Note", after=reference)
        _say(note, element, "")
        note.identifier = element.get("id") or f"note-{len(self._notes)}"
        return place

    def _describe(self, node: Node, box: engine.Box, name: str, page: _Page) -> None:
        """Give a node the attributes that only its box knows."""
        if node.role == "Figure" and engine.is_replaced(box):
            node.alternative = node.alternative or roles.description(box.element)
            node.attributes.setdefault("Layout", {"BBox": _bounds(box, page.height), "Placement": "/Block"})
        elif node.role == "L" and name in ("ul", "ol", "dl"):
            numbering = roles.list_numbering(name, box.style["list_style_type"])
            node.attributes["List"] = {"ListNumbering": f"/{numbering}"}
        elif name in ("th", "td"):
            node.attributes.setdefault("Table", _cell(node, box))


def _role(element: Element, name: str, parent: Node) -> str:
    """Give the structure type of an element where it stands, or an empty string for a transparent one."""
    if roles.is_note(element):
        return "Note"
    special = _SPECIAL.get(name)
    return special(element, parent) if special else roles.ROLES.get(name, "")


def _figure_role(element: Element, _parent: Node) -> str:
    # Readers stop at a figure's description, so several pictures with one caption are no figure; and a Div would be
    # looked through by PDF/UA-2, where the caption must be the first or last in what it belongs to (8.2.5.27).
    return {0: "Div", 1: "Figure"}.get(len(roles.pictures(element)), "Sect")


def _picture_role(element: Element, parent: Node) -> str:
    if roles.is_formula(element):
        return "Formula"
    return "" if parent.role == "Figure" else "Figure"


def _list_role(_element: Element, parent: Node) -> str:
    return "TOC" if parent.role == "TOCI" or parent.contents else "L"


def _item_role(_element: Element, parent: Node) -> str:
    return {"TOC": "TOCI", "L": "LI"}.get(parent.role, "P")


# What an element is depends on where it stands or on what is in it.
_SPECIAL: dict[str, Callable[[Element, Node], str]] = {
    "figure": _figure_role,
    "img": _picture_role,
    "svg": _picture_role,
    "section": lambda element, _: "Index" if roles.is_index(element) else "Sect",
    "div": lambda _, parent: "" if parent.role == "Figure" else "Div",
    "ul": _list_role,
    "ol": _list_role,
    "li": _item_role,
    "a": lambda element, _: "Link" if element.get("href") else "",
    # ISO 32000-1, table 333: an article holds no other article.
    "article": lambda _, parent: "Sect" if parent.nearest("Art") else "Art",
}


def _say(node: Node, element: Element, name: str) -> None:
    """Give a new node what its element says of itself."""
    node.contents = roles.is_contents(name, element)
    node.works = roles.is_bibliography(element) or (node.parent is not None and node.parent.works)
    if node.parent is not None and _differs(element, node.parent):
        node.language = element.get("lang", "")
    if name == "abbr":
        node.expansion = element.get("title", "")
    elif node.role == "Formula":
        node.alternative = element.get("alttext") or element.get("alt") or _text(element)
    elif node.role == "Note":
        node.identifier = element.get("id", "")


def _differs(element: Element, parent: Node) -> bool:
    return bool(element.get("lang")) and element.get("lang") != parent.spoken


def _is_recast(box: engine.Box) -> bool:
    """Whether an element without others in it is drawn in other letters than those the author wrote."""
    return not len(box.element) and bool(_text(box.element)) and roles.is_recast(box.style)


def _read_as_one(box: engine.Box, page: _Page) -> None:
    """Let a word that is drawn in pieces, its initial far from the rest, be copied whole, where its last piece stands.

    Who hears the text is told by the element in the tree; who selects it on the page gets what the marks say.
    """
    drawn = [piece for piece in engine.descendants(box) if engine.is_text(piece)]
    for piece in drawn:
        page.reads(piece, roles.drawn_word(box.element) if piece is drawn[-1] else "")


def _readable(node: Node) -> Node:
    """Give the node that may hold text in this place: a grouping element holds it in a paragraph."""
    if node.role not in roles.GROUPING:
        return node
    last = node.kids[-1] if node.kids else None
    if isinstance(last, Node) and last.implicit:
        return last
    paragraph = node.add("P")
    paragraph.implicit = True
    return paragraph


def _heading(parent: Node, level: int) -> Node:
    """Make a heading. One that is run in to its paragraph stands before it in the tree."""
    paragraph = parent.nearest("P")
    if paragraph is not None and paragraph.parent is not None:
        heading = paragraph.parent.add("H1", after=paragraph)
        siblings = paragraph.parent.kids
        place = siblings.index(paragraph)
        if not paragraph.kids:
            siblings[place : place + 2] = [heading, paragraph]
    else:
        heading = parent.add("H1")
    heading.level = level
    return heading


def _list_part(parent: Node, name: str) -> Node:
    """Make the label or the body of a definition list's item; a term after a body begins a new item."""
    last = parent.kids[-1] if parent.kids else None
    if not isinstance(last, Node) or last.role != "LI" or (name == "dt" and last.child("LBody")):
        last = parent.add("LI")
    return last.add("Lbl" if name == "dt" else "LBody")


def _linked(node: Node, box: engine.Box, page: int) -> Node:
    """Hang a box's active area into the nearest link, or into a new one; give the link or the node inside it."""
    link = node.nearest("Link")
    if link is None:
        last = node.kids[-1] if node.kids else None
        link = last if isinstance(last, Node) and last.role == "Link" and last.implicit else _readable(node).add("Link")
        link.implicit = True
        node = link
    annotation = box.link_annotation
    annotation["Contents"] = engine.String(_spoken_of(link, box))
    annotation["F"] = 4  # printed with the page (ISO 32000-1, table 165)
    link.kids.append(Annotation(page, annotation))
    return node


def _spoken_of(link: Node, box: engine.Box) -> str:
    """Give a link's words for people (ISO 14289-1, 7.18.5)."""
    element = box.element
    if not link.implicit:
        said = element.get("aria-label") or element.get("title") or _text(element)
        if said:
            return said
    drawn = "".join(b.text for b in engine.descendants(box) if engine.is_text(b))
    return " ".join(drawn.split()) or _text(element) or "→"


def _cell(node: Node, box: engine.Box) -> dict[str, Any]:
    spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
    attributes: dict[str, Any] = {key: count for key, count in spans.items() if count > 1}
    if node.role == "TH":
        attributes["Scope"] = "/" + roles.scope(box.element, node.nearest("THead") is not None)
    return attributes


def _bounds(box: engine.Box, page_height: float) -> Any:
    """Give a picture's place on the page, in points from the lower left corner."""
    left, top = box.content_box_x(), box.content_box_y()
    sides = (left, page_height - top - box.height, left + box.width, page_height - top)
    return engine.Array(side * 0.75 for side in sides)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
