"""A publication of hundreds of pages, made up: prose in six scripts, and whatever can open a page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from PIL import Image

from publish.words import words

_LATIN = (
    ["ba", "co", "di", "fe", "gu", "la", "mi", "no", "ru", "sa", "te", "vo", "pre", "stra"],
    ["ffi", "ffl", "fi", "fl", "ff", "tion", "ment", "ly", "ing", "ness"],
)
_GERMAN = (
    ["be", "ge", "ver", "schul", "land", "recht", "ab", "lehr", "strom", "zu", "fluß", "maß", "grö"],
    ["ung", "heit", "lich", "keit", "fel", "ßen", "schaft"],
)
_CYRILLIC = (
    ["по", "на", "про", "раз", "гра", "ве", "сто", "ли", "ка", "мо", "зна", "дру"],
    ["ение", "ость", "ский", "ать", "ного", "ими", "ство"],
)
_GREEK = (
    ["κα", "λό", "πο", "συ", "νο", "μα", "τι", "δη", "γρα", "φω", "ά", "έ"],
    ["ματος", "ική", "σεις", "ται", "μένος", "ότητα", "ις"],
)

_KOREAN = (
    ["가", "나라", "다리", "국경", "강물", "철도", "협정", "친선", "외교", "군사"],
    ["은", "에서", "으로", "하였다", "이다", "까지"],
)
_HEBREW = (
    ["גב", "נה", "רכ", "של", "מכ", "הס", "יד", "צב", "או", "פר"],
    ["ים", "ות", "ול", "בת", "ית"],
)
_ARABIC = (
    ["حد", "نه", "قط", "سف", "وز", "مع", "جي", "بح", "كت", "در"],
    ["ود", "ية", "ار", "ات", "ون"],
)

TABLE_HEAD = "Quxhead"
"""What every word in a table's head begins with: the head is printed again on every page of a long table."""


@dataclass(frozen=True)
class Language:
    """A language with the beginnings and ends that its words are made of."""

    tag: str
    roots: list[str]
    ends: list[str]


LANGUAGES = (
    Language("en-GB", *_LATIN),
    Language("ru", *_CYRILLIC),
    Language("de", *_GERMAN),
    Language("el", *_GREEK),
    Language("ko", *_KOREAN),
    Language("he", *_HEBREW),
    Language("ar", *_ARABIC),
)

RIGHT_TO_LEFT = frozenset({"ar", "he"})
"""Languages whose lines a page shows in another order than that in which they are read."""


