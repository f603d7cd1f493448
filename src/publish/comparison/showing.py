"""A comparison told: in lines of text for a terminal, and as one HTML file for a desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from publish.comparison.model import Change, Comparison, Pair
from publish.renderer.sheets import fill

_TEMPLATES = Path(__file__).parent / "templates"
_AROUND = 5
"""How many words are told before and after those that changed."""


def summary(found: Comparison, most: int | None = 20) -> Iterator[str]:
    """Give a comparison in lines of text, at most so many of the changed paragraphs.

    Words that are gone stand in ``[-`` and ``-]``, new ones in ``{+`` and ``+}``.
    """
    yield f"{found.names[0]} -> {found.names[1]}"
    if found.same:
        yield "  nothing that a reader could see has changed"
        return
    yield f"  text: {_counted(found.changes, 'paragraph')}{_numbers(found.paragraphs)}"
    for change in found.changes[:most]:
        where = f"p. {change.where}" if found.kind == "pdf" else change.where
        yield f"    {where}: {_told(change)}"
    if most is not None and len(found.changes) > most:
        yield f"    and {len(found.changes) - most} more (--all)"
    if found.kind == "pdf":
        yield f"  pages: {_counted(found.pages, 'page')}{_numbers(found.page_counts)}{_names(found.pages)}"
    else:
        yield f"  pictures: {_counted(found.pictures, 'picture')}{_names(found.pictures)}"


def page(comparisons: Sequence[Comparison], title: str) -> str:
    """Give comparisons as one HTML document with everything inside it."""
    return fill(_TEMPLATES, "diff.html", title=title, comparisons=comparisons)


def _counted(found: Sequence[Change | Pair], what: str) -> str:
    if not found:
        return f"no {what} changed"
    kinds = [one.kind for one in found]
    counts = [(kinds.count(kind), kind) for kind in ("changed", "new", "gone") if kind in kinds]
    first = counts[0][0]
    told = f"{first} {what}{'' if first == 1 else 's'} {counts[0][1]}"
    return ", ".join([told, *(f"{count} {kind}" for count, kind in counts[1:])])


def _numbers(counts: tuple[int, int]) -> str:
    return (
        f" (there are {counts[1]})" if counts[0] == counts[1] else f" (there were {counts[0]}, there are {counts[1]})"
    )


def _names(pairs: Sequence[Pair]) -> str:
    names = [pair.new_name or f"{pair.old_name} (gone)" for pair in pairs]
    return f": {', '.join(names[:30])}{' …' if len(names) > 30 else ''}" if names else ""


def _told(change: Change) -> str:
    marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    pieces = []
    for n, (fate, text) in enumerate(change.words):
        shown = _shortened(text.split(), first=n == 0, last=n == len(change.words) - 1, same=fate == "same")
        pieces.append(f"{marks[fate][0]}{shown}{marks[fate][1]}")
    return " ".join(filter(None, pieces))


def _shortened(words: Sequence[str], *, first: bool, last: bool, same: bool) -> str:
    """Give some words around what changed; what is gone or new is told from its beginning."""
    if not same:
        return " ".join(words[:25]) + (" …" if len(words) > 25 else "")
    if (first and last) or len(words) <= 2 * _AROUND:
        return " ".join(words)
    head = "" if first else " ".join(words[:_AROUND])
    foot = "" if last else " ".join(words[-_AROUND:])
    return f"{head} … {foot}".strip()
