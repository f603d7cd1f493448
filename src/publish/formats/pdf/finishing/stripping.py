"""What a printer's file must not hold: links, bookmarks, structure, and what only readers on screens use."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

_FOR_READERS = ("/Outlines", "/Names", "/PageMode", "/OpenAction", "/ViewerPreferences")
_STRUCTURE = ("/StructTreeRoot", "/MarkInfo", "/Lang", "/PageLabels", "/Metadata")


def strip(pdf: Pdf, *, tagged: bool) -> None:
    """Take away links (ISO 15930-1, 6.17 and 15930-7, 6.16: no annotation lies on what is printed) and bookmarks.

    A link's structure element stays as what it is without a link: a span of text. Without ``tagged`` the structure
    and what goes with it are taken away as well, for PDF 1.3 knows none of it.
    """
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]
    _unlink(pdf)
    for key in ("/Outlines", "/Names", "/PageMode", "/OpenAction") if tagged else (*_FOR_READERS, *_STRUCTURE):
        if key in pdf.Root:
            del pdf.Root[key]
    if not tagged:
        for page in pdf.pages:
            for key in ("/StructParents", "/Tabs"):
                if key in page:
                    del page[key]
        for item in pdf.objects:
            if isinstance(item, Dictionary) and "/StructParent" in item:
                del item["/StructParent"]


def _unlink(pdf: Pdf) -> None:
    """Take the links' annotations out of the structure."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/S") is not None and "/K" in item:
            kids = list(item.K) if isinstance(item.K, Array) else [item.K]
            kept = [kid for kid in kids if not _refers(kid)]
            if len(kept) < len(kids):
                item.K = Array(kept)
            if item.S == "/Link":
                item.S = Name.Span
    _prune(root.get("/ParentTree"))


def _refers(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def _prune(tree: Any) -> None:
    """Take the annotations out of the tree of parents: theirs are single elements, a page's is an array."""
    if tree is None:
        return
    if "/Nums" in tree:
        numbers = list(tree.Nums)
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        tree.Nums = Array([value for key, parent in pairs if isinstance(parent, Array) for value in (key, parent)])
    for kid in tree.get("/Kids", ()):
        _prune(kid)
