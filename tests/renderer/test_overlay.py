"""A publication's own templates and stylesheets over the theme's."""

from __future__ import annotations

from pathlib import Path

import pytest
from publications import body, essay, paragraph, publication, rendered

from publish.project import Style

PAGE = (
    '{% extends "base.xhtml" %}{% block body %}<section id="imprint">{{ metadata.title }}, ours</section>{% endblock %}'
)


@pytest.fixture
def styles(tmp_path: Path) -> Path:
    """Make an empty styles folder."""
    folder = tmp_path / "styles"
    folder.mkdir()
    return folder


def test_a_template_of_the_same_name_takes_the_theme_s_place(styles: Path) -> None:
    (styles / "imprint.xhtml").write_text(PAGE)
    rendition, log = rendered(publication(essay()), "print", styles.parent, styles)
    assert not len(log)
    assert "North &amp; East, ours" in body(rendition, "text/imprint.xhtml")


def test_a_stylesheet_of_the_same_name_takes_the_theme_s_place(styles: Path) -> None:
    (styles / "local.css").write_text("p { color: red }")
    rendition, _ = rendered(publication(essay()), "epub", styles.parent, styles)
    assert rendition is not None
    local = rendition.resource("styles/local.css")
    assert local is not None
    assert local.data == b"p { color: red }"


def test_a_publication_s_fonts_stand_beside_the_theme_s(styles: Path) -> None:
    (styles / "fonts").mkdir()
    (styles / "fonts" / "Own.ttf").write_bytes(b"font")
    rendition, _ = rendered(publication(essay()), "print", styles.parent, styles)
    assert rendition is not None
    assert rendition.resource("fonts/Own.ttf") is not None
    assert rendition.resource("fonts/SourceSerif4-Regular.ttf") is not None


def test_a_link_that_leads_out_of_styles_is_not_taken(styles: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.css"
    outside.write_text("p { color: red }")
    (styles / "local.css").symlink_to(outside)
    rendition, _ = rendered(publication(essay()), "epub", styles.parent, styles)
    assert rendition is not None
    local = rendition.resource("styles/local.css")
    assert local is not None
    assert b"red" not in local.data


@pytest.mark.parametrize(
    ("template", "place", "said"),
    [
        ("<p>\n{{ metadata.titel }}</p>", "styles/imprint.xhtml:2", "titel"),
        ("{% block body %}{% endblok %}", "styles/imprint.xhtml:1", "endblok"),
        ('{% extends "nowhere.xhtml" %}', "styles/imprint.xhtml:1", "nowhere.xhtml"),
    ],
)
def test_a_fault_in_a_template_is_told_and_nothing_is_made(template: str, place: str, said: str, styles: Path) -> None:
    (styles / "imprint.xhtml").write_text(template)
    rendition, log = rendered(publication(essay()), "print", styles.parent, styles)
    assert rendition is None
    (diagnostic,) = log
    assert diagnostic.rule.name == "template-sound"
    assert said in diagnostic.message
    assert diagnostic.place == place


def test_an_unknown_theme_is_told_with_the_nearest(tmp_path: Path) -> None:
    rendition, log = rendered(publication(essay(paragraph("x"))), "print", tmp_path, style=Style(theme="jurnal"))
    assert rendition is None
    (diagnostic,) = log
    assert "did you mean “journal”?" in diagnostic.hint
