"""Pictures of an EPUB's documents, taken by Chromium: all of one size in one run, cut apart afterwards."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

from publish import leaving
from publish.images.cutting import cut

_SECONDS = 60
_FRAME = 200
"""Pixels that a window has above its page, at the most: they are missing at the foot of the picture."""

_ABREAST = 8
"""How many screens stand side by side in one picture."""


def shots(browser: Path, documents: Sequence[str], size: tuple[int, int]) -> list[bytes]:
    """Give a picture (WebP) of the first screen of each document, ``size`` being a screen's pixels.

    Nothing is given when the browser cannot be run, does not end in time or takes no picture: then the proof shows
    the documents alone.
    """
    width, height = size
    rows = -(-len(documents) // _ABREAST)
    frames = "".join(f'<iframe sandbox srcdoc="{escape(document)}"></iframe>' for document in documents)
    style = (
        f"body{{margin:0;display:grid;grid-template-columns:repeat({_ABREAST},{width}px);grid-auto-rows:{height}px}}"
        f"iframe{{border:0;width:{width}px;height:{height}px;background:#fff}}"
    )
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{frames}"
    with leaving.folder() as folder:
        (folder / "page.html").write_text(page, encoding="utf-8")
        if not _run(browser, folder, (_ABREAST * width, rows * height)):
            return []
        boxes = [((n % _ABREAST) * width, (n // _ABREAST) * height, width, height) for n in range(len(documents))]
        return cut((folder / "shot.png").read_bytes(), boxes)


def _run(browser: Path, folder: Path, window: tuple[int, int]) -> bool:
    command = [
        str(browser),
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--host-resolver-rules=MAP * ~NOTFOUND",  # nothing is fetched
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={window[0]},{window[1] + _FRAME}",
        f"--screenshot={folder / 'shot.png'}",
        (folder / "page.html").as_uri(),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium refuses to run as root with one
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return (folder / "shot.png").is_file()
