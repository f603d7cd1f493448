"""A figure that does not fit on the rest of a page stands at the head of the next, and the text goes on before it.

CSS lets what does not fit go overleaf and leaves the rest of its page white. In a book the text runs on, as around
LaTeX's floats. A stylesheet asks for it with the custom property ``--defer``: how much of the page's height may stay
white before it is done (``15%``). ``movable`` says what may be deferred, and what may go before it.

The tree of boxes stays as it was written. What waits is told by the place with which a page goes on (``Place``), so
that a page made again, or made by itself, is the same page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from math import inf
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from publish.formats.pdf import movable
from publish.formats.pdf.engine import Box, ems, is_line, mark_passed, passed, points, tag
from publish.formats.pdf.rewriting import rewrite

_MOST = 2
"""So many may wait though one page cannot hold them."""

_CHANGES = (
    (
        "enumerate(box.children[skip:], start=(skip or 0))",
        "_publish_course(context, box, skip, skip_stack)",
    ),
    (
        "            remove_placeholders(\n                context, box.children[skip:], absolute",
        "            remove_placeholders(\n                context, _publish_rest(context, box, skip), absolute",
    ),
    ("[*new_children, *box.children[skip:]]", "[*new_children, *_publish_rest(context, box, skip)]"),
)


def install() -> None:
    """Put the replacements in place, for the rest of the process."""
    if not hasattr(block, "_publish_course"):
        inner = block._in_flow_layout
        rewrite(block, block.block_container_layout, _CHANGES)
        names = vars(block)
        names["_publish_course"], names["_publish_rest"] = _course, _rest
        names["_in_flow_layout"] = _deferring(inner)


class Place(int):
    """Where a box goes on: the index of the child with which it does, and what it has to know beyond that.

    ``waiting`` are the children to be set before the text goes on, in order; the child itself may be the first of
    them. The text goes on with the child ``after``, in the midst of which (``held``) it may be.
    """

    waiting: tuple[int, ...]
    after: int
    held: Any

    def __new__(cls, index: int, waiting: Iterable[int], after: int, held: Any) -> Place:
        """Give a place; it is a number to the engine."""
        place = super().__new__(cls, index)
        place.waiting, place.after, place.held = tuple(waiting), after, held
        return place

    def _all(self) -> tuple[Any, ...]:
        return int(self), self.waiting, self.after, self.held

    def __eq__(self, other: object) -> bool:
        """Whether a page that begins at the other place is the same."""
        return isinstance(other, Place) and self._all() == other._all()

    def __ne__(self, other: object) -> bool:
        """Whether a page that begins at the other place may be another."""
        return not self == other

    def __hash__(self) -> int:
        """Give the number's own hash."""
        return int.__hash__(self)

    def __deepcopy__(self, _memory: Any) -> Place:
        """Give the place itself, which never changes."""
        return self


class Course:
    """The order in which the children of a box are set on a page. Iterated over, it gives them with their places."""

    def __init__(self, context: Any, box: Box, place: int | None, inside: Any) -> None:
        self._context, self._box, self._children = context, box, box.children
        self.waiting: list[int] = []
        self.after, self._held, self._begun = place or 0, inside, None
        if isinstance(place, Place):
            self.waiting, self.after = list(place.waiting), place.after
            is_text = int(place) not in place.waiting
            self._begun = None if is_text else inside
            self._held = inside if is_text and inside is not None else place.held
        self._set_before = False
        self.current = -1

    def __iter__(self) -> Iterator[tuple[int, Box]]:
        """Give first what waits, then the text, and what waits again where no text may go before it."""
        yield from self._due()
        while self.after < len(self._children):
            if self.waiting and not self.may_go_on:
                yield from self._due()
            elif self.waiting and self._joins:
                self.waiting.append(self.after)
                self.after += 1
                continue
            self.current = self.after
            yield self._text_place(), self._children[self.current]
            self.after, self._held = self.current + 1, None
        yield from self._due()

    def _due(self) -> Iterator[tuple[int, Box]]:
        while self.waiting:
            first = self.current = self.waiting[0]
            yield Place(first, self.waiting, self.after, self._held), self._children[first]
            if self.waiting and self.waiting[0] == first:
                return
            self._begun = None

    def _text_place(self) -> int:
        if self.waiting or (self._held is not None and self._set_before):
            return Place(self.after, self.waiting, self.after, self._held)
        return self.after

    @property
    def _joins(self) -> bool:
        """Whether the next child has to wait for those that wait, and may."""
        return self._held is None and self._may_wait(self.after)

    def _may_wait(self, index: int) -> bool:
        """Whether a child may wait: text follows that may go before it, and those that wait come soon enough."""
        if not movable.may_wait(self._children[index]):
            return False
        if not movable.goes_on(self._children, index, self._box.style["page"]):
            return False
        page, height = self._context.current_footnote_area.page.height, self._height(index)
        few = len(self.waiting) < _MOST and height <= page
        return few or bool(sum(map(self._height, self.waiting)) + height <= page)

    def _height(self, index: int) -> float:
        """Give how high a child is with its margins; what is made as small as its page is no higher."""
        child = self._children[index]
        child.position_x, child.position_y = self._box.content_box_x(), self._box.position_y
        made = block.block_level_layout(self._context, child, -inf, None, self._box, False, [], [], [])[0]
        if made is None:
            return inf
        height = float(made.margin_height())
        page = float(self._context.current_footnote_area.page.height)
        return min(height, page) if points(child, "__fit_page") else height

    @property
    def may_go_on(self) -> bool:
        """Whether text follows that may go before what waits, or that has gone before it already."""
        if self._held is not None:
            return True
        if self.after >= len(self._children):
            return False
        page, first = self._box.style["page"], self.after - 1 in self.waiting
        return movable.may_pass(self._children[self.after], page, first=first) or self._joins

    @property
    def inside(self) -> Any:
        """Where in the current child its layout goes on."""
        return self._begun if self.is_late else self._held

    @property
    def is_late(self) -> bool:
        """Whether the current child is one that has waited."""
        return self.current in self.waiting

    @property
    def gone_before(self) -> list[Any]:
        """The elements of the text that has gone before the current child, though it was written after it."""
        end = self.after + (self._held is not None)
        return [self._children[i].element for i in range(self.current + 1, end) if i not in self.waiting]

    @property
    def follows_waiting(self) -> bool:
        """Whether the current child was written right behind one that waits."""
        return self.current - 1 in self.waiting

    def may_defer(self, before: list[Box]) -> bool:
        """Whether the current child, which has no room, may wait; ``before`` is what stands on the page."""
        if self.is_late:
            return self.may_go_on
        if self.waiting or (before and movable.introduces(before[-1])):
            return False
        return self._may_wait(self.current)

    def defer(self) -> None:
        """Let the current child wait."""
        if not self.is_late:
            self.waiting.append(self.current)

    def set(self) -> None:
        """Take note that the current child, which has waited, is set."""
        self.waiting.remove(self.current)
        self._set_before = True

    def rest(self) -> list[Box]:
        """Give the children that are not set yet."""
        return [*(self._children[index] for index in self.waiting), *self._children[self.after :]]


