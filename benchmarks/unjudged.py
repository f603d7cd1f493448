"""``python unjudged.py FORMAT FOLDER OUT``: a build whose file is not judged, since the peers do not judge theirs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from publish.build import Request, build, pipeline
from publish.diagnostics import Log


def main() -> None:
    """Build."""
    if sys.argv[4:] == ["--judged"]:
        pass
    else:
        nothing: Callable[..., Any] = lambda *_, **__: None  # noqa: E731
        pipeline.judge = pipeline.compare = nothing
    log = Log()
    result = build(Request(Path(sys.argv[2]), (sys.argv[1],), file=Path(sys.argv[3]), referee=False), log)
    if result is None:
        raise SystemExit("\n".join(d.message for d in log))


if __name__ == "__main__":
    main()
