"""A division laid out by itself: what begins on a new page, as if the whole book stood around it.

Another door to WeasyPrint 70. The division stands between its neighbours' empty shells, and the layout begins where
a book's would go on after the one and ends where it would go on with the other: so what is carried over a border
(a forced break, the name of the next page, the margins of the body) comes out as it does in one layout.

It is made in two steps. ``Division`` breaks it into pages, with stand-ins for the numbers that only the rest of the
book knows. ``Division.finish`` is told those numbers, makes again the pages that print one, and gives WeasyPrint's
document. The same two steps in the same order give the same pages; nothing else comes in.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint  # type: ignore[import-untyped]
import weasyprint.css  # type: ignore[import-untyped]
import weasyprint.layout.page as paging  # type: ignore[import-untyped]
from weasyprint import layout
from weasyprint.css.counters import CounterStyle  # type: ignore[import-untyped]
from weasyprint.css.targets import TargetLookupItem  # type: ignore[import-untyped]
from weasyprint.document import Document, DocumentMetadata, Page  # type: ignore[import-untyped]
from weasyprint.formatting_structure.build import build_formatting_structure, update_counters  # type: ignore[import-untyped]
from weasyprint.html import get_html_metadata  # type: ignore[import-untyped]
from weasyprint.layout.block import (  # type: ignore[import-untyped]
    block_level_page_break,
    block_level_page_name,
    force_page_break,
)

from publish.formats.pdf import engine
from publish.formats.pdf.engine import Box
from publish.formats.pdf.patches import Watch, index_in_body, is_seam
from publish.formats.pdf.wire import Break, Entry, Facts
from publish.records import dataclass

_STAND_IN = 100
"""The number of every page that a division prints and does not hold, until it is known."""

_ROUNDS = 8  # as many as WeasyPrint's own
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Alone(Exception):
    """This division cannot be laid out by itself; the message says why. The book is then laid out as one."""


@dataclass
class Style:
    """What all divisions of a book share: stylesheets read once, and the fonts that they name."""

    fetcher: engine.URLFetcher
    fonts: Any = field(default_factory=engine.fonts)
    counters: Any = field(default_factory=CounterStyle)
    profiles: dict[str, Any] = field(default_factory=dict)
    page_rules: list[Any] = field(default_factory=list)
    layers: list[Any] = field(default_factory=list)
    sheets: list[Any] = field(default_factory=list)

    def read(self, html: Any) -> None:
        """Read the stylesheets that a document names."""
        held = (self.fonts, self.counters, self.profiles, self.page_rules, self.layers)
        found = (html.wrapper_element, html.media_type, html.url_fetcher, html.base_url)
        self.sheets = list(_find_stylesheets(*found, *held))

    def find_stylesheets(self, *_: Any) -> Iterator[Any]:
        """Stand for ``weasyprint.css.find_stylesheets``, to read every stylesheet once a book."""
        return iter(self.sheets)


_find_stylesheets = weasyprint.css.find_stylesheets
_initialize_page_maker = layout.initialize_page_maker
_PageType = paging.PageType


class Division:
    """One division, broken into pages. ``facts`` are what the rest of the book has to know of it.

    ``root`` is the tree of a whole document whose body holds the part ``part`` and the shells of others.
    ``away`` are the anchors in other divisions to which it leads; ``right`` says on which side it begins, if its style
    does not. Raises Alone.
    """

    def __init__(
        self,
        root: Element,
        part: Element,
        style: Style,
        away: Sequence[str],
        watched: Watched,
        *,
        right: bool,
    ) -> None:
        self._style = style
        self._html = engine.document(root, watched.base, style.fetcher)
        self._away = dict.fromkeys(away)
        weasyprint.css.find_stylesheets = style.find_stylesheets
        options = dict(weasyprint.DEFAULT_OPTIONS)
        self._context = Document._build_layout_context(
            self._html, style.fonts, style.counters, style.profiles, options | {"cache": watched.images}
        )
        self._seed()
        self._root_box = build_formatting_structure(
            self._html.etree_element,
            self._context.style_for,
            self._context.get_image_from_uri,
            self._html.base_url,
            self._context.target_collector,
            style.counters,
            self._context.footnotes,
        )
        self._index = self._find(part)
        self.watch = Watch(watched.paged, watched.tagger, self._index)
        self.watch.install()
        self._shown: dict[Box, list[int]] = {}
        for box, lookup in self._printing():
            lookup.missing_counters = []  # WeasyPrint takes the target's for the box's own
            if _aim(box) in self._away:
                self._shown[box] = [_STAND_IN]
        self._notes = list(self._context.footnotes)
        if any(_is_counted(self._context.style_for, note) for note in self._notes):
            raise Alone("notes are numbered by the style")
        self._lead = 0  # blank pages before the division
        self._begin(right)
        self.pages: list[Box] = []
        self._settle()
        self.facts = self._tell()

    # --- the first step ---

    def _seed(self) -> None:
        """Let the anchors in other divisions be known, with a stand-in for their pages' numbers."""
        items = self._context.target_collector.target_lookup_items
        for name in self._away:
            item = TargetLookupItem("up-to-date")
            item.target_box = SimpleNamespace(cached_counter_values={})
            item.cached_page_counter_values = {"page": [_STAND_IN]}
            items[name] = item

    def _find(self, part: Element) -> int:
        """Give the index of the part's box in the body."""
        bodies = self._root_box.children
        if len(bodies) == 1:
            for index, box in enumerate(getattr(bodies[0], "children", ())):
                if box.element is part:
                    return index
        raise Alone("a part of it is not shown")

    def _begin(self, right: bool) -> None:
        """Set the state in which a book's layout would come to this division."""
        context, body = self._context, self._root_box.children[0]
        _initialize_page_maker(context, self._root_box)
        self._entry: Break | None = None
        self._forced = ""
        self.first = self._index == 0
        if self.first:
            return
        before, box = body.children[self._index - 1], body.children[self._index]
        broken, name = block_level_page_break(before, box), block_level_page_name(before, box)
        if not (name or force_page_break(broken, context)):
            raise Alone("a part of it does not begin on a new page")
        page = name or before.page_values()[1] or body.style["page"] or self._root_box.style["page"]
        self._entry = (broken, page)
        self._forced = _side(broken, ltr=self._root_box.style["direction"] == "ltr")
        state: Any = ([0], {"pages": [0], "page": [0]}, [{"pages", "page"}], [])
        context.page_maker[0] = (
            {0: {self._index: None}},
            {"break": broken, "page": page},
            self._forced == "right" if self._forced else right,
            state,
            context.page_maker[0][-1],
        )

    def _settle(self) -> None:
        """Make the pages that have to be made (again), until nothing changes any more."""
        context = self._context
        self._place()
        for _ in range(_ROUNDS):
            context.footnotes = list(self._notes)
            self.pages = list(self.watch.make_all_pages(context, self._root_box, self._html, self.pages))
            self._print_numbers()
            if not any(item[-1]["content_changed"] for item in context.page_maker[: len(self.pages)]):
                break

    def _print_numbers(self) -> None:
        """Put the numbers of pages, as they are now, where they are printed, and mark the pages that this changes.

        WeasyPrint does not know which boxes print the number of which page when the stylesheet says ``attr(href)``.
        """
        maker, collector = self._context.page_maker, self._context.target_collector
        for box, lookup in self._printing():
            target = collector.target_lookup_items.get(_aim(box))
            number = target.cached_page_counter_values.get("page") if target else None
            where = lookup.page_maker_index
            if number is None or number == self._shown.get(box) or where is None or where >= len(self.pages):
                continue
            self._shown[box] = number
            lookup.cached_page_counter_values = copy.deepcopy(maker[where + 1][3][1])
            lookup.parse_again(lookup.cached_page_counter_values)
            maker[where][-1]["content_changed"] = True

    def _printing(self) -> Iterator[tuple[Box, Any]]:
        """Give the boxes that print the number of a page."""
        for (box, kind), lookup in self._context.target_collector.counter_lookup_items.items():
            if kind == "content" and lookup.missing_target_counters:
                yield box, lookup

    def _place(self) -> None:
        """Let WeasyPrint know that pages stand before: none of these is the book's first."""
        offset = 0 if self.first else 1
        paging.PageType = lambda side, blank, name, index, groups: _PageType(side, blank, name, index + offset, groups)

    def _tell(self) -> Facts:
        context, body = self._context, self._root_box.children[0]
        resume_at, following = context.page_maker[len(self.pages)][:2]
        leaving: Break | None = None
        if self._index + 1 < len(body.children):
            if not (is_seam(resume_at) and index_in_body(resume_at) == self._index + 1):
                raise Alone("a part of it does not begin on a new page")
            leaving = (following["break"], following["page"])
        if any(paging._includes_resume_at(resume_at, group[2]) for group in context.page_maker[len(self.pages)][3][3]):
            raise Alone("a page name goes over from part to part")
        items = context.target_collector.target_lookup_items
        strings, early, headings = self._survey()
        printed = {_aim(box) for box, _ in self._printing()}
        return Facts(
            forced=self._forced,
            entry=self._entry,
            leaving=leaving,
            pages=len(self.pages) - self._lead,
            steps=_steps(self.pages[self._lead :]),
            anchors={
                name: item.page_maker_index - self._lead
                for name, item in items.items()
                if item.page_maker_index is not None and name not in self._away
            },
            asks=tuple(name for name in self._away if name in printed),
            strings=strings,
            early=early,
            headings=headings,
        )

    def _survey(self) -> tuple[dict[str, str], tuple[str, ...], tuple[int, ...]]:
        """Give the named strings that the division leaves set, those that it sets at once, and its headings' levels."""
        part = self._root_box.children[0].children[self._index]
        strings: dict[str, str] = {}
        headings: dict[Element, int] = {}
        for box in engine.descendants(part):
            if isinstance(box.string_set, list | tuple):
                strings.update(box.string_set)
            if (name := engine.tag(box)) in _HEADINGS:
                headings.setdefault(box.element, _HEADINGS[name])
        early: list[str] = []
        top: Any = part
        while top is not None:
            if isinstance(top.string_set, list | tuple):
                early += [name for name, _ in top.string_set]
            top = next(engine.children(top), None)
        return strings, tuple(early), tuple(headings.values())

    # --- the second step ---

    def finish(self, entry: Entry) -> Document:
        """Put the numbers in that the rest of the book gives, and give the document of the finished pages."""
        weasyprint.css.find_stylesheets = self._style.find_stylesheets
        self._place()
        if not self.first and entry.right != self._context.page_maker[0][2]:
            if not self._forced:
                raise Alone("a part of it was laid out for the other side")
            self._put_blank(entry)
        self._renumber(entry)
        self._settle()
        self._carry_strings(entry.strings)
        self._context.page_maker[len(self.pages)][-1]["content_changed"] = False
        self.facts = self._tell()
        self.watch.install()
        layout.initialize_page_maker = lambda context, root_box: None
        layout.make_all_pages = lambda context, root_box, html, pages: iter(self.pages)
        boxes = list(layout.layout_document(self._html, self._root_box, self._context))
        return Document(
            [Page(box) for box in boxes],
            DocumentMetadata(**get_html_metadata(self._html)),
            self._html.url_fetcher,
            self._style.fonts,
            self._style.profiles,
            None,
        )

    def _put_blank(self, entry: Entry) -> None:
        """Put a blank page before the others: the division begins on the other side than the one before ends on."""
        context, pages = self._context, list(self._context.page_maker)
        first = pages[0]
        state: Any = ([0], {"pages": [0], "page": [entry.number]}, [{"pages", "page"}], [])
        fresh = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
        context.page_maker = [(first[0], first[1], entry.right, state, fresh)]
        context.reported_footnotes, context.rendered_notes = [], []
        blank, _ = paging.remake_page(0, context, self._root_box, self._html)
        context.page_maker = [context.page_maker[0], *pages]
        self.pages = [blank, *self.pages]
        self.watch.shift()
        self._lead = 1
        collector = context.target_collector
        for item in (*collector.target_lookup_items.values(), *collector.counter_lookup_items.values()):
            if item.page_maker_index is not None:
                item.page_maker_index += 1

    def _renumber(self, entry: Entry) -> None:
        """Give every page its number, and know those of the pages elsewhere."""
        maker = self._context.page_maker
        numbers = list(_numbers(self.pages, entry.number))
        if not self.first:
            maker[0][3][1]["page"] = [entry.number]
        for item, number in zip(maker[1:], numbers, strict=True):
            item[3][1]["page"] = [number]
        for name, target in self._context.target_collector.target_lookup_items.items():
            now = entry.numbers.get(name)
            if name not in self._away and target.page_maker_index is not None:
                now = numbers[target.page_maker_index]
            if now is not None:
                target.cached_page_counter_values = {**target.cached_page_counter_values, "page": [now]}
        self._print_numbers()

    def _carry_strings(self, strings: Mapping[str, str]) -> None:
        """Let pages before the first that sets a named string have what the division before left."""
        context = self._context
        own = type(context).get_string_set_for

        def get(page: Box, name: str, keyword: str = "first") -> Any:
            found = own(context, page, name, keyword)
            unset = context.current_page not in context.string_set[name] and keyword != "all-once"
            return (strings[name],) if not found and unset and name in strings else found

        context.get_string_set_for = get


