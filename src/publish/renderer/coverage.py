"""Which characters a theme's fonts have.

Beside a theme's fonts stands ``coverage.tsv``, made by ``scripts/coverage``: so no font need be opened to check a
manuscript. A font that is not listed there, a publication's own, is opened when a character is still looked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path

from publish.records import dataclass
from publish.renderer.theme import Theme

TABLE = "coverage.tsv"

# Unicode's Default_Ignorable_Code_Point beside those of the categories below: they need no glyph.
_IGNORABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


@dataclass(frozen=True)
class Coverage:
    """The characters that the fonts of a theme have together: a page takes a glyph from whichever has it."""

    theme: Theme

    def lacking(self, characters: AbstractSet[str]) -> frozenset[str]:
        """Give those of the characters that no font has, neither whole nor put together of a letter and its marks."""
        missing = {c for c in characters if not _in(c, self._listed)}
        return frozenset(c for c in missing if not _in(c, self._unlisted)) if missing else frozenset()

    @cached_property
    def _listed(self) -> frozenset[str]:
        """What the tables say of the fonts that are listed in them."""
        fonts = self.theme.fonts.values()
        ranges = {one for font in fonts for one in self._tables[font.parent].get(font.name, "").split()}
        return frozenset(character for one in ranges for character in _expanded(one))

    @cached_property
    def _tables(self) -> dict[Path, dict[str, str]]:
        """The ranges of each font that is listed, by folder and name."""
        return {folder: _table(folder) for folder in {font.parent for font in self.theme.fonts.values()}}

    @cached_property
    def _unlisted(self) -> frozenset[str]:
        """What all fonts have, those opened that no table lists."""
        fonts = self.theme.fonts.values()
        return self._listed.union(*(characters(font) for font in fonts if font.name not in self._tables[font.parent]))


def _in(character: str, known: AbstractSet[str]) -> bool:
    if character in known or character in _IGNORABLE or unicodedata.category(character) in _UNSEEN:
        return True
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and all(part in known for part in parts)


def _table(folder: Path) -> dict[str, str]:
    table = folder / TABLE
    if not table.is_file():
        return {}
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return {name: ranges for name, ranges in rows}  # noqa: C416 (mypy knows of no rows of two)


def _expanded(span: str) -> Iterator[str]:
    first, _, last = span.partition("-")
    return map(chr, range(int(first, 16), int(last or first, 16) + 1))


def characters(font: Path) -> frozenset[str]:
    """Open a font and give the characters that it has (its ``cmap``); none for what is no font."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # it has no type marker

    try:
        with TTFont(font, lazy=True) as opened:
            return frozenset(map(chr, opened.getBestCmap() or ()))
    except (TTLibError, OSError, AssertionError, KeyError):
        return frozenset()


def row(font: Path) -> str:
    """Give a font's line in a table: its name and the ranges of its characters in hexadecimal."""
    points = sorted(map(ord, characters(font)))
    starts = [p for i, p in enumerate(points) if i == 0 or points[i - 1] != p - 1]
    ends = [p for i, p in enumerate(points) if i + 1 == len(points) or points[i + 1] != p + 1]
    ranges = (f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in zip(starts, ends, strict=True))
    return f"{font.name}\t{' '.join(ranges)}"
