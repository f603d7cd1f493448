"""The command that makes covers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from publish.cli.commands import SOURCE
from publish.cli.session import Session, leave, reports, source_date_epoch
from publish.covers import BINDINGS, PAPERS, Paper


@click.command()
@SOURCE
@click.option("--profile", type=click.Choice(list(BINDINGS)), help="Who prints and binds it; without, only the front.")
@click.option("--paper", type=click.Choice(PAPERS), default="white", show_default=True, help="What it is printed on.")
@click.option("--spine", type=click.FloatRange(0, 150), default=0.0, help="The spine in millimetres, if it is known.")
@click.option("--pages", type=click.IntRange(0, 5000), default=0, help="The number of pages, if it is known.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder for what is made.")
@click.option("--referee/--no-referee", default=True, help="Let veraPDF judge the cover (default: yes).")
@reports
def cover(
    path: Path,
    profile: str | None,
    paper: Paper,
    spine: float,
    pages: int,
    output: Path | None,
    referee: bool,
    **how: Any,
) -> NoReturn:
    """Make the cover: a picture of the front for shops, and with --profile the sheet that is wrapped round the book.

    The sheet has back, spine and front. The spine is as wide as the number of pages and the paper make it.
    """
    from publish.build import Cover, Request, make_cover

    session = Session(**how)
    session.about(path)
    request = Request(path, folder=output, epoch=source_date_epoch(), strict=session.strict, referee=referee)
    asked = Cover(BINDINGS[profile] if profile else None, paper, spine, pages)
    result = make_cover(request, asked, session.log, session.progress)
    files = result.files if result else ()
    kinds = {".jpg": "a picture of the front", ".pdf": f"a cover for {profile}"}
    said = " and ".join(f"{kinds[made.path.suffix]} of {made.size / 1000:,.0f} kB" for made in files)
    leave(session.finish(files, good=f"made {said}", bad="no cover was made"))


COVERING = (cover,)
"""The commands of this module."""
