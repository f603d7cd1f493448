"""Generated publications to measure with: the same number gives the same files on every machine.

``python benchmarks/inputs.py FOLDER`` writes ``essay`` (2,600 words, 2 pictures), ``book`` (100,000 words, 30 chapters,
512 notes, 15 tables, 30 pictures) and, with ``--large``, ``short``, ``middle`` and
``large`` (about 300, 1,600 and 3,000 pages of text).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

_WORDS = tuple(
    """
the the the the the the of of of of and and and and a a a in in in to to to was were had has is are it that which with
for from by at on as not but or an their his her its they he she we who when where while after before between through
river border railway treaty government ministry soldiers merchants harbour province council agreement negotiation
administration neighbour distance quarter century winter summer evening morning journey settlement population language
newspaper correspondent historian professor university government parliament delegation ambassador representative
commercial industrial agricultural military political economic considerable remarkable particular extraordinary
international independent established recommended transported manufactured accompanied discovered remembered
understood published exchanged translated signed promised refused returned arrived departed carried followed
bridge village mountain coast island market factory school hospital library archive letter report number measure weather
fishing timber grain iron copper silver paper cotton wool coal bread water light stone wooden northern southern eastern
western former present future ancient modern common private public foreign domestic certain various several
together without against during perhaps however therefore nevertheless sometimes usually rarely already almost
""".split()  # noqa: SIM905 (a list that a person can read)
)

_NUMERALS = ("Beginnings", "Accounts", "Distances", "Seasons", "Returns", "Harbours", "Letters", "Measures")


@dataclass
class _Dice:
    """Numbers that look like chance and are the same everywhere (a linear congruential generator)."""

    state: int

    def roll(self, sides: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % sides


@dataclass(frozen=True)
class Size:
    """What a publication holds: chapters, words in each, and notes, tables, pictures and references in all."""

    chapters: int
    words: int
    notes: int
    tables: int
    pictures: int
    references: int


SIZES = {
    "essay": Size(1, 2_600, 6, 0, 2, 0),
    "book": Size(30, 3_333, 512, 15, 30, 58),
    "short": Size(16, 3_500, 270, 8, 0, 0),
    "middle": Size(88, 3_500, 1_500, 44, 0, 0),
    "large": Size(165, 3_500, 2_800, 82, 0, 0),
}


def write(folder: Path, name: str, size: Size, seed: int = 1) -> Path:
    """Write a publication into ``folder / name`` and give that folder."""
    root = folder / name
    (root / "manuscript" / "images").mkdir(parents=True, exist_ok=True)
    dice = _Dice(seed)
    files = []
    for chapter in range(size.chapters):
        file = f"chapter-{chapter + 1:03}.md"
        (root / "manuscript" / file).write_text("\n".join(_chapter(chapter, size, dice)), "utf-8")
        files.append(file)
    for picture in range(size.pictures):
        _picture(root / "manuscript" / "images" / f"p{picture:02}.jpg", picture)
    (root / "publication.yaml").write_text(
        f"title: A Generated {name.capitalize()}\ncontributors:\n  - {{name: A Machine, role: author}}\n"
        f"date: 2024-05-01\nlang: en-GB\ndescription: For measuring.\nrights: Nobody's\n"
        f"body: [{', '.join(files)}]\nstyle: {{theme: journal, trim: A5}}\nformats: [pdf, epub]\n",
        "utf-8",
    )
    return root


def _share(whole: int, parts: int, part: int) -> range:
    """Give the numbers of the things that fall to one part when a whole is dealt out."""
    return range(whole * part // parts, whole * (part + 1) // parts)


def _chapter(chapter: int, size: Size, dice: _Dice) -> Iterator[str]:
    role = "essay" if size.chapters == 1 else "chapter"
    yield f"---\ntitle: {_title(chapter)}\nrole: {role}\n---\n"
    notes = list(_share(size.notes, size.chapters, chapter))
    extras = [_picture_text(n, dice) for n in _share(size.pictures, size.chapters, chapter)]
    extras += [_table(n, dice) for n in _share(size.tables, size.chapters, chapter)]
    references = list(_share(size.references, size.chapters, chapter))
    paragraphs = max(1, size.words // 110)
    each = size.words // paragraphs
    for number in range(paragraphs):
        if number and number % 7 == 0:
            yield f"## {_title(dice.roll(1000))} of the {_words(dice, 2)} {{#s-{chapter + 1}-{number}}}\n"
        text = _paragraph(dice, each)
        for _ in _share(len(notes), paragraphs, number):
            text += f"[^n{notes[0]}]"
            text, notes = f"{text} {_sentence(dice, 9)}", [*notes[1:], notes[0]]
        if references and number % 5 == 2:
            target = references.pop() * 7 % size.chapters
            text += f" See [another chapter](chapter-{target + 1:03}.md)."
        yield f"{text}\n"
        if extras and number % 4 == 3:
            yield f"{extras.pop()}\n"
    for note in notes:
        yield f"[^n{note}]: {_paragraph(dice, 12 + dice.roll(35))}\n"


def _title(number: int) -> str:
    return f"{_NUMERALS[number % len(_NUMERALS)]} {number + 1}"


def _words(dice: _Dice, count: int) -> str:
    return " ".join(_WORDS[dice.roll(len(_WORDS))] for _ in range(count))


def _sentence(dice: _Dice, count: int) -> str:
    text = _words(dice, max(3, count))
    return text[0].upper() + text[1:] + "."


def _paragraph(dice: _Dice, count: int) -> str:
    sentences = []
    while count > 0:
        length = 7 + dice.roll(18)
        sentences.append(_sentence(dice, length))
        count -= length
    return " ".join(sentences)


def _picture_text(number: int, dice: _Dice) -> str:
    return f'![{_sentence(dice, 8)}](images/p{number:02}.jpg){{alt="{_words(dice, 6)}" credit="Photo: A Machine"}}'


def _table(number: int, dice: _Dice) -> str:
    rows = [f"| {1900 + row} | {_words(dice, 3)} | {dice.roll(9000)} |" for row in range(8)]
    return "\n".join(["| Year | Event | Tons |", "|---|---|---|", *rows, "", f": {_words(dice, 4)} {{#tbl-{number}}}"])


def _picture(file: Path, number: int) -> None:
    """Write a photograph of nothing: 1800 x 1200 pixels, about 700 kB."""
    image = _drawn(number)
    image.save(file, "JPEG", quality=88)


def _drawn(number: int) -> Image.Image:
    small = Image.new("L", (300, 200))
    dice = _Dice(number + 17)
    small.putdata([dice.roll(256) for _ in range(300 * 200)])
    return small.resize((1800, 1200), Image.Resampling.BICUBIC).convert("RGB")


def main() -> None:
    """Write the publications."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--large", action="store_true")
    given = parser.parse_args()
    for name, size in SIZES.items():
        if name not in ("short", "middle", "large") or given.large:
            print(write(given.folder, name, size))


if __name__ == "__main__":
    main()
