"""The pages of two PDFs compared by what they look like."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from publish.formats.pdf.picture import opened
from publish.images.overlay import overlaid

_WIDTH = 500


def prints(pdf: bytes) -> list[tuple[str, str]]:
    """Give each page's label, and a fingerprint that is the same for pages that look the same.

    Raises ValueError for bytes that are no PDF or have no page.
    """
    with opened(pdf) as document:
        found = []
        for place, page in enumerate(document):
            image = page.render(scale=_WIDTH / page.get_width(), grayscale=False).to_pil()
            digest = hashlib.sha256(repr(page.get_size()).encode() + image.tobytes()).hexdigest()
            found.append((document.get_page_label(place) or str(place + 1), digest))
            page.close()
        return found


def overlays(old: bytes, new: bytes, pairs: Iterable[tuple[int, int]], width: int) -> Iterator[bytes]:
    """Give a picture (WebP) for each pair of pages, one over the other, ``width`` pixels wide."""
    with opened(old) as before, opened(new) as after:
        for i, k in pairs:
            images = [page.render(scale=width / page.get_width()).to_pil() for page in (before[i], after[k])]
            yield overlaid(*images)