def _course(context: Any, box: Box, place: int | None, inside: Any) -> Iterable[tuple[int, Box]]:
    """Give the children of a box that are to be laid out, each with its place."""
    if not isinstance(place, Place) and not movable.holds_any(box):
        return enumerate(box.children[place:], start=place or 0)
    if isinstance(place, Place) and _is_emptied(box, place, inside):
        box.publish_course = None
        return [(place, child) for child in box.children[place : place + 1]]
    course = box.publish_course = Course(context, box, place, inside)
    return course


def _is_emptied(box: Box, place: int, inside: Any) -> bool:
    """Whether the engine took away what a box goes on with, since its page has room for notes alone."""
    path = {place: inside}
    while not box.force_fragmentation:
        if len(path or ()) != 1 or not getattr(box, "children", ()):
            return False
        ((place, path),) = path.items()
        if place is None or place >= len(box.children):
            return False
        box = box.children[place]
    return True


def _rest(context: Any, box: Box, place: int | None) -> list[Box]:
    """Give the children of a box that were to be laid out on this page."""
    return Course(context, box, place, None).rest() if isinstance(place, Place) else list(box.children[place:])


def _deferring(layout: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that stands for ``weasyprint.layout.block._in_flow_layout``, which is ``layout``."""
    names = tuple(inspect.signature(layout).parameters)

    def lay_out(*arguments: Any) -> Any:
        course = getattr(arguments[1], "publish_course", None)
        if course is None:
            return layout(*arguments)
        return _lay_out(layout, dict(zip(names, arguments, strict=True)), course)

    return lay_out


def _lay_out(layout: Callable[..., Any], given: dict[str, Any], course: Course) -> Any:
    """Lay a child out, or let it wait where there is no room for it."""
    new_children, margins = given["new_children"], list(given["adjoining_margins"])
    before = list(new_children)
    child = given["child"] if course.is_late else _indented(given["child"], course, before)
    result = layout(
        *{**given, "child": child, "skip_stack": course.inside, "adjoining_margins": list(margins)}.values()
    )
    made = result[6]
    if len(made) > len(before):
        if course.is_late:
            mark_passed(made[-1], course.gone_before)
            course.set()
        return result
    if made == before and _is_white(given, margins) and course.may_defer(before):
        course.defer()
        lines, next_page = given["max_lines"], given["next_page"]
        return False, False, None, given["position_y"], margins, next_page, new_children, lines
    return result


def _is_white(given: dict[str, Any], margins: list[float]) -> bool:
    """Whether more of the page would stay white than the child that has no room allows."""
    context, asked = given["context"], movable.asks(given["child"])
    if not asked or context.in_column or (given["page_is_empty"] and not given["new_children"]):
        return False
    room = context.page_bottom - given["bottom_space"] - given["position_y"] - block.collapse_margin(margins)
    return bool(room > asked * context.current_footnote_area.page.height)


def _indented(child: Box, course: Course, before: list[Box]) -> Box:
    """Give a paragraph with the indent that it has where it now stands: another thing is before it than was written."""
    if tag(child) != "p" or course.inside is not None or not before:
        return child
    if course.follows_waiting and tag(before[-1]) == "p":
        indent = ems(child.style, "__indent_behind")
        return _with_indent(child, indent) if indent else child
    return _with_indent(child, 0) if passed(before[-1]) else child


def _with_indent(paragraph: Box, indent: float) -> Box:
    """Give a copy of a paragraph that begins with an indent (px)."""
    first, *more = paragraph.children or [None]
    if first is None or not is_line(first) or not hasattr(first.style["text_indent"], "unit"):
        return paragraph
    line = first.copy()
    line.style = first.style.copy()
    line.style["text_indent"] = line.style["text_indent"]._replace(value=indent, unit="px")
    copy = paragraph.copy()
    copy.children = [line, *more]
    return copy
