"""Draw the timeline of the Year of Friendship: soldiers on the left of the axis, politics on the right.

Run as ``python timeline.py ../../manuscript/images/year-of-friendship.svg``.
"""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from drawing import ACCENT, ACCENT_TINT, GREY, INK, PAPER, POINTS_PER_MM, RULE, Anchor, Sheet, text_width

WIDTH = 108 * POINTS_PER_MM
HEIGHT = 103 * POINTS_PER_MM

FIRST, LAST = date(2015, 1, 1), date(2016, 4, 1)
MONTHS = "JFMAMJJASOND"
TOP, BOTTOM = 31.0, HEIGHT - 12.0
AXIS = 130.0
HALF = 6.5
GAP = 17.5
LEADING = 8.6
SIZE = 7.2
MIDDLE = SIZE * 0.62

# By side of the axis: how its lines are aligned, and how wide they may be.
ANCHORS: dict[int, Anchor] = {-1: "end", 1: "start"}
MEASURES = {-1: 97.0, 1: 140.0}

DESCRIPTION = (
    "A vertical axis runs month by month from January 2015 to March 2016, with 2015 in red. Three events between the "
    "armed forces stand on its left: Russia's offer of joint exercises at the turn of February, a North Korean "
    "delegation at the Army Games in August, and a visit to Pyongyang from 9 to 12 November that ended in a signature. "
    "Seven political events stand on its right, from the proclamation of the Year of Friendship on 11 March 2015 to "
    "the sanctions of 2 March 2016."
)


@dataclass(frozen=True)
class Event:
    """Something that happened between two days, and what is said of it."""

    first: date
    last: date
    when: str
    what: str


def on(when: str, day: date, what: str, until: int = 0) -> Event:
    """Make an event of one day, or of the days to ``until`` in the same month."""
    return Event(day, day.replace(day=until or day.day), when, what)


SOLDIERS = (
    on(
        "Turn of February",
        date(2015, 1, 31),
        "Gerasimov names North Korea among the armies with which Russia will talk of exercises",
    ),
    on(
        "August",
        date(2015, 8, 1),
        "General Choe Jang-shik leads a delegation to the International Army Games near Moscow",
        15,
    ),
    on(
        "9–12 November",
        date(2015, 11, 9),
        "Bogdanovsky in Pyongyang; on~the 12th an agreement on preventing dangerous military activities is signed",
        12,
    ),
)
POLITICS = (
    on("11 March", date(2015, 3, 11), "Year of Friendship proclaimed"),
    on("9 May", date(2015, 5, 9), "Kim Yong Nam represents Pyongyang at~Victory Day in Moscow"),
    on(
        "23 June",
        date(2015, 6, 23),
        "Naryshkin and Choe Tae-bok meet in Moscow; a signature is promised within the year",
    ),
    on("27–29 October", date(2015, 10, 27), "Regional security conference in Seoul, North~Korea absent", 29),
    on("6 January", date(2016, 1, 6), "Fourth North Korean nuclear test"),
    on("7 February", date(2016, 2, 7), "Rocket launch; Seoul and Washington open~formal talks on THAAD"),
    on("2 March", date(2016, 3, 2), "Security Council adopts Resolution 2270, a~day~late at Russia’s request"),
)


def main(target: str) -> None:
    """Draw the figure and write it."""
    sheet = Sheet(WIDTH, HEIGHT, "Russia and North Korea, January 2015 to March 2016", DESCRIPTION)
    sheet.box((0, 0, WIDTH, HEIGHT), PAPER)
    axis(sheet)
    side(sheet, SOLDIERS, -1)
    side(sheet, POLITICS, 1)
    heads(sheet)
    Path(target).write_text(sheet.svg(), encoding="utf-8")


def height_of(day: date) -> float:
    """Where a day falls on the axis: months are equally long."""
    months = (day.year - FIRST.year) * 12 + day.month - FIRST.month
    part = (day.day - 1) / monthrange(day.year, day.month)[1]
    return TOP + (months + part) * pitch()