class Prose:
    """Words, sentences and blocks in a language; the same seed makes the same."""

    def __init__(self, language: Language, seed: int) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.notes: list[str] = []
        self.count = 0

    def word(self) -> str:
        """Make a word of two to five syllables."""
        roots = self.random.choices(self.language.roots, k=self.random.randint(1, 3))
        word = "".join(roots) + self.random.choice(self.language.ends)
        return f"{word}-{self.random.choice(self.language.roots)}{word}" if self.random.random() < 0.02 else word

    def words(self, count: int) -> str:
        """Make some words, some of them set off."""
        return " ".join(self._set_off(self.word()) for _ in range(count))

    def plain(self, count: int) -> str:
        """Make some words without any marks."""
        return " ".join(self.word() for _ in range(count))

    def _set_off(self, word: str) -> str:
        marks = [
            "*{}*",
            "**{}**",
            "[{}]{{.smallcaps}}",
            "[{}]{{lang=fr}}",
            "`{}`",
            "“{}”",
            "{}—{}",
            "{}&nbsp;{}",
            "{} & <{}>",
        ]
        if self.random.random() > 0.12:
            return word
        return self.random.choice(marks).format(word, word).replace("<", "&lt;")

    def sentences(self, count: int) -> str:
        """Make about so many words of sentences."""
        made = []
        while count > 0:
            length = min(self.random.randint(6, 25), max(count, 3))
            made.append(f"{self.words(length)}.")
            count -= length
        return " ".join(made)

    def paragraph(self) -> str:
        """Make a paragraph, perhaps with a note."""
        text = self.sentences(self.random.randint(30, 170))
        if self.random.random() < 0.45:
            words = text.split(" ")
            place = self.random.randrange(len(words))
            words[place] += self._note()
            text = " ".join(words)
        return text

    def _note(self) -> str:
        self.count += 1
        paragraphs = [self.sentences(self.random.choice([6, 15, 30, 50])) for _ in range(self.random.choice([1, 1, 2]))]
        self.notes.append(f"[^{self.count}]: " + "\n\n    ".join(paragraphs))
        return f"[^{self.count}]"

    def items(self) -> str:
        """Make a list, perhaps with another inside, perhaps numbered, perhaps of tasks."""
        mark = self.random.choice(["- ", "1. ", "- [ ] "])
        lines = []
        for _ in range(self.random.randint(3, 14)):
            lines.append(mark + self.words(self.random.randint(2, 40)))
            if self.random.random() < 0.2:
                lines.append(" " * 3 + "- " + self.words(9))
        return "\n".join(lines)

    def table(self) -> str:
        """Make a table with a caption, often longer than a page."""
        head = f"| {TABLE_HEAD}one | {TABLE_HEAD}two | {TABLE_HEAD}three |\n|---|---|---|\n"
        rows = [
            "| " + " | ".join(self.plain(self.random.choice([1, 2, 6])) for _ in range(3)) + " |"
            for _ in range(self.random.choice([4, 12, 60]))
        ]
        return head + "\n".join(rows) + f"\n: {self.words(12)}"

    def figure(self) -> str:
        """Make a figure, small or as tall as a page, with a caption or without."""
        name = self.random.choice(["tall", "wide"])
        caption = self.words(15) if self.random.random() < 0.8 else ""
        return f'![{caption}]({name}.png){{alt="A surface" credit="{self.plain(3)}"}}'

    def code(self) -> str:
        """Make some lines of code."""
        lines = (f"    {self.plain(4)} = <{self.word()}> & 1" for _ in range(self.random.choice([3, 10, 60])))
        return "```\n" + "\n".join(lines) + "\n```"

    def fenced(self) -> str:
        """Make a block of a random kind."""
        kind = self.random.choice(["verse", "letter", "aside", "note", "pullquote", "abstract"])
        if kind == "verse":
            return "::: verse\n" + "\\\n".join(self.words(5) for _ in range(20)) + "\n:::"
        return f"::: {kind}\n{self.sentences(40)}\n\n{self.sentences(30)}\n:::"

    def quotation(self) -> str:
        """Make a quotation of two paragraphs."""
        return f"> {self.sentences(90)}\n>\n> {self.sentences(40)}"

    def rule(self) -> str:
        """Make a change of scene."""
        return "---"

    def section(self) -> str:
        """Make a heading with its first paragraph: run in, or above it."""
        kind = self.random.choice([" {.run-in}", " {.block}"])
        level = self.random.choice(["##", "##", "###"]) if self.count else "##"
        return f"{level} {self.plain(self.random.randint(1, 5))}{kind}\n\n{self.sentences(60)}"

    def blocks(self, count: int) -> Iterator[str]:
        """Make blocks, most of them paragraphs."""
        others: list[Callable[[], str]] = [
            self.items, self.table, self.figure, self.code, self.fenced, self.quotation, self.rule, self.section,
        ]  # fmt: skip
        yield self.paragraph()
        for _ in range(count):
            other = self.random.choice(others)
            yield self.paragraph() if self.random.random() < 0.7 else other()


SETTINGS = """title: "Pages and Pages"
author: An Author
date: 2026-11-23
lang: en
style: {{trim: {trim}}}
front: [dedication.md, preface.md]
body: [{body}, everything.md]
back: [afterword.md]
rules: {{caption-has-credit: off, image-has-alt: off, heading-levels: off, attribute-known: off}}
"""

# What an editor may do to the words in print without changing what was written.
STYLES = """blockquote p { text-transform: uppercase }
.aside p::first-letter { font-size: 2em }
@font-face { font-family: Boxes; src: url("../fonts/Boxes.ttf") }
html, .footnote { font-family: "Source Serif 4", Boxes }
code { font-family: "Source Code Pro", Boxes }
h2, h3, h4, h5, h6, figcaption, caption, table, .preface, .callout, .byline { font-family: "Source Sans 3", Boxes }
"""


