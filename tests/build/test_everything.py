"""A small book in which everything is that a manuscript can hold, made into both files through every referee."""

from __future__ import annotations

import inspect
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from publish import document
from publish.build import Request, build
from publish.build.pipeline import examine
from publish.diagnostics import Log
from publish.document import Apparatus, Div, Division, Node, Publication, walk

BOOK = Path(__file__).parent.parent / "cases" / "everything"

# What stands in the tree of every publication beside its nodes, and what is no node that is set.
NODES = {
    name
    for name, kind in inspect.getmembers(document, inspect.isclass)
    if issubclass(kind, Node) and kind not in {Node, Division}
}


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The book, read and checked without a word said against it."""
    log = Log()
    manuscript = examine(BOOK, log)
    assert manuscript is not None and [(d.place, d.message) for d in log] == []
    return manuscript.publication


def kinds(publication: Publication) -> Iterator[str]:
    """Give the kinds of everything in the book."""
    for node in walk(publication):
        yield type(node).__name__
        yield from (type(one).__name__ for one in getattr(node, "images", ()))


def test_it_holds_every_node(publication: Publication) -> None:
    assert NODES - set(kinds(publication)) == set(), "add what is missing to tests/cases/everything"


def test_it_holds_every_block_and_every_list(publication: Publication) -> None:
    divs = {node.kind for node in walk(publication) if isinstance(node, Div)}
    assert set(document.DIV_KINDS) - divs == {"bibliography"}, "which is a node of its own"
    lists = {node.kind for node in walk(publication) if isinstance(node, Apparatus)}
    assert lists == set(document.APPARATUS)


def test_it_holds_every_place_in_a_book_and_several_scripts(publication: Publication) -> None:
    assert {division.matter for division in publication.divisions} == {"front", "body", "back"}
    assert {"ar", "he", "ko", "ru"} <= {node.language for node in walk(publication) if isinstance(node, Node)}


def test_both_files_are_made_and_no_referee_finds_a_fault(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns("build"))
    log = Log()
    result = build(Request(book), log)
    assert result is not None, [(d.place, d.rule.name, d.message) for d in log]
    assert [(d.place, d.rule.name, d.message) for d in log] == []
    pdf, epub = (file.path for file in result.files)
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) > 15
    with zipfile.ZipFile(epub) as opened:
        parts = {Path(name).stem for name in opened.namelist() if name.endswith(".xhtml")}
    assert {"index", "list-of-figures", "list-of-tables", "credits", "contributors", "bibliography", "notes"} <= parts
