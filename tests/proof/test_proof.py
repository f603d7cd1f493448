"""A proof of a real publication: every page, the guides that its style sheets mean, each diagnostic beside its page."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from publish.build import Request, build, rendition
from publish.diagnostics import Diagnostic, Log
from publish.proof import Material, sheet
from publish.proof.guides import guides
from publish.proof.placing import pages_of
from publish.proof.screens import Screens

SETTINGS = 'title: "North & East"\nauthor: An Author\ndate: 2016-03-02\nlang: en\nstyle: {trim: A5}\n'
# The words tell the page: each is found by itself in the PDF's text.
ESSAY = (
    "---\ntitle: The Port\n---\n\nThe opening.[^1]\n\n"
    + "\n\n".join(f"Passage{n} " + "goes on and on with words that fill a line. " * 12 for n in range(24))
    + "\n\n![A berth.](berth.png)\n\nThe end.[^2]\n\n[^1]: A note about the opening.\n\n[^2]: Another.\n"
)

COVER = 2  # pages for screens before those of the print: the cover, and the blank one behind it


def xpath(tree: Any, query: str) -> Any:
    """What lxml finds, without its many types."""
    return tree.xpath(query)


@dataclass(frozen=True)
class Made:
    """A publication built: its files, what they were made of, what was said."""

    material: Material
    log: Log


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("port")
    (folder / "manuscript").mkdir()
    (folder / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "manuscript/essay.md").write_text(ESSAY, encoding="utf-8")
    Image.new("RGB", (40, 30), (90, 120, 150)).save(folder / "manuscript/berth.png")
    log, request = Log(), Request(folder, referee=False)
    result = build(request, log)
    assert result is not None, list(log)
    data = {one.format: one.data for one in result.files}
    printed, shown = (rendition(name, request, Log()) for name in ("pdf", "epub"))
    return Made(Material("North & East", "en", data["pdf"], data["epub"], printed, shown, tuple(log)), log)


@pytest.fixture(scope="session")
def proof(made: Made) -> str:
    return sheet(made.material)


def page_texts(pdf: bytes) -> list[str]:
    import pypdfium2  # type: ignore[import-untyped]

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_the_proof_needs_nothing_else_and_no_script(proof: str) -> None:
    tree = html.fromstring(proof)
    assert xpath(tree, "//script") == []
    addresses = [*xpath(tree, "//@src"), *re.findall(r"url\(&?[^)]{0,12}", proof)]
    assert addresses and all("data:" in address for address in addresses)
    assert {link for link in xpath(tree, "//a/@href") if not link.startswith("#")} == set()
    assert "default-src 'none'" in xpath(tree, "//meta[@http-equiv]/@content")[0]
    assert all(frame.get("sandbox") == "" for frame in xpath(tree, "//iframe"))
    ids = xpath(tree, "//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in xpath(tree, "//a/@href")} <= set(ids)


def test_every_page_is_there_twice_in_spreads_as_the_book_opens(made: Made, proof: str) -> None:
    tree, texts = html.fromstring(proof), page_texts(made.material.pdf)
    small, large = xpath(tree, "//ol[@class='contact']//img"), xpath(tree, "//div[@class='spread']//img")
    assert len(small) == len(large) == len(texts)
    widths = {Image.open(BytesIO(b64decode(i.get("src").partition(",")[2]))).width for i in large}
    assert widths == {960}
    first = xpath(tree, "//div[@class='spread']")[0]
    assert [one.tag for one in first] == ["div", "figure"]  # nothing, then the first page: a right one
    second = xpath(tree, "//div[@class='spread']")[1]
    assert [one.get("id") for one in second] == ["page-2", "page-3"]


def test_pages_are_called_by_what_is_printed_on_them(proof: str) -> None:
    labels = [link.text_content().split()[0] for link in xpath(html.fromstring(proof), "//ol[@class='contact']//a")]
    assert labels[:6] == ["Cover", "Cover", "i", "ii", "iii", "iv"] and "1" in labels


def test_guides_are_those_of_the_style_sheets(made: Made) -> None:
    assert made.material.printed
    meant = guides(made.material.printed)
    assert meant
    assert [meant.width, meant.height, meant.pitch] == pytest.approx([148 / 25.4 * 72, 210 / 25.4 * 72, 13.5])
    above, right, below, left = meant.margins(0)
    assert [left, right] == pytest.approx([18.056 / 25.4 * 72, 22.05 / 25.4 * 72], abs=0.2)
    assert meant.margins(1) == (above, left, below, right)
    assert (meant.height - above - below) / 13.5 == pytest.approx(
        round((meant.height - above - below) / 13.5), abs=0.01
    )


def test_text_stands_on_the_grid_that_is_drawn(made: Made) -> None:
    from publish.formats.pdf.picture import page_shots

    assert made.material.printed
    meant, shots = guides(made.material.printed), list(page_shots(made.material.pdf, (20,)))
    assert meant
    phase = meant.phase((place, shot.baselines) for place, shot in enumerate(shots))
    assert phase is not None
    place = next(n for n, text in enumerate(page_texts(made.material.pdf)) if "Passage7 " in text)
    lines = meant.lines(place, phase)
    above, _, below, _ = meant.margins(place)
    inside = [line for line in shots[place].baselines if above < line < meant.height - below]
    on_grid = [line for line in inside if min(abs(line - one) for one in lines) < 0.3]
    assert len(on_grid) > 25 and len(on_grid) >= 0.9 * len(inside)


def diagnostic(log: Log, words: str, text: str) -> Diagnostic:
    """Report something at the words in the essay."""
    source = next(d.span.source for d in log if d.span)
    at = source.text.index(words)
    told = Log()
    told.report("note-used", text, source.span(at, at + len(words)))
    return next(iter(told))


@pytest.mark.parametrize(
    "words", ["Passage0 ", "Passage3 ", "Passage11 ", "Passage17 ", "Passage23 ", "A berth.", "The end."]
)
def test_a_diagnostic_stands_beside_its_page(made: Made, words: str) -> None:
    assert made.material.shown
    found = diagnostic(made.log, words, "here")
    page = pages_of(made.material.shown, [found])[found] + COVER
    assert words.strip() in page_texts(made.material.pdf)[page].replace("\r\n", " ")


def test_one_in_a_note_stands_beside_the_page_of_its_call(made: Made) -> None:
    assert made.material.shown
    found = diagnostic(made.log, "A note about", "here")
    page = pages_of(made.material.shown, [found])[found] + COVER
    assert "The opening." in page_texts(made.material.pdf)[page]


def test_diagnostics_are_shown_with_their_pages_or_apart(made: Made) -> None:
    told = Log()
    told.extend(made.log)
    told.report("referee-present", "<b>no</b> referee", hint="install one")
    tree = html.fromstring(
        sheet(Material("T", "en", made.material.pdf, shown=made.material.shown, diagnostics=tuple(told)))
    )
    apart = xpath(tree, "//section[@id='found']//li")
    assert [xpath(one, "string(b)") for one in apart] == ["warning: referee-present"]
    assert xpath(apart[0], "string(p[1])") == "<b>no</b> referee"
    beside = xpath(tree, "//div[@class='spread']//figcaption//li")
    assert len(beside) == len(made.log) > 0
    assert all("manuscript/essay.md:" in one.text_content() for one in beside)
    assert xpath(tree, "//ol[@class='contact']//a[@class='marked']")


def test_the_epub_is_whole_in_itself(made: Made, proof: str) -> None:
    frames = xpath(html.fromstring(proof), "//iframe")
    assert [(f.get("width"), f.get("height")) for f in frames] == [("390", "844"), ("820", "1180")]
    book = frames[0].get("srcdoc")
    assert "Passage0 " in book and "Passage23 " in book and "Another." in book
    assert 'url("data:font/' in book and "<link" not in book
    documents = list(Screens(made.material.epub).documents())
    assert "The Port" in [one.title for one in documents]
    assert all("<style>" in one.html and "../" not in one.html for one in documents)


def test_the_cover_as_small_as_shops_show_it(proof: str) -> None:
    covers = xpath(html.fromstring(proof), "//section[@id='cover']//img")
    assert [one.get("width") for one in covers] == ["160", "160"]
    with Image.open(BytesIO(b64decode(covers[0].get("src").partition(",")[2]))) as picture:
        assert picture.width == 1600


def test_a_proof_of_one_file_alone(made: Made) -> None:
    assert "<iframe" not in sheet(Material("T", "en", pdf=made.material.pdf))
    tree = html.fromstring(sheet(Material("T", "ar", epub=made.material.epub)))
    assert xpath(tree, "//div[@class='spread']") == [] and len(xpath(tree, "//iframe")) == 2
    with pytest.raises(ValueError, match="not a PDF"):
        sheet(Material("T", "en", pdf=b"no"))


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_chromium_takes_pictures_of_each_document() -> None:
    from publish.proof.browser import shots

    pages = [
        f'<!doctype html><body style="margin:0;background:{colour}">' for colour in ("#ff0000", "#0000ff", "#00ff00")
    ]
    browser = Path(str(shutil.which("chromium")))
    taken = [Image.open(BytesIO(one)).convert("RGB") for one in shots(browser, pages, (60, 90))]
    assert [one.size for one in taken] == [(60, 90)] * 3
    middles: list[Any] = [one.getpixel((30, 80)) for one in taken]
    assert [max(range(3), key=middle.__getitem__) for middle in middles] == [0, 2, 1]


def test_a_browser_that_is_none_takes_no_pictures(tmp_path: Path) -> None:
    from publish.proof.browser import shots

    assert shots(tmp_path / "none", ["<p>"], (60, 90)) == []
    assert shots(Path("/bin/true"), ["<p>"], (60, 90)) == []
