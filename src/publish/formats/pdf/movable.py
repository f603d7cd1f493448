"""Which figures and tables may stand a little later than they were written, and what of the text may go before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from publish.formats.pdf.engine import Box, descendants, is_text, share, tag

_HOLDERS = frozenset({"article", "section"})
"""What holds text that runs on: not the items of a list, a note, or what an author fenced off."""

_FIGURES = frozenset({"aside", "div", "figure", "pre", "table"})
_TEXT = frozenset({"blockquote", "div", "dl", "hr", "ol", "p", "pre", "ul"})
_NO_TEXT = frozenset({"figure", "h1", "h2", "h3", "h4", "h5", "h6", "section", "table"})
_LISTS = frozenset({"ol", "ul"})
_AVOIDED = frozenset({"avoid", "avoid-page"})
_NAMED = frozenset({"a", "span"})
_INTRODUCING = (":", "\uff1a")


def asks(box: Box) -> float:
    """Give how much of the page's height may stay white before a box is set later; 0 where it never is."""
    return share(box.style, "__defer")


def holds_any(box: Box) -> bool:
    """Whether a box holds running text with something that may be set later."""
    known: bool | None = getattr(box, "publish_defers", None)
    if known is None:
        known = box.publish_defers = box.element_tag in _HOLDERS and any(asks(child) for child in box.children)
    return known


def may_wait(box: Box) -> bool:
    """Whether a figure or a table may be set later.

    Notes keep their order on the page, and the index finds a page by the order of the text: so a caption that calls a
    note, or in which a word has a name of its own, keeps its place.
    """
    if not asks(box) or tag(box) not in _FIGURES or not box.is_in_normal_flow() or not _is_free(box):
        return False
    named = any(part.tag in _NAMED and part.get("id") for part in box.element.iter())
    return not named and all(one.footnote is None for one in descendants(box))


def may_pass(box: Box, page: Any, *, first: bool) -> bool:
    """Whether a box is text on a page of this name that may go before what was written before it.

    The first that does may not belong to what is before it; a list does not, though the engine keeps it from a break.
    """
    if tag(box) not in _TEXT or not box.is_in_normal_flow() or box.style["page"] != page:
        return False
    if not _is_free(box, kept=not first or tag(box) in _LISTS):
        return False
    return all(tag(one) not in _NO_TEXT for one in descendants(box))


def goes_on(children: Sequence[Box], index: int, page: Any) -> bool:
    """Whether text that may pass follows on a child, perhaps after others that may wait."""
    after = next((child for child in children[index + 1 :] if not may_wait(child)), None)
    return after is not None and may_pass(after, page, first=True)


def introduces(box: Box) -> bool:
    """Whether the last words of a box that is laid out announce what follows."""
    words = [one.text for one in descendants(box) if is_text(one)]
    return bool(words) and words[-1].rstrip().endswith(_INTRODUCING)


def _is_free(box: Box, *, kept: bool = False) -> bool:
    """Whether no break is asked for before or behind a box, nor forbidden; before it one may be if it is ``kept``."""
    before = {*block._add_break_values(box, "before")} - (_AVOIDED if kept else set())
    return not (before | {*block._add_break_values(box, "after")}) - {"auto"}