@dataclass
class Watched:
    """What a division's layout tells while it goes on, the address of its files, and pictures already read."""

    base: str
    paged: Callable[[int, int | None], None]
    tagger: Any
    images: dict[str, Any] = field(default_factory=dict)


def _aim(box: Box) -> str:
    """Give the anchor to which a box's link leads."""
    return (box.element.get("href") or "").removeprefix("#")


def _side(broken: str, *, ltr: bool) -> str:
    """Give the side on which a break makes the next page stand, or an empty string."""
    if broken in ("recto", "verso"):
        return "right" if (broken == "recto") == ltr else "left"
    return broken if broken in ("left", "right") else ""


def _numbers(pages: Sequence[Box], before: int) -> Iterator[int]:
    """Give the number of every page, when the one before has the number ``before``."""
    state: Any = ([0], {"page": [before]}, [{"page"}], [])
    for page in pages:
        update_counters(state, page.style)
        yield state[1]["page"][-1]


def _steps(pages: Sequence[Box]) -> tuple[tuple[bool, int], ...]:
    """Give how each page's number comes about: as it stands (false), or so much more than the page before the first."""
    low, high = _numbers(pages, 0), _numbers(pages, 1)
    return tuple((a != b, a) for a, b in zip(low, high, strict=True))


def _is_counted(style_for: Any, note: Box) -> bool:
    """Whether the style itself numbers a note."""
    for kind in ("footnote-call", "footnote-marker"):
        style = style_for(note.element, kind)
        content = style["content"] if style is not None else ()
        if isinstance(content, tuple | list) and any(item[0] in ("counter()", "counters()") for item in content):
            return True
    return False
