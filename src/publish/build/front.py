"""The door to a build: what can be known or begun before anything is read."""

from __future__ import annotations

from contextlib import nullcontext

from publish.build.glance import glance
from publish.build.outcome import Progress, Request, Result, silent
from publish.diagnostics import Log


def build(request: Request, log: Log, progress: Progress = silent) -> Result | None:
    """Make the files asked for and put them in place; ``None`` when the log says why not.

    Raises ``publish.formats.pdf.MissingLibrary`` when the machine lacks a library that a format needs.
    """
    fresh = not len(log)
    with progress("Looking at the files"):
        before = glance(request)
        if fresh and (kept := before.recall(log)):
            return kept
    from publish.formats.pdf.ahead import ahead

    # The first time an EPUB needs pages too: its cover, and where those of the print edition begin.
    lays_out = not request.formats or "pdf" in request.formats or before.first
    with ahead() if lays_out else nullcontext():
        from publish.build import pipeline

        result = pipeline.build(request, log, progress)
    if result and fresh:
        before.keep(result, request, log)
    return result
