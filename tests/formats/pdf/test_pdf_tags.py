"""The structure tree: one element for an element, in the order of reading, and nothing read that is only seen."""

from __future__ import annotations

import pikepdf
import pytest
from pdf_pages import Made, Tag, made_book, make, part, png, rendition, tags

from publish.rendition import Resource

PORT = Resource("images/port.png", "image/png", png(), 8, 8)


def tree(body: str, css: str = "") -> Tag:
    """Give the tree of an article's body, without its heading."""
    made = make(rendition(body, css=css, resources=(PORT,)))
    article = tags(made.pdf).one("Art")
    assert article.kids.pop(0).outline() == "H1(#)"
    return article


def outlines(body: str, css: str = "") -> list[str]:
    return [kid.outline() for kid in tree(body, css).kids]


def test_the_whole_book() -> None:
    root = tags(made_book().pdf)
    assert root.role == "Document"
    assert [kid.role for kid in root.kids] == ["Sect", "Sect", "Art"]
    assert [t.role for t in root.walk() if t.role[0] == "H" and t.role[1:].isdigit()] == ["H1", "H1", "H1", "H2", "H3"]


def test_an_element_on_two_pages_is_one() -> None:
    words = "many words " * 400
    (paragraph,) = tree(f"<p>{words}</p>").kids
    assert paragraph.role == "P"
    pages = {kid.Pg.objgen for kid in paragraph.data.K if isinstance(kid, pikepdf.Dictionary)}
    assert pages
    assert set(paragraph.kids) == {"#"}


def test_run_in_heading_stands_before_its_paragraph() -> None:
    assert outlines('<h2 class="run-in">A</h2><p>B</p>') == ["H2(#)", "P(#)"]
    assert outlines("<p><h2 class='run-in'>A</h2> B</p>") == ["H2(#)", "P(#)"]


def test_headings_never_skip_a_level() -> None:
    found = [kid.outline() for kid in tree("<h4>A</h4><h6>B</h6><h4>C</h4><h2>D</h2><h3>E</h3>").kids]
    assert found == ["H2(#)", "H3(#)", "H2(#)", "H2(#)", "H3(#)"]


def test_a_note_follows_its_call() -> None:
    (paragraph,) = tree('<p>Text<span class="footnote" id="n1">A <em>note</em>.</span> goes on.</p>').kids
    assert paragraph.outline() == "P(#,Reference(Link(@,#)),Note(Lbl(Link(@,#)),#,Em(#),#),#)"
    assert str(paragraph.one("Note").data.ID) == "n1"


def test_a_note_whose_call_the_template_sets() -> None:
    css = ".footnote::footnote-call, .footnote::footnote-marker { content: none }"
    body = (
        '<p>Text<a id="r1" href="#n1" role="doc-noteref" title="Note 1">1</a>'
        '<span class="footnote" id="n1" role="doc-footnote"><a href="#r1" title="Back">1</a> A note.</span> goes on.</p>'
    )
    made = make(rendition(body, css=css))
    paragraph = tags(made.pdf).one("P")
    assert paragraph.outline() == "P(#,Reference(Link(@,#)),Note(Lbl(Link(@,#)),#),#)"
    contents = {str(a.Contents) for page in made.pdf.pages for a in page.get("/Annots", [])}
    assert contents == {"Note 1", "Back"}


def test_a_note_inside_its_link_is_taken_out() -> None:
    body = '<p>Text<a href="#n1" id="r1"><span class="footnote" id="n1">A note.</span></a> goes on.</p>'
    assert outlines(body) == ["P(#,Reference(Link(@,#)),Note(Lbl(Link(@,#)),#),#)"]


def test_a_note_of_several_paragraphs() -> None:
    body = '<p>Text<span class="footnote" id="n1"><p>One.</p><p>Two.</p></span> goes on.</p>'
    (paragraph,) = tree(body).kids
    note = paragraph.one("Note")
    assert [kid.role for kid in note.kids if isinstance(kid, Tag) and kid.role == "P"] == ["P", "P"]


def test_notes_have_identifiers_of_their_own() -> None:
    body = "".join(f'<p>Text<span class="footnote">Note {i}.</span></p>' for i in range(3))
    made = make(rendition(body))
    found = [str(note.data.ID) for note in tags(made.pdf).all("Note")]
    assert len(set(found)) == 3
    names = made.pdf.Root.StructTreeRoot.IDTree.Names
    assert sorted(str(name) for name in list(names)[::2]) == sorted(found)


def test_figure_with_description_and_caption() -> None:
    body = '<figure><div><img src="images/port.png" alt="A port"/></div><figcaption>Cap <em>tion</em></figcaption></figure>'
    (figure,) = tree(body).kids
    assert figure.outline() == "Figure(#,Caption(#,Em(#)))"
    assert str(figure.data.Alt) == "A port"
    left, bottom, right, top = (float(side) for side in figure.data.A.BBox)
    assert 0 < left < right < 283.5
    assert 0 < bottom < top < 397


