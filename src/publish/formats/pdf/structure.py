"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): its nodes, and how they are written.

The tree is built first and written when it is whole, because only then are its order, its empty branches and the
levels of its headings known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from publish.formats.pdf import engine, parents
from publish.formats.pdf.outline import open_level
from publish.records import dataclass


class Content(NamedTuple):
    """A piece of a page's content: the page's index and the number of its mark in the page's stream.

    ``group`` is the stream that holds it instead, when it is drawn in a group that the page's stream calls.
    """

    page: int
    mark: int
    group: Any = None


class Annotation(NamedTuple):
    """A link's active area: the page's index and the PDF's dictionary."""

    page: int
    dictionary: Any


@dataclass(eq=False)
class Node:
    """A structure element.

    ``role`` is its type; ``level`` a heading's level as written, 0 for anything else; ``actual`` are the author's words
    where others are drawn; ``attributes`` are its attribute objects by owner. ``implicit`` marks one that no element
    made, ``contents`` a table of contents, ``works`` a bibliography and what is in it.
    """

    role: str
    parent: Node | None = None
    kids: list[Node | Content | Annotation] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    actual: str = ""
    identifier: str = ""
    level: int = 0
    implicit: bool = False
    contents: bool = False
    works: bool = False
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, role: str, *, first: bool = False, after: Node | None = None) -> Node:
        """Give a new node inside this one: last, first, or right after one of its kids."""
        node = Node(role, self)
        place = 0 if first else len(self.kids) if after is None else self.kids.index(after) + 1
        self.kids.insert(place, node)
        return node

    def put_before(self, others: Sequence[Node]) -> None:
        """Put this node before the first of those beside it that are among the others."""
        assert self.parent is not None
        kids = self.parent.kids
        place = next((n for n, kid in enumerate(kids) if any(kid is other for other in others)), None)
        if place is not None:
            kids[:] = [kid for kid in kids if kid is not self]
            kids.insert(place, self)

    def child(self, role: str) -> Node | None:
        """Give the first node with that role directly inside this one."""
        return next((kid for kid in self.kids if isinstance(kid, Node) and kid.role == role), None)

    def enclose(self, role: str) -> Node:
        """Give a new node that takes this one's place and holds it."""
        assert self.parent is not None
        node = Node(role, self.parent, [self])
        self.parent.kids[self.parent.kids.index(self)] = node
        self.parent = node
        return node

    def nearest(self, *roles: str) -> Node | None:
        """Give this node or the nearest one around it with one of these roles."""
        node: Node | None = self
        while node is not None and node.role not in roles:
            node = node.parent
        return node

    @property
    def spoken(self) -> str:
        """The language in force: the node's own or the nearest one around it, or an empty string."""
        node: Node | None = self
        while node is not None and not node.language:
            node = node.parent
        return node.language if node else ""

    def __iter__(self) -> Iterator[Node]:
        """Give this node and every one inside it, each before what is inside it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid


# What may stand empty: a cell keeps the cells after it in their columns.
_MAY_BE_EMPTY = frozenset({"TD", "TH"})


def prune(node: Node) -> bool:
    """Drop the branches that hold nothing; say whether anything is left.

    A figure whose picture only decorates is no figure: ISO 14289-1, 7.3, asks every figure for a description.
    Where there is no figure, there is no caption.
    """
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or prune(kid)]
    if node.role == "Figure" and not node.alternative:
        node.role = "Div"
    caption = node.child("Caption")
    if caption and node.role in ("Div", "Sect") and not any(one.role == "Figure" for one in node):
        node.role, caption.role = "Div", "P"
    return bool(node.kids) or node.role in _MAY_BE_EMPTY


def number_headings(root: Node, before: Sequence[int] = ()) -> list[int]:
    """Give every heading the level that its place among the others has, so that none is skipped.

    ISO 14289-1, 7.4.2: levels begin at 1 and go down one at a time, whatever the elements were called. ``before``
    are the levels, as written, that headings before this tree leave open. Gives the levels as written, in order.
    """
    open_levels = list(before)
    written = []
    for node in root:
        if node.level:
            written.append(node.level)
            open_level(open_levels, node.level)
            node.role = f"H{min(len(open_levels), 6)}"
    return written


class Writer:
    """Writes a structure tree into a PDF, with the tables that lead from content back to it (14.7.4.4)."""

    def __init__(self, pdf: Any, pages: int, role_map: dict[str, str]) -> None:
        self._pdf = pdf
        self._references: tuple[bytes, ...] = pdf.page_references  # a slow property
        self._marks: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self._annotations: list[tuple[bytes, Any]] = []
        self._groups: dict[Any, dict[int, bytes]] = {}
        self._identifiers: list[tuple[str, bytes]] = []
        self._role_map = role_map

    def write(self, root: Node) -> None:
        """Write the tree whose topmost structure element is ``root``."""
        tree = engine.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(tree)
        tree["K"] = engine.Array([self._element(root, tree.reference)])
        tree["RoleMap"] = engine.Dictionary({name: f"/{role}" for name, role in self._role_map.items()})
        tree["ParentTree"] = self._parent_tree()
        tree["ParentTreeNextKey"] = len(self._marks) + len(self._annotations) + len(self._groups)
        if self._identifiers:
            names = engine.Array()
            for name, reference in sorted(self._identifiers):
                names.extend((engine.String(name), reference))
            tree["IDTree"] = engine.Dictionary({"Names": names})
        self._pdf.catalog["StructTreeRoot"] = tree.reference
        self._pdf.catalog["MarkInfo"] = engine.Dictionary({"Marked": "true"})

    def _element(self, node: Node, parent: bytes) -> bytes:
        element = engine.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self._pdf.add_object(element)
        reference: bytes = element.reference
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self._references[page]
        kids = engine.Array()
        for kid in node.kids:
            kids.append(self._element(kid, reference) if isinstance(kid, Node) else self._leaf(kid, page, reference))
        element["K"] = kids
        said = {"Lang": node.language, "Alt": node.alternative, "E": node.expansion, "ActualText": node.actual}
        for key, text in said.items():
            if text:
                element[key] = engine.String(text)
        if node.identifier:
            element["ID"] = engine.String(node.identifier)
            self._identifiers.append((node.identifier, reference))
        if node.attributes:
            objects = [engine.Dictionary({"O": f"/{owner}", **kept}) for owner, kept in node.attributes.items()]
            element["A"] = objects[0] if len(objects) == 1 else engine.Array(objects)
        return reference

    def _leaf(self, kid: Content | Annotation, page: int | None, element: bytes) -> Any:
        reference = self._references[kid.page]
        if isinstance(kid, Annotation):
            self._annotations.append((element, kid.dictionary))
            return engine.Dictionary({"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": reference})
        if kid.group is not None:
            self._groups.setdefault(kid.group, {})[kid.mark] = element
            group = kid.group.reference
            return engine.Dictionary({"Type": "/MCR", "Pg": reference, "Stm": group, "MCID": kid.mark})
        self._marks[kid.page][kid.mark] = element
        if kid.page == page:
            return kid.mark
        return engine.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": kid.mark})

    def _parent_tree(self) -> bytes:
        numbers: list[tuple[int, Any]] = [(index, _owners(marks)) for index, marks in enumerate(self._marks)]
        for index, (element, annotation) in enumerate(self._annotations, start=len(self._marks)):
            numbers.append((index, element))
            annotation["StructParent"] = index
        first = len(self._marks) + len(self._annotations)
        for index, (group, marks) in enumerate(self._groups.items(), start=first):
            numbers.append((index, _owners(marks)))
            group.extra["StructParents"] = index
        return parents.write(numbers, self._node)

    def _node(self, entries: Mapping[str, list[Any]]) -> bytes:
        node = engine.Dictionary({key: engine.Array(value) for key, value in entries.items()})
        self._pdf.add_object(node)
        reference: bytes = node.reference
        return reference


def _owners(marks: dict[int, bytes]) -> Any:
    """Give the elements to which a stream's marks belong, in the order of their numbers."""
    return engine.Array(marks.get(mark, "null") for mark in range(max(marks, default=-1) + 1))