def days(event: Event) -> tuple[float, float]:
    """Where an event begins and ends on the axis; no mark is too short to be seen."""
    first = height_of(event.first)
    return first, max(height_of(event.last), first + 1.6)


def pitch() -> float:
    """The length of a month."""
    return (BOTTOM - TOP) / ((LAST.year - FIRST.year) * 12 + LAST.month - FIRST.month)


def axis(sheet: Sheet) -> None:
    """Draw the column of months, the year in question tinted."""
    turn = height_of(date(2016, 1, 1))
    sheet.box((AXIS - HALF, TOP, AXIS + HALF, turn), ACCENT_TINT)
    sheet.box((AXIS - HALF, turn, AXIS + HALF, BOTTOM), "#e4e4e4")
    for i in range(15):
        y = TOP + i * pitch()
        if i:
            sheet.lines([[(AXIS - HALF, y), (AXIS + HALF, y)]], PAPER, 0.7)
        sheet.text(MONTHS[i % 12], (AXIS, y + pitch() / 2 + 2.4), 6.8, fill=ACCENT if i < 12 else GREY, anchor="middle")
    sheet.text("2015", (AXIS, TOP - 4), SIZE, weight="SemiBold", fill=ACCENT, anchor="middle")
    sheet.text("2016", (AXIS, BOTTOM + 9), SIZE, weight="SemiBold", fill=GREY, anchor="middle")
    sheet.lines([[(AXIS - HALF - 3, turn), (AXIS + HALF + 3, turn)]], INK, 0.6)


def heads(sheet: Sheet) -> None:
    """Name the two sides."""
    for text, direction in (("SOLDIERS", -1), ("POLITICS", 1)):
        at = (AXIS + direction * (HALF + GAP), 12.0)
        sheet.text(text, at, 7, weight="SemiBold", anchor=ANCHORS[direction], tracking=0.12)
    sheet.lines([[(0, 17.5), (WIDTH, 17.5)]], INK, 0.6)


def side(sheet: Sheet, events: Sequence[Event], direction: int) -> None:
    """Write one side's events, each joined to its days; ``direction`` is -1 on the left and 1 on the right."""
    edge = AXIS + direction * HALF
    texts = [wrapped(event.what, MEASURES[direction]) for event in events]
    for event, lines, top in zip(events, texts, spread(events, texts), strict=True):
        first, last = days(event)
        mark = edge + direction * 2.4
        sheet.box((min(edge, mark), first, max(edge, mark), last), ACCENT)
        y, level = (first + last) / 2, top + MIDDLE
        bends = [(mark, y), (edge + direction * 6, y), (edge + direction * 11, level), (edge + direction * 14, level)]
        sheet.lines([bends], RULE, 0.5)
        for i, text in enumerate((event.when, *lines)):
            at = (edge + direction * GAP, top + SIZE * 0.86 + i * LEADING)
            sheet.text(text, at, SIZE, weight="Regular" if i else "SemiBold", anchor=ANCHORS[direction])


def wrapped(text: str, measure: float) -> list[str]:
    """Break a text into lines no wider than ``measure``; a tilde is a space where no line may end."""
    lines = [""]
    for word in (part.replace("~", " ") for part in text.split()):
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, SIZE) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def spread(events: Sequence[Event], texts: Sequence[Sequence[str]]) -> list[float]:
    """Give each event's top, as near to its days as its neighbours and the sheet allow."""
    heights = [LEADING * (1 + len(lines)) + 4.5 for lines in texts]
    tops = [sum(days(e)) / 2 - MIDDLE for e in events]
    for i, j in pairwise(range(len(events))):
        tops[j] = max(tops[j], tops[i] + heights[i])
    limit = HEIGHT
    for i in reversed(range(len(events))):
        tops[i] = min(tops[i], limit - heights[i])
        limit = tops[i]
    return tops


if __name__ == "__main__":
    main(sys.argv[1])
