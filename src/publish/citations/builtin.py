"""Citation styles: those that come with publish, by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

DEFAULT = "chicago-author-date"
"""The style of a publication that names none."""

# Short names, as people say them.
_ALSO: Mapping[str, str] = {
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "chicago-note-bibliography": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "gost": "gost-r-7-0-5-2008",
}


def names() -> tuple[str, ...]:
    """Give the names of the styles that come with publish."""
    here = files(__package__) / "styles"
    return tuple(sorted(file.name.removesuffix(".csl") for file in here.iterdir() if file.name.endswith(".csl")))


def built_in(name: str) -> bytes | None:
    """Give a style that comes with publish, or None when none has this name."""
    name = _ALSO.get(name.lower(), name.lower())
    file = files(__package__) / "styles" / f"{name}.csl"
    return file.read_bytes() if name in names() else None
