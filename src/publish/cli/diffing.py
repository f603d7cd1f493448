"""The command that says what differs between two finished files, or between a publication and its last release."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from publish.cli.session import FINE, MISTAKES, Refusal, Session, leave, reports, shown_path, source_date_epoch
from publish.formats import SUFFIXES

if TYPE_CHECKING:
    from publish.build import Made

_VERSION = re.compile(r"v(?P<numbers>\d+(?:\.\d+)*)(?P<rest>.*)")


@click.command()
@click.argument("files", nargs=-1, metavar="[OLD [NEW]]", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "release",
    type=click.Path(path_type=Path),
    help="The folder of releases to compare with.  [default: dist in the publication]",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file for the comparison.")
@click.option("--exit-code", is_flag=True, help="End with 1 when something differs.")
@click.option("--open", "open_it", is_flag=True, help="Open the comparison.")
@reports
def diff(
    files: tuple[Path, ...], release: Path | None, output: Path | None, exit_code: bool, open_it: bool, **how: Any
) -> NoReturn:
    """Say what differs: text by paragraph, pages, pictures; in lines, and in one HTML file with pictures.

    OLD and NEW are two PDFs or two EPUBs. Without NEW, OLD is compared with the file of its kind that a build of the
    publication here makes. Without OLD, or with a publication in its place, the publication is built and compared with
    the newest version in its dist/.
    """
    from publish.build import save
    from publish.comparison import compare, page, summary

    session = Session(**how)
    pairs, place = _pairs(files, release, session)
    found = []
    for old, new in pairs:
        names = shown_path(old), shown_path(new)
        with session.progress(f"Comparing {new.name}"):
            try:
                found.append(compare(new.suffix.lower()[1:], old.read_bytes(), new.read_bytes(), names))
            except FileNotFoundError as error:
                raise Refusal(f"there is no file “{shown_path(Path(error.filename))}” to compare") from error
            except (OSError, ValueError) as error:
                raise Refusal(f"“{names[0]}” and “{names[1]}” cannot be compared: {error}") from error
    place = output or place
    save({place: page(found, pairs[0][1].stem).encode()}, session.log)
    if session.shape in ("text", "concise"):
        for line in (line for one in found for line in summary(one, None if session.everything else 20)):
            click.echo(line)
        click.echo(shown_path(place))
    code = session.finish()
    if open_it and code == FINE and click.launch(str(place)):
        session.terminal.say(f"“{shown_path(place)}” could not be opened here.")
    leave(MISTAKES if exit_code and code == FINE and not all(one.same for one in found) else code)


def _pairs(files: tuple[Path, ...], release: Path | None, session: Session) -> tuple[list[tuple[Path, Path]], Path]:
    """Give the files to compare, each the old one first, and where the comparison goes."""
    if len(files) > 2:
        raise click.UsageError("at most two files can be compared")
    if len(files) == 2:
        _kind(files[0], files[1])
        return [(files[0], files[1])], files[1].with_suffix(".diff.html")
    old = next((path for path in files if path.suffix.lower() in SUFFIXES.values()), None)
    made = _built(files[0] if files and old is None else Path(), old, session)
    place = made[0].path.with_suffix(".diff.html")
    if old is not None:
        return [(old, made[0].path)], place
    return _with_release(made, release), place


def _kind(old: Path, new: Path) -> None:
    if old.suffix.lower() != new.suffix.lower() or new.suffix.lower() not in SUFFIXES.values():
        raise click.UsageError("two PDFs or two EPUBs can be compared")


def _built(path: Path, old: Path | None, session: Session) -> tuple[Made, ...]:
    """Build what is to be compared: the format of an old file, else every format of the publication."""
    from publish.build import Request, build

    session.about(path)
    formats = tuple(name for name, suffix in SUFFIXES.items() if old is not None and suffix == old.suffix.lower())
    result = build(
        Request(path, formats, epoch=source_date_epoch(), strict=session.strict), session.log, session.progress
    )
    if result is None:
        leave(session.finish(bad="nothing was compared"))
    return result.files


def _with_release(made: tuple[Made, ...], release: Path | None) -> list[tuple[Path, Path]]:
    """Pair what was made with the newest version of it in a folder of releases."""
    name = made[0].path.stem
    folder = release or made[0].path.parent.parent / "dist"
    versions = [path for path in folder.glob(f"{name}/v*") if path.is_dir() and _VERSION.fullmatch(path.name)]
    if not versions:
        hint = "make one with publish release, or name two files: publish diff OLD NEW"
        raise Refusal(f"“{shown_path(folder)}” holds no version of “{name}” to compare with", hint)
    newest = max(versions, key=_order)
    pairs = [(newest / one.path.name, one.path) for one in made if (newest / one.path.name).is_file()]
    if not pairs:
        raise Refusal(f"“{shown_path(newest)}” holds none of the files that were made", "name two files instead")
    return pairs


def _order(path: Path) -> tuple[tuple[int, ...], bool, str]:
    """Order versions as SemVer does: by numbers, and what comes before a release (1.0.0-rc1) before it."""
    found = _VERSION.fullmatch(path.name)
    assert found
    return tuple(map(int, found["numbers"].split("."))), not found["rest"], found["rest"]


DIFFING = (diff,)
"""The commands of this module."""
