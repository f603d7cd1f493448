"""One run of a command: what was asked of its output, and how it ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path, PurePath
from typing import Any, NoReturn, TypeVar

import click

from publish.cli.progress import Meter
from publish.cli.terminal import Terminal, terminal_on
from publish.diagnostics import Diagnostic, Log, Severity
from publish.records import dataclass

FINE, MISTAKES, BAD_USE, MISSING, OUR_FAULT, STOPPED = 0, 1, 2, 3, 70, 130
"""Exit codes."""

_SETTINGS = frozenset({"publication.yaml", "publication.yml"})
_NOTHING_THERE = frozenset({"file-exists", "file-readable", "division-present"})

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--debug", is_flag=True, help="Show what the engines say, and the traceback of a fault of ours."),
    click.option("-v", "--verbose", is_flag=True, help="Say where the time went."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
    click.option("--all", "everything", is_flag=True, help="Show every diagnostic, not at most 20 of a rule."),
    click.option("--strict", is_flag=True, help="Let warnings fail like errors."),
    click.option(
        "--format",
        "shape",
        type=click.Choice(["text", "concise", "json", "github", "sarif"]),
        default="text",
        show_default=True,
        help="How diagnostics are printed.",
    ),
)


def reports(command: Command) -> Command:
    """Give a command the options that say how diagnostics are printed."""
    for option in _OPTIONS:
        command = option(command)
    return command


@dataclass
class Session:
    """How one run speaks: its log, its terminal, the form of its diagnostics; ``base`` as in ``publish.cli.report``."""

    shape: str = "text"
    strict: bool = False
    everything: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    base: str = ""
    log: Log = field(default_factory=Log)
    terminal: Terminal = field(default_factory=lambda: terminal_on(sys.stderr, os.environ))

    def __post_init__(self) -> None:
        self.progress = Meter(self.terminal, shown=not self.quiet)
        if self.debug:
            _listen()

    def about(self, path: Path) -> None:
        """Say which publication this run is about, so that its files can be named from where the command runs."""
        folder = shown_path(path if path.is_dir() else path.parent)
        self.base = "" if folder == "." else f"{PurePath(folder).as_posix()}/"

    def finish(
        self, files: Sequence[Any] = (), *, good: str = "", bad: str = "", mended: Sequence[Diagnostic] = ()
    ) -> int:
        """Print what was found and made, and a line that sums up; give the exit code.

        ``files`` are those made (``publish.build.Made``); ``good`` and ``bad`` are said of a run without and with
        mistakes; ``mended`` are mistakes that are no more.
        """
        self._print(files, mended)
        code = self._code()
        if not self.quiet and self.shape == "text":
            from publish.cli import report

            counted = f"mended {len(mended)} mistake{'' if len(mended) == 1 else 's'}" if mended else ""
            self._sum_up(counted, report.summary(self.log), good if code == FINE else bad)
        if self.verbose:
            self._say(self.progress.lines())
        return code

    def _print(self, files: Sequence[Any], mended: Sequence[Diagnostic]) -> None:
        """Print what programs read to standard output, and what people read to standard error."""
        from publish.cli import report

        base, everything = self.base, self.everything
        if self.shape == "json":
            _out(report.as_data(self.log, files, mended, base=base))
        elif self.shape in ("github", "sarif"):
            from publish.cli import exchange

            if self.shape == "sarif":
                _out(exchange.sarif(self.log, base=base))
            else:
                click.echo("".join(f"{line}\n" for line in exchange.github(self.log, base=base)), nl=False)
        elif self.shape == "concise":
            self._say(report.mended(mended, self.terminal, base=base))
            self._say(report.concise(self.log, everything=everything, base=base))
        else:
            self._say(report.mended(mended, self.terminal, base=base))
            self._say(report.in_full(self.log, self.terminal, everything=everything, base=base))
        if self.shape in ("text", "concise"):
            for made in files:
                click.echo(shown_path(made.path))

    def _say(self, lines: Any) -> None:
        for line in lines:
            self.terminal.say(line)

    def _sum_up(self, *parts: str) -> None:
        line = "; ".join(part for part in parts if part)
        if line:
            self.terminal.say(self.terminal.style(line[0].upper() + line[1:] + ".", bold=True))

    def _code(self) -> int:
        if not self.log.failed:
            return MISTAKES if self.strict and len(self.log) else FINE
        return BAD_USE if any(_is_setup(d) for d in self.log) else MISTAKES


def _out(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _listen() -> None:
    """Let everything be heard that our libraries and the processes of the engine say."""
    import logging

    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s")
    logging.getLogger("publish").setLevel(logging.DEBUG)


def _is_setup(d: Diagnostic) -> bool:
    """Whether an error lies in publication.yaml, or in there being nothing that could be read."""
    if d.severity is not Severity.ERROR:
        return False
    name = d.span.source.name if d.span else d.file
    return PurePath(name).name in _SETTINGS or (d.span is None and d.rule.name in _NOTHING_THERE)


def source_date_epoch() -> int | None:
    """Read SOURCE_DATE_EPOCH (reproducible-builds.org, version 1.1): whole seconds since 1970, in UTC.

    Raises click.UsageError when it holds anything else.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return None
    # 253402300799 is the last second of the year 9999, the last that a date can hold.
    if not given.isascii() or not given.isdecimal() or int(given) > 253402300799:
        raise click.UsageError(f"SOURCE_DATE_EPOCH must be whole seconds since 1970, not “{given}”")
    return int(given)


class Refusal(click.ClickException):
    """The command cannot be done as it was given; ``hint`` says what to do instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def leave(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise click.exceptions.Exit(code)


def shown_path(path: Path) -> str:
    """Give a path as the editor would type it: relative when it lies below the folder that the command runs in."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
