"""What WeasyPrint 70 does wrong or keeps to itself, put right by replacing functions of it.

``rhythm``, ``lines``, ``overleaf``, ``deferring``, ``shrinking`` and ``hanging`` have more.

Each replacement says which function it stands for and why. ``tests/formats/pdf/test_pdf_patches.py`` knows the text of
the functions replaced and fails when a new release changes one; the patch is then to be compared again or dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import weasyprint.layout  # type: ignore[import-untyped]
import weasyprint.pdf  # type: ignore[import-untyped]
from weasyprint.layout.page import make_margin_boxes, remake_page  # type: ignore[import-untyped]

from publish.formats.pdf import autospace, deferring, fitting, footnotes, hanging, lines, overleaf, rhythm, shrinking
from publish.formats.pdf.engine import Box

Tagger = Callable[[Any, Any, Any, Any], None]


class Watch:
    """Stands in WeasyPrint's way during one layout.

    ``notes`` are the notes of the document (their boxes before layout), and ``counters`` the printed number of
    every page, both known when the layout is done. ``paged`` is called after every page laid out with its number
    (from 1) and the index, inside the body, of the element with which the next page goes on (``None`` at the end).
    Given the index ``last``, nothing is laid out after that element.
    """

    def __init__(self, paged: Callable[[int, int | None], None], tagger: Tagger, last: int | None = None) -> None:
        self.notes: list[Box] = []
        self.counters: list[int] = []
        self._paged = paged
        self._tagger = tagger
        self._last = last
        self._carried: dict[int, list[Box]] = {}

    def install(self) -> None:
        """Put the replacements in place, for the rest of the process."""
        weasyprint.layout.make_all_pages = self.make_all_pages
        weasyprint.layout.make_margin_boxes = self._make_margin_boxes
        weasyprint.pdf.add_tags = self._tagger
        footnotes.install()
        overleaf.install()
        shrinking.install()
        hanging.install()
        rhythm.install()
        fitting.install()
        deferring.install()
        lines.install()
        autospace.install()

    def make_all_pages(self, context: Any, root_box: Box, html: Any, pages: list[Box]) -> Iterator[Box]:
        """Stand for ``weasyprint.layout.page.make_all_pages``, which loses and repeats notes.

        There, a page made again (because a page number that it prints became known) takes over whatever notes the
        page made before it, perhaps far away, had pushed on; and notes pushed on to a page that is itself left alone
        are dropped. Here the notes that each page pushes on are kept by page.
        """
        if not pages:
            self.notes, self._carried = list(context.footnotes), {}
        index = 0
        context.rendered_notes = []
        while True:
            state = context.page_maker[index][-1]
            if index >= len(pages) or state["content_changed"] or state["pages_wanted"]:
                state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
                page, resume_at = self._remake(index, context, root_box, html)
            else:
                page, resume_at = pages[index], context.page_maker[index + 1][0]
            yield page
            index += 1
            if self._is_end(resume_at) and not self._carried.get(index - 1):
                context.page_maker = context.page_maker[: index + 1]
                context.broken_out_of_flow.clear()
                context.reported_footnotes.clear()
                return

    def shift(self) -> None:
        """Take note that a blank page was put before all others."""
        self._carried = {index + 1: notes for index, notes in self._carried.items()}

    def _is_end(self, resume_at: Any) -> bool:
        going_on = index_in_body(resume_at)
        return going_on is None or (self._last is not None and going_on > self._last)

    def _remake(self, index: int, context: Any, root_box: Box, html: Any) -> tuple[Box, Any]:
        held = context.reported_footnotes = list(self._carried.get(index - 1, ()))
        entry = context.page_maker[index]
        if held and is_seam(entry[0]) and entry[1]["break"] != "any":
            # Notes never go over to the next part: they get a page of their own, which otherwise is left blank.
            away = {**entry[1], "break": "left" if entry[2] else "right"}
            context.page_maker[index] = (entry[0], away, *entry[2:])
        page, resume_at = remake_page(index, context, root_box, html)
        if context.page_maker[index] is not entry:
            context.page_maker[index] = entry
            following = context.page_maker[index + 1]
            context.page_maker[index + 1] = (following[0], entry[1], *following[2:])
        pushed_on = list(context.reported_footnotes)
        if pushed_on != self._carried.get(index, pushed_on) and (pushed_on or resume_at is not None):
            # The next page was laid out with other notes than it will have to hold.
            context.page_maker[index + 1][-1]["content_changed"] = True
        self._carried[index] = pushed_on
        self._paged(index + 1, index_in_body(resume_at))
        return page, resume_at

    def _make_margin_boxes(self, context: Any, page: Box, state: Any) -> Iterator[Box]:
        """Stand for ``weasyprint.layout.make_margin_boxes``, to hear the counter that it prints."""
        self.counters.append(state[1].get("page", [0])[-1])
        yield from make_margin_boxes(context, page, state)


def is_seam(resume_at: Any) -> bool:
    """Whether a page begins with the beginning of a part (which is not the first)."""
    if not resume_at:
        return False
    (inner,) = resume_at.values()
    return bool(inner) and next(iter(inner.values())) is None


def index_in_body(resume_at: Any) -> int | None:
    """Give the index of the body's child with which a page goes on.

    ``resume_at`` is a path from the root box: the body is the html element's only box, its children are the parts.
    """
    if not resume_at:
        return None
    (inner,) = resume_at.values()
    return next(iter(inner), 0) if inner else 0
