"""In the child: a job becomes an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from publish.formats.pdf import engine
from publish.formats.pdf.catalog import add_metadata
from publish.formats.pdf.fetcher import ORIGIN, Fetcher
from publish.formats.pdf.findings import Listener, listening, notes_printed, refusals, stray_links
from publish.formats.pdf.fonts import font_files
from publish.formats.pdf.guard import Guard
from publish.formats.pdf.join import Joined, PartError, depth, join
from publish.formats.pdf.labels import page_labels
from publish.formats.pdf.links import tidy_links
from publish.formats.pdf.numbering import number_tree, rows
from publish.formats.pdf.overflow import overflows
from publish.formats.pdf.patches import Watch
from publish.formats.pdf.reading import page_map
from publish.formats.pdf.tags import Tagging
from publish.formats.pdf.wire import Answer, Finding, Job
from publish.pages import PageMap
from publish.rendition import Rendition, Resource

Say = Callable[..., None]


def answer(job: Job, say: Say) -> Answer:
    """Lay a job out and write its file. ``say`` is told of every step, as keywords that JSON can hold.

    What a document can cause is in the answer; only MemoryError and what nobody foresaw is raised.
    """
    rendition = job.rendition
    try:
        joined = join(rendition)
    except PartError as error:
        return Answer((Finding("template-sound", str(error), file=error.part),))
    files = {Path(job.fonts, name).as_uri(): r.name for name, r in font_files(rendition)}
    fetcher = Fetcher({r.name: partial(_itself, r) for r in rendition.resources}, files)
    guard = Guard((str(Path(job.fonts).parent),))
    guard.close()
    with listening(Listener()) as listener:
        try:
            made, findings, mapped = _make(rendition, joined, fetcher, say)
        except engine.NoFonts:
            return Answer((Finding("glyph-exists", "not one of the theme's fonts can be used"),))
        except RecursionError:
            return Answer((too_deep(joined),))
    refused = (*fetcher.refused, *guard.refused)
    findings = (*refusals(refused), *listener.findings(refused, lost(findings)), *findings)
    return Answer(
        findings, mapped, tuple(listener.remarks(refused)), (), b"" if any(f.stops for f in findings) else made
    )


def _make(
    rendition: Rendition, joined: Joined, fetcher: Fetcher, say: Say
) -> tuple[bytes, tuple[Finding, ...], PageMap]:
    """Give the file, what is wrong with its pages, and where they begin."""
    goes_on: dict[int, str] = {}

    def paged(number: int, child: int | None) -> None:
        goes_on[number] = joined.names[child] if child is not None else ""
        say(at="layout", page=number, part=goes_on[number])

    watch = Watch(paged, Tagging())
    watch.install()
    document = engine.lay_out(joined.root, ORIGIN, fetcher)
    tidy_links(document)
    pages = engine.page_boxes(document)
    findings = (*notes_printed(pages, watch.notes, joined), *stray_links(document), *overflows(pages, joined))
    labels = page_labels(rows(pages, watch.counters), rendition.words.get("cover", "Cover"))
    mapped, guessed = page_map(pages, labels, joined)
    if guessed:
        logging.getLogger("weasyprint").warning("%d pieces of text were guessed in the page map", guessed)

    def finish(pdf: Any) -> None:
        say(at="end")
        engine.mend_font_names(pdf)
        pdf.catalog["PageLabels"] = number_tree(labels)
        add_metadata(pdf, rendition)

    say(at="drawing", page=0, part=joined.names[0])
    engine.watch_drawing(document, lambda number: say(at="drawing", page=number, part=goes_on[number]))
    return engine.write(document, finish), findings, mapped


def _itself(resource: Resource) -> Resource:
    return resource


def lost(findings: tuple[Finding, ...]) -> list[str]:
    """Give the ids of the notes that are told to be lost."""
    return [finding.about for finding in findings if finding.rule == "note-printed"]


def too_deep(joined: Joined) -> Finding:
    """Give the finding for a tree too deep to be laid out."""
    deepest = max(zip(joined.parts, joined.names, strict=True), key=lambda pair: depth(pair[0]))[1]
    return Finding(
        "nesting-shallow",
        "lists, quotations or blocks are nested deeper than a page can show",
        file=deepest,
        hint="nest less deeply; past five levels no reader can follow",
    )
