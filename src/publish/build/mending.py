"""Mends in the manuscript what is certain to be right: makes the edits that diagnostics carry.

A file is written as a whole or not at all, in the encoding and with the line ends it had; a file that is not UTF-8,
that has changed since it was read, or that does not lie in the publication's folder is left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

from publish.build.manuscript import Manuscript, examine
from publish.build.outcome import Progress, silent
from publish.build.output import save
from publish.diagnostics import Diagnostic, Edit, Log
from publish.project.files import is_inside, unix
from publish.source import Source

_LOOKS = 12
"""How often the manuscript is read again: one fix may uncover a mistake that the one before it hid."""


def mend(path: Path, log: Log, progress: Progress = silent) -> tuple[Manuscript | None, list[Diagnostic]]:
    """Make every fix that a publication's diagnostics carry, until there is none left to make.

    Gives the manuscript as it is then, and the diagnostics whose fix was made, each with its place as it was then; the
    log holds what is still wrong.
    """
    done: list[Diagnostic] = []
    for _ in range(_LOOKS):
        found = Log(log.off)
        manuscript = examine(path, found, progress)
        made = _make(found, _root(path, manuscript), log)
        done += made
        if not made:
            break
    log.switch_off(found.off)
    log.extend(found)
    return manuscript, done


def _root(path: Path, manuscript: Manuscript | None) -> Path:
    """Give the folder from which the sources are named."""
    if manuscript:
        return manuscript.project.root
    return path if path.is_dir() else path.parent


def _make(found: Iterable[Diagnostic], root: Path, log: Log) -> list[Diagnostic]:
    """Make the fixes that do not touch each other and give their diagnostics."""
    by_source: dict[Source, list[Diagnostic]] = {}
    for d in found:
        if d.fix and d.fix.edits:
            by_source.setdefault(d.fix.edits[0].span.source, []).append(d)
    made: list[Diagnostic] = []
    for source, diagnostics in by_source.items():
        chosen = _apart(diagnostics)
        edits = [edit for d in chosen if d.fix for edit in d.fix.edits]
        if _rewrite(source, edits, root, log):
            made += chosen
    return made


def _apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Choose fixes of which no two touch the same place; the others come when the file is read again."""
    chosen: list[Diagnostic] = []
    taken: list[tuple[int, int]] = []
    for d in diagnostics:
        places = [(e.span.start, e.span.end) for e in d.fix.edits] if d.fix else []
        if all(end < a or b < start for start, end in places for a, b in taken):
            chosen.append(d)
            taken += places
    return chosen


def _rewrite(source: Source, edits: Iterable[Edit], root: Path, log: Log) -> bool:
    path = root / source.name
    if not is_inside(path, root):
        return False
    try:
        path = path.resolve()
        data = path.read_bytes()
        new = edited(data, source.text, edits)
    except (OSError, UnicodeDecodeError):
        return False
    if new is None or new == data:
        return False
    trouble = Log()
    saved = save({path: new}, trouble)
    for d in trouble:
        log.report(d.rule.name, d.message, file=source.name, hint="give yourself the right to write to the manuscript")
    return saved


def edited(data: bytes, text: str, edits: Iterable[Edit]) -> bytes | None:
    """Give a file's bytes after the edits; ``text`` is the file as it was read, to which their places refer.

    ``None`` when the file no longer says what was read. Raises UnicodeDecodeError for what is not UTF-8.
    """
    written = data.decode("utf-8")
    mark = "\ufeff" if written.startswith("\ufeff") else ""
    written = written.removeprefix(mark)
    if unix(written) != text:
        return None
    # Reading made one character of each line end of Windows; so far did everything after it move.
    pairs = [at - moved for moved, at in enumerate(_find_all(written, "\r\n"))]
    line_end = "\r\n" if 2 * len(pairs) > text.count("\n") else "\n"
    pieces, at = [mark], 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        start, end = (offset + bisect_left(pairs, offset) for offset in (edit.span.start, edit.span.end))
        pieces += [written[at:start], edit.text.replace("\n", line_end)]
        at = end
    return "".join([*pieces, written[at:]]).encode("utf-8")


def _find_all(text: str, what: str) -> list[int]:
    found: list[int] = []
    at = text.find(what)
    while at >= 0:
        found.append(at)
        at = text.find(what, at + len(what))
    return found
