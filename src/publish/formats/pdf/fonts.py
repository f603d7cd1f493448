"""The private world of fonts in which pages are laid out: the rendition's own and no other.

With the system's fonts out of reach a page looks the same on every machine, and a missing glyph is noticed instead
of being taken from whatever the machine happens to have.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publish.rendition import Rendition, Resource

_TYPES = ("font/ttf", "font/otf", "font/sfnt", "font/collection", "application/font-sfnt", "application/x-font-")

FONTS = "fonts"
"""The folder, inside that of a world, where its fonts lie."""

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def font_files(rendition: Rendition) -> Iterator[tuple[str, Resource]]:
    """Give each font of the rendition with its file's name in the private folder."""
    for number, resource in enumerate(rendition.by_type(*_TYPES)):
        yield f"{number:03}-{resource.name.rpartition('/')[2]}", resource


def world(folder: Path) -> dict[str, str]:
    """Write a fontconfig file into ``folder``, for fonts that are still to be put there.

    Gives the environment variables by which a child process finds them, and by which everything that it writes for a
    while is written inside the folder too, so that nothing is left behind when it is killed.
    """
    fonts, cache = folder / FONTS, folder / "cache"
    cache.mkdir()
    configuration = folder / "fonts.conf"
    text = _CONFIGURATION.format(fonts=escape(str(fonts), quote=False), cache=escape(str(cache), quote=False))
    configuration.write_text(text, encoding="utf-8")
    place = str(folder)
    return {
        "FONTCONFIG_FILE": str(configuration),
        "FONTCONFIG_PATH": place,
        "TMPDIR": place,
        "TEMP": place,
        "TMP": place,
    }


def install(rendition: Rendition, folder: Path) -> None:
    """Put the rendition's fonts into the world in ``folder``, once."""
    fonts = folder / FONTS
    fonts.mkdir()
    for name, resource in font_files(rendition):
        (fonts / name).write_bytes(resource.data)
