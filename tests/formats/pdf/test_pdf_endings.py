"""Where words are not divided: at the end of a paragraph, and from one page to the next."""

from __future__ import annotations

import pytest
from pdf_pages import SERIF, part, rendition

from publish.diagnostics import Log
from publish.formats.pdf.writer import Method, write

JOINER = "\u2060"
WORDS = (
    "The members of parliament were asked to consider a treaty of which nobody remembered the beginning, and the "
    "minister of foreign affairs understood that it was a question of transportation by river and by railway. "
)
CSS = """
p { text-align: justify; hyphens: auto; orphans: 2; widows: 2 }
@page body { size: 160mm 70mm } .narrow p { width: 31mm }
"""


def lines_of(data: bytes) -> list[list[str]]:
    """Give the lines of every page, with a mark where a line ends in a hyphen."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(data) as document:
        texts = [page.get_textpage().get_text_bounded().replace("\N{HYPHEN}", "-") for page in document]
    lines = [[line.strip() for line in text.splitlines()] for text in texts]
    return [[line for line in page if line and line != "Running head" and not line.isdecimal()] for page in lines]


def book(words: str, paragraphs: int, kind: str = "") -> bytes:
    all_words = words.split(" ")
    text = "".join(f"<p>{' '.join(all_words[n % 37 :] + all_words[: n * 7 % 31])}</p>" for n in range(paragraphs))
    body = f'<article class="body" id="c"><h1>C</h1><div class="{kind}">{text}</div></article>'
    log = Log()
    written = write(rendition(part("c.xhtml", body), css=CSS, resources=SERIF), log, method=Method(least=1 << 40))
    assert written is not None, [d.message for d in log]
    return written.data


def test_a_page_ends_with_half_a_word_only_where_its_line_would_have_to_stretch() -> None:
    """What goes to the next page is the half of the word that stood on the line, and its first words are there."""
    pages = lines_of(book(WORDS * 3, 150))[:-1]
    assert len(pages) > 12
    assert sum(line.endswith("-") for page in pages for line in page) > len(pages), "there are hyphens on the pages"
    ends = [page[-1] for page in pages]
    short = [line for line in ends if line.endswith("-") and len(line.split()[-1]) + 1 <= 0.5 * (line.count(" ") - 1)]
    assert short == []


def test_a_note_called_on_the_last_line_is_no_hindrance() -> None:
    """On nearly every line a note is called, also on the last of a page."""
    words = (WORDS * 3).split(" ")
    counted = iter(range(10_000))
    paragraphs = []
    for begin in range(90):
        text = words[begin % 37 :] + words[: begin * 7 % 31]
        for at in range(3, len(text), 9):
            text[at] += f'<span class="footnote" id="n{next(counted)}">NOTE</span>'
        paragraphs.append(f"<p>{' '.join(text)}</p>")
    body = f'<article class="body" id="c"><h1>C</h1>{"".join(paragraphs)}</article>'
    css = f"{CSS} .footnote::footnote-call {{ content: '*' }} .footnote::footnote-marker {{ content: none }}"
    log = Log()
    written = write(rendition(part("c.xhtml", body), css=css, resources=SERIF), log, method=Method(least=1 << 40))
    assert written is not None, [d.message for d in log]
    pages = [[line for line in page if not line.startswith("NOTE")] for page in lines_of(written.data)][:-1]
    ends = [page[-1] for page in pages if page]
    assert len(ends) > 20 and sum("*" in line for line in ends) > 10
    short = [line for line in ends if line.endswith("-") and len(line.split()[-1]) + 1 <= 0.5 * (line.count(" ") - 1)]
    assert short == []


def test_words_are_divided_at_the_end_of_a_paragraph_unless_it_is_told() -> None:
    plain = "see the administrations"
    told = plain + JOINER
    for words, divided in ((plain, True), (told, False)):
        lines = [line for page in lines_of(book(words, 1, "narrow")) for line in page]
        assert any(line.endswith("-") for line in lines) is divided, lines


def test_what_is_kept_together_is_not_divided() -> None:
    words = f"it was reconsidered {JOINER}of {JOINER}us{JOINER}"
    lines = [line for page in lines_of(book(words, 1, "narrow")) for line in page]
    assert lines[-1].replace(JOINER, "") == "reconsidered of us"


@pytest.mark.parametrize("width", [70, 80, 83, 87, 90, 94, 97, 103, 110])
def test_a_text_goes_on_behind_what_stands_before_it_on_its_line(width: int) -> None:
    """A line that counts as full has room for what it was made for: a heading, a note's number before it."""
    css = f"@page body {{ size: {width + 24}mm 200mm }} p {{ text-align: justify; hyphens: auto; --space-shrink: 33% }} h2, h2 + p {{ display: inline }}"
    text = "".join(f"<section><h2>Head {n} |</h2><p> {WORDS[n:]}{WORDS}</p></section>" for n in range(9))
    body = f'<article class="body" id="c"><h1>C</h1>{text}</article>'
    log = Log()
    written = write(rendition(part("c.xhtml", body), css=css, resources=SERIF), log, method=Method(least=1 << 40))
    assert written is not None
    heads = [line for page in lines_of(written.data) for line in page if line.startswith("Head ")]
    assert len(heads) == 9 and all(len(line) > 12 for line in heads), heads