def boxes() -> FontBuilder:
    """Draw a box for every character that the theme's fonts lack: enough for whoever asks only where words stand."""
    scripts = (_KOREAN, _HEBREW, _ARABIC)
    made_of = {c for script in scripts for parts in script for part in parts for c in part}
    characters = sorted(made_of | {" "} | {c for word in words("ko").values() for c in word})
    names = {ord(c): f"u{ord(c):04X}" for c in characters}
    pen = TTGlyphPen(None)
    for move, point in zip((pen.moveTo, *[pen.lineTo] * 3), ((50, 0), (50, 700), (550, 700), (550, 0)), strict=True):
        move(point)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", *names.values()])
    font.setupCharacterMap(names)
    font.setupGlyf(dict.fromkeys([".notdef", *names.values()], box))
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (600, 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    return font


EVERYTHING = """---
title: Everything Else
role: essay
author: Another Author
---

## Formulas

In line $E = mc^2$, and $$\\frac{a}{b}$$ in a sentence; apart, too:

$$\\sum_{i=0}^n x_i^2 = \\sqrt{\\pi}$$ {#eq-sum}

#### A heading that leaves a level out

A term
:   What it means, with H~2~O and 10^3^ and ~~nothing~~.

Another
:   The HTML of it, <kbd>Ctrl</kbd> and <abbr title="so called">s.c.</abbr>; a [word]{.index entry="words!this one"}.

*[HTML]: what pages are written in

| He stands alone,
|     and she does too.

| A | B | C | D | E | F |
|---|--:|:-:|---|---|---|
| 1 | 2 | 3 | 4 | 5 | 6 |
| 7 | 8 | 9 | 10 | 11 | 12 |
: Six columns {#tbl-six}

|   | One | Two |
|---|-----|-----|
| a | b   | c   |

::: {#fig-both}
![One](wide.png){alt="A surface" credit="A"}
![Two](tall.png){alt="Another" credit="B"}

Both of them
:::

See @fig-both, @tbl-six, [a page](https://example.org/a[1]) and [a work](doi:10.1000/182).

> [!WARNING]
> Mind the gap.

<details><summary>More</summary>

Inside.

</details>

- [x] done

   1. deep
      - deeper

```python
def one(word: str) -> None: ...
```

# In the middle

[Слово]{lang=ru}, [כלום]{lang=he}, ![inline](wide.png){alt="A surface"}, a note in a note.[^a]

[^a]: It calls another.[^b]
[^b]:
    Of a list and code:

    - one

        code
"""


def division(prose: Prose, role: str, blocks: int) -> str:
    """Make a division."""
    front = f"---\ntitle: {prose.plain(3)}\nsubtitle: {prose.plain(4)}\nrole: {role}\nlang: {prose.language.tag}\n"
    text = "\n\n".join(prose.blocks(blocks))
    return f"{front}author: Another Author\n---\n\n{text}\n\n" + "\n\n".join(prose.notes) + "\n"


def publication(folder: Path, divisions: int, blocks: int, seed: int = 1, trim: str = "A5") -> Path:
    """Write the publication into a folder: so many essays of so many blocks."""
    manuscript, styles = folder / "manuscript", folder / "styles"
    manuscript.mkdir(parents=True)
    styles.mkdir()
    names = [f"essay-{number}.md" for number in range(divisions)]
    (folder / "publication.yaml").write_text(SETTINGS.format(trim=trim, body=", ".join(names)), encoding="utf-8")
    (styles / "local.css").write_text(STYLES, encoding="utf-8")
    (styles / "fonts").mkdir()
    boxes().save(styles / "fonts" / "Boxes.ttf")
    (manuscript / "everything.md").write_text(EVERYTHING, encoding="utf-8")
    Image.new("L", (400, 560), 170).save(manuscript / "tall.png")
    Image.new("L", (400, 90), 120).save(manuscript / "wide.png")
    files = {"dedication.md": ("dedication", 0), "preface.md": ("preface", 12), "afterword.md": ("afterword", 6)}
    files |= dict.fromkeys(names, ("essay", blocks))
    for number, (name, (role, size)) in enumerate(files.items()):
        prose = Prose(LANGUAGES[number % len(LANGUAGES)], seed * 1000 + number)
        (manuscript / name).write_text(division(prose, role, size), encoding="utf-8")
    return folder
