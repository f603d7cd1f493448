"""What each division has to know of the others, worked out from what is known of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from publish.formats.pdf.outline import open_level
from publish.formats.pdf.wire import Entry, Facts
from publish.records import dataclass


class Unsettled(Exception):
    """The divisions do not fit together; the message says why. The book is then laid out as one."""


@dataclass
class Plan:
    """How far the book is known: the entries of the divisions, from the first on, as far as they can be told.

    An entry is ``None`` as long as the number of a page that it prints is not known.
    """

    entries: list[Entry | None] = field(default_factory=list)
    sides: list[bool] = field(default_factory=list)
    _pages: dict[str, int] = field(default_factory=dict)


def plan(facts: Sequence[Facts | None]) -> Plan:
    """Work the entries out from what is known: ``facts`` of each division, ``None`` where there are none yet.

    ``sides`` of the plan says of every division whose place is known, and of the one after them, whether the page after
    the one before it is a right one. Raises Unsettled.
    """
    made = Plan()
    starts: list[tuple[int, bool, dict[str, str], tuple[int, ...]]] = []
    number, right, strings, levels = 0, True, dict[str, str](), list[int]()
    before: Facts | None = None
    for known in facts:
        made.sides.append(right)
        if known is None:
            break
        if before is not None and before.leaving != known.entry:
            raise Unsettled("a part of it does not begin as the one before leaves off")
        blank = bool(known.forced) and before is not None and (known.forced == "right") != right
        starts.append((number, right, _needed(strings, known, blank=blank), _open(levels, known)))
        numbers = _numbers(known, number + blank)
        made._pages.update({name: numbers[page] for name, page in known.anchors.items()})
        number = numbers[-1] if numbers else number + blank
        right ^= (known.pages + blank) % 2 == 1
        strings.update(known.strings)
        for level in known.headings:
            open_level(levels, level)
        before = known
    for known, start in zip(facts, starts, strict=False):
        assert known is not None
        made.entries.append(_entry(known, start, made._pages))
    return made


def _entry(
    known: Facts, start: tuple[int, bool, dict[str, str], tuple[int, ...]], pages: Mapping[str, int]
) -> Entry | None:
    number, right, strings, levels = start
    if any(name not in pages for name in known.asks):
        return None
    return Entry(number, right, {name: pages[name] for name in known.asks}, strings, levels)


def _needed(strings: Mapping[str, str], known: Facts, *, blank: bool) -> dict[str, str]:
    """Give the named strings that a division may print before it sets them itself."""
    return {name: text for name, text in sorted(strings.items()) if blank or name not in known.early}


def _open(levels: Sequence[int], known: Facts) -> tuple[int, ...]:
    """Give the open levels that still count when the first heading of a division has closed the others."""
    return tuple(level for level in levels if known.headings and level < known.headings[0])


def _numbers(known: Facts, before: int) -> list[int]:
    return [before + by if more else by for more, by in known.steps]
