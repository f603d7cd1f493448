"""What the manuscript says the finished files say, and a loss that is planted is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from publish.agreement import Shown, losses, lost_words, said, words_of
from publish.build.manuscript import read
from publish.build.times import EARLIEST
from publish.diagnostics import Log
from publish.document import Division, InlineImage, Metadata, Paragraph, Publication
from publish.formats import FORMATS
from publish.project import load
from publish.renderer import render
from publish.rendition import Medium, Rendition

ESSAY = """---
title: The border
author: An Author
date: 2016-03-02
lang: en
---

Between *Kha*san and Tumangang[^1] the long-term railway crosses the river, and officials of the
straightforwardness department have ﬁfty words. [A source](https://example.org/a).

## The year {.x}

![a port](port.png)

> Quoted words.

- one item, `code`

| Year | What |
|------|------|
| 2015 | Naïve Правда |

[^1]: Said there, [elsewhere](https://example.org/b).
"""


def books(folder: Path) -> tuple[Publication, dict[Medium, Rendition]]:
    from PIL import Image

    (folder / "essay.md").write_text(ESSAY, encoding="utf-8")
    Image.new("L", (9, 9)).save(folder / "port.png")
    log = Log()
    project = load(folder / "essay.md", log)
    assert project is not None
    whole = read(project, log)
    media: tuple[Medium, ...] = ("epub", "print")
    made = {m: render(whole.publication, project, whole.pictures, m, EARLIEST, log) for m in media}
    return whole.publication, {m: book for m, book in made.items() if book is not None}


def lost(format: str, book: Rendition, publication: Publication) -> list[str]:
    form, log = FORMATS[format](), Log()
    made = form.write(book, log)
    assert made is not None, [d.message for d in log]
    return list(losses(said(publication), form.says(made.data)))


@pytest.mark.parametrize(("format", "medium"), [("epub", "epub"), ("pdf", "print")])
def test_nothing_is_lost_and_what_is_planted_is_found(format: str, medium: Medium, tmp_path: Path) -> None:
    publication, made = books(tmp_path)
    book = made[medium]
    assert lost(format, book, publication) == []
    spoilt = {
        "the long-term railway": "the railway",
        "<h2 id=": "<p id=",
        "</h2>": "</p>",
        "https://example.org/a": "https://example.org/x",
    }
    parts = book.parts
    for old, new in spoilt.items():
        parts = tuple(replace(part, xhtml=part.xhtml.replace(old, new)) for part in parts)
    found = lost(format, replace(book, parts=parts), publication)
    assert any("words of the manuscript are missing: “longterm”" in loss for loss in found), found
    assert "the heading “The year” is missing" in found
    assert "the link to https://example.org/a is missing" in found


def test_only_pictures_that_are_described_are_named_by_every_format() -> None:
    pictures = (InlineImage("a.png", "A ship"), InlineImage("b.png", ""), InlineImage("c.png"))
    division = Division("a", "essay", "body", (), (Paragraph(pictures),))
    assert said(Publication(Metadata("A"), (division,))).pictures == 1


def test_a_lost_picture_and_a_lost_note_are_counted() -> None:
    whole = Shown(Counter(), notes=3, pictures=2)
    assert list(losses(whole, whole)) == []
    assert list(losses(whole, Shown(Counter(), notes=2, pictures=1))) == [
        "notes are missing: the manuscript has 3, the file 2",
        "pictures are missing: the manuscript has 2, the file 1",
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("long-term", "longterm"), ("long-term", "long-\r\nterm"), ("territorial", "ter\uffferitorial"),
        ("office", "oﬃce"), ("Αθήνα", "ΑΘΗΝΑ"), ("Straße", "STRASSE"), ("The first", "T he first"),
        ("one two", "onetwo"), ("example", "exam- 3 A note. ple"), ("한국어 책", "한국 어책"), ("السلام", "ﺍﻟﺴﻼﻡ"),
    ],
)  # fmt: skip
def test_a_word_may_look_otherwise_in_print(wanted: str, found: str) -> None:
    assert lost_words(words_of(wanted), words_of(found)) == []


@pytest.mark.parametrize(
    ("wanted", "found", "word"),
    [
        ("two words", "two", "words"),
        ("twice twice", "twice", "twice"),
        ("no 2015", "no 205", "1"),
        ("한국어", "한국", "어"),
    ],
)
def test_a_word_that_is_gone_is_told(wanted: str, found: str, word: str) -> None:
    import unicodedata

    told = {name for name, _ in lost_words(words_of(wanted), words_of(found))}
    assert told and told <= {word, *unicodedata.normalize("NFKD", word)}
