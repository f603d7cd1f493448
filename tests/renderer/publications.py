"""Small publications, made by hand, for the tests of the renderer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publish.diagnostics import Log
from publish.document import Block, Contributor, Division, Inlines, Metadata, Note, Paragraph, Publication
from publish.images import Picture
from publish.project import Project, Style
from publish.renderer import render
from publish.rendition import Medium, Rendition

WHEN = datetime(2026, 11, 23, tzinfo=UTC)
AUTHOR = Contributor("An Author", "aut", "Author, An", affiliation="A House")
EDITOR = Contributor("An Editor", "edt", "Editor, An")
METADATA = Metadata("North & East", contributors=(AUTHOR, EDITOR), date="2016-03-02", language="en-GB")
PORT = Picture("port.png", "image/png", b"not looked at here", 600, 400)


def paragraph(*content: object) -> Paragraph:
    """Make a paragraph of strings and nodes."""
    return Paragraph(content)  # type: ignore[arg-type]


def note(label: str, *content: object) -> Note:
    """Make a note of one paragraph."""
    return Note(label, (paragraph(*content),))


def essay(
    *blocks: Block, notes: tuple[Note, ...] = (), title: Inlines = ("An essay",), slug: str = "essay"
) -> Division:
    """Make an essay of blocks."""
    return Division(slug, "essay", "body", title, blocks, notes, contributors=(AUTHOR,))


def publication(*divisions: Division) -> Publication:
    """Make a publication of divisions."""
    return Publication(METADATA, divisions)


def project(folder: Path, styles: Path | None = None, style: Style | None = None) -> Project:
    """Make the project that a publication of these tests belongs to."""
    return Project(folder, folder, styles, folder, "north-and-east", METADATA, (), style or Style())


def rendered(
    work: Publication, medium: Medium, folder: Path, styles: Path | None = None, style: Style | None = None
) -> tuple[Rendition | None, Log]:
    """Render a publication whose pictures are all the port."""
    log = Log()
    here = project(folder, styles, style)
    return render(work, here, {"port.png": PORT}, medium, WHEN, log), log


def element(rendition: Rendition | None, name: str) -> Element:
    """Give the one element in the body of a part."""
    assert rendition is not None
    part = next(p for p in rendition.parts if p.name == name)
    found = ElementTree.fromstring(part.xhtml).find("{*}body/*")
    assert found is not None
    found.tail = ""
    return found


def body(rendition: Rendition | None, name: str) -> str:
    """Give the markup of the one element in the body of a part, names of HTML elements without a prefix."""
    ElementTree.register_namespace("", "http://www.w3.org/1999/xhtml")
    return ElementTree.tostring(element(rendition, name), encoding="unicode")
