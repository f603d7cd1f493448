"""A child process that lays pages out: orders on standard input, signs of progress and answers on standard output.

Run as ``python -m publish.formats.pdf.worker``. Whatever else writes to standard output in this process goes to
standard error. It loads what it needs before the first order, so that it can be started before there is one, and ends
when there are no more.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from publish.formats.pdf import native, quick
from publish.formats.pdf.wire import Answer, Begin, Book, Cut, Finding, Finish, Job


def main() -> None:
    """Do one order after the other, and end without tidying up."""
    gc.disable()  # while much is loaded and nothing let go
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    hand = _Hand(lambda **line: _line(out, line))
    with suppress(ImportError, OSError):  # it is told when there is an order
        hand.load()
    while (order := _next_order()) is not None:
        head, data = hand.do(order)
        _line(out, {**head, "size": len(data)})
        out.write(data)
        out.flush()
        if isinstance(order, Finish):
            gc.collect()  # a division's boxes hold each other: by itself that would be seen after the next ten
    sys.stderr.flush()
    # The process's memory goes back to the system as a whole; taking a thousand pages apart first takes a while.
    os._exit(0)


def _next_order() -> Any:
    try:
        return pickle.load(sys.stdin.buffer)
    except EOFError:
        return None


class _Hand:
    """Does orders, and keeps what it has loaded for the next."""

    def __init__(self, say: Callable[..., None]) -> None:
        self._say = say
        self._loaded = False
        self._press: Any = None

    def do(self, order: Any) -> tuple[Mapping[str, Any], bytes]:
        """Do one order; give the head of the answer and the bytes that follow it."""
        try:
            self.load()
        except (ImportError, OSError) as error:
            answer = Answer(missing=native.missing() or (str(error),))
            return answer.head(), b""
        if isinstance(order, Job | Book):
            _limit_memory(order.memory)
        try:
            return self._do(order)
        except MemoryError:
            return _failed("the pages need more memory than they may use")
        except Exception as error:  # noqa: BLE001 - a document may break the engine anywhere
            traceback.print_exc()
            what = f"{type(error).__name__}: {error}".rstrip(": ")
            return _failed(f"the layout engine gave up ({what[:300]})")

    def load(self) -> None:
        """Load the layout engine, once. Raises ImportError or OSError when a library is missing."""
        if self._loaded:
            return
        native.install()
        quick.put_off()
        # WeasyPrint looks for fonts when it is imported; ours may come later, and ``engine.fonts`` looks then.
        warnings.filterwarnings("ignore", "No fonts configured")
        from publish.formats.pdf import drawing, haste, layout  # noqa: F401

        haste.install()
        drawing.install()
        # What is loaded by now stays for good: the collector need not look at it, nor look often.
        gc.freeze()
        gc.set_threshold(100_000, 50, 1000)
        gc.enable()
        self._loaded = True
        self._say(at="start")

    def _do(self, order: Any) -> tuple[Mapping[str, Any], bytes]:
        if isinstance(order, Job):
            from publish.formats.pdf.layout import answer

            made = answer(order, self._say)
            return made.head(), made.data
        from publish.formats.pdf.division import Alone
        from publish.formats.pdf.engine import NoFonts
        from publish.formats.pdf.press import Broken, Press

        try:
            if isinstance(order, Book):
                self._press = Press(order, self._say)
                return {}, b""
            return self._lay(order)
        except Alone as reason:
            return {"alone": str(reason)}, b""
        except Broken as error:
            return Answer((error.finding,)).head(), b""
        except NoFonts:
            return Answer((Finding("glyph-exists", "not one of the theme's fonts can be used"),)).head(), b""

    def _lay(self, order: Any) -> tuple[Mapping[str, Any], bytes]:
        if isinstance(order, Begin):
            return {"facts": asdict(self._press.begin(order.sheet))}, b""
        if isinstance(order, Finish):
            laid = self._press.finish(order.sheet, order.entry)
            return {"laid": laid.head()}, laid.data
        assert isinstance(order, Cut)
        return {}, self._press.cut(order.typefaces)


def _failed(message: str) -> tuple[Mapping[str, Any], bytes]:
    return Answer((Finding("layout-finished", message),)).head(), b""


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