def test_pictures_that_only_decorate_are_not_read() -> None:
    assert outlines('<p>A<img src="images/port.png" alt=""/>B</p><hr/>') == ["P(#,#)"]
    assert outlines('<figure><img src="images/port.png" alt=""/><figcaption>X</figcaption></figure>') == ["Div(P(#))"]


def test_a_group_of_pictures() -> None:
    pictures = "".join(f'<img src="images/port.png" alt="View {i}"/>' for i in range(2))
    (group,) = tree(f"<figure>{pictures}<figcaption>Both</figcaption></figure>").kids
    assert group.outline() == "Sect(Figure(#),Figure(#),Caption(#))"
    assert [str(f.data.Alt) for f in group.all("Figure")] == ["View 0", "View 1"]


def test_a_caption_of_what_is_no_picture_is_a_paragraph() -> None:
    assert outlines("<figure><pre>x</pre><figcaption>A program</figcaption></figure>") == ["Div(P(#),P(#))"]


def test_an_index_refers_to_its_places() -> None:
    listed = (
        '<section role="doc-index"><h2>Index</h2><ul><li>tide, <a href="#x">1</a></li></ul></section><p id="x">x</p>'
    )
    assert outlines(listed)[0] == "Index(H2(#),L(LI(Lbl(#),LBody(#,Reference(Link(@,#))))))"


def test_works_and_what_refers_to_them() -> None:
    works = '<section role="doc-bibliography"><ol><li id="w">Thorne, <em>Tides</em>.</li></ol></section>'
    said = '<p>As <a href="#w" role="doc-biblioref">Thorne</a> says.</p>'
    assert outlines(said + works) == [
        "P(#,Reference(Link(@,#)),#)",
        "Sect(L(LI(Lbl(#),LBody(BibEntry(#,Em(#),#)))))",
    ]


def test_a_box_that_shows_through_is_read_where_it_stands() -> None:
    """What is drawn as a group has its marks in a stream of its own, and that its own place in the tree of parents."""
    body = '<p>Before.</p><div style="opacity: 0.5"><p>In the <em>box</em>.</p></div><p>After.</p>'
    made = make(rendition(body))
    assert [kid.outline() for kid in tags(made.pdf).one("Art").kids[1:]] == ["P(#)", "Div(P(#,Em(#),#))", "P(#)"]
    (group,) = (item for item in made.pdf.objects if isinstance(item, pikepdf.Stream) and "/StructParents" in item)
    owners = pikepdf.NumberTree(made.pdf.Root.StructTreeRoot.ParentTree)[int(group.StructParents)]
    assert [str(owner.S) for owner in owners if isinstance(owner, pikepdf.Dictionary)] == ["/P", "/Em", "/P"]
    assert made.written
    from publish.formats.pdf.passages import passages

    assert [one.text for one in passages(made.written.data)][-3:] == ["Before.", "In the box.", "After."]


def test_drawings_in_the_page() -> None:
    drawing = (
        '<figure><svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>A square</title>'
        '<rect width="20" height="20"/></svg><figcaption>X</figcaption></figure>'
    )
    (figure,) = tree(drawing).kids
    assert figure.outline() == "Figure(#,Caption(#))"
    assert str(figure.data.Alt) == "A square"


def test_table_heads_have_scopes_and_are_read_once() -> None:
    rows = "".join(f"<tr><th>{i}</th><td>value</td></tr>" for i in range(60))
    table = f"<table><thead><tr><th>Year</th><th>Event</th></tr></thead><tbody>{rows}</tbody></table>"
    made = make(rendition(table))
    assert len(made.pdf.pages) > 2
    found = tags(made.pdf).one("Table")
    assert found.one("THead").outline() == "THead(TR(TH(#),TH(#)))"
    scopes = [str(t.data.A.Scope) for t in found.all("TH")]
    assert scopes[:3] == ["/Column", "/Column", "/Row"]
    assert len(found.one("TBody").kids) == 60


def test_cells_that_span_and_cells_that_are_empty() -> None:
    table = "<table><tbody><tr><td colspan='2'>A</td></tr><tr><td></td><td>B</td></tr></tbody></table>"
    found = tree(table).all("TD")
    assert [cell.outline() for cell in found] == ["TD(#)", "TD()", "TD(#)"]
    assert int(found[0].data.A.ColSpan) == 2


def test_lists() -> None:
    (listed,) = tree("<ol style='list-style-type: lower-roman'><li>one</li><li>two<ul><li>x</li></ul></li></ol>").kids
    assert listed.outline() == "L(LI(Lbl(#),LBody(#)),LI(Lbl(#),LBody(#,L(LI(Lbl(#),LBody(#))))))"
    assert str(listed.data.A.ListNumbering) == "/LowerRoman"
    assert outlines("<dl><dt>A</dt><dt>B</dt><dd>C</dd><dt>D</dt><dd>E</dd></dl>") == [
        "L(LI(Lbl(#),Lbl(#),LBody(#)),LI(Lbl(#),LBody(#)))"
    ]


