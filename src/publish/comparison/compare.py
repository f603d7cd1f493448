"""Two files of one kind compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from publish.agreement import Passage
from publish.comparison.model import Comparison, Pair
from publish.comparison.texts import changes
from publish.formats.epub.passages import is_book, pictures
from publish.formats.epub.passages import passages as epub_passages
from publish.formats.pdf.overlay import overlays, prints
from publish.formats.pdf.passages import passages as pdf_passages
from publish.images.overlay import overlay
from publish.renderer.sheets import data_url

_WIDTH = 900
_MOST = 80
"""How many pages are shown one over the other; of more, the others are named."""


def compare(kind: str, old: bytes, new: bytes, names: tuple[str, str]) -> Comparison:
    """Compare two PDFs (``pdf``) or two EPUBs (``epub``), which ``names`` call for people.

    Raises ValueError when one of them is no such file.
    """
    return _pdfs(old, new, names) if kind == "pdf" else _epubs(old, new, names)


def _pdfs(old: bytes, new: bytes, names: tuple[str, str]) -> Comparison:
    texts = pdf_passages(old), pdf_passages(new)
    marks = prints(old), prints(new)
    pairs = list(_paired([mark for _, mark in marks[0]], [mark for _, mark in marks[1]]))
    both = [(i, k) for i, k in pairs if i is not None and k is not None]
    shown = dict(zip(both[:_MOST], overlays(old, new, both[:_MOST], _WIDTH), strict=True))
    labels = [[label for label, _ in side] for side in marks]
    pages = [Pair(_at(labels[0], i), _at(labels[1], k), shown.get((i, k), b"")) for i, k in pairs]  # type: ignore[arg-type]
    return _comparison("pdf", names, texts, page_counts=(len(marks[0]), len(marks[1])), pages=pages)


def _epubs(old: bytes, new: bytes, names: tuple[str, str]) -> Comparison:
    for data, name in zip((old, new), names, strict=True):
        if not is_book(data):
            raise ValueError(f"{name} is no EPUB")
    return _comparison("epub", names, (epub_passages(old), epub_passages(new)), pictures=list(_pictures(old, new)))


def _comparison(
    kind: str,
    names: tuple[str, str],
    texts: tuple[Sequence[Passage], Sequence[Passage]],
    page_counts: tuple[int, int] = (0, 0),
    pages: Sequence[Pair] = (),
    pictures: Sequence[Pair] = (),
) -> Comparison:
    counts = len(texts[0]), len(texts[1])
    return Comparison(kind, names, counts, tuple(changes(*texts)), page_counts, tuple(pages), tuple(pictures))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair the pages that are not the same, so that one put in between does not change all that follow."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for n in range(max(j - i, m - k)):
                yield (i + n if i + n < j else None), (k + n if k + n < m else None)


def _pictures(old: bytes, new: bytes) -> Iterator[Pair]:
    before, after = pictures(old), pictures(new)
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was and now and was[0] == now[0]:
            continue
        both = overlay(was[0], now[0]) if was and now and _drawn_in_pixels(was[1], now[1]) else b""
        shown = [data_url(*one) if one else "" for one in (was, now)]
        yield Pair(name if was else "", name if now else "", both, *shown)


def _drawn_in_pixels(*types: str) -> bool:
    return not any(kind.endswith("svg+xml") for kind in types)


def _at(labels: Sequence[str], place: int | None) -> str:
    return "" if place is None else labels[place]
