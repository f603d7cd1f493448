"""Cross-references: the words of each language, numbers through a whole publication, names of every script."""

from __future__ import annotations

from dataclasses import replace

import pytest
from manuscripts import project, read_texts, said

from publish.diagnostics import Log
from publish.document import CrossReference, Figure, Publication, Table, plain, walk
from publish.project import Style
from publish.project.model import Captions
from publish.reader import read

FIGURE = '![A caption]({name}.png){{#fig-{name} alt="A"}}\n\n'
TABLE = "| a |\n|---|\n| b |\n: A caption {#tbl-x}\n\n"


def references(publication: Publication) -> list[str]:
    return [plain((node,)) for node in walk(publication) if isinstance(node, CrossReference)]


def numbers(publication: Publication) -> list[int]:
    return [node.number for node in walk(publication) if isinstance(node, Figure | Table)]


@pytest.mark.parametrize(
    ("language", "figure", "capital", "table", "section"),
    [
        ("en", "Figure 1", "Figure 1", "Table 1", "“There”"),
        ("de-AT", "Abb. 1", "Abb. 1", "Tab. 1", "„There“"),
        ("fr", "figure 1", "Figure 1", "tableau 1", "« There »"),
        ("ru", "рис. 1", "Рис. 1", "табл. 1", "«There»"),
        ("ko", "그림 1", "그림 1", "표 1", "「There」"),
        ("es", "figura 1", "Figura 1", "tabla 1", "«There»"),
    ],
)
def test_references_speak_the_language(language: str, figure: str, capital: str, table: str, section: str) -> None:
    text = f"@fig-x @Fig-x @tbl-x @sec-x\n\n{FIGURE.format(name='x')}{TABLE}## There {{#sec-x}}\n\nWords.\n"
    book = project(text)
    book = replace(book, metadata=replace(book.metadata, language=language))
    log = Log()
    found = references(read(book, log))
    assert [one.replace("\u00a0", " ") for one in found] == [figure, capital, table, section]
    assert said(log) == []


def test_numbers_run_through_the_publication_and_references_reach_other_files() -> None:
    read_, log = read_texts(
        f"@fig-c\n\n{FIGURE.format(name='a')}", f"{FIGURE.format(name='b')}{FIGURE.format(name='c')}"
    )
    assert (references(read_), numbers(read_), said(log)) == (["Figure\u00a03"], [1, 2, 3], [])


@pytest.mark.parametrize(("captions", "expected"), [("plain", [0, 0]), ("numbered", [1, 1])])
def test_what_nobody_refers_to_is_numbered_when_the_style_asks(captions: Captions, expected: list[int]) -> None:
    book = replace(project(FIGURE.format(name="a") + TABLE), style=Style(captions=captions))
    assert numbers(read(book, Log())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("그것은 @fig-a에서 본다", ["Figure\u00a01"]),
        ("в @{fig-a}е", ["Figure\u00a01"]),
        ("See @fig-a.", ["Figure\u00a01"]),
        ("(@fig-a; @Fig-a)", ["Figure\u00a01", "Figure\u00a01"]),
        ("[see @fig-a]", ["Figure\u00a01"]),
        ("me@fig-a.org, @figaro, @fig, `@fig-a`, \\@fig-a", []),
    ],
)
def test_where_a_name_begins_and_ends(text: str, expected: list[str]) -> None:
    read_, log = read_texts(f"{text}\n\n{FIGURE.format(name='a')}")
    assert (references(read_), said(log)) == (expected, [])
