"""What PDF/UA-2 and WTPDF ask of a structure that PDF/UA-1 does not: the roles of PDF 2.0, and places told by elements.

ISO 14289-2, 8.2.5: one Document of the PDF 2.0 namespace, footnotes as FENote, items of the contents that refer to what
they lead to; 8.8: a destination names the structure element at which it leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, String

_NAMESPACE = "http://iso.org/pdf2/ssn"
_SLACK = 1.0  # points that a letter's baseline may stand above the top of its own line


def renew(pdf: Pdf) -> None:
    """Bring a tagged PDF's structure up to PDF/UA-2. The information dictionary goes: PDF/A-4 (6.1.3) wants none."""
    root = pdf.Root.StructTreeRoot
    namespace = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(_NAMESPACE)))
    root.Namespaces = Array([namespace])
    for element in _elements(pdf):
        if element.S == "/Document":
            element.NS = namespace
        elif element.S == "/Note":
            element.S, element.NS = Name.FENote, namespace
            element.A = Dictionary(O=Name.FENote, NoteType=Name.Footnote)
        elif element.S == "/L":
            _describe(element)
    places = _Places(pdf)
    _tell_destinations(pdf, places)
    _refer(pdf, places)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _elements(pdf: Pdf) -> Iterator[Any]:
    """Give every structure element: its type need not be said (14.7.2), but it has a role and a parent."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and isinstance(item.get("/S"), Name) and "/P" in item:
            yield item


def _describe(element: Any) -> None:
    """Say of a list of terms that it is one (8.2.5.25), for which PDF 1.7 has no word: its labels are not numbered."""
    attributes = element.get("/A", Array())
    for one in attributes if isinstance(attributes, Array) else (attributes,):
        if one.get("/ListNumbering") == "/None" and any("/Lbl" in _kinds(item) for item in _inside(element)):
            one.ListNumbering = Name.Description


def _kinds(element: Any) -> set[str]:
    return {str(kid.get("/S")) for kid in _inside(element)}


def _inside(element: Any) -> Iterator[Any]:
    kids = element.get("/K", Array())
    yield from (kid for kid in (kids if isinstance(kids, Array) else (kids,)) if isinstance(kid, Dictionary))


class _Places:
    """Which structure element stands at a place of a page: the first at or below it, in the order of the text."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen: page for page in pdf.pages}
        self._order = [page.obj.objgen for page in pdf.pages]
        self._parents = dict(NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
        self._known: dict[tuple[int, int], list[tuple[float, Any]]] = {}

    def at(self, destination: Any) -> Any:
        """Give the element to which an explicit destination (``[page /XYZ x y zoom]``) leads; ``None`` if none does."""
        page = destination[0].objgen
        top = float(destination[3]) if len(destination) > 3 and destination[3] is not None else 1e6
        index = self._order.index(page)
        for number in self._order[index:]:
            below = [element for height, element in self._on(number) if height <= top + _SLACK]
            if below:
                return below[0]
            top = 1e6
        return None

    def _on(self, page: tuple[int, int]) -> list[tuple[float, Any]]:
        """Give the elements that begin on a page, each with the height of its first letter."""
        if page not in self._known:
            found = self._pages[page]
            parents = self._parents.get(int(found.get("/StructParents", -1)), ())
            heights = _heights(found)
            self._known[page] = [
                (heights[number], parents[number])
                for number in sorted(heights)
                if number < len(parents) and isinstance(parents[number], Dictionary)
            ]
        return self._known[page]


def _heights(page: Any) -> dict[int, float]:
    """Give how high on a page (points from its foot) each marked content begins."""
    from publish.formats.pdf.preflight.marks import placed

    found: dict[int, float] = {}
    for number, height in placed(page):
        found.setdefault(number, height)
    return found


def _tell_destinations(pdf: Pdf, places: _Places) -> None:
    for names in _named(pdf.Root.get("/Names", Dictionary()).get("/Dests")):
        for at in range(1, len(names), 2):
            if isinstance(names[at], Array):
                names[at] = _told(names[at], places)
    for item in pdf.objects:
        held = item.get("/Dest") if isinstance(item, Dictionary) else None
        if isinstance(held, Array):
            del item["/Dest"]
            item.A = Dictionary(S=Name.GoTo, **_entries(held, places))


def _told(destination: Any, places: _Places) -> Dictionary:
    return Dictionary(**_entries(destination, places))


def _entries(destination: Any, places: _Places) -> dict[str, Any]:
    element = places.at(destination)
    structure = {} if element is None else {"SD": Array([element, *list(destination)[1:]])}
    return {"D": Array(list(destination)), **structure}


def _named(tree: Any) -> Iterator[Any]:
    if tree is None:
        return
    if "/Names" in tree:
        yield tree.Names
    for kid in tree.get("/Kids", ()):
        yield from _named(kid)


def _refer(pdf: Pdf, places: _Places) -> None:
    """Have each item of the contents refer to the element that its link leads to."""
    names = {
        str(n[at]): n[at + 1]
        for n in _named(pdf.Root.get("/Names", Dictionary()).get("/Dests"))
        for at in range(0, len(n), 2)
    }
    for element in _elements(pdf):
        if element.S == "/TOCI":
            for annotation in _links(element):
                destination = names.get(str(annotation.get("/Dest", "")))
                if isinstance(destination, Dictionary) and "/SD" in destination:
                    element.Ref = Array([destination.SD[0]])
                    break


def _links(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
            yield kid.Obj
        elif isinstance(kid, Dictionary) and "/K" in kid and kid.get("/S") != "/TOC":
            yield from _links(kid)
