"""A small book in which everything is that a manuscript can hold, made for every reader and printer, past every referee."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from publish import document
from publish.build import Request, build
from publish.build.pipeline import examine
from publish.diagnostics import Log
from publish.document import Apparatus, Div, Division, Node, Publication, walk
from publish.formats import ordered
from publish.formats.pdf.finishing.inks import coverage
from publish.profiles import PROFILES, Order

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


# --- its files: one build, of which every test below reads another part ------------------------------------------------


@dataclass(frozen=True)
class Files:
    """What one build made, with what was said; by name (``pdf``, ``pdf-offset``, ``epub``)."""

    paths: dict[str, Path]
    told: list[tuple[str, str, str]]

    def __getitem__(self, name: str) -> Path:
        return self.paths[name]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The book as a PDF for every profile and as an EPUB, judged by every referee."""
    book = tmp_path_factory.mktemp("everything") / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns("build"))
    log = Log()
    orders = tuple(Order(profile, marks=name == "offset") for name, profile in PROFILES.items())
    result = build(Request(book, formats=("pdf", "epub"), profiles=orders), log)
    told = [(d.place, d.rule.name, d.message) for d in log]
    assert result is not None, told
    return Files({made.format: made.path for made in result.files}, told)


def test_every_file_is_made_and_no_referee_finds_a_fault(files: Files) -> None:
    """By veraPDF: PDF/UA-1, PDF/A-2a (twice); by our own rules PDF/X; and the EPUB by EPUBCheck."""
    place = "page 19: what shows through there is printed as a picture of 400 pixels an inch"
    assert files.told == [("manuscript/letters.md:42:1", "press-advised", place)], "ingram takes nothing transparent"
    with pikepdf.open(files["pdf"]) as opened:
        assert len(opened.pages) > 20
    with zipfile.ZipFile(files["epub"]) as archive:
        parts = {Path(name).stem for name in archive.namelist() if name.endswith(".xhtml")}
    assert {"index", "list-of-figures", "list-of-tables", "credits", "contributors", "bibliography", "notes"} <= parts


def test_the_newest_standards_together(files: Files) -> None:
    """The same pages as PDF/UA-2, PDF/A-4 and WTPDF 1.0, by veraPDF."""
    form = ordered(Order(standard="ua-2"))
    log = Log()
    assert form.finish is not None
    data = form.finish(files["pdf"].read_bytes(), log)
    assert data is not None
    form.verify(data, None, log, referee=True)
    assert [d.message for d in log] == []


# What a second program reads in the files for printers: it knows nothing of ours.

POINT = 72 / 25.4


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
@pytest.mark.parametrize(("name", "most"), [("offset", 300), ("ingram", 240), ("pod-grey", 100)])
def test_ghostscript_finds_no_more_ink_than_the_printer_takes(files: Files, name: str, most: int) -> None:
    plates = plates_of(files[f"pdf-{name}"])
    assert len(plates) == len(pypdfium2.PdfDocument(files[f"pdf-{name}"]))
    # A hundredth for what rounding adds.
    assert max(coverage(within_bleed(page, name)) for page in plates) <= most / 100 + 0.01
    coloured = [
        number for number, page in enumerate(plates, start=1) if any(max(b.getextrema()) for b in page.split()[:3])
    ]
    assert bool(coloured) == (name != "pod-grey")


def plates_of(file: Path) -> list[Image.Image]:
    """Give what is on the four plates of every page, at 50 pixels an inch."""
    folder = file.parent / file.stem
    folder.mkdir()
    command = [
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-dSAFER",
        "-sDEVICE=tiff32nc",
        "-r50",
        f"-sOutputFile={folder}/%d.tif",
    ]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=60)
    return [Image.open(folder / f"{number}.tif") for number in range(1, len(list(folder.iterdir())) + 1)]


def within_bleed(page: Image.Image, name: str) -> Image.Image:
    """Give a page without what lies outside its bleed: the marks there are on all plates on purpose."""
    slug = round(6 / 25.4 * 50) + 1 if name == "offset" else 0
    return page.crop((slug, slug, page.width - slug, page.height - slug))


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    ("name", "bleed", "slug", "multiple"), [("offset", 3, 6, 4), ("ingram", 0, 0, 2), ("pod-grey", 0, 0, 2)]
)
def test_poppler_finds_the_boxes(files: Files, name: str, bleed: float, slug: float, multiple: int) -> None:
    command = ["pdfinfo", "-box", "-f", "1", "-l", "999", str(files[f"pdf-{name}"])]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    boxes = [(key, [float(side) for side in sides.split()]) for key, sides in re.findall(r"(\w+Box): +(.+)", said)]
    by_kind = {kind: [sides for key, sides in boxes if key == kind] for kind in ("MediaBox", "BleedBox", "TrimBox")}
    assert {len(found) for found in by_kind.values()} == {len(by_kind["MediaBox"])}
    assert len(by_kind["MediaBox"]) % multiple == 0
    for media, bled, trim in zip(*by_kind.values(), strict=True):
        assert media[:2] == [0, 0]
        for outer, inner, wide in ((bled, trim, bleed), (media, bled, slug)):
            assert [abs(a - b) for a, b in zip(outer, inner, strict=True)] == pytest.approx(
                [wide * POINT] * 4, abs=0.02
            )
        assert sorted((trim[2] - trim[0], trim[3] - trim[1])) == pytest.approx([148 * POINT, 210 * POINT], abs=0.1)


@pytest.mark.skipif(shutil.which("pdfimages") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    ("name", "colours"), [("offset", {"gray", "cmyk"}), ("ingram", {"gray", "cmyk"}), ("pod-grey", {"gray"})]
)
def test_poppler_finds_the_pictures_in_the_printer_s_colours(files: Files, name: str, colours: set[str]) -> None:
    command = ["pdfimages", "-list", str(files[f"pdf-{name}"])]
    rows = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.splitlines()[2:]
    found = [row.split() for row in rows]
    assert {row[5] for row in found} == colours
    assert min(int(row[12]) for row in found) >= 300
    assert any(row[2] == "smask" for row in found) == (name != "ingram"), "what shows through"
