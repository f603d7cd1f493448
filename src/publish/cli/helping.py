"""The commands that make nothing of a manuscript: explain, doctor, new, completion."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from publish.cli.commands import SOURCE
from publish.cli.session import FINE, MISSING, Refusal, leave, shown_path, source_date_epoch
from publish.cli.terminal import Terminal, terminal_on
from publish.diagnostics import RULES, did_you_mean

if TYPE_CHECKING:
    from publish.scaffold import Question


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
        hint = did_you_mean(name, RULES) or "publish explain lists them"
        raise click.UsageError(f"there is no rule “{rule}”; {hint}")
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
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--template", help="essay or collection.")
@click.option("--title", help="The publication's title.")
@click.option("--author", help="Who writes or edits it.")
@click.option("--language", "--lang", help="The language it is in, as a tag: en, en-GB, ru.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the usual answers.")
@click.option("--debug", is_flag=True, hidden=True)
def new(folder: Path, yes: bool, debug: bool, **given: str | None) -> NoReturn:
    """Set up a publication that builds at once, in a new folder; nothing is overwritten."""
    from publish.scaffold import QUESTIONS, Answers, ScaffoldError, create, fonts_wanted

    may_ask = not yes and sys.stdin.isatty() and sys.stderr.isatty()
    answers = {question.name: _answer(question, folder, given[question.name], may_ask) for question in QUESTIONS}
    template = answers.pop("template")
    try:
        made = create(folder, template, Answers(**answers, date=_today()))  # type: ignore[arg-type]
    except ScaffoldError as error:
        raise Refusal(error.message, error.hint) from error
    for path in made:
        click.echo(shown_path(path))
    _say_next(folder, fonts_wanted(answers["language"]), terminal_on(sys.stderr, os.environ))
    leave(FINE)


def _answer(question: Question, folder: Path, given: str | None, may_ask: bool) -> str:
    usual = question.guess(folder)
    if given is not None or not may_ask:
        return given if given is not None else usual
    kind = click.Choice(question.choices) if question.choices else None
    return str(click.prompt(question.words, default=usual, type=kind, err=True))


def _today() -> str:
    """Give the date that a new publication carries: SOURCE_DATE_EPOCH, else today."""
    epoch = source_date_epoch()
    now = datetime.now().astimezone() if epoch is None else datetime.fromtimestamp(epoch, UTC)
    return now.date().isoformat()


def _say_next(folder: Path, fonts: str, terminal: Terminal) -> None:
    terminal.say(terminal.style("Next:", bold=True))
    if fonts:
        terminal.say(
            f"  put a font for the letters of this language into {shown_path(folder / 'styles/fonts')}: {fonts}"
        )
    if folder.resolve() != Path.cwd():
        terminal.say(f"  cd {shlex.quote(str(folder))}")
    terminal.say("  publish build --open")


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


HELPING = (new, explain, doctor, completion)
"""The commands of this module."""
