"""The child process: a job on standard input, signs of progress and an answer on standard output.

Run as ``python -m publish.formats.pdf.worker MEMORY``, where MEMORY is the most memory it may use, in bytes (0: no
limit). Whatever else writes to standard output in this process goes to standard error.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
import traceback
from typing import IO, Any

from publish.formats.pdf import native, quick
from publish.formats.pdf.wire import Answer, Finding, Job


def main() -> None:
    """Read a job, do it, write the answer, and end without tidying up."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory(int(sys.argv[1]))
    job: Job = pickle.load(sys.stdin.buffer)

    def say(**line: Any) -> None:
        _line(out, line)

    answer = _answer(job, say)
    _line(out, answer.head())
    out.write(answer.data)
    out.flush()
    sys.stderr.flush()
    # The process's memory goes back to the system as a whole; taking a thousand pages apart first takes a while.
    os._exit(0)


def _answer(job: Job, say: Any) -> Answer:
    try:
        native.install()
        quick.put_off()
        from publish.formats.pdf.layout import answer
    except (ImportError, OSError) as error:
        return Answer(missing=native.missing() or (str(error),))
    # What is loaded by now stays for good: the collector need not look at it, nor look often.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)
    say(at="start")
    try:
        return answer(job, say)
    except MemoryError:
        return Answer((Finding("layout-finished", "the pages need more memory than they may use"),))
    except Exception as error:  # noqa: BLE001 - a document may break the engine anywhere
        traceback.print_exc()
        what = f"{type(error).__name__}: {error}".rstrip(": ")
        return Answer((Finding("layout-finished", f"the layout engine gave up ({what[:300]})"),))


def _line(out: IO[bytes], line: dict[str, Any]) -> None:
    out.write(json.dumps(line).encode() + b"\n")
    out.flush()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
