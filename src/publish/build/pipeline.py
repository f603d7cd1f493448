"""The flow, from a manuscript to finished files. After each stage an error stops the run.

    load -> read, pictures, checks -> for each format: render -> write -> judge -> into place

What is checked in the manuscript is checked while its pages are laid out, if any are: that is done by other processes.
What is printed is made first, because an EPUB carries its page numbers: where each page begins is known when the pages
have been laid out, and is handed to the EPUB's renderer.

Nothing is put in place before every format asked for is made and judged: the files there always belong together.
Each stage's library is loaded where it is first needed, so that an unchanged publication loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import field, replace
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from publish.build import paging
from publish.build.cover import cover_picture
from publish.build.glyphs import placed
from publish.build.judging import Begin, judges
from publish.build.manuscript import Checking, Manuscript, Mistaken, opened, read, stopped
from publish.build.memory import Memory, memory_of
from publish.build.outcome import Made, Progress, Request, Result, silent
from publish.build.output import save
from publish.build.printing import Laid, Printing
from publish.build.targets import Target, targets
from publish.build.times import time_of
from publish.build.tools import shelf
from publish.build.tracing import paged, traced
from publish.build.turning import located, too_wide, turnable, turned
from publish.build.verdicts import compare, judge
from publish.cache import Cache, keeping
from publish.child import waiting
from publish.diagnostics import Log
from publish.formats import FORMATS, Format, Written
from publish.meanwhile import left
from publish.processes import together
from publish.project import Project, Style, load
from publish.records import dataclass

if TYPE_CHECKING:
    from publish.covers import Wrap
    from publish.pages import PageMap
    from publish.rendition import Medium, Rendition
    from publish.source import Span


def build(request: Request, log: Log, progress: Progress = silent) -> Result | None:
    """Make the files asked for and put them in place; ``None`` when the log says why not.

    Raises ``publish.formats.pdf.MissingLibrary`` when the machine lacks a library that a format needs.
    """
    with progress("Reading publication.yaml"):
        project = load(request.path, log)
        if project is None:
            return None
        memory = memory_of(project, request)
        wanted = targets(project, request)
        made = {name: kept for name, target in wanted.items() if (kept := memory.recall(target, log))}
    missing = {name: target for name, target in wanted.items() if name not in made}
    if missing:
        with keeping(shelf(memory.cache)):
            fresh = _make_all(missing, project, request, memory, log, progress)
        if fresh is None:
            return None
        made |= fresh
    return None if stopped(log, request) else Result(tuple(made[name] for name in wanted))


def _make_all(
    wanted: Mapping[str, Target], project: Project, request: Request, memory: Memory, log: Log, progress: Progress
) -> dict[str, Made] | None:
    """Make each format, all of them even when one fails, and put them in place when none did."""
    manuscript = opened(project, log, progress, memory.cache)
    checking = Checking(manuscript, request, wanted, log, progress)
    judged = wanted.values() if request.referee else ()
    referees = (name for target in judged for name in target.form.referees())
    logs = {name: Log(log.off) for name in wanted}
    try:
        if stopped(log, request):
            checking()
        with (
            waiting(referees) as summon,
            judges(len(wanted)) as begin,
            left(partial(_use_the_wait, checking, summon)),
        ):
            workshop = Workshop(manuscript, request, memory.cache, progress, checking, summon)
            made = {name: workshop.make(wanted[name], logs[name], begin) for name in sorted(wanted, key=_after_print)}
            checking()
    except Exception:
        # What cannot be shown for a mistake in the manuscript is told as that mistake.
        with suppress(Mistaken):
            checking()
        if stopped(log, request):
            return None
        raise
    before = list(log)
    for found in logs.values():
        log.extend(placed(found, project, manuscript.publication))
    finished = {name: one for name in wanted if (one := made[name])}
    if stopped(log, request) or len(finished) < len(wanted):
        return None
    if request.save:
        with progress("Putting the files in place"):
            if not save({one.path: one.data for one in finished.values()}, log):
                return None
            for name, one in finished.items():
                memory.keep(wanted[name], one, manuscript.pictures, [*before, *logs[name]])
    return finished


def _use_the_wait(checking: Checking, summon: Callable[[], None], spare: bool) -> None:
    """Check the manuscript while its pages are laid out, and load what is going to judge them."""
    if spare:
        summon()
    checking()
    import publish.formats.pdf.verdict  # noqa: F401


def _load_the_camera(_spare: bool) -> None:
    """Load what photographs a cover, while it is set."""
    from publish.formats.pdf.picture import load

    load()


def workshop(request: Request, log: Log, progress: Progress = silent) -> Workshop | None:
    """Read and check a publication, and give the place where its files are made; ``None`` when the log says why not."""
    project = load(request.path, log)
    if project is None:
        return None
    cache = memory_of(project, request).cache
    manuscript = read(project, log, progress, cache)
    return None if log.failed else Workshop(manuscript, request, cache, progress)


def rendition(
    name: str, request: Request, log: Log, progress: Progress = silent, *, with_pages: bool = False
) -> Rendition | None:
    """Give what a build would make a format of; ``None`` when the log says why there is nothing.

    ``with_pages`` lets an EPUB carry the page numbers of the print edition whatever the publication says, for whoever
    wants to know what stands on which page.
    """
    shop = workshop(request, log, progress)
    if shop and with_pages:
        project = shop.manuscript.project
        project = replace(project, style=replace(project.style, pages="print"))
        shop = replace(shop, manuscript=replace(shop.manuscript, project=project))
    return shop.rendition(FORMATS[name](), log) if shop else None


@dataclass(frozen=True)
class Workshop:
    """Where the formats of one manuscript are made.

    ``pages`` holds the page map of the print edition (by its medium) once it has been made, ``None`` if that failed;
    ``laid`` what was laid out of which pages, with what was said of it; ``turned`` where the tables were written that
    stand on pages turned on their side. ``checking`` is to be called before anything is judged, ``summon`` when a core
    has nothing to do: the referees take a while to come.
    """

    manuscript: Manuscript
    request: Request
    cache: Cache
    progress: Progress
    checking: Callable[[], None] = lambda: None
    summon: Callable[[], None] = lambda: None
    pages: dict[Medium, PageMap | None] = field(default_factory=dict)
    laid: dict[str, tuple[Laid | None, Log]] = field(default_factory=dict)
    compared: set[bytes] = field(default_factory=set)
    turned: set[Span] = field(default_factory=set)

    def make(self, target: Target, log: Log, begin: Begin) -> Made | None:
        """Render and write one format, and begin to judge it; ``None`` when the log says why it failed."""
        form = target.form
        laid = self.printing.laid(form.order, log) if form.medium == "print" else self._written(form, log)
        if laid is None or log.failed:
            return None
        rendition, written = laid
        data = self._finished(form, laid, log)
        if data is None or log.failed:
            return None
        self.checking()
        begin(partial(self._judge, form, data, written, rendition, log))
        pages = form.order.profile.filled(len(written.pages))
        digest, weights = sha256(data).hexdigest(), written.weights
        return Made(target.name, target.path, digest, len(data), pages, weights=weights, data=data)

    def _judge(self, form: Format, data: bytes, written: Written, rendition: Rendition, log: Log) -> None:
        """Judge a file; the log is its own, so nobody else writes to it meanwhile."""
        with self.progress(f"Judging the {form.title}"):
            found = Log(log.off)
            judge(form, data, rendition, found, self.cache, referee=self.request.referee)
            log.extend(paged(traced(found, rendition), rendition, written.pages))
            # What is finished shows what was laid out, which is compared once.
            if not found.failed and written.data not in self.compared:
                self.compared.add(written.data)
                compare(form, written.data, self.manuscript.publication, log)

    def _written(self, form: Format, log: Log) -> Laid | None:
        rendition = self.rendition(form, log)
        if rendition is None or log.failed:
            return None
        with self.progress(f"Making the {form.title}"):
            written = form.write(rendition, log, shelf=shelf(self.cache))
        return (rendition, written) if written else None

    @cached_property
    def printing(self) -> Printing:
        """The print edition in its geometries."""
        return Printing(self.manuscript.project.style, self._lay_out)

    def _lay_out(self, style: Style, log: Log) -> Laid | None:
        """Lay the print edition out in a style, and note where its pages begin."""
        form = FORMATS["pdf"]()
        first = self.render("print", log, style=style)
        if first is None or log.failed:
            return None
        name = paging.name_of(first)
        if name not in self.laid:  # else the theme keeps the margins asked for anyhow
            found = Log(log.off)
            with self.progress("Making the PDF"):
                turned, written = self._turned(first, style, found)
                rendition, written = self._indexed(form, turned, written, style, found)
            self._note(first, written)
            self.laid[name] = ((rendition, written) if written else None, found)
        laid, found = self.laid[name]
        log.extend(found)
        return laid

    def _turned(self, printed: Rendition, style: Style | None, log: Log) -> tuple[Rendition, Written | None]:
        """Write the printed pages; again when a table is wider than its page, which is turned on its side then."""
        found = Log(log.off)
        written = FORMATS["pdf"]().write(printed, found, shelf=shelf(self.cache))
        said = list(located(found, printed))
        wide = turnable(self.manuscript.publication, too_wide(said)) - self.turned if written else set()
        if wide:
            self.turned.update(wide)
            places = ", ".join(sorted(map(str, wide)))
            with self.progress(f"Turning a page for what is wider: {places}"):
                again = self.render("print", log, style=style)
                return self._turned(again, style, log) if again else (printed, None)
        log.extend(said)
        return printed, written

    def _finished(self, form: Format, laid: Laid, log: Log) -> bytes | None:
        rendition, written = laid
        if form.finish is None:
            return written.data
        found = Log(log.off)
        with self.progress(f"Making the {form.title}"):
            data = form.finish(written.data, found)
        log.extend(paged(found, rendition, written.pages))
        return data

    def _indexed(
        self, form: Format, printed: Rendition, written: Written | None, style: Style, log: Log
    ) -> tuple[Rendition, Written | None]:
        """Lay a publication with an index out again, now that it is known on which pages its entries stand.

        Should the index have moved what it leads to, the first pages stay: their numbers are right, if not drawn
        together.
        """
        if written is None or log.failed or not self._has_index:
            return printed, written
        with self.progress("Making the index"):
            again = self.render("print", log, pages=written.pages, style=style)
            second = form.write(again, log, shelf=shelf(self.cache)) if again else None
        if again is None or second is None:
            return printed, None
        return (again, second) if self._settled(again, second.pages, log, style) else (printed, written)

    @cached_property
    def _has_index(self) -> bool:
        from publish.document import Apparatus, walk

        return any(isinstance(n, Apparatus) and n.kind == "index" for n in walk(self.manuscript.publication))

    def _settled(self, printed: Rendition, pages: PageMap, log: Log, style: Style | None = None) -> bool:
        """Whether the index says the same when it is made of the pages that it was laid out on."""
        last = self.render("print", log, pages=pages, style=style)
        return last is not None and last.parts == printed.parts

    def rendition(self, form: Format, log: Log) -> Rendition | None:
        """Render for a format, with what else it needs: cover and page numbers of an EPUB."""
        if form.medium != "epub":
            return self.render(form.medium, log)
        own = self.manuscript.publication.cover
        with self._cover(log) as cover:
            # The cover's page is set by another process: meanwhile all is made that does not show it.
            self.checking()
            found = Log(log.off)
            shown = self.render("epub", found, None if own else b"", self._page_map(found))
            picture = cover()
        log.extend(found)
        if shown is None or log.failed:
            return None
        return shown if picture is None else shown.with_cover(picture)

    @contextmanager
    def _cover(self, log: Log) -> Iterator[Callable[[], bytes | None]]:
        """Begin to make the cover, if the theme makes it; give what waits for its picture."""
        from concurrent.futures import ThreadPoolExecutor

        if self.manuscript.publication.cover:
            yield lambda: None
            return
        with together() as group, ThreadPoolExecutor(max_workers=1, thread_name_prefix="cover") as pool:
            with left(_load_the_camera):
                making = pool.submit(copy_context().run, self.cover, log)
            try:
                yield making.result
            except BaseException:
                group.end()
                raise

    def cover(self, log: Log) -> bytes | None:
        """Make the cover's picture (JPEG) from the theme: set as a page, then photographed."""
        sheet = self.render("cover", log)
        if sheet is None or log.failed:
            return None
        with self.progress("Making the cover"):
            return cover_picture(sheet, self.cache, log)

    def _note(self, printed: Rendition, written: Written | None) -> None:
        """Remember where the pages begin that were just made."""
        self.pages.setdefault("print", written.pages if written else None)
        if written:
            paging.keep(printed, written.pages, self.cache)

    def _page_map(self, log: Log) -> PageMap | None:
        """Give where the pages of the print edition begin, for an EPUB that carries their numbers.

        When the print edition could not be made in this run, the EPUB is made without, to say what else is wrong.
        """
        pages = self._printed_pages(log) if self.manuscript.project.style.pages != "none" else None
        self.summon()  # nothing more is laid out but the cover
        return pages

    def _printed_pages(self, log: Log) -> PageMap | None:
        if "print" in self.pages:
            return self.pages["print"]
        printed = self.render("print", log)
        if printed is None:
            return None
        with self.progress("Laying out the printed pages"):
            if (pages := paging.kept(printed, self.cache)) is None and (pages := self._paged(printed, log)):
                paging.keep(printed, pages, self.cache)
            return pages

    def _paged(self, printed: Rendition, log: Log) -> PageMap | None:
        """Lay the printed pages out for their page map alone; those of a publication with an index twice."""
        found = Log(log.off)
        printed, written = self._turned(printed, None, found)
        pages = paging.pages_of(written, found, log)
        if pages is None or not self._has_index:
            return pages
        again = self.render("print", log, pages=pages)
        second = paging.lay_out(again, self.cache, log) if again else None
        return second if again and second and self._settled(again, second, log) else pages

    def render(
        self,
        medium: Medium,
        log: Log,
        cover: bytes | None = None,
        pages: PageMap | None = None,
        style: Style | None = None,
        wrap: Wrap | None = None,
    ) -> Rendition | None:
        """Show the publication in a medium, in its own style or another one."""
        from publish.build.screen import fit
        from publish.renderer import render

        it = self.manuscript
        project = replace(it.project, style=style) if style else it.project
        modified = time_of(it.publication.metadata.date, self.request.epoch)
        with self.progress("Fitting the pictures"):
            fitted = fit(it.pictures, medium, it.publication.cover, project.style.trim, self.cache)
        publication = turned(it.publication, self.turned) if medium == "print" else it.publication
        return render(publication, project, fitted, medium, modified, log, cover=cover, pages=pages, wrap=wrap)


def _after_print(name: str) -> bool:
    """Order what is printed before what is not."""
    return not name.startswith("pdf")
