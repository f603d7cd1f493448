"""Finds out what a path leads to: a publication, a folder of Markdown, or a Markdown file."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from publish.diagnostics import Log
from publish.project.files import near, reason, shown
from publish.project.order import SUFFIXES, is_division
from publish.records import dataclass

SETTINGS = ("publication.yaml", "publication.yml")
MANUSCRIPT = "manuscript"


@dataclass(frozen=True)
class Found:
    """A publication: its folder, its settings if it has any, its manuscript folder's name, or its only essay."""

    root: Path
    settings: Path | None = None
    manuscript: str = MANUSCRIPT
    essay: Path | None = None


def find(path: Path, log: Log) -> Found | None:
    """Find what a path given by the editor leads to; ``None`` when the log says that it leads to nothing."""
    try:
        if path.is_dir():
            return _in_folder(path, log)
        if not os.path.lexists(path):
            _nothing(path, log)
            return None
    except (OSError, ValueError) as error:
        said = reason(error) if isinstance(error, OSError) else "its name cannot be"
        log.report("file-readable", f"{shown(path)} cannot be read: {said}", file=shown(path))
        return None
    if path.name in SETTINGS:
        return Found(path.parent, settings=path)
    if path.suffix.lower() in SUFFIXES:
        return Found(path.parent, manuscript="", essay=path)
    hint = "give a folder with publication.yaml in it, or a Markdown file (.md)"
    message = f"{shown(path.name)} is neither publication.yaml nor Markdown"
    log.report("file-readable", message, file=shown(path), hint=hint)
    return None


def _in_folder(root: Path, log: Log) -> Found | None:
    names = sorted(os.listdir(root))
    for name in SETTINGS:
        if name in names:
            return Found(root, settings=root / name)
    inside = root / MANUSCRIPT
    if inside.is_dir() and any(is_division(name) for name in os.listdir(inside)):
        return Found(root)
    essays = [name for name in names if is_division(name)]
    if len(essays) == 1:
        return Found(root, manuscript="", essay=root / essays[0])
    if essays:
        return Found(root, manuscript="")
    similar = get_close_matches(SETTINGS[0], names, n=1, cutoff=0.8)
    usual = "publish new makes a publication; a single essay is a file that ends in .md"
    hint = f"rename {similar[0]} to {SETTINGS[0]}" if similar else usual
    log.report(
        "file-exists", "there is no publication.yaml and no Markdown file in this folder", file=shown(root), hint=hint
    )
    return None


def _nothing(path: Path, log: Log) -> None:
    try:
        names = os.listdir(path.parent)
    except OSError:
        names = []
    message = f"there is no file or folder “{shown(path)}”"
    log.report("file-exists", message, file=shown(path), hint=near(path.name, names))
