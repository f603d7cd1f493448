"""The commands. Each takes its arguments apart, calls the library, and leaves printing to the session.

Whatever takes time to load is imported inside the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from publish import __version__
from publish.cli.session import FINE, Session, leave, reports, shown_path, source_date_epoch
from publish.diagnostics import Diagnostic, did_you_mean
from publish.formats import SUFFIXES
from publish.profiles import PROFILES, STANDARDS, Order, Profile

_OUTPUT = click.Path(path_type=Path, allow_dash=True)
_TIMINGS = click.Path(path_type=Path, dir_okay=False)
SOURCE = click.argument("path", default=".", type=click.Path(path_type=Path))
REFEREE = click.option(
    "--referee/--no-referee", default=True, help="Let EPUBCheck and veraPDF judge what is made (default: yes)."
)


class _Group(click.Group):
    """A group that knows what an unknown command may have meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; raises click.UsageError with what may have been meant."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = did_you_mean(name, self.commands)
            if not hint and Path(name).exists():
                hint = f"to make it: publish build {name}"
            raise click.UsageError("; ".join(part for part in (f"there is no command “{name}”", hint) if part), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="publish %(version)s (the distribution is called octavo)")
@click.pass_context
def publish(ctx: click.Context) -> None:
    """From a Markdown manuscript to a print-ready PDF and an EPUB.

    A publication is a folder with publication.yaml and manuscript/, or one Markdown file. Every command works in the
    folder where you are, or takes a path.

    \b
    Exit codes: 0 all is well; 1 a mistake in the manuscript or a file made;
    2 the command or publication.yaml cannot be used as it is; 3 something is
    missing on this machine; 70 publish itself failed; 130 stopped.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _makes(command: Callable[..., Any]) -> Callable[..., Any]:
    made: Callable[..., Any] = reports(command)
    for option in (
        REFEREE,
        click.option("--timings", type=_TIMINGS, help="Write where the time went, for a browser to show."),
        click.option("--open", "open_it", is_flag=True, help="Open what was made."),
        click.option("-o", "--output", type=_OUTPUT, help="File or folder for what is made; - for standard output."),
        SOURCE,
    ):
        made = option(made)
    return made


@publish.command()
@_makes
def build(**options: Any) -> NoReturn:
    """Make every file that the publication asks for (PDF and EPUB)."""
    _build((), **options)


@publish.command()
@click.option("--profile", "profiles", multiple=True, type=click.Choice(list(PROFILES)), help="Whom it is for.")
@click.option("--standard", type=click.Choice(list(STANDARDS)), help="What the PDF for screens shall conform to.")
@click.option("--press-profile", type=click.Path(path_type=Path), help="The printer's ICC profile, for offset.")
@click.option("--condition", default="", help="The registered name of its printing condition.")
@click.option("--marks", is_flag=True, help="Set crop marks outside the bleed (offset).")
@_makes
def pdf(
    profiles: tuple[str, ...], standard: str | None, press_profile: Path | None, condition: str, marks: bool, **how: Any
) -> NoReturn:
    """Make the PDF, or one for each profile named: screen, archive, offset, ingram, pod-grey."""
    names = dict.fromkeys(profiles or (("screen",) if standard else ()))
    for option, given, fits in (
        ("--standard", standard, any(PROFILES[name].screen for name in names)),
        ("--press-profile", press_profile, any(PROFILES[name].embeds for name in names)),
        ("--marks", marks, any(PROFILES[name].bleed for name in names)),
    ):
        if given and not fits:
            raise click.UsageError(f"{option} goes with a profile that it is for: --profile {_FOR[option]}")
    orders = tuple(_order(PROFILES[name], standard or "", press_profile, condition, marks) for name in names)
    _build(("pdf",), orders=orders, **how)


_FOR = {"--standard": "screen", "--press-profile": "offset", "--marks": "offset"}


def _order(profile: Profile, standard: str, icc: Path | None, condition: str, marks: bool) -> Order:
    """Give what is ordered of a profile: of the options those that it takes."""
    own = (icc, condition) if profile.embeds else (None, "")
    return Order(profile, *own, marks and profile.bleed > 0, standard if profile.name == "screen" else "")


@publish.command()
@_makes
def epub(**options: Any) -> NoReturn:
    """Make the EPUB."""
    _build(("epub",), **options)


def _write_timings(path: Path, session: Session) -> None:
    import json

    from publish.build.output import save
    from publish.cli.timings import trace

    save({path: json.dumps(trace(session.progress.stages, session.progress.pieces)).encode()}, session.log)


def _build(
    formats: tuple[str, ...],
    path: Path,
    output: Path | None,
    open_it: bool,
    referee: bool,
    timings: Path | None,
    orders: tuple[Order, ...] = (),
    **how: Any,
) -> NoReturn:
    from publish.build import Request
    from publish.build import build as make
    from publish.progress import watched_by

    session = Session(**how)
    session.about(path)
    to_stdout = output is not None and str(output) == "-"
    if to_stdout and (not formats or open_it or session.shape not in ("text", "concise")):
        raise click.UsageError("“-o -” goes with one format (publish pdf, publish epub), without --open and --format")
    if to_stdout and len(orders) > 1:
        raise click.UsageError("“-o -” goes with one profile")
    folder, file = (None, None) if to_stdout else _destination(output, formats, len(orders) < 2)
    request = Request(path, formats, folder, file, not to_stdout, source_date_epoch(), session.strict, referee, orders)
    with watched_by(session.progress):
        result = make(request, session.log, session.progress)
    files = result.files if result else ()
    if timings:
        _write_timings(timings, session)
    if to_stdout and files:
        sys.stdout.buffer.write(files[0].data)
        leave(session.finish((), good=_sentence(files)))
    code = session.finish(files, good=_sentence(files), bad="nothing was made, what was there is as it was")
    for made in files if session.verbose else ():
        _weigh(made, session)
    if open_it and code == FINE:
        for made in files:
            if click.launch(str(made.path)):
                session.terminal.say(f"“{shown_path(made.path)}” could not be opened here.")
    leave(code)


def _sentence(files: Any) -> str:
    if files and all(made.unchanged for made in files):
        return "nothing has changed since the last build"
    sizes = [f"{_title(made)} of {_amount(made)}" for made in files]
    return f"made {' and '.join(sizes)}" if sizes else ""


def _title(made: Any) -> str:
    kind, _, profile = made.format.partition("-")
    return f"{kind.upper()} for {profile}" if profile else kind.upper()


def _weigh(made: Any, session: Session) -> None:
    """Say what takes the room in a file."""
    for kind, size in made.weights.items():
        line = f"  {made.format.upper()}: {kind}"
        session.terminal.say(f"{line:<52}{size / 1000:>9,.1f} kB  {100 * size / made.size:>3.0f} %")


def _amount(made: Any) -> str:
    pages = f"{made.pages} page{'' if made.pages == 1 else 's'}, " if made.pages else ""
    return f"{pages}{made.size / 1000:,.0f} kB"


def _destination(output: Path | None, formats: tuple[str, ...], alone: bool) -> tuple[Path | None, Path | None]:
    """Tell a folder from a file: a file ends as its format does, or is there and no ordinary file."""
    if output is None:
        return None, None
    suffix = SUFFIXES[formats[0]] if alone and len(formats) == 1 else ""
    if suffix and not output.is_dir() and (output.suffix.lower() == suffix or _is_device(output)):
        return None, output
    if (output.exists() and not output.is_dir()) or output.suffix.lower() in SUFFIXES.values():
        wanted = f"a folder or a name that ends in {suffix}" if suffix else "a folder"
        raise click.UsageError(f"“-o {output}”: here it must be {wanted}")
    return output, None


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@publish.command()
@SOURCE
@REFEREE
@click.option("--profile", type=click.Choice(list(PROFILES)), help="Whom a finished PDF is for, if it does not say.")
@click.option("--fix", is_flag=True, help="Mend in the manuscript what is certain, and say what was mended.")
@reports
def check(path: Path, referee: bool, profile: str | None, fix: bool, **how: Any) -> NoReturn:
    """Check a publication without making anything, or judge a finished PDF or EPUB."""
    session = Session(**how)
    mended: Sequence[Diagnostic] = ()
    if path.suffix.lower() in SUFFIXES.values() and path.is_file():
        if fix:
            raise click.UsageError("--fix mends a manuscript, not a finished file; mend the manuscript and build again")
        good = _judge(path, session, referee, Order(PROFILES[profile]) if profile else None)
    elif profile:
        raise click.UsageError("--profile goes with a finished PDF")
    else:
        from publish.build import examine, mend

        session.about(path)
        if fix:
            manuscript, mended = mend(path, session.log, session.progress)
        else:
            manuscript = examine(path, session.log, session.progress)
        good = _checked(len(manuscript.publication.divisions)) if manuscript else ""
    leave(session.finish(good=good, mended=mended))


def _checked(count: int) -> str:
    return f"checked {count} division{'' if count == 1 else 's'} and found no mistake"


def _judge(path: Path, session: Session, referee: bool, order: Order | None) -> str:
    from publish.build import judge_file

    try:
        judge_file(path, session.log, session.progress, referee=referee, epoch=source_date_epoch(), order=order)
    except OSError as error:
        raise click.UsageError(f"“{path}” cannot be read: {error.strerror}") from error
    return f"“{path.name}” is sound"


@publish.command()
@SOURCE
@click.option("--debug", is_flag=True, hidden=True)
def clean(path: Path, debug: bool) -> NoReturn:
    """Remove what was made of a publication, and nothing else."""
    from publish.build import clean as remove

    session = Session(debug=debug)
    for gone in remove(path, session.log):
        click.echo(shown_path(gone))
    leave(session.finish())
