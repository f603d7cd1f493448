"""The commands that put a publication before its readers: release, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from publish.cli.commands import REFEREE
from publish.cli.session import FINE, Session, leave, reports, shown_path, source_date_epoch


@click.command()
@click.argument("version", default="", metavar="[VERSION]")
@click.argument("path", default=".", type=click.Path(path_type=Path), metavar="[PATH]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The catalogue's folder (default: dist/).")
@click.option("--url", default="", help="The catalogue's web address, when publication.yaml does not say it.")
@click.option("--notes", default="", help="What has changed, when CHANGES.md does not say it.")
@REFEREE
@reports
def release(version: str, path: Path, output: Path | None, url: str, notes: str, referee: bool, **how: Any) -> NoReturn:
    """Put a publication before readers: its files, pages and feeds, in dist/.

    VERSION is as 1.0.0. Without it, the version is the newest in CHANGES.md, or the one that is out as long as nothing
    has changed, or 1.0.0. What is out under a version stays as it is.
    """
    from publish.build import Request
    from publish.release import Order, is_version
    from publish.release import release as put_out

    if version and not is_version(version) and Path(version).exists():  # publish release my-journal
        version, path = "", Path(version)
    session = Session(**how)
    session.about(path)
    build = Request(path, epoch=source_date_epoch(), strict=session.strict, referee=referee)
    order = Order(build, version, output, _address(url), notes)
    released = put_out(order, session.log, session.progress)
    good = ""
    if released:
        record, count = released.record, len(released.changed)
        what = f"{count} file{'' if count == 1 else 's'} in {shown_path(released.folder)} changed"
        good = f"released {record.metadata.title} {record.version}; {what if count else 'nothing has changed'}"
    code = session.finish(good=good, bad="nothing was released, what was there is as it was")
    if code == FINE and released and session.shape in ("text", "concise"):
        click.echo(shown_path(released.folder))
    leave(code)


def _address(url: str) -> str:
    if not url:
        return ""
    from publish.project.addresses import address
    from publish.project.unsound import Unsound

    try:
        return address(url)
    except Unsound as unsound:
        raise click.UsageError(f"--url: {unsound.message}") from unsound


@click.command()
@click.argument("dist", default="dist", type=click.Path(path_type=Path))
@REFEREE
@reports
def verify(dist: Path, referee: bool, **how: Any) -> NoReturn:
    """Judge a release: checksums, links, feeds and records, nothing missing and nothing more."""
    from publish.release import verify as judge

    session = Session(**how)
    with session.progress(f"Judging {dist}"):
        records = judge(dist, session.log, referee=referee)
    count = len(records)
    leave(session.finish(good=f"“{dist}” is sound: {count} publication{'' if count == 1 else 's'}"))


RELEASING = (release, verify)
"""The commands of this module."""
