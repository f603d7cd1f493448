"""Where the program begins and ends: arguments in, exit code out, and never a traceback that nobody asked for."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from publish import leaving
from publish.cli.commands import publish
from publish.cli.covering import COVERING
from publish.cli.diffing import DIFFING
from publish.cli.helping import HELPING
from publish.cli.proofing import PROOFING
from publish.cli.releasing import RELEASING
from publish.cli.sending import SENDING
from publish.cli.session import BAD_USE, MISSING, OUR_FAULT, STOPPED, Refusal
from publish.cli.terminal import Terminal, terminal_on, visible

for _command in (*HELPING, *COVERING, *DIFFING, *PROOFING, *RELEASING, *SENDING):
    publish.add_command(_command)


def main() -> NoReturn:
    """Run the command with the program's arguments and end the program."""
    # Nearly all that a command makes it needs until it ends: the collector need not look at it often.
    gc.set_threshold(100_000, 50, 1000)
    leaving.heed()
    code = run(sys.argv[1:])
    sys.stderr.flush()
    # The process's memory goes back to the system as a whole; to take modules and trees apart first takes a while.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command; give its exit code."""
    terminal = terminal_on(sys.stderr, os.environ)
    try:
        code = publish.main(list(arguments), prog_name="publish", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        return _refuse(error, terminal)
    except (click.Abort, KeyboardInterrupt):
        terminal.say("Stopped; nothing was changed.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; a second complaint when Python closes it would help nobody.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + 13
    except Exception as error:  # noqa: BLE001 - the last net: whatever falls into it is told in one sentence
        return _give_up(error, terminal, debug="--debug" in arguments)


def _refuse(error: click.ClickException, terminal: Terminal) -> int:
    hint = error.hint if isinstance(error, Refusal) else ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        terminal.say(error.ctx.get_usage())
        hint = f"{error.ctx.command_path} --help"
    _say_error(error.format_message(), hint, terminal)
    return BAD_USE


def _say_error(message: str, hint: str, terminal: Terminal) -> None:
    terminal.say(f"{terminal.style('error', 'red', bold=True)}: {visible(message)}")
    if hint:
        terminal.say(f"  = help: {hint}")


def _lacking(error: Exception, terminal: Terminal) -> int:
    """Say which libraries are missing and the line that installs them on this system."""
    from publish.cli.checkup import examine_here

    lines = dict.fromkeys(finding.remedy for finding in examine_here() if finding.state == "missing")
    _say_error(
        f"the PDF cannot be made on this machine; {error}",
        " and ".join([*filter(None, lines), "publish doctor"]),
        terminal,
    )
    return MISSING


def _give_up(error: Exception, terminal: Terminal, *, debug: bool) -> int:
    if type(error).__name__ == "MissingLibrary":  # not imported: its module need never have been loaded
        return _lacking(error, terminal)
    if debug:
        import traceback

        terminal.write("".join(traceback.format_exception(error)))
    if isinstance(error, PermissionError) and error.filename:
        _say_error(f"“{error.filename}” cannot be reached: you have no permission", "", terminal)
        return BAD_USE
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    hint = "" if debug else "run the same command with --debug and send us what it prints"
    _say_error(f"publish itself failed ({what}); the fault is ours", hint, terminal)
    return OUR_FAULT
