"""The paragraphs of a PDF in the order of its structure tree (ISO 32000-1, 14.7), each with the pages it stands on.

The tree says which pieces of marked content make up an element; PDFium says which characters each piece shows. A PDF
without a tree is read line by line.
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from io import BytesIO
from typing import Any

from publish.agreement import Passage
from publish.records import dataclass

_BLOCK_ROLES = """
Aside BlockQuote Caption Div FENote Figure Formula H H1 H2 H3 H4 H5 H6 Index LI Note P Sect TD TH TOCI Title
"""
_BLOCKS = frozenset(_BLOCK_ROLES.split())
_NOTES = frozenset({"FENote", "Note"})
# What a line's end put into a word: PDFium says so by these characters.
_BROKEN = re.compile("[\u00ad\ufffe\u0002]\\s*")
_SPACES = re.compile(r"\s+")


@dataclass
class _Block:
    """A block that is being read: its words so far, and the first page on which it has any."""

    role: str
    words: list[str] = field(default_factory=list)
    page: int | None = None


def passages(data: bytes) -> list[Passage]:
    """Give the paragraphs of a PDF, with the labels of their first pages. Raises ValueError for what is no PDF."""
    import pikepdf
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with pikepdf.open(BytesIO(data)) as document:
            shown = pypdfium2.PdfDocument(data)
            try:
                labels = [shown.get_page_label(n) or str(n + 1) for n in range(len(shown))]
                pieces = {n: _pieces(page) for n, page in enumerate(shown)}
            finally:
                shown.close()
            pages = {page.objgen: n for n, page in enumerate(document.pages)}
            root = document.Root.get("/StructTreeRoot")
            blocks = list(_Tree(pages, pieces).read(root)) if root is not None else list(_lines(pieces))
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise ValueError(f"not a PDF: {error}") from error
    told = ((_tidy("".join(block.words)), labels[block.page] if block.page is not None else "") for block in blocks)
    return [Passage(text, label) for text, label in told if text]


class _Tree:
    """Reads a structure tree. ``pages`` are their places by object; ``pieces`` each page's text by mark."""

    def __init__(self, pages: Mapping[Any, int], pieces: Mapping[int, Mapping[int, str]]) -> None:
        self._pages, self._pieces = pages, pieces

    def read(self, root: Any) -> Iterator[_Block]:
        """Give the blocks below the root in order; one inside another comes after it."""
        outside = _Block("")
        yield outside
        yield from self._kids(root, outside, None)

    def _kids(self, element: Any, block: _Block, page: int | None) -> Iterator[_Block]:
        kids = list(_kids(element))
        for kid, following in zip(kids, [*kids[1:], None], strict=True):
            if not _numbers_a_note(_role(kid), _role(following), block.role):
                yield from self._kid(kid, block, page)
            elif _role(kid) == "Reference":
                block.words.append(self._space_after(kid, page))

    def _kid(self, kid: Any, block: _Block, page: int | None) -> Iterator[_Block]:
        if isinstance(kid, int):
            self._take(kid, block, page)
            return
        page = self._pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page
        if "/MCID" in kid:
            self._take(int(kid.MCID), block, page)
        elif "/S" in kid:
            if _role(kid) in _BLOCKS:
                own = _Block(_role(kid))
                yield own
                yield from self._kids(kid, own, page)
            else:
                yield from self._kids(kid, block, page)

    def _space_after(self, call: Any, page: int | None) -> str:
        """Give the space that PDFium put behind the number of a note, which belongs to the text that goes on."""
        number = _Block("")
        list(self._kids(call, number, page))
        return " " if "".join(number.words).endswith((" ", "\n")) else ""

    def _take(self, mark: int, block: _Block, page: int | None) -> None:
        if page is not None and (text := self._pieces[page].get(mark)):
            block.words.append(text)
            block.page = page if block.page is None else block.page


def _role(kid: Any) -> str:
    """Give the role of an element; what is none has none."""
    return str(kid.S)[1:] if not isinstance(kid, int | None) and "/S" in kid else ""


def _numbers_a_note(role: str, following: str, around: str) -> bool:
    """Whether an element is a note's call or its number: one note more would change them all."""
    return (role == "Reference" and following in _NOTES) or (role == "Lbl" and around in _NOTES)


def _kids(element: Any) -> Iterator[Any]:
    import pikepdf

    kids = element.get("/K")
    if isinstance(kids, pikepdf.Array):
        yield from kids
    elif kids is not None:
        yield kids


def _pieces(page: Any) -> dict[int, str]:
    """Give the text of each piece of marked content of a page by its number; -1 is what stands in none."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text = page.get_textpage()
    found: dict[int, list[str]] = defaultdict(list)
    marks: dict[int, int] = {}
    mark = -1
    for index in range(pdfium.FPDFText_CountChars(text)):
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        # A space that PDFium puts between two pieces belongs to the one before it.
        if address and not pdfium.FPDFText_IsGenerated(text, index):
            if address not in marks:
                marks[address] = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            mark = marks[address]
        found[mark].append(chr(pdfium.FPDFText_GetUnicode(text, index) or 0x20))
    return {mark: "".join(characters) for mark, characters in found.items()}


def _lines(pieces: Mapping[int, Mapping[int, str]]) -> Iterator[_Block]:
    for page, found in pieces.items():
        for line in "".join(found.values()).splitlines():
            yield _Block("", [line], page)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _BROKEN.sub("", text)).strip()
