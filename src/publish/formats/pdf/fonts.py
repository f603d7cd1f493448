"""The private world of fonts in which pages are laid out: the rendition's own and no other.

With the system's fonts out of reach a page looks the same on every machine, and a missing glyph is noticed instead
of being taken from whatever the machine happens to have.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from publish.rendition import Rendition, Resource

_TYPES = ("font/ttf", "font/otf", "font/sfnt", "font/collection", "application/font-sfnt", "application/x-font-")

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


def install(rendition: Rendition, folder: Path) -> dict[str, str]:
    """Write the rendition's fonts and a fontconfig file into ``folder``.

    Gives the environment variables by which a child process finds them, and by which everything that it writes for a
    while is written inside the folder too, so that nothing is left behind when it is killed.
    """
    fonts, cache = folder / "fonts", folder / "cache"
    fonts.mkdir()
    cache.mkdir()
    for name, resource in font_files(rendition):
        (fonts / name).write_bytes(resource.data)
    configuration = folder / "fonts.conf"
    text = _CONFIGURATION.format(fonts=escape(str(fonts)), cache=escape(str(cache)))
    configuration.write_text(text, encoding="utf-8")
    place = str(folder)
    return {
        "FONTCONFIG_FILE": str(configuration),
        "FONTCONFIG_PATH": place,
        "TMPDIR": place,
        "TEMP": place,
        "TMP": place,
    }
