"""With which letter each page begins, through all that the layout engine puts in, changes and shows again."""

from __future__ import annotations

import pytest
from pdf_pages import make, part, png, rendition

from publish.pages import OBJECT, PageMap
from publish.rendition import Resource

# Two lines of about fourteen letters a page; a paragraph may be broken anywhere.
CSS = """
@page { size: 45mm 24mm; margin: 5mm; @bottom-center { content: "foot" } @top-center { content: none } }
html { font-size: 10pt; line-height: 14pt; orphans: 1; widows: 1; hyphens: manual }
h1 { display: none } .new { break-before: page } .blank { break-before: recto }
"""
PICTURE = Resource("images/port.png", "image/png", png(), 8, 8)


def pages(body: str, css: str = "", **more: object) -> PageMap:
    """Lay out the inside of an article, whose pages hold two lines, and give its page map."""
    made = make(rendition(body, css=CSS + css, resources=(PICTURE,), **more))
    # Two lines hold few notes; that one went on to the next page is told, and is as it should be here.
    assert {rule for rule, _ in made.told} <= {"note-beside-call"}
    assert made.written is not None
    return made.written.pages


def begins(body: str, css: str = "") -> list[str]:
    """Give the first nine letters of every page; a blank page has none."""
    found = pages(body, css)
    text = "".join(found.texts["essay.xhtml"])
    ends = [page.letter for page in found.pages if page.part][1:]
    return [text[page.letter : ends.pop(0) if ends else None][:9] if page.part else "" for page in found.pages]


@pytest.mark.parametrize(
    ("body", "css", "expected"),
    [
        pytest.param("<p>one</p><p class='new'>two</p>", "", ["one", "two"], id="paragraphs"),
        pytest.param("<p>aaaaaa bbbbbb cccccc dddddd eeeeee</p>", "", ["aaaaaabbb", "eeeeee"], id="in a paragraph"),
        pytest.param(
            "<p>aaaaaa bbbbbb cccccc ddd\u00adeeeeeeeeeee</p>", "", ["aaaaaabbb", "eeeeeeeee"], id="soft hyphen"
        ),
        pytest.param(
            "<p>aaaaaa bbbbbb cccccc ddd-eeeeeeeeeee</p>", "", ["aaaaaabbb", "eeeeeeeee"], id="the author's hyphen"
        ),
        pytest.param(
            "<p lang='en'>aaaaaa bbbbbb ccccc representative</p>", "p { hyphens: auto; hyphenate-character: '=' }",
            ["aaaaaabbb", "ative"], id="hyphenated by the engine",
        ),
        pytest.param(
            "<p>aaaaaa bbbbbb cccccc ddd-eeeeeeeeeee</p>", "p { text-transform: uppercase }",
            ["aaaaaabbb", "eeeeeeeee"], id="capitals and the author's hyphen",
        ),
        pytest.param(
            "<p>aaaa ßßßß ßßßß ccß\u00adßßßßßß</p>", "p { text-transform: uppercase }", ["aaaaßßßßß", "ßßßßßß"],
            id="capitals longer than what they stand for",
        ),
        pytest.param(
            "<p lang='el'>άέή ΐόύ ώάέ ήίό ύώάέήίό ύώ αβγδε ζηθικ</p>", "p { text-transform: uppercase }",
            ["άέήΐόύώάέ", "αβγδεζηθι"], id="Greek capitals without accents",
        ),
        pytest.param(
            "<p>aaaaaa <em>bbbbbb cccccc ddd</em>dd <i>eeeeee ffffff</i></p>", "", ["aaaaaabbb", "ffffff"],
            id="elements in a line",
        ),
        pytest.param(
            "<p>aa</p><p class='new' style='font-variant-caps: small-caps'>office fly</p>",
            "p::first-letter { font-size: 12pt }", ["aa", "officefly"], id="small capitals, ligatures, first letters",
        ),
        pytest.param(
            "<p>aa<br/>bb</p><p>office fly</p>", "p::first-letter { font-size: 12pt }", ["aabb", "officefly"],
            id="a first letter that was set twice",
        ),
        pytest.param(
            "<p>aa</p><ol><li class='new'>one</li><li class='new'>two</li></ol>", "", ["aa", "one", "two"], id="markers"
        ),
        pytest.param(
            "<p>aa</p><p class='new made'>two</p>", ".made::before { content: 'made ' }", ["aa", "two"], id="made by CSS"
        ),
        pytest.param("<p>aa</p><div class='new'><img src='images/port.png' alt=''/></div><p>bb</p>", "",
            ["aa", f"{OBJECT}bb"], id="a picture"),
        pytest.param("<p>aa</p><hr class='new'/><p>bb</p>", "hr::before { content: '* * *' }", ["aa", f"{OBJECT}bb"],
            id="a rule"),
        pytest.param("<p>aa</p><section class='new'><p hidden=''>no</p><p>bb</p></section>", "[hidden] { display: none }",
            ["aa", "bb"], id="what is hidden"),
        pytest.param("<p>aa</p><p class='blank'>bb</p>", "", ["aa", "", "bb"], id="a blank page"),
        pytest.param(
            "<p>aa</p><p class='new'><a style='position: absolute; right: 0'>bb</a>cc</p>", "", ["aa", "bbcc"],
            id="what is placed freely",
        ),
    ],
)  # fmt: skip
def test_a_page_begins_with(body: str, css: str, expected: list[str]) -> None:
    assert begins(body, css) == expected


