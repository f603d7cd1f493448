"""A publication full of notes, made up: of all lengths, several in a line, wherever a note may be called.

Everything can be told apart in a finished file: the word before the call of note 17 is K017, its first word N017, its
last Z017.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

SETTINGS = """title: Of notes
author: An Author
date: 2016-03-02
lang: en
style: {{theme: {theme}}}
formats: [pdf]
"""
_TEXT = """harbour winter trains border river policy ministers of the and an agreement considerable reported
between cranes it was that negotiations had in since delegation timetable published without because customs"""
_WORDS = _TEXT.split()

LENGTHS = ((1, 1), *3 * ((2, 9),), *3 * ((10, 30),), (30, 70), (70, 140), (140, 320))
"""How many words a note has, from the least to the most: from one to half a page, the short ones more often."""


@dataclass
class Noted:
    """Makes a manuscript; the same seed makes the same.

    ``close`` is how many words a note may have that is called together with others. ``count`` is how many notes were
    made, ``lengths_of`` how many words each has at the least.
    """

    seed: int
    lengths: tuple[tuple[int, int], ...] = LENGTHS
    close: int = 60
    count: int = 0
    notes: list[str] = field(default_factory=list)
    lengths_of: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def words(self, least: int, most: int) -> str:
        """Make some words."""
        return " ".join(self.dice.choice(_WORDS) for _ in range(self.dice.randint(least, most)))

    def call(self, longest: int = 9999) -> str:
        """Make a call with the word before it, and keep its note for the end of the block."""
        self.count += 1
        number = f"{self.count:03}"
        least, most = self.dice.choice([pair for pair in self.lengths if pair[0] <= longest])
        text = f"N{number} {self.words(least, min(most, longest))}"
        self.lengths_of[number] = len(text.split())
        if most <= 9 and self.dice.random() < 0.4:
            return f"K{number}^[{text} Z{number}]"
        self.notes.append(f"[^{number}]: {self.body(text, number)}")
        return f"K{number}[^{number}]"

    def body(self, text: str, number: str) -> str:
        """Give a note's text its last word; a longer one may have paragraphs, a list, or a quotation in it."""
        kind = self.dice.random()
        if len(text) < 60 or kind < 0.6:
            return f"{text} Z{number}"
        more = {
            0: f"{self.words(9, 30)} Z{number}",
            1: f"- {self.words(2, 9)}\n    - {self.words(2, 9)} Z{number}",
            2: f"> {self.words(5, 20)} Z{number}",
        }[self.dice.randrange(3)]
        return f"{text}\n\n    {more}"

    def sentence(self, longest: int = 9999) -> str:
        """Make a sentence with a call in it, or with two or three close together."""
        close = self.dice.choice((1, 1, 1, 2, 3))
        calls = [self.call(longest if close == 1 else min(longest, self.close)) for _ in range(close)]
        between = [f" {self.words(0, 3)} ".replace("  ", " ") for _ in calls]
        return self.words(2, 8) + "".join(a + b for a, b in zip(between, calls, strict=True)) + "."

    def block(self) -> str:
        """Make a block with calls in it."""
        kinds = (self.paragraph,) * 9 + (
            self.heading,
            self.quotation,
            self.points,
            self.table,
            self.figure,
            self.definition,
            self.verse,
            self.callout,
            self.aside,
            self.pull,
            self.centred,
        )
        return self.dice.choice(kinds)()

    def paragraph(self) -> str:
        return " ".join([self.words(3, 20) + ".", *(self.sentence() for _ in range(self.dice.choice((0, 1, 1, 2, 4))))])

    def heading(self) -> str:
        return f"## {self.words(1, 5)} {self.call(60)}\n\n{self.paragraph()}"

    def quotation(self) -> str:
        return f"> {self.sentence()}\n>\n> {self.sentence()}"

    def points(self) -> str:
        mark = self.dice.choice(("-", "1."))
        first = f"{mark} {self.sentence()}\n{mark} {self.words(2, 20)}"
        return f"{first}\n\n    {mark} {self.sentence(60)}\n    {mark} {self.words(2, 9)}\n\n{mark} {self.sentence()}"

    def table(self) -> str:
        rows = [f"| {self.words(1, 2)} {self.call(40)} | {self.words(1, 2)} |", "|---|---|"]
        rows += [f"| {self.words(1, 3)} | {self.words(1, 5)} |" for _ in range(self.dice.randint(0, 9))]
        rows += [f"| {self.words(1, 2)} {self.call(60)} | {self.call(40)} |", f": {self.words(2, 6)} {self.call(60)}"]
        return "\n".join(rows)

    def figure(self) -> str:
        return f'![{self.words(2, 9)} {self.call(60)}](port.png){{alt="The port" credit="Photo: Nobody" width=20%}}'

    def definition(self) -> str:
        return f"{self.words(1, 2)} {self.call(30)}\n:   {self.sentence(90)}"

    def verse(self) -> str:
        return f"::: verse\n{self.words(3, 7)}\n{self.words(2, 4)} {self.call(60)}\n{self.words(3, 7)}\n:::"

    def callout(self) -> str:
        return f"::: note\n{self.sentence(90)}\n:::"

    def aside(self) -> str:
        return f"::: aside\n{self.sentence(90)}\n:::"

    def pull(self) -> str:
        return f"::: pullquote\n{self.words(4, 12)} {self.call(60)}\n:::"

    def centred(self) -> str:
        return f"::: landscape\n{self.table()}\n:::" if self.dice.random() < 0.1 else self.paragraph()

    def text(self, title: str, notes: int) -> str:
        """Make an essay with so many notes, or a few more."""
        end = self.count + notes
        out = [f"---\nauthor: An Author\n---\n\n# {title} {self.call(30)}", *self.notes]
        self.notes.clear()
        while self.count < end:
            out.append(self.block())
            out += self.notes
            self.notes.clear()
        return "\n\n".join(out) + "\n"


def write(folder: Path, theme: str, essays: Iterator[str]) -> None:
    """Write a publication of these essays."""
    (folder / "manuscript").mkdir(parents=True)
    (folder / "publication.yaml").write_text(SETTINGS.format(theme=theme), encoding="utf-8")
    Image.linear_gradient("L").resize((600, 400)).save(folder / "manuscript/port.png")
    for number, essay in enumerate(essays, start=1):
        (folder / f"manuscript/{number:02}-essay.md").write_text(essay, encoding="utf-8")
