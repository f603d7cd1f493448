"""Covers: the sheet that a printer wraps round the book, and the picture of the front that shops show."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from publish.build.outcome import Made, Progress, Request, Result, silent
from publish.build.output import save
from publish.build.pipeline import Workshop, workshop
from publish.build.tools import shelf
from publish.build.verdicts import judge
from publish.covers import Binding, Paper, Wrap, wrap
from publish.diagnostics import Log
from publish.formats import FORMATS, ordered
from publish.profiles import Order
from publish.records import dataclass

FRONT = (1600, 2560)
"""Pixels of the picture for shops."""


@dataclass(frozen=True)
class Cover:
    """What cover is asked for: how the book is bound (``None``: only the picture of the front), on which paper.

    ``spine`` (mm) and ``pages`` are 0 where they shall be counted.
    """

    binding: Binding | None = None
    paper: Paper = "white"
    spine: float = 0.0
    pages: int = 0


def make_cover(request: Request, cover: Cover, log: Log, progress: Progress = silent) -> Result | None:
    """Make the picture of the front (JPEG), and the wrap if a binding is named; ``None`` when the log says why not.

    Raises ``MissingLibrary`` as the PDF writer does.
    """
    shop = workshop(request, log, progress)
    if shop is None:
        return None
    made = [_front(shop, request, log)]
    if cover.binding is not None and not log.failed:
        made.append(_wrapped(shop, request, cover, cover.binding, log))
    finished = tuple(one for one in made if one)
    if log.failed or len(finished) < len(made) or (request.strict and len(log)):
        return None
    if request.save and not save({one.path: one.data for one in finished}, log):
        return None
    return Result(finished)


def _front(shop: Workshop, request: Request, log: Log) -> Made | None:
    """Give the picture of the front: the publication's own, fitted, or the one that the theme makes."""
    own = shop.manuscript.pictures.get(shop.manuscript.publication.cover)
    data = _fitted(own.data) if own and own.media_type != "image/svg+xml" else shop.cover(log)
    return _made("cover", _place("-cover.jpg", shop, request), data) if data else None


def _fitted(data: bytes) -> bytes:
    """Give a picture as a JPEG in RGB that fits the shops' size; it is never enlarged."""
    from publish.formats.pdf.picture import fitted

    return fitted(data, FRONT)


def _wrapped(shop: Workshop, request: Request, cover: Cover, binding: Binding, log: Log) -> Made | None:
    pages = cover.pages or _counted(shop, binding, log)
    if not pages or log.failed:
        return None
    spine = cover.spine or binding.spine(pages, cover.paper)
    if not cover.spine and not binding.told:
        message = f"the spine of {spine:.1f} mm for {pages} pages is an estimate"
        log.report("press-advised", message, hint="ask the printer for it, and give it with --spine")
    metadata = shop.manuscript.publication.metadata
    isbn = metadata.identifier("isbn-print", "isbn")
    if not isbn:
        hint = "identifiers: {isbn-print: ...}"
        log.report("press-advised", "the cover has no barcode, since the book has no ISBN", hint=hint)
    flat = wrap(binding, shop.manuscript.project.style.trim, pages, spine, isbn)
    return _sheet(shop, request, flat, binding, log)


def _counted(shop: Workshop, binding: Binding, log: Log) -> int:
    """Give the number of pages inside, as they are laid out for this printer."""
    laid = shop.printing.laid(Order(binding.inside), log)
    return binding.inside.filled(len(laid[1].pages)) if laid else 0


def _sheet(shop: Workshop, request: Request, flat: Wrap, binding: Binding, log: Log) -> Made | None:
    rendition = shop.render("wrap", log, wrap=flat)
    if rendition is None or log.failed:
        return None
    form = ordered(Order(binding.sheet))
    assert form.finish is not None
    with shop.progress("Making the cover"):
        written = FORMATS["pdf"]().write(rendition, log, shelf=shelf(shop.cache))
        data = form.finish(written.data, log) if written else None
    if data is None or log.failed:
        return None
    with shop.progress("Judging the cover"):
        judge(form, data, None, log, shop.cache, referee=request.referee)
    return _made(f"cover-{binding.name}", _place(f"-cover-{binding.name}.pdf", shop, request), data, 1)


def _made(name: str, path: Path, data: bytes, pages: int = 0) -> Made:
    return Made(name, path, sha256(data).hexdigest(), len(data), pages, data=data)


def _place(suffix: str, shop: Workshop, request: Request) -> Path:
    project = shop.manuscript.project
    return (request.folder or project.output) / f"{project.name}{suffix}"
