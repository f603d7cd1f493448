"""What a file's tags say of its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf


def descriptions(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """Give the descriptions of figures by page and marked content (ISO 32000-1, 14.7.4), as far as there are tags."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return {
        (numbers.get(item.Pg.objgen, 0), content): str(item.Alt)
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure" and "/Alt" in item and "/Pg" in item
        for content in _contents(item.get("/K"))
    }


def _contents(kids: Any) -> Iterator[int]:
    for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
        if isinstance(kid, int):
            yield int(kid)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield int(kid.MCID)
