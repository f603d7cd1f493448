"""Whether a process has ended, for tests that end some."""

from __future__ import annotations

import time
from pathlib import Path


def is_gone(number: int, seconds: float = 5) -> bool:
    """Wait until there is no such process any more, or one that only waits to be counted; say whether that came."""
    deadline = time.monotonic() + seconds
    while _runs(number):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
