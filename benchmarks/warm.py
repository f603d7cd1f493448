"""``warm.py FOLDER TIMES``: a publication's PDF made again and again in one process, as a preview would make it.

Nothing is kept from one time to the next. The layout process of the next time is started while nobody waits, as it can
be while somebody types. Prints the median of the seconds by the clock.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publish.build import Request, pipeline
from publish.diagnostics import Log
from publish.formats.pdf.ahead import ahead

_LOADING = 1.0  # seconds in which the layout process has loaded what it needs


def main() -> None:
    """Measure."""
    folder, times = Path(sys.argv[1]), int(sys.argv[2])
    nothing: Callable[..., Any] = lambda *_, **__: None  # noqa: E731
    changed: Any = pipeline
    changed.judge = changed.compare = nothing  # the peers do not judge their files
    seconds = [_once(folder) for _ in range(times + 1)]
    print(f"{statistics.median(seconds[1:]):.3f}")


def _once(folder: Path) -> float:
    shutil.rmtree(folder / "build", ignore_errors=True)
    log = Log()
    with ahead():
        time.sleep(_LOADING)
        begun = time.monotonic()
        result = pipeline.build(Request(folder, formats=("pdf",), referee=False), log)
        taken = time.monotonic() - begun
    assert result is not None, [d.message for d in log]
    return taken


if __name__ == "__main__":
    main()
