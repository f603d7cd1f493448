"""What a terminal shows of a text: how many columns it takes, and nothing that the terminal would obey."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping
from typing import TextIO

import click

from publish.records import dataclass

TAB = 4
"""Columns between tab stops in an excerpt."""


@dataclass(frozen=True)
class Terminal:
    """Where words for people go. ``colour``: whether it shows colours; ``live``: whether a line can be rewritten."""

    stream: TextIO
    colour: bool = False
    live: bool = False
    width: int = 100

    def say(self, text: str = "") -> None:
        """Write a line."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Write without ending the line; what the stream's encoding lacks is written as an escape."""
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        self.stream.flush()

    def style(self, text: str, colour: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        """Give the text in a colour, where colours are shown."""
        return click.style(text, fg=colour, bold=bold or None, dim=dim or None) if self.colour else text


def terminal_on(stream: TextIO, environment: Mapping[str, str]) -> Terminal:
    """Describe the terminal behind a stream, as NO_COLOR, FORCE_COLOR, TERM and CI say."""
    is_terminal = stream.isatty() and environment.get("TERM") != "dumb"
    colour = bool(environment.get("FORCE_COLOR")) or is_terminal
    if environment.get("NO_COLOR"):
        colour = False
    width = shutil.get_terminal_size((100, 24)).columns
    return Terminal(stream, colour, is_terminal and not environment.get("CI"), max(40, min(width, 120)))


def visible(text: str) -> str:
    """Give the text with everything that would steer a terminal replaced: escapes, turns of direction, line ends."""
    return "".join(_shown(character) for character in text)


def cells(text: str) -> list[tuple[str, int]]:
    """Give what is shown of each character, with its width in columns: 2 for a CJK character, 0 for an accent."""
    found: list[tuple[str, int]] = []
    at = 0
    for character in text:
        if character == "\t":
            width = TAB - at % TAB
            found.append((" " * width, width))
        else:
            width = _width(character)
            found.append((_shown(character), width))
        at += width
    return found


def columns(text: str) -> int:
    """Give how many columns a text takes."""
    return sum(width for _, width in cells(text))


def _shown(character: str) -> str:
    if character in "\n\t":
        return " "
    if unicodedata.category(character) in ("Cc", "Cs") or unicodedata.bidirectional(character) in _TURNS:
        return "\N{REPLACEMENT CHARACTER}"
    return character


_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and unicodedata.bidirectional(character) not in _TURNS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
