"""Rules for pages, drawings and stylesheets: every link, picture and note works, and nothing comes from outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from publish.formats.epub import documents, styles
from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import EPUB, XLINK, XML, attribute, elements, line, local

_TYPE = f"{{{EPUB}}}type"
_REFERENCES = ("href", "src", f"{{{XLINK}}}href", "poster", "data")
_ANCHORS = frozenset({"a", "area"})
# A reader cannot follow these, or should not.
_DEAD_SCHEMES = frozenset({"blob", "data", "file", "javascript", "vbscript"})
_ACTIVE = frozenset({"applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal", "script"})
_PLAIN_FRAGMENT = re.compile(r"[\w:.-]+")


def ids_are_unique(book: Book) -> Iterator[Finding]:
    """No id is given twice in a file."""
    for name, tree in book.trees.items():
        seen = set()
        for element in elements(tree):
            id = attribute(element, "id")
            if id and id in seen:
                yield _finding(name, element, f"the id “{id}” is given more than once")
            seen.add(id)


def pages_are_titled(book: Book) -> Iterator[Finding]:
    """Every page has a title and says which language it is in."""
    for name, tree in book.pages.items():
        title = next(tree.iter(f"{{{documents.XHTML}}}title"), None)
        if title is None or not documents.text(title):
            yield Finding("the page has no title", name)
        if not (attribute(tree, "lang") and attribute(tree, f"{{{XML}}}lang")):
            message = "the page does not say which language it is in (lang and xml:lang)"
            yield Finding(message, name, line(tree), "epub-accessible")


def references(book: Book) -> Iterator[tuple[str, etree._Element, str, bool]]:
    """Give (file, element, reference, whether it is a link rather than something that the page is made of)."""
    for name, tree in book.trees.items():
        if name == book.package_name or name.startswith("META-INF/"):
            continue
        for element in elements(tree):
            linked = local(element) in _ANCHORS
            for key in _REFERENCES:
                if element.get(key) is not None:
                    yield name, element, attribute(element, key).strip(), linked
            for candidate in attribute(element, "srcset").split(","):
                if candidate.strip():
                    yield name, element, candidate.split()[0], False


def links_lead_somewhere(book: Book) -> Iterator[Finding]:
    """A link or reference inside the book leads to a file that is there, and to an id that is in it."""
    for name, element, reference, linked in references(book):
        fault = _dead(book, name, reference, linked)
        if fault:
            yield _finding(name, element, f"“{reference}” {fault}")
    for element in book.package.iter(f"{{{documents.OPF}}}reference"):
        fault = _dead(book, book.package_name, attribute(element, "href"), True)
        if fault:
            yield _finding(book.package_name, element, f"“{attribute(element, 'href')}” {fault}")
    for name, css in _stylesheets(book):
        for file in sorted(styles.read(name, css).files - book.files.keys()):
            yield Finding(f"“{file}” is not in the book", name)


def _dead(book: Book, base: str, reference: str, linked: bool) -> str:
    """Say why a reference leads nowhere; nothing when it leads somewhere, or to the world outside."""
    try:
        scheme = urlsplit(reference).scheme.lower()
        target = documents.resolve(base, reference)
    except ValueError:
        return "is no address"
    if target is None:
        if scheme in _DEAD_SCHEMES and linked:
            return f"cannot be followed in a reader ({scheme})"
        return "" if scheme else "leads out of the book"
    file, fragment = target
    if file not in book.files:
        return "leads to a file that is not in the book"
    if fragment and file in book.trees and _PLAIN_FRAGMENT.fullmatch(fragment) and (file, fragment) not in book.ids:
        return f"leads to a place that {file} does not have"
    return ""


def resources_are_local(book: Book) -> Iterator[Finding]:
    """What a page is made of (pictures, styles, fonts) is in the book."""
    for name, element, reference, linked in references(book):
        if not linked and documents.resolve(name, reference) is None and not reference.startswith("data:image/"):
            message = f"the page uses “{reference[:80]}”, which is not in the book"
            yield Finding(message, name, line(element), "resource-local")
    for name, css in _stylesheets(book):
        for address in styles.remote(css):
            yield Finding(f"the style uses “{address}”, which is not in the book", name, 0, "resource-local")


def _stylesheets(book: Book) -> Iterator[tuple[str, str]]:
    """Give (file, CSS) for stylesheets, style elements and style attributes."""
    for item in book.manifest:
        if item.media_type == "text/css" and item.name in book.files:
            yield item.name, book.files[item.name].decode("utf-8", "replace")
    for name, tree in book.trees.items():
        for element in elements(tree):
            if local(element) == "style":
                yield name, element.text or ""
            if element.get("style"):
                yield name, f"*{{{attribute(element, 'style')}}}"


def pictures_are_described(book: Book) -> Iterator[Finding]:
    """Every picture has a description, if only an empty one because it decorates."""
    for name, tree in book.pages.items():
        for element in tree.iter(f"{{{documents.XHTML}}}img"):
            if element.get("alt") is None:
                yield _finding(name, element, f"the picture {attribute(element, 'src')} has no description (alt)")


def notes_are_answered(book: Book) -> Iterator[Finding]:
    """Every call leads to a note, every note is called and leads back to its call."""
    called: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for name, element in _of_kind(book, "noteref", "doc-noteref"):
        target = _place(name, attribute(element, "href"))
        note = book.ids.get(target)
        if note is None or not _is_note(note):
            yield _finding(name, element, f"the call “{documents.text(element)}” leads to no note")
        called.setdefault(target, set()).update(
            (name, attribute(e, "id")) for e in (element, element.getparent()) if e is not None
        )
    for name, note in _notes(book):
        place = (name, attribute(note, "id"))
        backs = [e for e in elements(note) if attribute(e, "role") == "doc-backlink"]
        if place not in called:
            yield _finding(name, note, f"the note “{place[1]}” is never called")
        elif not backs:
            yield _finding(name, note, f"the note “{place[1]}” has no link back to its call")
        elif any(_place(name, attribute(e, "href")) not in called[place] for e in backs):
            yield _finding(name, note, f"the note “{place[1]}” does not lead back to where it is called")


def _of_kind(book: Book, kind: str, role: str) -> Iterator[tuple[str, etree._Element]]:
    """Give (file, element) for elements of an epub:type or a role."""
    for name, tree in book.pages.items():
        for element in elements(tree):
            if kind in attribute(element, _TYPE).split() or role in attribute(element, "role").split():
                yield name, element


def _notes(book: Book) -> Iterator[tuple[str, etree._Element]]:
    yield from ((name, e) for name, tree in book.pages.items() for e in elements(tree) if _is_note(e))


def _is_note(element: etree._Element) -> bool:
    return bool(
        {"footnote", "endnote", "rearnote"} & set(attribute(element, _TYPE).split())
        or {"doc-footnote", "doc-endnote"} & set(attribute(element, "role").split())
    )


def _place(base: str, reference: str) -> tuple[str, str]:
    return documents.resolve(base, reference) or ("", "")


def nothing_runs(book: Book) -> Iterator[Finding]:
    """There is no script, no event handler, no frame and nothing that sends the reader elsewhere."""
    for name, tree in book.trees.items():
        for element in elements(tree):
            if local(element) in _ACTIVE or (local(element) == "foreignObject" and name not in book.pages):
                yield _finding(name, element, f"the element <{local(element)}> does not belong in a book")
            if local(element) == "meta" and attribute(element, "http-equiv").lower() == "refresh":
                yield _finding(name, element, "the page sends its reader elsewhere (meta refresh)")
            for key in element.attrib:
                if str(key).lower().startswith("on"):
                    yield _finding(name, element, f"the attribute {key!s} runs a script")


def contents_are_there(book: Book) -> Iterator[Finding]:
    """The contents have a list of what is in the book, and no two kinds of list are given twice."""
    nav = book.pages.get(book.nav)
    if nav is None:
        return
    kinds = Counter(k for e in nav.iter(f"{{{documents.XHTML}}}nav") for k in attribute(e, _TYPE).split())
    if not kinds["toc"]:
        yield Finding("the contents hold no list of what is in the book (nav of the type toc)", book.nav)
    for kind, count in kinds.items():
        if count > 1:
            yield Finding(f"the contents hold {count} lists of the type {kind}", book.nav)


def contents_follow_the_book(book: Book) -> Iterator[Finding]:
    """The contents name places in the order in which they are read."""
    nav = book.pages.get(book.nav)
    lists = () if nav is None else nav.iter(f"{{{documents.XHTML}}}nav")
    toc = next((e for e in lists if "toc" in attribute(e, _TYPE).split()), None)
    pages = {name: number for number, name in enumerate(book.spine)}
    places = {place: number for number, place in enumerate(book.ids)}
    last = (-1, -1)
    for link in () if toc is None else toc.iter(f"{{{documents.XHTML}}}a"):
        target = _place(book.nav, attribute(link, "href"))
        here = (pages.get(target[0], last[0]), places.get(target, -1))
        if here < last:
            yield _finding(book.nav, link, f"“{documents.text(link)}” comes earlier in the book than in the contents")
        last = here


def _finding(name: str, element: etree._Element, message: str) -> Finding:
    return Finding(message, name, line(element))
