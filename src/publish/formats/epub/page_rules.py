"""Rules for the pages of the print edition: each marked once, listed in order, and their source named."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.formats.epub import documents
from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import EPUB, NCX, OPF, XHTML, attribute, elements, line
from publish.rendition import Rendition

# A line of a list of pages: the label, the file and the id that it leads to.
Line = tuple[str, str, str]


def listed(book: Book) -> list[Line]:
    """Give the lines of the page list in the contents."""
    nav = book.pages.get(book.nav)
    lists = () if nav is None else nav.iter(f"{{{XHTML}}}nav")
    found = next((e for e in lists if "page-list" in attribute(e, f"{{{EPUB}}}type").split()), None)
    links = () if found is None else found.iter(f"{{{XHTML}}}a")
    return [(documents.text(a), *_place(book.nav, attribute(a, "href"))) for a in links]


def listed_for_old_readers(book: Book) -> list[Line]:
    """Give the lines of the page list in the NCX."""
    return [
        (
            " ".join(documents.text(e) for e in target.iter(f"{{{NCX}}}text")),
            *next((_place(name, attribute(e, "src")) for e in target.iter(f"{{{NCX}}}content")), ("", "")),
        )
        for name, tree in book.trees.items()
        if name.endswith(".ncx")
        for target in tree.iter(f"{{{NCX}}}pageTarget")
    ]


def markers(book: Book) -> Iterator[tuple[str, etree._Element]]:
    """Give (file, element) for every page marker, in the order in which they are read."""
    for name in dict.fromkeys(book.spine):
        for element in elements(book.pages[name]) if name in book.pages else ():
            kinds = attribute(element, f"{{{EPUB}}}type").split()
            if "pagebreak" in kinds or attribute(element, "role") == "doc-pagebreak":
                yield name, element


def pages_are_listed(book: Book) -> Iterator[Finding]:
    """Every page that is marked is in the page list, and the list is in the order of the text."""
    lines = listed(book)
    places = [place for _, *place in lines]
    for name, element in markers(book):
        if [name, attribute(element, "id")] not in places:
            yield Finding(f"page “{_label(element)}” is marked and not in the page list", name, line(element))
    files = {name: number for number, name in enumerate(book.spine)}
    ids = {place: number for number, place in enumerate(book.ids)}
    last = (-1, -1)
    for label, name, id in lines:
        here = (files.get(name, -1), ids.get((name, id), -1))
        if here < last:
            yield Finding(f"page “{label}” comes earlier in the book than in the page list", book.nav)
        last = here


def page_source_is_named(book: Book) -> Iterator[Finding]:
    """A book with page numbers says of which edition they are (EPUB Accessibility 1.1, section 4.2.4)."""
    properties = {attribute(e, "property"): documents.text(e) for e in book.package.iter(f"{{{OPF}}}meta")}
    named = properties.get("source-of") == "pagination" or properties.get("pageBreakSource")
    if listed(book) and not named:
        yield Finding("the page numbers are of an edition that is not named", book.package_name)


def pages_match_print(book: Book, rendition: Rendition) -> Iterator[Finding]:
    """The markers, the page list and the NCX's have every page of the print edition in order."""
    wanted = [(page.title, book.folder + page.part, page.fragment) for page in rendition.pages]
    marked = [(_label(element), name, attribute(element, "id")) for name, element in markers(book)]
    for what, lines in (
        ("the pages are not marked", marked),
        ("the pages are not listed", listed(book)),
        ("the pages are not listed for old readers", listed_for_old_readers(book)),
    ):
        fault = _first_fault(wanted, lines)
        if fault:
            yield Finding(f"{what} as the print edition has them: {fault}", book.nav)


def markers_hold_no_words(book: Book, _rendition: Rendition) -> Iterator[Finding]:
    """A page marker may stand inside a word, so there are no words in it."""
    for name, element in markers(book):
        if documents.text(element) or len(element):
            yield Finding(f"the marker of page “{_label(element)}” has something in it", name, line(element))


def _label(marker: etree._Element) -> str:
    return attribute(marker, "aria-label") or attribute(marker, "title") or documents.text(marker)


def _place(base: str, reference: str) -> tuple[str, str]:
    return documents.resolve(base, reference) or ("", "")


def _first_fault(wanted: list[Line], found: list[Line]) -> str:
    """Say where two lists of pages first differ."""
    for (label, *place), (said, *target) in zip(wanted, found, strict=False):
        if label != said:
            return f"“{said}” stands where page “{label}” should"
        if place != target:
            return f"page “{label}” leads to {'#'.join(target) or 'nothing'} and should lead to {'#'.join(place)}"
    if len(wanted) > len(found):
        return f"page “{wanted[len(found)][0]}” is missing"
    if len(found) > len(wanted):
        return f"page “{found[len(wanted)][0]}” is one too many"
    return ""
