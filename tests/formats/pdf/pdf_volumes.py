"""Generated books of some divisions, and both ways to lay them out."""

from __future__ import annotations

from random import Random
from typing import Any

from pdf_pages import part, png, rendition

from publish.diagnostics import Log
from publish.formats import Written
from publish.formats.pdf import write
from publish.formats.pdf.writer import Method
from publish.rendition import Part, Rendition, Resource

CSS = """
.footnote::footnote-call, .footnote::footnote-marker { content: none }
a.see::after { content: " p. " target-counter(attr(href), page) }
.body { string-set: running attr(data-running) }
@page body:left { @top-center { content: string(running) } }
@page body:blank { @top-center { content: none } @bottom-center { content: none } }
@page plain { @top-center { content: string(running) } @bottom-right { content: counter(page) } }
.back { page: plain; break-before: page }
body { margin: 0 }
html { orphans: 2; widows: 2 }
p { text-align: justify; hyphens: auto; --space-shrink: 33%; --optical-margins: 100% }
"""
WORDS = ("the", "river", "ran", "past", "the", "port", "and", "nobody", "knew", "where", "it", "would", "end", "summer")
PICTURES = tuple(Resource(f"images/p{n}.png", "image/png", png(8 + n, 8), 8 + n, 8) for n in range(2))


def text(dice: Random, count: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))


def chapter(number: int, dice: Random, whole: int, paragraphs: int, kind: str = "body") -> Part:
    """Give a chapter with notes, a picture, a table and references to the pages of others."""
    inside = []
    for n in range(paragraphs):
        note = f'<span class="footnote" id="n{number}-{n}">{n} {text(dice, 4 + dice.randrange(20))}</span>'
        see = f' <a class="see" href="c{dice.randrange(whole)}.xhtml">see</a>' if dice.random() < 0.3 else ""
        inside.append(f"<p>{text(dice, 30)}{note if dice.random() < 0.4 else ''}{see} {text(dice, 20)}</p>")
    inside.insert(1, f'<p><img src="images/p{number % 2}.png" alt="A port"/></p>')
    inside.insert(2, "<table><tr><th>Year</th></tr><tr><td>2015</td></tr></table>")
    top = "h2" if number % 3 == 2 else "h1"
    body = (
        f'<article class="{kind}" id="c{number}" data-running="Chapter {number}"><{top}>Chapter {number}</{top}>'
        f'<section id="s{number}"><h3>Part of {number}</h3>{"".join(inside)}</section></article>'
    )
    return part(f"c{number}.xhtml", body, title=f"Chapter {number}")


def volume(seed: int = 1, chapters: int = 4, paragraphs: int = 14, css: str = "", more: int = 0) -> Rendition:
    """Give a book of several divisions, two of them without a side on which they must begin."""
    whole = chapters + 2
    parts = [
        part("title.xhtml", '<section class="front" id="title"><h1>North</h1></section>', kind="titlepage"),
        part(
            "contents.xhtml",
            '<nav class="front contents" role="doc-toc" id="contents"><h1>Contents</h1><ol>'
            + "".join(f'<li><a href="c{n}.xhtml">Chapter {n}</a></li>' for n in range(whole))
            + "</ol></nav>",
            kind="contents",
        ),
    ]
    for n in range(whole):
        kind = "body" if n < chapters else "back"
        parts.append(chapter(n, Random(seed * 100 + n), whole, paragraphs + (more if n == 1 else 0), kind))
    return rendition(*parts, css=CSS + css, resources=PICTURES)


def by_divisions(book: Rendition, workers: int = 1, **more: Any) -> Written:
    log = Log()
    written = write(book, log, method=Method(workers=workers, least=0), **more)
    assert written is not None, [d.message for d in log]
    return written


def as_one(book: Rendition) -> Written:
    log = Log()
    written = write(book, log, method=Method(least=1 << 40))
    assert written is not None, [d.message for d in log]
    return written
