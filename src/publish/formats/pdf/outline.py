"""The levels of headings and bookmarks: what stands under what."""

from __future__ import annotations


def open_level(levels: list[int], level: int) -> None:
    """Go on from the levels that are open to those that are open after a heading of this level."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
