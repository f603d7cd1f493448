"""Our own fast rules for a finished EPUB, as one table. They need no Java and run after every build."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish.formats.epub import access_rules, container_rules, content_rules, page_rules, promise_rules
from publish.formats.epub.archive import Book, Finding
from publish.rendition import Rendition

OF_AN_ARCHIVE: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    container_rules.mimetype_comes_first,
    container_rules.names_are_plain,
)
OF_A_BOOK: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    container_rules.manifest_is_complete,
    container_rules.refinements_refine_something,
    container_rules.metadata_is_there,
    container_rules.modified_once,
    container_rules.spine_is_sound,
    container_rules.properties_are_told,
    content_rules.ids_are_unique,
    content_rules.pages_are_titled,
    content_rules.links_lead_somewhere,
    content_rules.resources_are_local,
    content_rules.pictures_are_described,
    content_rules.notes_are_answered,
    content_rules.nothing_runs,
    content_rules.contents_are_there,
    content_rules.contents_follow_the_book,
    page_rules.pages_are_listed,
    page_rules.page_source_is_named,
    access_rules.types_have_roles,
    access_rules.pages_are_small,
    access_rules.pictures_suit_screens,
)
OF_A_PROMISE: tuple[Callable[[Book, Rendition], Iterator[Finding]], ...] = (
    promise_rules.parts_in_order,
    promise_rules.words_are_kept,
    promise_rules.contents_match_outline,
    page_rules.pages_match_print,
    page_rules.markers_hold_no_words,
)


def judge(book: Book, rendition: Rendition | None) -> Iterator[Finding]:
    """Give everything wrong with a book; compared with the rendition that it was made of, if that is known."""
    yield from book.broken
    for rule in (*OF_AN_ARCHIVE, *OF_A_BOOK) if book.package_name else OF_AN_ARCHIVE:
        yield from rule(book)
    if rendition is not None and book.package_name:
        for promise in OF_A_PROMISE:
            yield from promise(book, rendition)
