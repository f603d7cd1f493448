"""The index."""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.diagnostics import Log, did_you_mean
from publish.document import Apparatus, IndexMark, entries_named


def index_entry_known(subject: Subject, log: Log) -> None:
    """Find marks that send the reader of an index to an entry that it does not have."""
    if not any(list_.kind == "index" for list_ in subject.nodes(Apparatus)):
        return
    marks = tuple(subject.nodes(IndexMark))
    known = {entry for mark in marks for entry in mark.entries}
    for mark in marks:
        for said in (*entries_named(mark.see), *entries_named(mark.see_also)):
            if said not in known:
                printed = said.replace("!", ", ")
                log.report(
                    "index-entry-known",
                    f"the index says to see “{printed}”, and has no such entry",
                    mark.span,
                    hint=did_you_mean(said, known) or "mark a place with it, or name another entry",
                )
