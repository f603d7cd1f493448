"""A figure that has no room stands at the head of the next page, and the text goes on before it."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from random import Random

import pytest
from pdf_compare import differences
from pdf_pages import Made, make, part, png, rendition, tags, text_of
from pdf_volumes import as_one, by_divisions

from publish.formats.pdf.deferring import Place
from publish.formats.pdf.passages import passages
from publish.pages import OBJECT
from publish.rendition import Rendition, Resource

# A page holds 22 lines of 14pt; a heading takes two of them.
CSS = """
@page { margin: 5mm 12mm; size: 100mm 124mm; @footnote { margin-top: 7pt } }
html { orphans: 2; widows: 2; hyphens: manual }
ul { margin: 0 }
h1, h2 { margin: 0 0 14pt; font-size: 10pt; break-after: avoid }
p + p { text-indent: 12pt }
figure + p, .table + p { text-indent: 0; --indent-behind: 1.2em }
figure, .table { margin: 14pt 0; break-inside: avoid; --defer: 15% }
figure * { line-height: 14pt }
figure img { display: block; width: 70mm; height: 140pt }
.footnote { font: 8pt/10pt "Text Serif"; footnote-policy: line }
.footnote::footnote-call, .footnote::footnote-marker { content: none }
"""
PICTURE = Resource("images/port.png", "image/png", png(), 8, 8)
NEVER = "figure, .table { --defer: none }"


def lines(word: str, count: int) -> str:
    """Give a paragraph of so many lines, whose words are counted: ``A1 A2``."""
    return f"<p>{'<br/>'.join(f'{word}{n}' for n in range(1, count + 1))}</p>"


def figure(caption: str = "CAPTION", more: str = "") -> str:
    """Give a figure that takes eleven lines and its margins."""
    image = '<img src="images/port.png" alt="A port"/>'
    return f"<figure{more}>{image}<figcaption>{caption}</figcaption></figure>"


def table(rows: int) -> str:
    inside = "".join(f"<tr><td>R{row}</td></tr>" for row in range(1, rows + 1))
    return f'<div class="table"><table><tbody>{inside}</tbody></table></div>'


def laid(body: str, css: str = "") -> Made:
    made = make(rendition(f"<section>{body}</section>", css=CSS + css, resources=(PICTURE,)))
    assert made.told == []
    return made


@dataclass(frozen=True)
class Shown:
    """The words of each page in the order in which they are drawn."""

    pages: list[list[str]]

    def page(self, word: str) -> int:
        (found,) = [number for number, words in enumerate(self.pages) if word in words]
        return found

    def before(self, word: str) -> list[str]:
        words = self.pages[self.page(word)]
        return words[: words.index(word)]


def shown(body: str, css: str = "") -> Shown:
    pages = text_of(laid(body, css).written)
    return Shown([re.findall(r"[A-Z]\w*", text.replace("Running head", "").replace("An essay", "")) for text in pages])


def numbered(word: str, first: int, last: int) -> list[str]:
    return [f"{word}{n}" for n in range(first, last + 1)]


def test_the_text_fills_the_page_and_goes_on_below_the_figure() -> None:
    found = shown(lines("A", 12) + figure() + lines("B", 20) + lines("C", 3))
    assert found.pages[0] == numbered("A", 1, 12) + numbered("B", 1, 8)
    assert found.pages[1] == ["CAPTION", *numbered("B", 9, 18)]
    assert found.pages[2] == numbered("B", 19, 20) + numbered("C", 1, 3)


def test_without_the_property_the_page_stays_white() -> None:
    found = shown(lines("A", 12) + figure() + lines("B", 20), NEVER)
    assert found.pages[0] == numbered("A", 1, 12)
    assert found.pages[1][:2] == ["CAPTION", "B1"]


@pytest.mark.parametrize(("share", "goes_on"), [("30%", True), ("45%", False)])
def test_so_much_may_stay_white(share: str, goes_on: bool) -> None:
    found = shown(lines("A", 12) + figure() + lines("B", 20), f"figure {{ --defer: {share} }}")
    assert ("B1" in found.pages[0]) is goes_on


def test_several_paragraphs_and_lists_go_before_it() -> None:
    text = lines("B", 2) + "<ul><li>L1</li><li>L2</li></ul>" + lines("C", 6)
    found = shown(lines("A", 12) + figure() + text)
    assert found.pages[0] == [*numbered("A", 1, 12), "B1", "B2", "L1", "L2", *numbered("C", 1, 4)]
    assert found.pages[1] == ["CAPTION", "C5", "C6"]


def test_a_table_is_deferred_as_a_figure_is() -> None:
    found = shown(lines("A", 12) + table(12) + lines("B", 12))
    assert found.pages[0] == numbered("A", 1, 12) + numbered("B", 1, 8)
    assert found.pages[1] == numbered("R", 1, 12) + numbered("B", 9, 12)


def test_a_table_of_several_pages_begins_where_it_did() -> None:
    body = lines("A", 12) + table(40) + lines("B", 12)
    assert shown(body).pages == shown(body, NEVER).pages


def test_figures_keep_their_order() -> None:
    css = "figure img { height: 70pt }"
    found = shown(lines("A", 16) + figure("FIRST") + lines("B", 1) + figure("SECOND") + lines("C", 12), css)
    assert found.pages[0] == [*numbered("A", 1, 16), "B1", *numbered("C", 1, 3)]
    assert found.pages[1] == ["FIRST", "SECOND", *numbered("C", 4, 10)]


def test_of_those_that_one_page_cannot_hold_only_two_wait() -> None:
    body = lines("A", 12) + figure("FIRST") + lines("B", 1) + figure("SECOND") + lines("C", 20)
    found = shown(body)
    assert found.pages[0] == [*numbered("A", 1, 12), "B1", *numbered("C", 1, 7)]
    assert found.pages[1] == ["FIRST", *numbered("C", 8, 17)]
    assert found.pages[2] == ["SECOND", *numbered("C", 18, 20)]
    found = shown(body.replace("<p>C1", f"<p>B2</p>{figure('THIRD')}<p>C1"))
    assert found.pages[0] == [*numbered("A", 1, 12), "B1", "B2"]


def test_a_figure_at_the_end_of_its_section_stands_before_the_next() -> None:
    body = f"{lines('A', 12)}{figure()}{lines('B', 2)}</section><section><h2>HEADING</h2>{lines('C', 3)}"
    found = shown(body)
    assert found.pages[0] == [*numbered("A", 1, 12), "B1", "B2"]
    assert found.pages[1] == ["CAPTION", "HEADING", "C1", "C2", "C3"]


def test_under_a_heading_the_text_goes_on() -> None:
    body = f"{lines('A', 8)}</section><section><h2>HEADING</h2>{figure()}{lines('B', 12)}"
    found = shown(body)
    assert found.pages[0] == [*numbered("A", 1, 8), "HEADING", *numbered("B", 1, 10)]
    assert found.pages[1] == ["CAPTION", "B11", "B12"]


NOTE = '<span class="footnote" id="note-1">NOTE</span>'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(lines("A", 12) + figure(f"CAPTION{NOTE}") + lines("B", 20), id="its caption calls a note"),
        pytest.param(
            lines("A", 12) + figure('CAPTION <span id="mark">x</span>') + lines("B", 20), id="a word of it is indexed"
        ),
        pytest.param(lines("A", 11) + "<p>Look:</p>" + figure() + lines("B", 20), id="the text introduces it"),
        pytest.param(lines("A", 12) + figure() + "<h2>HEADING</h2>" + lines("B", 20), id="a heading follows"),
        pytest.param(
            lines("A", 12) + figure() + f"<div>{lines('B', 6)}{figure('OTHER')}</div>", id="a figure follows in a block"
        ),
        pytest.param(
            lines("A", 12) + figure(more=' style="break-before: page"') + lines("B", 20), id="a break is asked for"
        ),
        pytest.param(
            lines("A", 12) + figure() + lines("B", 20).replace("<p>", '<p style="break-before: avoid">'),
            id="what follows belongs to it",
        ),
        pytest.param(f"<div>{lines('A', 12)}{figure()}{lines('B', 20)}</div>", id="in a block of its own"),
        pytest.param(f"<ul><li>{lines('A', 12)}{figure()}{lines('B', 20)}</li></ul>", id="in a list"),
        pytest.param(
            f'<section style="columns: 1">{lines("A", 12)}{figure()}{lines("B", 20)}</section>', id="in columns"
        ),
        pytest.param(lines("A", 12) + figure(), id="nothing follows"),
    ],
)
def test_it_is_not_deferred(body: str) -> None:
    assert shown(body).pages == shown(body, NEVER).pages


def test_a_paragraph_has_the_indent_that_it_has_where_it_stands() -> None:
    """The one that goes before the figure follows on a paragraph; the first one below the figure does not."""
    made = laid(lines("A", 12) + figure() + lines("B", 8) + lines("C", 3))
    first, second = (_lefts(made, page) for page in (0, 1))
    assert first["B1"] - first["A1"] == pytest.approx(12, abs=0.4)
    assert second["C1"] == pytest.approx(second["C2"], abs=0.1)


@pytest.mark.parametrize("odd", ["<p></p>", '<p style="text-indent: calc(1pt + 2pt)">B1</p>'])
def test_a_paragraph_without_lines_or_with_a_sum_for_an_indent_goes_before_it(odd: str) -> None:
    found = shown(lines("A", 12) + figure() + odd + lines("C", 12))
    assert "C1" in found.pages[0]
    assert found.pages[1][0] == "CAPTION"


def _lefts(made: Made, page: int) -> dict[str, float]:
    import pypdfium2  # type: ignore[import-untyped]

    assert made.written is not None
    with pypdfium2.PdfDocument(made.written.data) as document:
        text = document[page].get_textpage()
        found = [text.get_rect(n) for n in range(text.count_rects())]
        return {text.get_text_bounded(*rect).strip(): rect[0] for rect in found}


def test_the_tags_are_in_the_author_s_order() -> None:
    made = laid(lines("A", 12) + figure() + lines("B", 20) + lines("C", 3))
    section = tags(made.pdf).one("Art").all("Sect")[0]
    assert [kid.role for kid in section.kids] == ["P", "Figure", "P", "P"]
    assert made.written is not None
    heads = [passage.text.split()[0] for passage in passages(made.written.data)]
    assert heads == ["An", "A1", "CAPTION", "B1", "C1"]


def test_a_page_begins_with_the_text_that_follows_what_went_before() -> None:
    made = laid(lines("A", 12) + figure() + lines("B", 20))
    assert made.written is not None
    pages = made.written.pages
    text = "".join(pages.texts["essay.xhtml"])
    assert f"A12{OBJECT}CAPTIONB1" in text
    assert [text[page.letter :][:3] for page in pages.pages] == ["Ane", "B9B", "B19"]


def test_a_page_with_nothing_but_what_was_written_before_begins_where_the_text_goes_on() -> None:
    made = laid(lines("A", 12) + figure() + lines("B", 12), "figure img { height: 270pt }")
    assert made.written is not None
    assert [page.part for page in made.written.pages.pages] == ["essay.xhtml", "", "essay.xhtml"]


def test_notes_keep_their_order_and_stand_with_their_calls() -> None:
    def noted(word: str, count: int, note: int) -> str:
        call = f'<span class="footnote" id="n{note}">NOTE{note}</span>'
        return lines(word, count).replace(f"{word}2<", f"{word}2{call}<")

    found = shown(noted("A", 12, 1) + figure() + noted("B", 20, 2) + noted("C", 6, 3))
    assert {"A2", "B2", "NOTE1", "NOTE2"} <= set(found.pages[0])
    assert found.pages[0].index("NOTE1") < found.pages[0].index("NOTE2")
    assert found.page("C2") == found.page("NOTE3")


def test_where_a_page_has_room_for_a_note_alone_the_figure_waits_and_stands_there_once() -> None:
    note = f'<span class="footnote" id="n1">{"<br/>".join(f"N{n}" for n in range(1, 31))}</span>'
    body = lines("A", 12) + figure() + lines("B", 20).replace("B3<", f"B3{note}<")
    css = CSS + ".footnote { footnote-policy: auto }"
    made = make(rendition(f"<section>{body}</section>", css=css, resources=(PICTURE,)))
    assert {rule for rule, _ in made.told} == {"note-beside-call"}, "the note is too long for the page of its call"
    found = [re.findall(r"CAPTION|[BN]\d+", text) for text in text_of(made.written)]
    assert found == [
        numbered("B", 1, 8),
        numbered("N", 1, 30),
        ["CAPTION", *numbered("B", 9, 18)],
        numbered("B", 19, 20),
    ]


def test_a_place_tells_what_waits() -> None:
    place = Place(5, (3,), 5, None)
    assert place == Place(5, [3], 5, None)
    assert {5: None} != {place: None} != {Place(5, (3, 4), 5, None): None}
    assert copy.deepcopy({place: None}) == {place: None}
    assert [*"abcdef"][place] == "f"


WORDS = ("the", "river", "ran", "past", "the", "port", "and", "nobody", "knew", "where", "it", "would", "end", "summer")
SEE = 'a.see::after { content: " p. " target-counter(attr(href), page) } a.see { white-space: nowrap }'


class Author:
    """Makes up divisions of a book; every word that begins with ``Z`` or ``F`` stands there once."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.count = 0

    def words(self, count: int) -> str:
        self.count += 1
        return " ".join([f"Z{self.count}q", *(self.dice.choice(WORDS) for _ in range(count))])

    def paragraph(self) -> str:
        note = f'<span class="footnote" id="n{self.count}">{self.words(self.dice.choice([3, 30]))}</span>'
        see = f' <a class="see" href="c{self.dice.randrange(3)}.xhtml">see</a>'
        more = (note if self.dice.random() < 0.4 else "") + (see if self.dice.random() < 0.3 else "")
        return f"<p>{self.words(self.dice.randrange(3, 60))}{more} {self.words(self.dice.randrange(20))}</p>"

    def figure(self) -> str:
        self.count += 1
        height = self.dice.choice([40, 90, 150, 260])
        image = f'<img src="images/port.png" alt="A port" style="height: {height}pt"/>'
        return f"<figure>{image}<figcaption>F{self.count}q {self.words(9)}</figcaption></figure>"

    def block(self) -> str:
        made = self.dice.random()
        if made < 0.7:
            return self.paragraph()
        return self.figure() if made < 0.9 else table(self.dice.choice([3, 9, 30]))

    def division(self, number: int) -> str:
        sections = (
            f'<section id="s{number}-{n}"><h2>{self.words(2)}</h2>{"".join(self.block() for _ in range(10))}</section>'
            for n in range(3)
        )
        return f'<article class="body" id="c{number}"><h1>{self.words(1)}</h1>{"".join(sections)}</article>'


def volume(seed: int, css: str = "") -> Rendition:
    author = Author(seed)
    parts = [part(f"c{n}.xhtml", author.division(n), title=f"Chapter {n}") for n in range(3)]
    return rendition(*parts, css=CSS + SEE + css, resources=(PICTURE,))


@pytest.mark.parametrize("seed", [2, 3])
def test_a_book_says_the_same_on_fewer_pages_however_it_is_laid_out(seed: int) -> None:
    whole, plain = as_one(volume(seed)), as_one(volume(seed, NEVER))
    divided = by_divisions(volume(seed), workers=2)
    assert differences(divided.data, whole.data) == []
    assert divided.pages == whole.pages
    assert len(whole.pages) < len(plain.pages)
    said, meant = ([re.sub(r"p\. \d+|\W", "", one.text) for one in passages(f.data)] for f in (whole, plain))
    assert said == meant, "the tags tell it in the author's order"
    shown = [re.findall(r"F\d+q", text) for text in text_of(whole)]
    figures = [word for words in shown for word in words]
    assert figures == sorted(figures, key=lambda word: int(word[1:-1]))
    for one, other in zip(whole.pages.pages, whole.pages.pages[1:], strict=False):
        assert one.part != other.part or one.letter <= other.letter
