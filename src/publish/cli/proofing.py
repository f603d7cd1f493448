"""The commands that show what was made, to decide by: a proof of a publication, what differs between two files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from publish.cli.commands import SOURCE
from publish.cli.session import FINE, Session, leave, reports, shown_path, source_date_epoch
from publish.diagnostics import Log

if TYPE_CHECKING:
    from publish.build import Made, Request

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


@click.command()
@SOURCE
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file for the proof.")
@click.option("--open", "open_it", is_flag=True, help="Open the proof.")
@click.option("--browser/--no-browser", default=True, help="Let Chromium take pictures of the EPUB (default: yes).")
@click.option(
    "--referee/--no-referee", default=True, help="Let EPUBCheck and veraPDF judge what is made (default: yes)."
)
@reports
def proof(path: Path, output: Path | None, open_it: bool, browser: bool, referee: bool, **how: Any) -> NoReturn:
    """Build, and show all of it on one sheet: pages, spreads with margins and lines, cover, EPUB, diagnostics.

    The proof is one HTML file that needs nothing else, not even scripts.
    """
    from publish.build import Request, build, save

    session = Session(**how)
    session.about(path)
    request = Request(path, epoch=source_date_epoch(), strict=session.strict, referee=referee)
    result = build(request, session.log, session.progress)
    if result is None:
        leave(session.finish(bad="no proof was made"))
    with session.progress("Making the proof"):
        text = _sheet(request, result.files, session, _browser() if browser else None)
    place = output or result.files[0].path.with_suffix(".proof.html")
    saved = save({place: text.encode()}, session.log)
    if saved and session.shape in ("text", "concise"):
        click.echo(shown_path(place))
    code = session.finish(good=f"made a proof of {len(text) / 1000:,.0f} kB", bad="no proof was made")
    if open_it and code == FINE and click.launch(str(place)):
        session.terminal.say(f"“{shown_path(place)}” could not be opened here.")
    leave(code)


def _sheet(request: Request, files: tuple[Made, ...], session: Session, browser: Path | None) -> str:
    from publish.build import rendition
    from publish.proof import Material, sheet

    data = {made.format: made.data or made.path.read_bytes() for made in files}
    # Where every PDF is for a printer, the first of them shows the pages.
    pdf = data.get("pdf") or next((held for name, held in data.items() if name.startswith("pdf")), b"")
    printed = rendition("pdf", request, Log()) if pdf else None
    shown = rendition("epub", request, Log(), with_pages=bool(pdf))
    known = printed or shown
    return sheet(
        Material(
            title=known.metadata.title if known else "",
            language=known.metadata.language if known else "en",
            pdf=pdf,
            epub=data.get("epub", b""),
            printed=printed,
            shown=shown,
            diagnostics=tuple(session.log),
            browser=browser,
        )
    )


def _browser() -> Path | None:
    """Give a Chromium of this machine: the one that CHROMIUM names, else one on the PATH."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else _BROWSERS))
    return next((Path(path) for path in found if path), None)


PROOFING = (proof,)
"""The commands of this module."""
