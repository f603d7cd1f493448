"""Where the program begins and ends: arguments in, exit code out, and never a traceback that nobody asked for."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from publish.cli.commands import publish
from publish.cli.helping import HELPING
from publish.cli.session import BAD_USE, MISSING, OUR_FAULT, STOPPED
from publish.cli.terminal import Terminal, terminal_on

for _command in HELPING:
    publish.add_command(_command)


def main() -> NoReturn:
    """Run the command with the program's arguments and end the program."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    sys.exit(run(sys.argv[1:]))


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
    if isinstance(error, click.UsageError) and error.ctx is not None:
        terminal.say(error.ctx.get_usage())
        hint = f"Try “{error.ctx.command_path} --help”."
    else:
        hint = ""
    terminal.say(f"{terminal.style('error', 'red', bold=True)}: {error.format_message()}")
    if hint:
        terminal.say(hint)
    return BAD_USE


def _give_up(error: Exception, terminal: Terminal, *, debug: bool) -> int:
    if type(error).__name__ == "MissingLibrary":  # not imported: its module need never have been loaded
        terminal.say(f"{terminal.style('error', 'red', bold=True)}: {error}")
        terminal.say("Run “publish doctor”: it says what is missing here and the line that mends it.")
        return MISSING
    if debug:
        import traceback

        terminal.write("".join(traceback.format_exception(error)))
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    terminal.say(f"{terminal.style('error', 'red', bold=True)}: publish itself failed ({what}); the fault is ours.")
    if not debug:
        terminal.say("Run the same command with --debug and send us what it prints.")
    return OUR_FAULT


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End as if asked by the program itself, so that temporary files and child processes go too."""
    raise SystemExit(128 + number)