@pytest.mark.parametrize("style", ["disc", "none"])
def test_terms_are_not_numbered_in_whatever_list_they_stand(style: str) -> None:
    found = tree(f"<ul style='list-style-type: {style}'><li><dl><dt>A</dt><dd>B</dd></dl></li></ul>").all("L")
    assert [str(one.data.A.ListNumbering) for one in found] == [f"/{style.capitalize()}", "/None"]


def test_contents() -> None:
    contents = tags(made_book().pdf).all("TOC")
    assert [toc.outline() for toc in contents] == [
        "TOC(TOCI(Lbl(#),Reference(Link(@,#,#)),TOC(TOCI(Lbl(#),Reference(Link(@,#,#))))))",
        "TOC(TOCI(Lbl(#),Reference(Link(@,#,#))))",
    ]


def test_languages_and_abbreviations() -> None:
    made = tree('<p>A <span lang="ru">Правда</span> <em lang="la">ergo</em> <abbr title="et cetera">etc.</abbr></p>')
    spans = made.all("Span")
    assert [str(s.data.get("/Lang", "")) for s in spans] == ["ru", ""]
    assert str(made.one("Em").data.Lang) == "la"
    assert str(spans[1].data.E) == "et cetera"
    assert outlines('<p lang="en-GB">A <span lang="en-GB">B</span></p>') == ["P(#,#)"]


def test_bare_text_stands_in_a_paragraph() -> None:
    assert outlines("<div>bare <em>text</em></div>") == ["Div(P(#,Em(#)))"]
    assert outlines("<blockquote>said</blockquote>") == ["BlockQuote(P(#))"]


def test_an_article_holds_no_article() -> None:
    assert outlines("<article><p>x</p></article>") == ["Sect(P(#))"]


def test_what_is_only_seen_is_an_artifact() -> None:
    made = made_book()
    content = b"\n".join(page.Contents.read_bytes() for page in made.pdf.pages)
    assert content.count(b"/Subtype /Footer") >= 3
    assert content.count(b"/Subtype /Header") >= 1
    assert b"/Type /Layout" in content  # the leaders


def test_every_mark_is_accounted_for() -> None:
    pdf = made_book().pdf
    entries = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        marks = {
            int(item.operands[1].MCID)
            for item in pikepdf.parse_content_stream(page)
            if str(item.operator) == "BDC" and "/MCID" in item.operands[1]
        }
        listed = {mark for mark, element in enumerate(entries[int(page.StructParents)]) if element is not None}
        assert marks == {
            mark for mark in listed if isinstance(entries[int(page.StructParents)][mark], pikepdf.Dictionary)
        }
        for annotation in page.get("/Annots", []):
            assert entries[int(annotation.StructParent)].S == "/Link"


def test_links_in_running_heads_are_no_links() -> None:
    css = ".head { position: running(head) } @page body { @top-center { content: element(head) } }"
    made: Made = make(rendition('<div class="head"><a href="https://example.org/">x</a></div><p>y</p>', css=css))
    assert not any("/Annots" in page for page in made.pdf.pages)


def test_a_part_in_another_language() -> None:
    made = make(rendition(part("a.xhtml", '<article class="body"><h1>Правда</h1></article>', language="ru")))
    assert str(tags(made.pdf).one("Art").data.Lang) == "ru"


def test_what_stands_between_a_heading_and_its_text_is_only_seen() -> None:
    css = "h2.run-in::after { content: ' | ' } h2.run-in::before { content: 'Part ' } .x::after { content: ' | ' }"
    made = make(rendition('<h2 class="run-in">Bar</h2><p>text</p><p class="x">x</p>', css=css))
    assert made.written
    from publish.formats.pdf.passages import passages

    assert [one.text for one in passages(made.written.data)][-3:] == ["Part Bar", "text", "x |"]


def test_the_author_s_letters_where_others_are_drawn() -> None:
    css = "h2, .up { text-transform: uppercase } .caps { font-variant-caps: all-small-caps } .small { font-variant-caps: small-caps }"
    body = """<h2>A Quiet Year</h2><p>so <span class="up">North</span> and <span class="caps">NATO</span>,
    <span class="small">Ad</span> and <span class="up"></span> <span class="up">a <em>b</em></span></p>"""
    said = [(tag.role, str(tag.data.ActualText)) for tag in tree(body, css).walk() if "/ActualText" in tag.data]
    assert said == [("H2", "A Quiet Year"), ("Span", "North"), ("Span", "NATO"), ("Em", "b")]
