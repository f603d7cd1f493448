"""What a PDF says, read back from its pages: all text but running heads and folios, which are marked as artifacts."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from publish.agreement import Shown, words_of

_LEAP = 32
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
    """Give a page's characters in the order of the text, without those of artifacts.

    What is drawn at once stands together, so its end is looked for in leaps: a question to PDFium for every letter
    would take most of the time of judging a book.
    """
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text = page.get_textpage()
    letters = _letters(text)
    artifacts: dict[int, bool] = {}
    kept: list[str] = []
    start = 0
    while start < len(letters):
        if letters[start] in _SPACE:
            kept.append(letters[start])
            start += 1
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, start)
        address, end, leap = _address(drawn), start + 1, _LEAP
        while leap:
            ahead = end + leap - 1
            if ahead < len(letters) and letters[ahead] not in _SPACE and _owner(text, ahead) == address:
                end = ahead + 1
            else:
                leap //= 2
        if address not in artifacts:
            artifacts[address] = bool(address) and _is_artifact(drawn)
        run = letters[start:end]
        kept.append("".join(c for c in run if c in _SPACE) if artifacts[address] else run)
        start = end
    return "".join(kept)


def _letters(text: Any) -> str:
    """Give the characters of a page as PDFium counts them."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, units) == count + 1:
        letters = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(letters) == count:
            return letters.replace("\0", " ").replace("\ufffe", "\2")  # a hyphen at the end of a line
    # Some character has no Unicode or needs two units: then one by one.
    return "".join(chr(pdfium.FPDFText_GetUnicode(text, index) or 0x20) for index in range(count))


def _owner(text: Any, index: int) -> int:
    import pypdfium2.raw as pdfium

    return _address(pdfium.FPDFText_GetTextObject(text, index))


def _address(drawn: Any) -> int:
    return ctypes.cast(drawn, ctypes.c_void_p).value or 0


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
