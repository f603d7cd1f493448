"""A book laid out by divisions is the book laid out as one: the oracle is the plain layout."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pdf_compare import differences
from pdf_pages import METADATA, make, part, rendition
from pdf_volumes import CSS, as_one, by_divisions, text, volume

from publish.cache import Cache, Shelf
from publish.diagnostics import Log
from publish.formats.pdf import bindery, crew, write
from publish.formats.pdf.style import looks_aside, obstacles
from publish.formats.pdf.wire import Begin, Cut, Finish
from publish.formats.pdf.writer import Method
from publish.progress import watched_by
from publish.rendition import Rendition


@contextmanager
def counted() -> Iterator[list[Any]]:
    """Give the orders given to crews meanwhile."""
    orders: list[Any] = []
    submit = crew.Crew.submit

    def note(self: crew.Crew, order: Any, **how: Any) -> Any:
        orders.append(order)
        return submit(self, order, **how)

    crew.Crew.submit = note  # type: ignore[method-assign]
    try:
        yield orders
    finally:
        crew.Crew.submit = submit  # type: ignore[method-assign]


def names(orders: list[Any], kind: type[Begin] | type[Finish]) -> list[str]:
    return sorted(order.sheet.name for order in orders if isinstance(order, kind))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_pages_tags_names_and_links_as_one_layout(seed: int) -> None:
    book = volume(seed)
    with counted() as orders:
        divided = by_divisions(book, workers=2)
    assert len(names(orders, Finish)) >= len(book.parts)
    whole = as_one(book)
    assert differences(divided.data, whole.data) == []
    assert divided.pages == whole.pages
    assert len(divided.data) < 1.1 * len(whole.data)


def test_one_worker_or_several_the_same_bytes() -> None:
    book = volume(3, chapters=3, paragraphs=6)
    assert by_divisions(book, workers=1).data == by_divisions(book, workers=3).data


def test_what_has_not_changed_is_not_laid_out_again(tmp_path: Path) -> None:
    shelf = Shelf(Cache(tmp_path), "x")
    first = by_divisions(volume(), shelf=shelf)
    with counted() as orders:
        assert by_divisions(volume(), shelf=shelf).data == first.data
    assert orders == []
    changed = _with(volume(), "c2.xhtml", "Chapter 2</h2>", "Chapter Z</h2>")
    with counted() as orders:
        made = by_divisions(changed, shelf=shelf)
    assert names(orders, Begin) == names(orders, Finish) == ["c2.xhtml"]
    assert made.data == by_divisions(changed).data != first.data


def test_a_font_that_only_a_kept_division_uses(tmp_path: Path) -> None:
    shelf = Shelf(Cache(tmp_path), "x")
    css = "#title { font-style: italic }"
    by_divisions(volume(css=css), shelf=shelf)
    changed = _with(volume(css=css), "c2.xhtml", "Chapter 2</h2>", "Chapter Z</h2>")
    with counted() as orders:
        made = by_divisions(changed, shelf=shelf)
    assert names(orders, Finish) == ["c2.xhtml"]
    assert made.data == by_divisions(changed).data


def test_a_longer_chapter_moves_the_others_and_the_contents(tmp_path: Path) -> None:
    shelf = Shelf(Cache(tmp_path), "x")
    by_divisions(volume(), shelf=shelf)
    longer = volume(more=40)
    with counted() as orders:
        made = by_divisions(longer, shelf=shelf)
    assert "title.xhtml" not in names(orders, Finish)
    assert "c1.xhtml" in names(orders, Begin)
    clean = by_divisions(longer)
    assert made.data == clean.data
    assert differences(made.data, as_one(longer).data) == []


def test_a_new_chapter_at_the_end_leaves_the_first_ones_alone(tmp_path: Path) -> None:
    book = replace(volume(), parts=volume().parts[:-1])
    shelf = Shelf(Cache(tmp_path), "x")
    text_of = {p.name: p.xhtml for p in book.parts}
    assert "c5.xhtml" not in text_of
    plain = replace(book, parts=tuple(replace(p, xhtml=p.xhtml.replace("c5.xhtml", "c4.xhtml")) for p in book.parts))
    by_divisions(plain, shelf=shelf)
    added = replace(plain, parts=(*plain.parts, volume().parts[-1]))
    with counted() as orders:
        by_divisions(added, shelf=shelf)
    assert set(names(orders, Begin)) == {"c4.xhtml", "c5.xhtml"}


def test_random_edits_kept_against_clean(tmp_path: Path) -> None:
    """The bytes never tell what was kept."""
    dice, shelf, book = Random(11), Shelf(Cache(tmp_path), "x"), volume(5, chapters=3, paragraphs=6)
    for _ in range(5):
        kept = by_divisions(book, workers=1 + dice.randrange(2), shelf=shelf)
        assert kept.data == by_divisions(book, workers=2).data
        book = _edited(book, dice)


def _edited(book: Rendition, dice: Random) -> Rendition:
    name = dice.choice([p.name for p in book.parts[2:]])
    edit = dice.randrange(4)
    if edit == 0:
        return _with(book, name, "<p>", f"<p>{text(dice, 200)}</p><p>")
    if edit == 1:
        return _with(book, name, " the ", f" {text(dice, 2)} ")
    if edit == 2:
        return _with(book, name, "<h3>", "<h3>On ")
    parts = list(book.parts)
    parts[2], parts[3] = parts[3], parts[2]
    return replace(book, parts=tuple(parts))


def _with(book: Rendition, name: str, old: str, new: str) -> Rendition:
    return replace(
        book, parts=tuple(replace(p, xhtml=p.xhtml.replace(old, new, 1)) if p.name == name else p for p in book.parts)
    )


def test_divisions_are_counted_and_timed_by_whoever_watches() -> None:
    class Watcher:
        counts: list[tuple[int, int]] = []  # noqa: RUF012
        pieces: list[tuple[str, str]] = []  # noqa: RUF012

        def piece(self, name: str, lane: str) -> AbstractContextManager[object]:
            self.pieces.append((name, lane))
            return nullcontext()

        def counted(self, done: int, whole: int) -> None:
            self.counts.append((done, whole))

    watcher, book = Watcher(), volume(7, chapters=2, paragraphs=3)
    with watched_by(watcher):
        by_divisions(book)
    whole = len(book.parts)
    assert watcher.counts[-1] == (whole, whole)
    assert {done for done, _ in watcher.counts} > {0, 1}
    for name in (one.name for one in book.parts):
        assert (f"{name}: breaking into pages", "layout 1") in watcher.pieces
        assert (f"{name}: drawing", "layout 1") in watcher.pieces


def test_killed_in_the_middle_and_begun_again(tmp_path: Path) -> None:
    book, shelf = volume(8, chapters=3, paragraphs=6), Shelf(Cache(tmp_path), "x")
    finish = bindery.Bindery._finish

    def stop(self: bindery.Bindery, place: Any, entry: Any, number: int) -> None:
        if number == 3:
            raise KeyboardInterrupt
        finish(self, place, entry, number)

    bindery.Bindery._finish = stop  # type: ignore[method-assign]
    try:
        with pytest.raises(KeyboardInterrupt):
            by_divisions(book, shelf=shelf)
    finally:
        bindery.Bindery._finish = finish  # type: ignore[method-assign]
    assert by_divisions(book, shelf=shelf).data == by_divisions(book).data


def test_notes_never_go_over_to_the_next_chapter() -> None:
    note = f'<span class="footnote" id="n{{}}">NOTE{{}} {"long note text " * 60}</span>'
    last = "<p>line</p>" * 20 + f"<p>a{note.format(1, 1)} b{note.format(2, 2)}</p>"
    parts = [
        part(f"c{n}.xhtml", f'<article class="body" id="c{n}"><h1>C{n}</h1>{last if n == 1 else "<p>x</p>"}</article>')
        for n in range(3)
    ]
    book = rendition(*parts, css=CSS)
    whole = as_one(book)
    assert differences(by_divisions(book).data, whole.data) == []
    import io

    import pypdf

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(whole.data)).pages]
    third = next(number for number, said in enumerate(pages) if "C2" in said)
    assert max(number for number, said in enumerate(pages) if "long note" in said) < third


@pytest.mark.parametrize(
    ("css", "why"),
    [
        (".body { break-before: auto; page: auto } .front { page: auto }", "does not begin on a new page"),
        (".footnote::footnote-call { content: counter(footnote) }", "counter of its own"),
        ("h3 { counter-increment: h } h3::before { content: counter(h) }", "counter of its own"),
        ("@page body { @bottom-left { content: counter(pages) } }", "how many pages"),
        ("@page :nth(3) { margin: 20mm }", "counts the pages"),
        ("h3 { position: fixed }", "on every page"),
    ],
)
def test_what_needs_the_whole_book_is_laid_out_as_one(css: str, why: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "publish.formats.pdf")
    book = volume(4, chapters=2, paragraphs=3, css=css)
    assert by_divisions(book).data == as_one(book).data
    assert any("laid out as one" in record.message and why in record.message for record in caplog.records)


def test_the_same_findings() -> None:
    bad = (
        '<p>ك <img src="images/none.png" alt="x"/> <a href="#nowhere">x</a> <a href="other.html">y</a> '
        '<a href="javascript:x">z</a></p>'
    )
    parts = [part(f"c{n}.xhtml", f'<article class="body" id="c{n}"><h1>C</h1>{bad}</article>') for n in range(2)]
    book = rendition(*parts, css=CSS)
    log = Log()
    assert write(book, log, method=Method(workers=2, least=0)) is None
    told = [(d.rule.name, d.message, d.file, d.about) for d in log]
    assert sorted(told) == sorted((d.rule.name, d.message, d.file, d.about) for d in make(book).log)
    assert len(told) >= 5


def test_a_title_costs_no_layout(tmp_path: Path) -> None:
    shelf = Shelf(Cache(tmp_path), "x")
    book = volume(2, chapters=2, paragraphs=3)
    by_divisions(book, shelf=shelf)
    with counted() as orders:
        by_divisions(replace(book, metadata=replace(METADATA, title="South")), shelf=shelf)
    assert not [order for order in orders if not isinstance(order, Cut)]


@pytest.mark.parametrize(
    ("selector", "aside"),
    [
        ("p + p", False),
        (".body + .body", True),
        ("section:first-child", True),
        ("li:first-child", False),
        (".footnote ~ p", False),
        ("[id] + section", True),
        ("h2:not(.run-in)", False),
        (":is(.front + .body) p", True),
    ],
)
def test_rules_that_look_aside(selector: str, aside: bool) -> None:
    parts = [("section", "title", "front"), ("section", "c1", "body division")]
    assert looks_aside([f"{selector} {{ color: red }}"], parts) is aside


@pytest.mark.parametrize(
    "css",
    [
        "@page :nth(1 of body) { counter-reset: page 1; @bottom-center { content: counter(page, lower-roman) } }",
        'a::after { content: leader(".") target-counter(attr(href), page, lower-roman) }',
        "/* counter-reset: x */ p { margin: 0 }",
        "li::marker { content: counter(list-item) }",
    ],
)
def test_rules_that_stand_in_no_way(css: str) -> None:
    assert list(obstacles([css], [])) == []