def test_the_head_of_a_table_that_goes_on_does_not_begin_a_page() -> None:
    rows = "".join(f"<tr><td>row{n}a</td><td>row{n}b</td></tr>" for n in range(7))
    head = "<thead><tr><th>heada</th><th>headb</th></tr></thead>"
    table = f"<table><caption>said</caption>{head}<tbody>{rows}</tbody></table>"
    found = begins(table, "@page { size: 45mm 30mm } table { border-spacing: 0 } td, th { padding: 0 }")
    assert found == ["saidheada", "row1arow1", "row4arow4"]


def test_a_row_that_goes_on_begins_in_its_first_cell() -> None:
    cells = "<td style='width: 15mm'>aa bb cc dd</td><td style='width: 15mm'>ee ff gg hh</td>"
    assert begins(f"<table><tr>{cells}</tr></table>", "td { padding: 0; width: 6mm !important }")[1][:4] in (
        "ccdd",
        "bbcc",
    )


def test_notes_begin_no_page() -> None:
    note = "<span class='footnote' role='doc-footnote' id='n1'>nnn nnn nnn</span>"
    body = f"<p>aaaaaa{note} bbbbbb cccccc dddddd eeeeee ffffff</p>"
    found = begins(body, "@page { size: 45mm 28mm } .footnote { font-size: 8pt; line-height: 10pt }")
    assert found[0] == "aaaaaabbb" and not any("n" in page for page in found)
    assert not any("nnn" in run for run in pages(body).texts["essay.xhtml"])


def test_a_page_that_only_notes_fill_begins_nowhere() -> None:
    """The engine sets what does not fit on a page of its own."""
    note = f"<span class='footnote' role='doc-footnote' id='n1'>{'<br/>'.join(['note'] * 2)}</span>"
    found = pages(f"<p>aa bb<br/>cc{note}</p>", ".footnote { line-height: 14pt }")
    assert [page.part for page in found.pages] == ["essay.xhtml", ""]


def test_each_part_is_counted_by_itself() -> None:
    one = part("one.xhtml", "<section class='body'><p>one</p><p class='new'>more</p></section>")
    two = part("two.xhtml", "<section class='body'><p>two</p></section>")
    made = make(rendition(one, two, css=CSS))
    assert made.written is not None
    assert [(p.part, p.letter) for p in made.written.pages.pages] == [
        ("one.xhtml", 0),
        ("one.xhtml", 3),
        ("two.xhtml", 0),
    ]
    assert made.written.pages.texts == {"one.xhtml": ("one", "more"), "two.xhtml": ("two",)}


def test_nothing_is_guessed(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "publish.formats.pdf")
    pages(
        "<p lang='de' style='text-transform: uppercase'>Straße größer als Maß und Fuß, ﬁne oﬃce, ŉ, ΐ</p>",
        "@page { size: 80mm 20mm }",
    )
    assert not [r for r in caplog.records if "guessed" in r.getMessage()]
