"""What a printer's file must not hold: links, bookmarks, structure, and what only readers on screens use."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, Stream

from publish.formats.pdf import parents

_LEADING = ("/Outlines", "/Names", "/PageMode", "/OpenAction")
_STRUCTURE = ("/StructTreeRoot", "/MarkInfo", "/Lang", "/PageLabels", "/Metadata", "/ViewerPreferences")


def strip(pdf: Pdf, *, tagged: bool) -> None:
    """Take away links (ISO 15930: no annotation lies on what is printed) and bookmarks.

    A link's structure element stays as what it is without a link: a span of text. Without ``tagged`` the structure
    and what goes with it are taken away as well, for PDF 1.3 knows none of it.
    """
    _unlink(pdf)
    _drop(pdf.Root, *_LEADING, *(() if tagged else _STRUCTURE))
    for page in pdf.pages:
        _drop(page, "/Annots", *(() if tagged else ("/StructParents", "/Tabs")))
    for item in pdf.objects if not tagged else ():
        if isinstance(item, Dictionary | Stream):
            _drop(item, "/StructParent", "/StructParents")


def _drop(holder: Any, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


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
    if "/ParentTree" in root:
        # Annotations lead to single elements, pages to lists of them.
        pages = [pair for pair in NumberTree(root.ParentTree).items() if isinstance(pair[1], Array)]
        root.ParentTree = parents.write(pages, parents.into(pdf))


def _refers(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"
