"""Diagnostics as people and programs read them: in full with the line they are about, one a line, or as JSON.

``base`` is put before the names of the publication's files: its folder as seen from where the command runs, ending with
a slash, or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from publish.build import Made
from publish.cli.terminal import Terminal, cells, visible
from publish.diagnostics import Diagnostic, Log, Severity
from publish.source import Span

MOST = 20
"""How many diagnostics of one rule are shown unless all are asked for."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def in_full(
    diagnostics: Iterable[Diagnostic], terminal: Terminal, *, everything: bool = False, base: str = ""
) -> Iterator[str]:
    """Give the lines of diagnostics, each with its place and an excerpt that points at it."""
    for d in _fewer(diagnostics, everything):
        if isinstance(d, str):
            yield terminal.style(d, dim=True)
        else:
            yield from _one_in_full(d, terminal, base)
        yield ""


def concise(diagnostics: Iterable[Diagnostic], *, everything: bool = False, base: str = "") -> Iterator[str]:
    """Give one line a diagnostic, as editors' programs read them: ``file:line:column: error[rule]: message``."""
    for d in _fewer(diagnostics, everything):
        if isinstance(d, str):
            yield d
        else:
            place = f"{visible(named(d.place, base))}: " if d.place else ""
            yield f"{place}{d.severity}[{d.rule.name}]: {_message(d)}"


def named(name: str, base: str) -> str:
    """Give a file's name as seen from where the command runs; those of files made are so already."""
    return name if not name or name.startswith(base) or PurePath(name).is_absolute() else f"{base}{name}"


def mended(diagnostics: Iterable[Diagnostic], terminal: Terminal, *, base: str = "") -> Iterator[str]:
    """Give one line for each mistake that was mended."""
    for d in diagnostics:
        if d.fix:
            word = terminal.style(f"mended[{d.rule.name}]", "green", bold=True)
            yield f"{visible(named(d.place, base))}: {word}: {visible(d.fix.what)}"


def as_data(log: Log, files: Sequence[Made] = (), done: Iterable[Diagnostic] = (), *, base: str = "") -> dict[str, Any]:
    """Give what is printed as JSON.

    ``diagnostics``: a list of ``{rule, severity, message, hint, file, line, column, end_line, end_column, fix}``; lines
    and columns begin at 1 and are null for what has no place in a text, ``file`` is null for what concerns none,
    ``fix`` is null or ``{what, edits}`` with edits ``{line, column, end_line, end_column, text}``. ``mended``: those
    whose fix was made (``done``), as they were. ``files``: a list of ``{format, path, sha256, bytes, pages,
    unchanged}``; ``pages`` is null for what has none.
    """
    return {
        "diagnostics": [_diagnostic(d, base) for d in log],
        "mended": [_diagnostic(d, base) for d in done],
        "files": [_file(made) for made in files],
    }


def summary(log: Log) -> str:
    """Give how many errors and warnings there are: ``2 errors and 1 warning``, or an empty string."""
    counts = [(log.count(Severity.ERROR), "error"), (log.count(Severity.WARNING), "warning")]
    words = " and ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    return f"{words}; {log.fixable} can be mended with publish check --fix" if log.fixable else words


def _fewer(diagnostics: Iterable[Diagnostic], everything: bool) -> Iterator[Diagnostic | str]:
    shown: Counter[str] = Counter()
    for d in diagnostics:
        shown[d.rule.name] += 1
        if everything or shown[d.rule.name] <= MOST:
            yield d
    for rule, count in shown.items():
        if not everything and count > MOST:
            yield f"and {count - MOST} more of {rule} (--all)"


def _message(d: Diagnostic) -> str:
    return f"{visible(d.message)} [fixable]" if d.fix else visible(d.message)


def _one_in_full(d: Diagnostic, terminal: Terminal, base: str) -> Iterator[str]:
    head = terminal.style(f"{d.severity}[{d.rule.name}]", _COLOURS[d.severity], bold=True)
    yield f"{head}{terminal.style(f': {_message(d)}', bold=True)}"
    margin = " " * len(str(d.span.begin.line)) if d.span else " "
    bar = terminal.style(f"{margin} |", "blue", bold=True)
    if d.place:
        yield f"{terminal.style(f'{margin}-->', 'blue', bold=True)} {visible(named(d.place, base))}"
    if d.span:
        text, carets = _excerpt(d, terminal.width - len(margin) - 3)
        number = terminal.style(f"{d.span.begin.line} |", "blue", bold=True)
        yield bar
        yield f"{number} {text}".rstrip()
        yield f"{bar} {terminal.style(carets, _COLOURS[d.severity], bold=True)}"
    if d.hint:
        yield f"{margin} {terminal.style('=', 'blue', bold=True)} help: {visible(d.hint)}"


def _excerpt(d: Diagnostic, room: int) -> tuple[str, str]:
    """Give the line of a place, or the part of a long one around it, and the carets that stand under the place."""
    assert d.span is not None
    begin, finish = d.span.begin, d.span.finish
    line = d.span.source.line(begin.line)
    row = cells(line)
    first = begin.column - 1
    last = finish.column - 1 if finish.line == begin.line else len(row)
    left, right = _window([width for _, width in row], first, room)
    before, after = ("…" if left else ""), ("…" if right < len(row) else "")
    text = before + "".join(shown for shown, _ in row[left:right]) + after
    lead = len(before) + sum(width for _, width in row[left:first])
    marked = sum(width for _, width in row[first : min(max(last, first + 1), right)])
    return text, " " * lead + "^" * max(1, marked)


def _window(widths: list[int], first: int, room: int) -> tuple[int, int]:
    """Choose the part of a line that is shown: from index to index, a third of the room before ``first``."""
    if sum(widths) <= room:
        return 0, len(widths)
    left, used = first, 0
    while left > 0 and used + widths[left - 1] <= room // 3:
        left -= 1
        used += widths[left]
    right, used = left, 0
    while right < len(widths) and used + widths[right] <= room - 2:  # two for the marks that something is left out
        used += widths[right]
        right += 1
    return left, right


def _diagnostic(d: Diagnostic, base: str) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text} for edit in d.fix.edits] if d.fix else []
    return {
        "rule": d.rule.name,
        "severity": str(d.severity),
        "message": d.message,
        "hint": d.hint,
        "file": named(d.span.source.name if d.span else d.file, base) or None,
        **_place(d.span),
        "fix": {"what": d.fix.what, "edits": edits} if d.fix else None,
    }


def _place(span: Span | None) -> dict[str, int | None]:
    begin, finish = (span.begin, span.finish) if span else (None, None)
    return {
        "line": begin.line if begin else None,
        "column": begin.column if begin else None,
        "end_line": finish.line if finish else None,
        "end_column": finish.column if finish else None,
    }


def _file(made: Made) -> dict[str, Any]:
    return {
        "format": made.format,
        "path": str(made.path),
        "sha256": made.sha256,
        "bytes": made.size,
        "pages": made.pages or None,
        "unchanged": made.unchanged,
    }
