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
import pytest
from PIL import Image

from publish import document
from publish.build import Request, build
from publish.build.manuscript import examine
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


# --- its files: one build, and one test, since every process that runs tests would build it again ------------------------


def test_every_file_is_sound_for_its_referees_and_for_other_programs(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns("build"))
    log = Log()
    orders = tuple(Order(profile, marks=name == "offset") for name, profile in PROFILES.items())
    result = build(Request(book, formats=("pdf", "epub"), profiles=orders), log)
    told = [(d.place, d.rule.name, d.message) for d in log]
    assert result is not None, told
    place = "page 19: what shows through there is printed as a picture of 400 pixels an inch"
    assert told == [("manuscript/letters.md:42:1", "press-advised", place)], "ingram takes nothing transparent"
    files = {made.format: made.path for made in result.files}
    the_book_is_whole(files["pdf"], files["epub"])
    the_newest_standards_are_met_together(files["pdf"])
    for printer in PRINTERS:
        printer.ghostscript_finds_its_ink(files[f"pdf-{printer.name}"])
        printer.poppler_finds_its_boxes(files[f"pdf-{printer.name}"])
        printer.poppler_finds_its_pictures(files[f"pdf-{printer.name}"])


def the_book_is_whole(pdf: Path, epub: Path) -> None:
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) > 20
    with zipfile.ZipFile(epub) as archive:
        parts = {Path(name).stem for name in archive.namelist() if name.endswith(".xhtml")}
    assert {"index", "list-of-figures", "list-of-tables", "credits", "contributors", "bibliography", "notes"} <= parts


def the_newest_standards_are_met_together(pdf: Path) -> None:
    """The same pages as PDF/UA-2, PDF/A-4 and WTPDF 1.0, by veraPDF."""
    form = ordered(Order(standard="ua-2"))
    log = Log()
    assert form.finish is not None
    data = form.finish(pdf.read_bytes(), log)
    assert data is not None
    form.verify(data, None, log, referee=True)
    assert [d.message for d in log] == []


POINT, DENSE = 72 / 25.4, 50


@dataclass(frozen=True)
class Printer:
    """What a second program, which knows nothing of ours, must read in the file for a printer (mm, percent)."""

    name: str
    ink: int
    bleed: float
    slug: float
    multiple: int
    colours: frozenset[str]

    def ghostscript_finds_its_ink(self, file: Path) -> None:
        plates = plates_of(file)
        assert len(plates) % self.multiple == 0
        slug = round(self.slug / 25.4 * DENSE) + 1 if self.slug else 0  # the marks there stand on all plates
        inside = [page.crop((slug, slug, page.width - slug, page.height - slug)) for page in plates]
        assert max(coverage(page) for page in inside) <= self.ink / 100 + 0.01, "a hundredth for what rounding adds"
        coloured = any(max(band.getextrema()) for page in inside for band in page.split()[:3])
        assert coloured == (self.colours != {"gray"})

    def poppler_finds_its_boxes(self, file: Path) -> None:
        said = spoken("pdfinfo", "-box", "-f", "1", "-l", "999", file)
        boxes = [(key, [float(side) for side in sides.split()]) for key, sides in re.findall(r"(\w+Box): +(.+)", said)]
        kinds = [[sides for key, sides in boxes if key == kind] for kind in ("MediaBox", "BleedBox", "TrimBox")]
        for media, bled, trim in zip(*kinds, strict=True):
            assert media[:2] == [0, 0]
            for outer, inner, wide in ((bled, trim, self.bleed), (media, bled, self.slug)):
                apart = [abs(a - b) for a, b in zip(outer, inner, strict=True)]
                assert apart == pytest.approx([wide * POINT] * 4, abs=0.02)
            trimmed = sorted((trim[2] - trim[0], trim[3] - trim[1]))
            assert trimmed == pytest.approx([148 * POINT, 210 * POINT], abs=0.1)

    def poppler_finds_its_pictures(self, file: Path) -> None:
        rows = [row.split() for row in spoken("pdfimages", "-list", file).splitlines()[2:]]
        assert {row[5] for row in rows} == self.colours
        assert min(int(row[12]) for row in rows) >= 300, "pixels an inch"
        assert any(row[2] == "smask" for row in rows) == (self.name != "ingram"), "what shows through"


PRINTERS = (
    Printer("offset", 300, bleed=3, slug=6, multiple=4, colours=frozenset({"gray", "cmyk"})),
    Printer("ingram", 240, bleed=0, slug=0, multiple=2, colours=frozenset({"gray", "cmyk"})),
    Printer("pod-grey", 100, bleed=0, slug=0, multiple=2, colours=frozenset({"gray"})),
)


def plates_of(file: Path) -> list[Image.Image]:
    """Give what is on the four plates of every page."""
    folder = file.parent / file.stem
    folder.mkdir()
    spoken("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiff32nc", f"-r{DENSE}", f"-o{folder}/%d.tif", file)
    return [Image.open(folder / f"{number}.tif") for number in range(1, len(list(folder.iterdir())) + 1)]


def spoken(program: str, *arguments: object) -> str:
    """Give what another program says."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    command = [program, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
