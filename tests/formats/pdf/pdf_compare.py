"""Two PDFs compared: what is seen, and what is read, must be the same, whatever the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pdf_pages import tags


def differences(one: bytes, other: bytes, *, scale: float = 1.0) -> list[str]:
    """Say in what two PDFs differ: pixels, text, tags, outline, labels, destinations, links, metadata."""
    return [*_seen(one, other, scale), *_read(one, other)]


def _seen(one: bytes, other: bytes, scale: float) -> Iterator[str]:
    first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    if len(first) != len(second):
        yield f"{len(first)} pages and {len(second)}"
        return
    for number, (a, b) in enumerate(zip(first, second, strict=True), start=1):
        if a.get_textpage().get_text_bounded() != b.get_textpage().get_text_bounded():
            yield f"the text of page {number}"
        if a.render(scale=scale).to_pil().tobytes() != b.render(scale=scale).to_pil().tobytes():
            yield f"the picture of page {number}"


def _read(one: bytes, other: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(one)) as first, pikepdf.open(BytesIO(other)) as second:
        for what in (_tags, _outline, _labels, _destinations, _links, _information, _fonts, _boxes):
            a, b = what(first), what(second)
            if a != b:
                yield f"{what.__name__[1:]}: {_first_difference(a, b)}"


def _first_difference(a: Any, b: Any) -> str:
    if isinstance(a, list) and isinstance(b, list):
        for x, y in zip(a, b, strict=False):
            if x != y:
                return f"{x!r:.300} and {y!r:.300}"
        return f"{len(a)} and {len(b)} of them"
    return f"{a!r:.300} and {b!r:.300}"


def _numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def _tags(pdf: pikepdf.Pdf) -> list[Any]:
    """Give every structure element with what it says, and what stands in it by page and mark."""
    numbers = _numbers(pdf)
    told: list[Any] = []
    for tag in tags(pdf).walk():
        data = tag.data
        page = numbers[data.Pg.objgen] if "/Pg" in data else None
        says = {key: str(data[key]) for key in ("/Lang", "/Alt", "/E", "/ID") if key in data}
        about = data["/A"].unparse() if "/A" in data else b""
        told.append((tag.role, page, says, about, [_leaf(kid, page, numbers) for kid in data.get("/K", [])]))
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    told += [(number, len(owner) if isinstance(owner, pikepdf.Array) else 1) for number, owner in tree.items()]
    for sheet in pdf.pages:
        owners = tree[int(sheet.obj.StructParents)]
        told.append([str(owner.S) if owner is not None else "" for owner in owners])
        for annotation in sheet.obj.get("/Annots", ()):
            told.append(str(tree[int(annotation.StructParent)].S))
    names = pdf.Root.StructTreeRoot.get("/IDTree")
    told.append([str(n) for n in names.Names[::2]] if names is not None else [])
    return told


def _leaf(kid: Any, page: int | None, numbers: dict[tuple[int, int], int]) -> Any:
    if isinstance(kid, int):
        return page, kid
    if kid.get("/Type") == "/MCR":
        return numbers[kid.Pg.objgen], int(kid.MCID)
    return (numbers[kid.Pg.objgen], str(kid.Obj.Contents)) if kid.get("/Type") == "/OBJR" else "element"


def _outline(pdf: pikepdf.Pdf) -> list[Any]:
    numbers = _numbers(pdf)

    def under(parent: Any, depth: int) -> Iterator[Any]:
        item = parent.get("/First")
        while item is not None:
            place = [float(x) for x in list(item.Dest)[2:4]]
            yield depth, str(item.Title), numbers[item.Dest[0].objgen], place, int(item.get("/Count", 0))
            yield from under(item, depth + 1)
            item = item.get("/Next")

    return list(under(pdf.Root.Outlines, 0)) if "/Outlines" in pdf.Root else []


def _labels(pdf: pikepdf.Pdf) -> bytes:
    return pdf.Root.PageLabels.unparse(resolved=True)


def _destinations(pdf: pikepdf.Pdf) -> list[Any]:
    numbers, names = _numbers(pdf), pdf.Root.Names.Dests.Names
    return [
        (str(names[i]), numbers[names[i + 1][0].objgen], [float(x) for x in list(names[i + 1])[2:]])
        for i in range(0, len(names), 2)
    ]


def _links(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        (
            n,
            [float(x) for x in a.Rect],
            str(a.get("/Dest", "")),
            str(a.A.URI) if "/A" in a else "",
            str(a.Contents),
            int(a.F),
        )
        for n, page in enumerate(pdf.pages)
        for a in page.obj.get("/Annots", ())
    ]


def _information(pdf: pikepdf.Pdf) -> list[Any]:
    root = pdf.Root
    info = sorted((key, str(value)) for key, value in pdf.docinfo.items())
    return [info, root.Metadata.read_bytes(), str(root.Lang), root.MarkInfo.unparse(), root.ViewerPreferences.unparse()]


def _fonts(pdf: pikepdf.Pdf) -> list[str]:
    return sorted(
        str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
    )


def _boxes(pdf: pikepdf.Pdf) -> list[Any]:
    return [[[float(x) for x in page.obj[key]] for key in ("/MediaBox", "/TrimBox", "/BleedBox")] for page in pdf.pages]
