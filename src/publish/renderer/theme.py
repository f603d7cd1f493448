"""A theme: templates, stylesheets and fonts by name, under the publication's own files of the same name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from publish.diagnostics import Log, did_you_mean
from publish.project.styles import THEMES, theme_names
from publish.records import dataclass
from publish.rendition import Medium

# Where a theme keeps the files of each kind; in a publication's styles/ they stand without a folder, fonts apart.
FOLDERS: Mapping[str, str] = {".xhtml": "templates", ".html": "web", ".css": "css", ".ttf": "fonts", ".otf": "fonts"}
FONT_TYPES: Mapping[str, str] = {".ttf": "font/ttf", ".otf": "font/otf"}


@dataclass(frozen=True)
class Theme:
    """A theme's folder and the folder laid over it (the publication's ``styles/``), if there is one.

    ``base`` is the folder of the theme that it extends: what it has no file for is taken from there.
    """

    name: str
    folder: Path
    overlay: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    base: Path | None = None

    def find(self, name: str) -> Path | None:
        """Give the file of that name: the publication's own, else the theme's, else its base's, else ``None``.

        A publication's file that a symbolic link leads out of its ``styles/`` is not taken.
        """
        folder = FOLDERS.get(PurePosixPath(name).suffix, "")
        own = self._own(name) or (self._own(f"{folder}/{name}") if folder else None)
        candidates = (own, self.folder / folder / name, self.base / folder / name if self.base else None)
        return next((path for path in candidates if path is not None and path.is_file()), None)

    def is_own(self, name: str) -> bool:
        """Whether the file of that name is the publication's own."""
        found = self.find(name)
        return bool(found and self.overlay and found.is_relative_to(self.overlay))

    def _own(self, name: str) -> Path | None:
        if self.overlay is None:
            return None
        path = self.overlay / name
        inside = path.is_file() and path.resolve().is_relative_to(self.overlay.resolve())
        return path if inside else None

    def read(self, name: str) -> str:
        """Give the text of a template or stylesheet.

        Raises FileNotFoundError if there is none of that name, UnicodeDecodeError if it is not UTF-8.
        """
        path = self.find(name)
        if path is None:
            raise FileNotFoundError(name)
        return path.read_text(encoding="utf-8")

    def stylesheets(self, medium: Medium) -> tuple[str, ...]:
        """Give the names of the stylesheets of a medium, in the order in which they are linked."""
        return tuple(self.settings["stylesheets"][medium])

    def measure(self, trim: tuple[float, float]) -> float:
        """Give the width of the text in millimetres on a page of this size (``page.css`` sets the margins so)."""
        page = self.settings["page"]
        return float(trim[0] - sum(max(least, part * trim[0]) for least, part in (page["inside"], page["outside"])))

    @cached_property
    def fonts(self) -> Mapping[str, Path]:
        """Every font by file name: the publication's own beside the theme's, and those of its base that it names."""
        return {
            p.name: p for folder in self._font_folders() for p in sorted(folder.iterdir()) if p.suffix in FONT_TYPES
        } | {p.name: p for p in self._named_fonts()}

    def _named_fonts(self) -> Iterator[Path]:
        """Give the fonts of the base that the theme's own list of faces names."""
        if self.base is not None:
            faces = self.read("fonts.css")
            yield from (p for p in sorted((self.base / "fonts").iterdir()) if f"/{p.name}" in faces)

    def _font_folders(self) -> Iterator[Path]:
        yield self.folder / "fonts"
        if self.overlay is not None and (self.overlay / "fonts").is_dir():
            yield self.overlay / "fonts"

    def files(self) -> Iterator[Path]:
        """Give every file that the theme's look depends on, in a settled order."""
        for folder in (self.base, self.folder, self.overlay):
            if folder is not None and folder.is_dir():
                yield from (p for p in sorted(folder.rglob("*")) if p.is_file())


def load(name: str, overlay: Path | None, log: Log) -> Theme | None:
    """Find a theme by name; ``None``, with the reason in the log, if there is none."""
    folder = THEMES / name
    if name not in theme_names():
        log.report(
            "value-known",
            f"there is no theme called “{name}”",
            file="publication.yaml",
            hint=did_you_mean(name, theme_names()) or f"themes: {', '.join(theme_names())}",
        )
        return None
    settings = _settings(folder)
    base = THEMES / settings["extends"] if "extends" in settings else None
    return Theme(name, folder, overlay, {**_settings(base), **settings} if base else settings, base)


def _settings(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
