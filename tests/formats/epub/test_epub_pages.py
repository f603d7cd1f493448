"""The pages of a print edition in an EPUB: marked, listed for new readers and old, their source named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from epub_books import change, edited, package, rendition, unpacked, without_fonts, written
from lxml import etree

from publish.diagnostics import Log
from publish.formats.epub import verify
from publish.formats.epub.documents import NCX
from publish.rendition import OutlineEntry, Rendition

PAGES = (
    ("iv", "text/introduction.xhtml"),
    ("1", "text/essay.xhtml"),
    ("2", "text/essay.xhtml"),
    ("A-1", "text/essay.xhtml"),
)
PLACES = {"iv": "<p>", "1": "<h1", "2": "led", "A-1": "ger"}
SOURCE = "urn:isbn:9780000000019"


def marker(label: str) -> str:
    return f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{label}" aria-label="{label}"></span>'


def paged(book: Rendition | None = None) -> Rendition:
    """Give the whole small book with four pages marked and listed."""
    book = book or without_fonts(rendition())
    book = change(book, "introduction", lambda x: x.replace("<p>", f"<p>{marker('iv')}", 1))
    book = change(
        book,
        "essay",
        lambda x: x.replace("<h1", f"{marker('1')}<h1", 1).replace(
            "A ledger", f"A {marker('2')}led{marker('A-1')}ger", 1
        ),
    )
    items = "".join(f'<li><a href="{p.removeprefix("text/")}#page-{label}">{label}</a></li>' for label, p in PAGES)
    nav = f'<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages" hidden="hidden"><ol>{items}</ol></nav>'
    book = change(book, "contents", lambda x: x.replace("</section>", f"{nav}</section>", 1))
    pages = tuple(OutlineEntry(label, part, f"page-{label}") for label, part in PAGES)
    return replace(book, pages=pages, page_source=SOURCE)


def found(data: bytes, book: Rendition | None = None) -> list[str]:
    log = Log()
    verify(data, book, log, referee=False)
    return [d.message for d in log]


def test_a_book_with_pages_is_passed_in_silence() -> None:
    assert found(written(paged()), paged()) == []


def test_the_ncx_lists_pages_in_the_order_of_reading() -> None:
    root = etree.fromstring(unpacked(written(paged()))["EPUB/toc.ncx"])
    head = {e.get("name"): e.get("content") for e in root.iter(f"{{{NCX}}}meta")}
    assert (head["dtb:totalPageCount"], head["dtb:maxPageNumber"]) == ("4", "2")
    targets = list(root.iter(f"{{{NCX}}}pageTarget"))
    assert [(e.get("type"), e.get("value")) for e in targets] == [
        ("front", None), ("normal", "1"), ("normal", "2"), ("special", None),
    ]  # fmt: skip
    assert ["".join(map(str, e.itertext())).strip() for e in targets] == [label for label, _ in PAGES]
    order = {
        e.find(f"{{{NCX}}}content").get("src"): int(e.get("playOrder", ""))  # type: ignore[union-attr]
        for e in root.iter(f"{{{NCX}}}navPoint", f"{{{NCX}}}pageTarget")
    }
    assert sorted(order.values()) == list(range(1, len(order) + 1))
    read = ["text/introduction.xhtml", "text/introduction.xhtml#page-iv", "text/essay.xhtml", "text/essay.xhtml#page-1"]
    assert [order[place] for place in read] == sorted(order[place] for place in read)


def test_the_source_is_named_as_every_shop_s_checker_knows_it() -> None:
    root = package(written(paged()))
    source = next(e for e in root.iter("{*}source"))
    assert source.text == SOURCE
    refined = [e for e in root.iter("{*}meta") if e.get("property") == "source-of"]
    assert [(e.get("refines"), e.text) for e in refined] == [(f"#{source.get('id')}", "pagination")]


def test_a_print_edition_is_named_though_its_pages_are_not_marked() -> None:
    root = package(written(without_fonts(rendition())))
    assert [e.text for e in root.iter("{*}source")] == ["urn:isbn:9780000000019"]
    assert not [e for e in root.iter("{*}meta") if e.get("property") == "source-of"]


def text(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: edited(data, name, old, new)


ESSAY, CONTENTS = "text/essay.xhtml", "text/contents.xhtml"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (text(ESSAY, marker("2"), ""), "not marked as the print edition has them: “A-1” stands where page “2” should"),
        (text(ESSAY, 'aria-label="2"', 'aria-label="3"'), "not marked as the print edition has them: “3” stands"),
        (text(CONTENTS, '<li><a href="essay.xhtml#page-2">2</a></li>', ""), "page “2” is marked and not in the page list"),
        (text(CONTENTS, '<li><a href="essay.xhtml#page-2">2</a></li>', ""), "not listed as the print edition has them"),
        (text(CONTENTS, "#page-2", "#page-1"), "page “2” leads to EPUB/text/essay.xhtml#page-1 and should lead to"),
        (text(CONTENTS, "#page-1", "#page-A-1"), "page “2” comes earlier in the book than in the page list"),
        (text(CONTENTS, "#page-2", "#page-3"), "“essay.xhtml#page-3” leads"),
        (text("toc.ncx", "#page-2", "#page-1"), "not listed for old readers as the print edition has them"),
        (text(ESSAY, marker("2"), marker("2").replace("></", ">2</")), "the marker of page “2” has something in it"),
        (text("content.opf", '<meta refines="#source" property="source-of">pagination</meta>', ""), "is not named"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(spoil: Callable[[bytes], bytes], message: str) -> None:
    data = spoil(written(paged()))
    assert any(message in said for said in found(data, paged())), found(data, paged())


def test_other_publishers_may_print_the_numbers() -> None:
    data = edited(written(paged()), ESSAY, marker("2"), marker("2").replace("></", ">[2]</"))
    assert found(data) == []
