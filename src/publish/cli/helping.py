"""The commands that make nothing of a manuscript: explain, doctor, new, completion."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from publish.cli.commands import SOURCE
from publish.cli.session import FINE, MISSING, leave
from publish.cli.terminal import terminal_on
from publish.diagnostics import RULES, did_you_mean


@click.command()
@click.argument("rule", required=False)
@click.option("--debug", is_flag=True, hidden=True)
def explain(rule: str | None, debug: bool) -> NoReturn:
    """Say what a rule asks for, with an example; without RULE list them all."""
    from publish.cli import explaining

    terminal = terminal_on(sys.stdout, os.environ)
    if rule is None:
        terminal.say(explaining.table(terminal))
        leave(FINE)
    name = rule.removeprefix("error").removeprefix("warning").strip("[]:")  # also as copied from a diagnostic
    if name not in RULES:
        hint = did_you_mean(name, RULES) or "publish explain lists them."
        raise click.UsageError(f"There is no rule “{rule}”; {hint}")
    terminal.say(explaining.page(name, terminal))
    leave(FINE)


@click.command()
@SOURCE
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--debug", is_flag=True, hidden=True)
def doctor(path: Path, as_json: bool, debug: bool) -> NoReturn:
    """Say what this machine has and lacks, and the line that mends it."""
    from publish.cli import checkup

    findings = checkup.examine_here(path)
    terminal = terminal_on(sys.stdout, os.environ)
    terminal.say(checkup.as_json(findings) if as_json else checkup.as_table(findings, terminal))
    leave(MISSING if any(finding.state == "missing" for finding in findings) else FINE)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete publish's commands.

    \b
    bash:  publish completion bash > ~/.local/share/bash-completion/completions/publish
    zsh:   publish completion zsh > ~/.zfunc/_publish
    fish:  publish completion fish > ~/.config/fish/completions/publish.fish
    """
    from click.shell_completion import get_completion_class

    make = get_completion_class(shell)
    assert make is not None
    click.echo(make(ctx.find_root().command, {}, "publish", "_PUBLISH_COMPLETE").source())


HELPING = (explain, doctor, completion)
"""The commands of this module."""
