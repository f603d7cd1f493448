"""The command that sends a release to where readers find it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from publish.cli.session import MISSING, Refusal, Session, leave, reports

if TYPE_CHECKING:
    from publish.push import Plan, Store


@click.command()
@click.argument("dest")
@click.option(
    "--from",
    "release",
    default="dist",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder of the release.",
)
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--delete", is_flag=True, help="Remove at DEST what the release does not have; never an earlier version.")
@reports
def push(dest: str, release: Path, dry_run: bool, delete: bool, **how: Any) -> NoReturn:
    """Send a release to a folder, file://, s3://, gs:// or sftp://: what differs, and nothing else.

    Files go first, then the pages that lead to them, then feeds and checksums. Interrupted, run it again: what has
    arrived is not sent twice. Credentials are found where the libraries for S3, Google and SSH look for them.
    """
    from publish.push import gather, send

    session = Session(**how)
    _refuse_overlap(dest, release)
    with session.progress("Proving the release"):
        items = gather(release, session.log)
    if not items:
        leave(session.finish(bad="nothing was sent"))
    store, plan = _compared(dest, items, session)
    if store is None or plan is None:
        leave(session.finish(bad="nothing was sent"))
    if dry_run:
        arrived = tuple(item.name for item in plan.sent)
    else:
        arrived = send(plan, store, session.log, delete=delete, progress=session.progress)
    if session.shape in ("text", "concise"):
        _list(plan, arrived, delete=delete and not session.log.failed)
    told = f"{_counted(len(arrived))} would be sent" if dry_run else f"{_counted(len(arrived))} sent"
    left = f"; {_counted(len(plan.stale))} of no release left there (--delete)" if plan.stale and not delete else ""
    there = f", {len(plan.same)} there already" if plan.same else ""
    leave(session.finish(good=f"{told}{there}{left}", bad=f"{told} of {len(plan.sent)}"))


def _compared(dest: str, items: Any, session: Session) -> tuple[Store | None, Plan | None]:
    """Open a destination and compare; without it and a plan when the log says why not."""
    from publish.push import MissingStore, compare, open_store

    try:
        with session.progress(f"Looking at {dest}"):
            store = open_store(dest)
            return store, compare(items, store)
    except MissingStore as error:
        session.terminal.say(f"{session.terminal.style('error', 'red', bold=True)}: {error}")
        session.terminal.say("  = help: pip install 'octavo[push]'")
        leave(MISSING)
    except Exception as error:  # noqa: BLE001 - every store's library has errors of its own
        why = " ".join(str(error).split()) or type(error).__name__
        session.log.report("release-sent", f"“{dest}” cannot be reached: {why[:300].rstrip('.')}")
        return None, None


def _list(plan: Plan, arrived: tuple[str, ...], *, delete: bool) -> None:
    """Print what was sent and what was removed, a line a file."""
    new = {item.name for item in plan.new}
    for name in arrived:
        click.echo(f"{'new' if name in new else 'changed':<8} {name}")
    for name in plan.stale if delete else ():
        click.echo(f"removed  {name}")


def _counted(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _refuse_overlap(dest: str, release: Path) -> None:
    """Raise Refusal when a release would be sent into itself, or over what it was made from."""
    if "://" in dest and not dest.startswith("file://"):
        return
    place, source = Path(dest.removeprefix("file://")).resolve(), release.resolve()
    if place == source or place.is_relative_to(source) or source.is_relative_to(place):
        raise Refusal(f"“{dest}” and the release “{release}” lie one in the other", "name a folder of its own")


SENDING = (push,)
"""The commands of this module."""
