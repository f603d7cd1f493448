"""Turn a figure into a bitmap of the same size, in RGB on white, with its resolution written in the file.

Run as ``python raster.py figure.svg figure.png [dots-per-inch]``. Needs resvg-py and Pillow; see README.md.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

PRINT_DPI = 300


def main(source: str, target: str, dpi: int = PRINT_DPI) -> None:
    """Render ``source`` and write ``target``."""
    svg = Path(source).read_text(encoding="utf-8")
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=dpi))))
    page = Image.new("RGB", drawn.size, "white")
    page.paste(drawn, mask=drawn.getchannel("A") if drawn.mode == "RGBA" else None)
    page.save(target, optimize=True, dpi=(dpi, dpi))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(v) for v in sys.argv[3:4]))
