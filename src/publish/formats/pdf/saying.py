"""What a PDF says, read back from its pages: all text but running heads and folios, which are marked as artifacts."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from publish.agreement import Shown, words_of

_LEAPS = (64, 32, 16, 8, 4, 2, 1)
_ARTIFACT = "Artifact\0".encode("utf-16-le")
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
    text = page.get_textpage()
    letters, calls = _letters(text), _calls()
    artifacts: dict[int, bool] = {}
    kept: list[str] = []
    start = 0
    while start < len(letters):
        if letters[start] in _SPACE:
            kept.append(letters[start])
            start += 1
            continue
        drawn = calls.owner(text, start)
        end = _end(text, letters, start, drawn, calls)
        if drawn not in artifacts:
            artifacts[drawn] = bool(drawn) and _is_artifact(drawn)
        run = letters[start:end]
        kept.append("".join(c for c in run if c in _SPACE) if artifacts[drawn] else run)
        start = end
    return "".join(kept)


def _end(text: Any, letters: str, start: int, drawn: int, calls: _Calls) -> int:
    """Give where the letters end that are drawn at once.

    They stand together, so that not each is asked about, which would take most of the time of judging a book. What is
    drawn says how many they are, with a space before them that has been passed; else the end is looked for in leaps.
    """

    def belongs(index: int) -> bool:
        return index < len(letters) and letters[index] not in _SPACE and calls.owner(text, index) == drawn

    count = calls.size(drawn, text, None, 0) // 2 - 1 if drawn else 0  # in bytes, with a last character of zero
    for last in (start + count - 1, start + count - 2):
        if last >= start and belongs(last):
            return last + 1
    end = start + 1
    for leap in _LEAPS:
        while belongs(end + leap - 1):
            end += leap
    return end


class _Calls(NamedTuple):
    """Functions of PDFium that are asked so often that addresses must do for objects: which object of the page draws a
    character (0: none), and how many bytes its text has.
    """

    owner: Callable[[Any, int], int]
    size: Callable[[int, Any, None, int], int]


@cache
def _calls() -> _Calls:
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    address, page, number = ctypes.c_void_p, pdfium.FPDF_TEXTPAGE, ctypes.c_int
    owner = ctypes.cast(pdfium.FPDFText_GetTextObject, address).value
    size = ctypes.cast(pdfium.FPDFTextObj_GetText, address).value
    assert owner and size
    owns = ctypes.CFUNCTYPE(address, page, number)(owner)
    return _Calls(
        lambda text, index: owns(text, index) or 0,
        ctypes.CFUNCTYPE(ctypes.c_ulong, address, page, address, ctypes.c_ulong)(size),
    )


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


def _is_artifact(address: int) -> bool:
    """Whether something drawn stands in marked content with the tag Artifact (ISO 32000-1, 14.8.2.2)."""
    import pypdfium2.raw as pdfium

    drawn = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    for index in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, index)
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if bytes(name)[: length.value] == _ARTIFACT:
            return True
    return False
