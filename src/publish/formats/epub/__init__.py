"""EPUB 3.3: finished pages packed, and the file judged. The only door to EbookLib.

Nothing heavy is loaded until one of the two functions is called.
"""

from __future__ import annotations

from publish.agreement import Shown
from publish.cache import NOTHING_KEPT, Shelf
from publish.diagnostics import Log
from publish.formats import Written
from publish.rendition import Rendition


def write(rendition: Rendition, log: Log, *, shelf: Shelf = NOTHING_KEPT) -> Written | None:
    """Pack a rendition as an EPUB 3.3.

    The same rendition gives the same bytes on every machine with the same zlib. Gives ``None`` when a page or a
    picture is not well-formed, a font cannot be read or the metadata holds characters that XML cannot; the log
    says which. Raises ValueError when the rendition breaks its own contract (two resources of one name, no
    contents, an unsafe name): that is a fault of ours, not of the author. Fonts cut before are taken from the shelf.
    """
    from publish.formats.epub.packing import pack
    from publish.formats.epub.weighing import weights

    data = pack(rendition, log, shelf)
    return None if data is None else Written(data, weights=weights(data))


def said(data: bytes) -> Shown:
    """Read back what a finished EPUB says; raises what the zip and XML libraries do for one that is not sound."""
    from publish.formats.epub.saying import said as read_back

    return read_back(data)


def verify(data: bytes, rendition: Rendition | None, log: Log, *, referee: bool) -> None:
    """Report what is wrong with an EPUB: our own rules always, EPUBCheck and Ace too when ``referee`` is true.

    With the ``rendition`` it was made of, the words of every part and the contents are compared as well. When the book
    claims to be accessible, whatever shows that it is not is an error (``claim-holds``).
    """
    from publish.formats.epub import ace, archive, epubcheck
    from publish.formats.epub.package import claims
    from publish.formats.epub.rules import judge

    book, found = archive.read(data), Log()  # a claim is judged by what the editor need not be told of, too
    for finding in judge(book, rendition):
        found.report(finding.rule, finding.message, file=finding.place)
    if referee:
        epubcheck.ask(data, found)
        ace.ask(data, book, found)
    log.extend(found)
    for d in found if claims(book.package) else ():
        if d.rule.name == "epub-accessible":
            log.report("claim-holds", f"the EPUB claims to be accessible, but {d.message}", file=d.file)
