"""How titles are sorted, and what random titles become in the package document."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from epub_books import DC, METADATA, rendition
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publish.formats.epub.package import forbidden, metadata
from publish.formats.epub.titles import sort_title


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("The Quiet Ledger", "en-GB", "Quiet Ledger, The"),
        ("the quiet ledger", "en", "Quiet ledger, the"),
        ("An Essay", "en", "Essay, An"),
        ("Theory", "en", "Theory"),
        ("The", "en", "The"),
        ("The ", "en", "The "),
        ("L’Étranger", "fr", "Étranger, L’"),
        ("L'Étranger", "fr-CA", "Étranger, L'"),
        ("Les Misérables", "fr", "Misérables, Les"),
        ("Les Misérables", "en", "Les Misérables"),
        ("Der Prozess", "de", "Prozess, Der"),
        ("’t Hooge Nest", "nl", "Hooge Nest, ’t"),
        ("Тихий дом", "ru", "Тихий дом"),
        ("조용한 장부", "ko", "조용한 장부"),
        ("", "en", ""),
    ],
)
def test_a_leading_article_goes_to_the_end(title: str, language: str, expected: str) -> None:
    assert sort_title(title, language) == expected


@given(st.text(st.characters(exclude_categories=[]), min_size=1))
def test_any_title_is_either_told_of_or_kept(title: str) -> None:
    data = replace(METADATA, title=title)
    if any(True for _ in forbidden(data)):
        assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", title)
        return
    root = etree.fromstring(etree.tostring(metadata(replace(rendition(), metadata=data), "")))
    kept = root.find(f"{DC}title[@id='title']")
    wanted = re.sub("[ \t\r\n]+", " ", title).strip(" ")
    assert ((kept is not None and kept.text) or "") == wanted
