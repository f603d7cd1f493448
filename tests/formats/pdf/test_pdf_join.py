"""Parts are joined into one document."""

from __future__ import annotations

import pytest
from pdf_pages import part, rendition

from publish.formats.pdf.join import PartError, depth, join


def test_bodies_are_joined_in_order_and_styles_linked_once() -> None:
    joined = join(rendition(part("a.xhtml", '<section id="a"/>'), part("b.xhtml", '<section id="b"/>')))
    assert [e.get("id") for e in joined.root.iterfind("body/*")] == ["a", "b"]
    assert [e.get("href") for e in joined.root.iterfind("head/link")] == ["css/print.css"]
    assert joined.names == ("a.xhtml", "b.xhtml")


def test_language_is_kept_where_it_differs() -> None:
    joined = join(
        rendition(
            part("a.xhtml", '<section id="a"><p xml:lang="la">x</p></section>'),
            part("b.xhtml", '<section id="b"/>', language="ru"),
        )
    )
    assert joined.root.get("lang") == "en-GB"
    assert [e.get("lang") for e in joined.parts] == [None, "ru"]
    assert joined.parts[0][0].get("lang") == "la"


def test_links_from_part_to_part_become_links_inside() -> None:
    joined = join(
        rendition(
            part("text/a.xhtml", '<p id="a"><a href="b.xhtml#x">1</a><a href="b.xhtml">2</a><a href="#a">3</a></p>'),
            part("text/b.xhtml", '<section><i id="x"/></section>'),
        )
    )
    assert [e.get("href") for e in joined.root.iter("a")] == ["#x", "#part-text/b", "#a"]
    assert joined.parts[1].get("id") == "part-text/b"


def test_pictures_of_a_part_in_a_folder_are_found() -> None:
    joined = join(rendition(part("text/a.xhtml", '<p id="a"><img src="../images/x.png" alt=""/></p>')))
    assert [e.get("src") for e in joined.root.iter("img")] == ["images/x.png"]


def test_a_link_embeds_nothing() -> None:
    joined = join(rendition(part("a.xhtml", '<p id="a"><a rel="attachment" href="/etc/passwd">x</a></p>')))
    assert "rel" not in next(joined.root.iter("a")).attrib


def test_markup_is_read_as_xml() -> None:
    """A HTML parser would end the paragraph at the division inside it."""
    joined = join(rendition(part("a.xhtml", '<p id="a">x<div>y</div>z</p>')))
    assert joined.parts[0][0].tag == "div"


@pytest.mark.parametrize(
    ("bodies", "name", "says"),
    [
        (['<p id="a">&nbsp;</p>'], "a.xhtml", "not well-formed"),
        (["<p/><p/>"], "a.xhtml", "exactly one element"),
        (["words <p/>"], "a.xhtml", "exactly one element"),
        (['<p id="x"/>', '<p id="y"><i id="x"/></p>'], "b.xhtml", "“x”"),
    ],
)
def test_what_cannot_be_joined(bodies: list[str], name: str, says: str) -> None:
    parts = [part(f"{letter}.xhtml", body) for letter, body in zip("ab", bodies, strict=False)]
    with pytest.raises(PartError, match=says) as raised:
        join(rendition(*parts))
    assert raised.value.part == name


def test_depth() -> None:
    joined = join(rendition(part("a.xhtml", '<p id="a"><b><i/></b><u/></p>')))
    assert depth(joined.parts[0]) == 3
