"""Rules for the container and the package document: what every file of the kind must have (EPUB 3.3, 4 and 5)."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from zipfile import ZIP_STORED

from publish.formats.epub import documents
from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import DC, OPF, attribute, elements, line

_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_COMPUTED = frozenset({"mathml", "scripted", "svg"})


def mimetype_comes_first(book: Book) -> Iterator[Finding]:
    """The first entry is ``mimetype``, stored, with no extra field and nothing but the media type in it."""
    first = next(iter(book.entries), None)
    if first is None:
        yield Finding("the archive is empty")
    elif first.filename != "mimetype":
        yield Finding("the file mimetype does not come first in the archive", first.filename)
    elif first.compress_type != ZIP_STORED or first.extra:
        yield Finding("the file mimetype is compressed or has an extra field", "mimetype")
    elif book.files.get("mimetype") != b"application/epub+zip":
        yield Finding("the file mimetype does not say application/epub+zip and nothing else", "mimetype")


def names_are_plain(book: Book) -> Iterator[Finding]:
    """Names are relative, stay inside, differ in more than case; nothing is encrypted."""
    counts = Counter(entry.filename.casefold() for entry in book.entries)
    for entry in book.entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or posixpath.normpath(name) != name.rstrip("/"):
            yield Finding(f"the name {name!r} does not stay inside the archive", name)
        if counts[name.casefold()] > 1:
            yield Finding(f"the name {name!r} is given to more than one file", name)
        if entry.flag_bits & 1:
            yield Finding("the file is encrypted", name)


def manifest_is_complete(book: Book) -> Iterator[Finding]:
    """Every file of the book is in the manifest once, and every item of the manifest is a file."""
    listed = Counter(item.name for item in book.manifest)
    for item in book.manifest:
        if item.name not in book.files:
            yield Finding(f"the manifest lists “{item.id}”, whose file is not there", book.package_name)
        elif listed[item.name] > 1:
            yield Finding(f"the manifest lists {item.name} more than once", book.package_name)
    for name in book.files:
        if name not in listed and name not in ("mimetype", book.package_name) and not name.startswith("META-INF/"):
            yield Finding("the file is not in the manifest", name)


def refinements_refine_something(book: Book) -> Iterator[Finding]:
    """Whatever the package document refines or names by id is there."""
    ids = {attribute(e, "id") for e in elements(book.package)}
    for element in elements(book.package):
        target = attribute(element, "refines")
        if target and target.removeprefix("#") not in ids:
            yield Finding(f"metadata refines {target}, which is not there", book.package_name, line(element))


def metadata_is_there(book: Book) -> Iterator[Finding]:
    """The book has an identifier, which the package names as its own, a title and a language."""
    for name in ("identifier", "title", "language"):
        found = [e for e in book.package.iter(f"{{{DC}}}{name}") if (e.text or "").strip()]
        if not found:
            yield Finding(f"the metadata has no {name}", book.package_name)
        elif name == "identifier" and attribute(book.package, "unique-identifier") not in [e.get("id") for e in found]:
            yield Finding("the package does not say which identifier is its own", book.package_name)


def modified_once(book: Book) -> Iterator[Finding]:
    """``dcterms:modified`` is given exactly once, in UTC to the second."""
    metas = book.package.iter(f"{{{OPF}}}meta")
    times = [(e.text or "") for e in metas if e.get("property") == "dcterms:modified" and not e.get("refines")]
    if len(times) != 1 or not _MODIFIED.fullmatch(times[0]):
        said = ", ".join(times) or "never"
        yield Finding(
            f"the time of the last change must be given once, in UTC, and is given: {said}", book.package_name
        )


def spine_is_sound(book: Book) -> Iterator[Finding]:
    """The reading order names files of the manifest, none of them twice."""
    counts = Counter(book.spine)
    if not counts:
        yield Finding("the book has no reading order", book.package_name)
    for name, count in counts.items():
        if not name:
            yield Finding("the reading order names an item that the manifest does not have", book.package_name)
        elif count > 1:
            yield Finding(f"the reading order names {name} more than once", book.package_name)


def properties_are_told(book: Book) -> Iterator[Finding]:
    """The manifest tells readers of drawings, formulas and scripts in a page; one item is the contents."""
    for item in book.manifest:
        if item.name in book.pages:
            told, found = _COMPUTED & set(item.properties), set(documents.properties(book.pages[item.name]))
            for name in sorted(told ^ found):
                what = (
                    "holds it, and the manifest does not say so"
                    if name in found
                    else "is said to hold it, and does not"
                )
                yield Finding(f"{name}: the page {what}", item.name)
    for name, least in (("nav", 1), ("cover-image", 0)):
        count = sum(name in item.properties for item in book.manifest)
        if not least <= count <= 1:
            yield Finding(f"{count} items of the manifest have the property {name}", book.package_name)
