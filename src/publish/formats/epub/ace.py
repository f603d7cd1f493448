"""Ace by DAISY, which judges an EPUB's accessibility in a browser, run on a finished file where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

import publish
from publish import leaving, processes
from publish.diagnostics import Log
from publish.formats.epub.archive import Book, Finding
from publish.formats.epub.documents import line

BESIDE = Path(publish.__file__).parents[2] / "build" / ".readers"
"""Where ``make test-readers`` puts Ace, for those who work on publish itself."""

_SCRIPT = Path("node_modules", "@daisy", "ace-cli", "bin", "ace.js")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 180


def find_ace(beside: Path = BESIDE) -> tuple[str, ...]:
    """Give the command that runs Ace: the one on the PATH, else the one installed beside us, else nothing."""
    script, node, ace = beside / _SCRIPT, shutil.which("node"), shutil.which("ace")
    if ace:
        return (ace,)
    if not node or not script.is_file():
        return ()
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), "")
    env = shutil.which("env")
    # Installed there without a browser of its own, it has to be told of the machine's.
    return (*((env, f"PUPPETEER_EXECUTABLE_PATH={browser}") if env and browser else ()), node, str(script))


def ask(data: bytes, book: Book, log: Log) -> None:
    """Report each violation that Ace finds in an EPUB, at its place in the file; nothing when Ace is not installed.

    ``book`` is the same file opened. Ace's own failure is a warning too: the file has not been judged.
    """
    command = find_ace()
    if not command:
        return
    with leaving.folder() as folder:
        file, out = folder / "book.epub", folder / "out"
        file.write_bytes(data)
        said = _run((*command, "--silent", "--force", "--lang", "en", "--outdir", str(out), str(file)), folder)
        report = out / "report.json"
        if not report.is_file():
            log.report("epub-accessible", f"Ace stopped without a verdict: {said}")
            return
        for finding in violations(json.loads(report.read_text(encoding="utf-8")), book):
            log.report(finding.rule, finding.message, file=finding.place)


def _run(command: tuple[str, ...], folder: Path) -> str:
    """Run Ace and give the last thing that it said."""
    try:
        run = processes.run(command, seconds=_SECONDS, folder=folder)
    except subprocess.TimeoutExpired:
        return f"it took more than {_SECONDS} seconds"
    except OSError as error:
        return str(error)
    said = (run.stderr or run.stdout).decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else f"exit code {run.returncode}"


def violations(report: Mapping[str, Any], book: Book) -> Iterator[Finding]:
    """Give what a report (EARL in JSON, as Ace 1.4 writes it) says has failed, at its line in the book's files."""
    for subject in report.get("assertions", ()):
        name = _name(subject["earl:testSubject"]["url"], book)
        for assertion in subject.get("assertions", ()):
            result, test = assertion["earl:result"], assertion["earl:test"]
            if result["earl:outcome"] != "fail":
                continue
            help_ = test.get("help") or {}
            what = (help_.get("dct:description") or test["dct:description"]).strip().rstrip(".")
            steps = ((result.get("earl:pointer") or {}).get("cfi") or [""])[0]
            yield Finding(f"Ace ({test['dct:title']}): {what}", name, _line(book, name, steps), "epub-accessible")


def _name(address: str, book: Book) -> str:
    name = address.lstrip("/")
    return name if name in book.files else book.folder + name


def _line(book: Book, name: str, steps: str) -> int:
    """Give the line of the element that a path leads to (EPUB CFI: even steps count elements), or 0."""
    here: etree._Element | None = book.trees.get(name)
    for step in steps.split("/")[1:]:
        number = step.partition("[")[0]
        if here is None or not number.isdecimal() or int(number) % 2:
            break
        inside = [e for e in here.iterchildren() if isinstance(e.tag, str)]
        here = inside[int(number) // 2 - 1] if 0 < int(number) // 2 <= len(inside) else None
    return line(here) if here is not None else 0
