"""The sending itself: files first, pages next, feeds after them, the checksums last; nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby

from publish.diagnostics import Log
from publish.push.kinds import SUMS, Turn, is_immutable, media_type, turn
from publish.push.plan import Plan
from publish.push.source import Item
from publish.push.stores import Store

_WORDS = {Turn.FILE: "files", Turn.PAGE: "pages", Turn.FEED: "feeds", Turn.SUMS: "checksums"}
_RESUME = "run the same command again: what has arrived is not sent twice"


def _quiet(_stage: str) -> AbstractContextManager[object]:
    return nullcontext()


def send(
    plan: Plan,
    store: Store,
    log: Log,
    *,
    delete: bool = False,
    progress: Callable[[str], AbstractContextManager[object]] = _quiet,
) -> tuple[str, ...]:
    """Send what a plan says, and with ``delete`` remove what is stale; give the names of the files that arrived.

    A version that was sent before is not changed: then, and when a file cannot be sent, the rule ``release-sent`` is
    reported. What is sent last leads to what is sent first, so that an interrupted push leaves the old catalogue.
    """
    if _refused(plan, log, delete=delete):
        return ()
    arrived: list[str] = []
    for when, items in groupby(plan.sent, key=lambda item: turn(item.name)):
        if when is Turn.SUMS and delete and not _remove(plan.stale, store, log):
            return tuple(arrived)
        with progress(f"Sending {_WORDS[when]}"):
            if not _send_all(list(items), store, log, arrived):
                return tuple(arrived)
    if delete and not any(item.name == SUMS for item in plan.sent):
        _remove(plan.stale, store, log)
    return tuple(arrived)


def _refused(plan: Plan, log: Log, *, delete: bool) -> bool:
    for item in plan.frozen:
        log.report(
            "release-sent",
            f"“{item.name}” was sent before with other bytes; a version never changes, so nothing is sent",
            file=str(item.path),
            hint="give the release a new version: publish release VERSION",
        )
    if delete and plan.stale and not any(item.name == SUMS for item in (*plan.changed, *plan.same)):
        log.report(
            "release-sent",
            f"the destination holds other files and no {SUMS}, so it is no release's and nothing in it is removed",
            hint="send without --delete",
        )
    return log.failed


def _send_all(items: Sequence[Item], store: Store, log: Log, arrived: list[str]) -> bool:
    """Send files, some at a time; say whether all arrived."""

    def one(item: Item) -> str:
        if log.failed:
            return ""
        try:
            store.put(item.name, item.read(), media_type(item.name), immutable=is_immutable(item.name))
        except Exception as error:  # noqa: BLE001 - every store's library has errors of its own
            message = f"“{item.name}” could not be sent: {_why(error)}"
            log.report("release-sent", message, file=str(item.path), hint=_RESUME)
            return ""
        return item.name

    with ThreadPoolExecutor(store.workers) as pool:
        arrived.extend(filter(None, pool.map(one, items)))
    return not log.failed


def _remove(names: Iterable[str], store: Store, log: Log) -> bool:
    for name in names:
        try:
            store.remove(name)
        except Exception as error:  # noqa: BLE001 - as above
            log.report("release-sent", f"“{name}” could not be removed: {_why(error)}", hint=_RESUME)
            return False
    return True


def _why(error: Exception) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:1].lower() + said[1:].rstrip(".")[:200] if not said[:2].isupper() else said.rstrip(".")[:200]
