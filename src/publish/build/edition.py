"""An edition: the files that a build made, proved, and what else the pages about them are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime
from hashlib import sha256

from publish.build.manuscript import read
from publish.build.memory import memory_of
from publish.build.outcome import Made, Progress, Request, silent
from publish.build.pipeline import Workshop, build
from publish.build.times import time_of
from publish.build.tools import shelf
from publish.build.verdicts import judge
from publish.cache import Shelf
from publish.diagnostics import Log
from publish.document import Publication, walk
from publish.formats import FORMATS
from publish.profiles import Order
from publish.project import Project, load
from publish.records import dataclass
from publish.rendition import Rendition


@dataclass(frozen=True)
class Edition:
    """A publication as it can be put before readers.

    ``files`` are the finished files with their bytes, ``rendition`` what its EPUB is, or would be, made of, and
    ``cover`` the theme's cover (JPEG), made only where it is asked for. ``modified`` is the time that its files carry.
    ``shelf`` keeps work that takes time. ``shorten`` makes and judges the EPUB of a part of the publication.
    """

    project: Project
    publication: Publication
    rendition: Rendition
    files: tuple[Made, ...]
    modified: datetime
    shelf: Shelf
    cover: Callable[[Log], bytes | None] = field(repr=False)
    shorten: Callable[[Publication, Log], bytes | None] = field(repr=False)


def edition(request: Request, log: Log, progress: Progress = silent) -> Edition | None:
    """Build a publication and give it with all that pages about it need; ``None`` when the log says why not."""
    project = load(request.path, Log())
    if project is not None:
        request = replace(request, profiles=_for_readers(project))
    result = build(request, log, progress)
    if result is None or project is None:
        return None
    cache = memory_of(project, request).cache
    manuscript = read(project, Log(), progress, cache)
    workshop = Workshop(manuscript, request, cache, progress)
    form = FORMATS["epub"]()
    rendition = workshop.rendition(form, log)
    files = tuple(_whole(made, log) for made in result.files)
    if rendition is None or log.failed:
        return None

    def shorten(publication: Publication, log: Log) -> bytes | None:
        named = {getattr(node, "path", "") for node in walk(publication)} | {publication.cover}
        pictures = {path: picture for path, picture in manuscript.pictures.items() if path in named}
        part = Workshop(replace(manuscript, publication=publication, pictures=pictures), request, cache, progress)
        cover = None if publication.cover else part.cover(log)
        shown = part.render("epub", log, cover)
        written = form.write(shown, log, shelf=shelf(cache)) if shown else None
        if shown is None or written is None:
            return None
        judge(form, written.data, shown, log, cache, referee=request.referee)
        return written.data

    modified = time_of(manuscript.publication.metadata.date, request.epoch)
    kept = shelf(cache)
    return Edition(project, manuscript.publication, rendition, files, modified, kept, workshop.cover, shorten)


def _for_readers(project: Project) -> tuple[Order, ...]:
    """Give the PDFs that readers are handed; those for a printer are not put before them."""
    shown = tuple(order for order in project.profiles if order.profile.screen)
    return shown or ((Order(),) if project.profiles else ())


def _whole(made: Made, log: Log) -> Made:
    """Give a file with its bytes; one that is no longer what was built is reported."""
    data = made.data or made.path.read_bytes()
    if sha256(data).hexdigest() != made.sha256:
        log.report("output-written", f"“{made.path.name}” has changed while it was released", file=str(made.path))
    return replace(made, data=data)
