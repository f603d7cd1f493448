"""What a publication may look like: the themes that there are, and its own layer over one of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from publish.diagnostics import Log
from publish.project.files import is_inside

STYLES = "styles"
"""The folder of a publication's own templates, stylesheets and fonts."""

THEMES = Path(__file__).parent.parent / "themes"
"""The folder of the themes that come with publish."""


def theme_names() -> tuple[str, ...]:
    """Give the names of the themes that are there."""
    return tuple(sorted(path.parent.name for path in THEMES.glob("*/theme.toml")))


def styles(root: Path, log: Log) -> Path | None:
    """Give a publication's own layer, if it has one; tell what of it cannot be read or leads out of it."""
    folder = root / STYLES
    if not folder.is_dir():
        return None
    if not is_inside(folder, root):
        log.report("file-inside", f"the folder {STYLES} leads out of the publication", file=STYLES)
        return None
    for path in _refused(folder):
        name = path.relative_to(root).as_posix()
        log.report("file-readable", f"{name} cannot be read: you have no permission", file=name)
    for path in _leading_out(folder):
        name = path.relative_to(root).as_posix()
        log.report("file-inside", f"{name} leads out of the folder {STYLES}", file=name)
    return folder


def _refused(folder: Path) -> Iterator[Path]:
    """Give the files and folders that may not be read; what stands in such a folder is not looked for."""
    if not os.access(folder, os.R_OK | os.X_OK):
        yield folder
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            yield from _refused(Path(entry))
        elif entry.is_file() and not os.access(entry, os.R_OK):
            yield Path(entry)


def _leading_out(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        links = (Path(place, name) for name in sorted([*folders, *names]))
        yield from (path for path in links if path.is_symlink() and not is_inside(path, folder))
