"""Hostile texts end in seconds, with a diagnostic at most: time grows with the text, and no stack is used up."""

from __future__ import annotations

import time

import pytest
from manuscripts import read_texts, said

from publish.document import Emphasis, Paragraph, Quotation, plain

SECONDS = 5
N = 5_000

# Each family made Python-Markdown's own processors, or others', take time that grows with the square of the text.
HOSTILE = {
    "brackets": "[" * N,
    "link-openings": "[a](" * N,
    "angle-openings": "[a](<" * N,
    "title-openings": "[a](b 'c" * N,
    "attribute-openings": '[a]{x="' * N,
    "image-openings": "![" * N,
    "note-openings": "^[" * N,
    "note-calls": "[^a]" * N,
    "references": "".join(f"[r{i}]: /u\n" for i in range(N)),
    "parentheses": "[a](" + "(" * N + ")" * N + ")",
    "cdata": "<![CDATA[" * N,
    "cdata-blocks": "\n\n<![CDATA[" * (N // 5),
    "tag-openings": "<a " * N,
    "tag-attributes": 'x<a b="' * N,
    "comments": "a<!--" * N,
    "comment-lines": "<!--\n" * N,
    "elements": "<b></b>" * N,
    "elements-open": "<b>" * N,
    "block-elements": "<p>\n\n" * N,
    "autolinks": "<http://" * N,
    "addresses": "http://a.b/" + "." * N + ")" * N,
    "backticks": "`a " * N,
    "growing-backticks": "".join("`" * i + " a " for i in range(1, 150)),
    "stars": "*a " * N,
    "stars-of-both-kinds": "*a **b " * N,
    "stars-and-underscores": "*a_ " * N,
    "stars-in-words": "a**b*" * N,
    "same-headings": "## a\n\n" * N,
    "undefined-notes": "".join(f"[^u{i}] " for i in range(N // 5)) + "".join(f"\n\n[^n{i}]: x" for i in range(300)),
    "unclosed-divs": "::: aside\n" * N,
    "lazy-quotations": "> ```\nx\n" * N,
    "table-rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * N,
    "wide-table": "|" + "a|" * N + "\n|" + "-|" * N + "\n|" + "1|" * N,
    "no-table": "a|\n" * N,
    "braces": "# a {" + ".a " * N,
    "entities": "&amp;" * N + "&" * N,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_ends_in_seconds(text: str) -> None:
    begun = time.process_time()
    read_texts(text)
    assert time.process_time() - begun < SECONDS


DEEP = {
    "lists": "- " * 1000 + "a",
    "lists-by-lines": "".join("  " * i + "- a\n" for i in range(400)),
    "quotations": "> " * 1000 + "a",
    "notes": "[^a]: " * 1000 + "a",
    "divs": "::: aside\n" * 400 + "a\n" + ":::\n" * 400,
    "html": "<div>\n\n" * 400 + "a" + "\n\n</div>" * 400,
    "html-on-a-line": "<div>" * 400 + "a" + "</div>" * 400,
    "links": "[" * 1000 + "a" + "]{.x}" * 1000,
    "inline-html": "<b>" * 1000 + "a" + "</b>" * 1000,
    "emphasis": "*a **b " * 500 + "x" + "** y* " * 500,
    "everything": "> - " * 15
    + "::: aside\n"
    + "> - " * 15
    + "*a **b " * 20
    + "[" * 40
    + "a"
    + "]{.x}" * 40
    + "** *" * 20,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_told_and_words_stay(text: str) -> None:
    publication, log = read_texts(text)
    assert "nesting-shallow" in {d.rule.name for d in log}
    assert "a" in str(publication.divisions[0])


def test_thirty_levels_of_everything_can_be_read() -> None:
    quotation = "> " * 30
    publication, log = read_texts(quotation + "<b>" * 30 + "word" + "</b>" * 30, title="T")
    assert said(log) == []
    node: object = publication.divisions[0].blocks[0]
    for _ in range(30):
        assert isinstance(node, Quotation)
        node = node.blocks[0]
    assert isinstance(node, Paragraph) and plain(node.content) == "word"


def test_python_markdowns_emphasis_still_hands_over_its_pairs() -> None:
    """``EmphasisMarks`` builds on a method of ``DelimiterProcessor`` that is not public."""
    publication, _ = read_texts("*one* two *three **four***", title="T")
    (paragraph,) = publication.divisions[0].blocks
    assert isinstance(paragraph, Paragraph)
    kinds = [type(item).__name__ for item in paragraph.content]
    assert kinds == ["Emphasis", "str", "Emphasis"]
    last = paragraph.content[-1]
    assert isinstance(last, Emphasis) and last.span is not None and last.span.text == "*three **four***"
