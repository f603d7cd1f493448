"""Judging finished files, each by the referees only once: a verdict is kept by what the file holds."""

from __future__ import annotations

import json

from publish.build import ledger
from publish.build.tools import ours, theirs
from publish.cache import Cache, key
from publish.diagnostics import Diagnostic, Log
from publish.document import Publication
from publish.formats import Format
from publish.rendition import Rendition

_HINT = "a template of your own may forget it; if there is none, this should not happen: tell us"


def judge(form: Format, data: bytes, rendition: Rendition | None, log: Log, cache: Cache, *, referee: bool) -> None:
    """Report what is wrong with a file. Our own rules always run; a referee's verdict of the same bytes is kept.

    Only a verdict without errors is kept, and only when a referee gave it: an absent one may be there next time.
    """
    name = key("verdict", form.name, ours(), theirs(), data)
    kept = _recall(cache.get(name)) if referee else None
    found = Log(log.off)
    form.verify(data, rendition, found, referee=referee and kept is None)
    if kept is not None:
        found.extend(kept)
    elif referee and not found.failed and not any(d.rule.name == "referee-present" for d in found):
        cache.put(name, json.dumps(ledger.rows(found)).encode())
    log.extend(found)


def compare(form: Format, data: bytes, publication: Publication, log: Log) -> None:
    """Report what of the manuscript a sound file has lost: words, headings, links, notes, pictures.

    An EPUB holds its text as it is read, so that what is not there is lost: an error. Of a page only the places of
    its glyphs are known, and who puts words together of them may err: a warning.
    """
    from publish.agreement import losses, said

    rule = "epub-valid" if form.medium == "epub" else "nothing-lost"
    for loss in losses(said(publication), form.says(data)):
        log.report(rule, f"the {form.name.upper()} does not say all: {loss}", hint=_HINT)


def _recall(data: bytes | None) -> list[Diagnostic] | None:
    try:
        return ledger.diagnostics(json.loads(data), {}) if data is not None else None
    except (KeyError, TypeError, ValueError):  # a place in a text, or another version's rows
        return None
