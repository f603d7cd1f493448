"""Rules that compare a finished EPUB with the rendition it was made of: nothing is lost, nothing out of order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from publish.formats.epub import documents
from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import EPUB, NCX, XHTML, attribute
from publish.rendition import OutlineEntry, Rendition

# A line of the contents: its title and where it leads, and the lines under it.
Line = tuple[str, str, tuple["Line", ...]]


def parts_in_order(book: Book, rendition: Rendition) -> Iterator[Finding]:
    """The reading order is the order of the parts."""
    wanted = tuple(book.folder + part.name for part in rendition.parts)
    if book.spine != wanted:
        yield Finding(f"the reading order is {_names(book.spine)} and should be {_names(wanted)}", book.package_name)


def _names(names: Sequence[str]) -> str:
    return ", ".join(name.rpartition("/")[2] or "?" for name in names)


def words_are_kept(book: Book, rendition: Rendition) -> Iterator[Finding]:
    """Every part has the words in the file that it had before it was packed."""
    for part in rendition.parts:
        name = book.folder + part.name
        if name not in book.trees:
            yield Finding("the part is missing or unsound", name)
            continue
        before = documents.text(documents.parse(part.xhtml.encode())).split()
        after = documents.text(book.trees[name]).split()
        if before != after:
            yield Finding(_difference(before, after), name)


def _difference(before: list[str], after: list[str]) -> str:
    """Say how the words differ, at the first place where they do."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    _, a, b, c, d = next(change for change in matcher.get_opcodes() if change[0] != "equal")
    was, now = " ".join(before[a:b][:8]), " ".join(after[c:d][:8])
    return f"the words are not those of the manuscript: “{was}” has become “{now}”"


def contents_match_outline(book: Book, rendition: Rendition) -> Iterator[Finding]:
    """The contents, and the NCX, lead to the same places in the same order and depth as the outline."""
    wanted = _outline(book.folder, rendition.outline)
    nav, ncx = book.pages.get(book.nav), next((n for n in book.trees if n.endswith(".ncx")), "")
    found = []
    if nav is not None:
        found.append((book.nav, _nav_lines(book.nav, nav)))
    points = book.trees[ncx].find(f"{{{NCX}}}navMap") if ncx else None
    if points is not None:
        found.append((ncx, _ncx_lines(ncx, points)))
    for name, lines in found:
        fault = _first_fault(wanted, lines) if rendition.outline else ""
        if fault:
            yield Finding(f"the contents are not as the book is: {fault}", name)


def _outline(folder: str, entries: Sequence[OutlineEntry]) -> tuple[Line, ...]:
    return tuple(
        (
            documents.one_line(e.title),
            f"{folder}{e.part}#{e.fragment}",
            _outline(folder, e.children),
        )
        for e in entries
    )


def _nav_lines(name: str, nav: etree._Element) -> tuple[Line, ...]:
    toc = next((e for e in nav.iter(f"{{{XHTML}}}nav") if "toc" in attribute(e, f"{{{EPUB}}}type").split()), None)
    top = None if toc is None else toc.find(f"{{{XHTML}}}ol")
    return () if top is None else _list_lines(name, top)


def _list_lines(name: str, items: etree._Element) -> tuple[Line, ...]:
    lines: list[Line] = []
    for item in items.iterfind(f"{{{XHTML}}}li"):
        link, under = item.find(f"{{{XHTML}}}a"), item.find(f"{{{XHTML}}}ol")
        words, target = ("", "") if link is None else (documents.text(link), _target(name, attribute(link, "href")))
        lines.append((words, target, () if under is None else _list_lines(name, under)))
    return tuple(lines)


def _ncx_lines(name: str, parent: etree._Element) -> tuple[Line, ...]:
    lines: list[Line] = []
    for point in parent.iterfind(f"{{{NCX}}}navPoint"):
        label, content = point.find(f"{{{NCX}}}navLabel"), point.find(f"{{{NCX}}}content")
        words = "" if label is None else documents.text(label)
        target = "" if content is None else _target(name, attribute(content, "src"))
        lines.append((words, target, _ncx_lines(name, point)))
    return tuple(lines)


def _target(name: str, reference: str) -> str:
    found = documents.resolve(name, reference)
    return f"{found[0]}#{found[1]}" if found else reference


def _first_fault(wanted: Sequence[Line], found: Sequence[Line]) -> str:
    """Say where two contents first differ. A line may say more than the title (a byline), never less."""
    for (title, target, under), (words, place, below) in zip(wanted, found, strict=False):
        if target != place:
            return f"“{title}” should lead to {target.rstrip('#')} and leads to {place.rstrip('#') or 'nothing'}"
        if title not in words:
            return f"“{title}” is called “{words}”"
        fault = _first_fault(under, below)
        if fault:
            return fault
    if len(wanted) > len(found):
        return f"“{wanted[len(found)][0]}” is missing"
    if len(found) > len(wanted):
        return f"“{found[len(wanted)][0]}” is one line too many"
    return ""
