"""What a PDF says, read back from its pages: all text but running heads and folios, which are marked as artifacts."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from publish.agreement import Shown, words_of

_SPACE = frozenset("\r\n \u00a0")


def said(data: bytes) -> Shown:
    """Give what a PDF says. Raises pikepdf's and PDFium's errors for a file that cannot be opened."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as document:
        with document.open_outline() as outline:
            headings = tuple(_titles(outline.root))
        links = frozenset(_addresses(document))
        roles = list(_roles(document))
    notes = sum(role in {"/Note", "/FENote"} for role in roles)
    return Shown(words_of(_text(data)), headings, links, notes, sum(role == "/Figure" for role in roles))


def _roles(document: Any) -> Iterator[str]:
    """Give the role of every element of the structure tree (ISO 32000-1, 14.7.2)."""
    import pikepdf

    for tag in document.objects:
        if isinstance(tag, pikepdf.Dictionary) and "/P" in tag and isinstance(tag.get("/S"), pikepdf.Name):
            yield str(tag.S)


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield str(item.title)
        yield from _titles(item.children)


def _addresses(document: Any) -> Iterator[str]:
    for page in document.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A")
            if action is not None and "/URI" in action:
                yield str(action.URI)


def _text(data: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(_page(page) for page in document)
    finally:
        document.close()


def _page(page: Any) -> str:
    """Give a page's characters in the order of the text, without those of artifacts."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text = page.get_textpage()
    artifacts: dict[int, bool] = {}
    kept: list[str] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index) or 0x20)
        if character not in _SPACE:
            drawn = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
            if address not in artifacts:
                artifacts[address] = bool(address) and _is_artifact(drawn)
            if artifacts[address]:
                continue
        kept.append(character)
    return "".join(kept)


def _is_artifact(drawn: Any) -> bool:
    """Whether something drawn stands in marked content with the tag Artifact (ISO 32000-1, 14.8.2.2)."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, index)
        name, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort)), 64, length)
        if name.raw[: max(length.value - 2, 0)].decode("utf-16-le") == "Artifact":
            return True
    return False
