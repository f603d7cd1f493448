"""An EPUB carries the page numbers of the print edition, which is laid out once, or not at all."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from publish.build import Request, build, rendition
from publish.cache import Cache
from publish.diagnostics import Log
from publish.formats.pdf import writer
from publish.formats.pdf.wire import Answer

SETTINGS = 'title: "North and East"\nauthor: An Author\ndate: 2016-03-02\nlang: en\n'
ESSAY = (
    "---\ntitle: The Port\nauthor: An Author\ndate: 2016-03-02\nlang: en\n---\n\n" + "A long paragraph. " * 400 + "\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small publication of a few pages."""
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "manuscript/essay.md").write_text(ESSAY, encoding="utf-8")
    return tmp_path


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was laid out: a whole ``book``, or the one part there was, by its kind."""
    done: list[str] = []
    original = writer._Workshop.lay_out

    def watched(workshop: writer._Workshop) -> Answer | None:
        parts = workshop.rendition.parts
        done.append(parts[0].kind if len(parts) == 1 else "book")
        return original(workshop)

    monkeypatch.setattr(writer._Workshop, "lay_out", watched)
    return done


def made(path: Path, *formats: str) -> list[Path]:
    """Build, and give the files made."""
    log = Log()
    result = build(Request(path, formats, referee=False), log)
    assert result is not None, [d.message for d in log]
    return [file.path for file in result.files]


def pages_of(file: Path) -> list[str]:
    """Give the labels of a PDF's pages but for its cover, or those of the page list of an EPUB."""
    if file.suffix == ".pdf":
        with pypdfium2.PdfDocument(file) as pdf:
            labels = [pdf.get_page_label(number) for number in range(len(pdf))]
        return [label for label in labels if label != "Cover"]
    with zipfile.ZipFile(file) as book:
        contents = book.read("EPUB/text/contents.xhtml").decode()
    listed = re.search(r'epub:type="page-list".*?</nav>', contents, re.DOTALL)
    return re.findall(r">([^<]+)</a>", listed[0]) if listed else []


def test_one_layout_serves_both(folder: Path, laid_out: list[str]) -> None:
    pdf, epub = made(folder)
    assert pages_of(epub) == pages_of(pdf) and len(pages_of(pdf)) > 5
    assert pages_of(pdf)[:5] == ["i", "ii", "iii", "iv", "1"]
    assert laid_out.count("book") == 1


def test_the_order_asked_for_makes_no_difference(folder: Path, laid_out: list[str]) -> None:
    epub, pdf = made(folder, "epub", "pdf")
    assert (epub.suffix, pdf.suffix) == (".epub", ".pdf")
    assert pages_of(epub) == pages_of(pdf)
    assert laid_out.count("book") == 1


def test_an_epub_alone_takes_the_pages_that_were_kept(folder: Path, laid_out: list[str]) -> None:
    _, epub = made(folder)
    before = epub.read_bytes()
    epub.unlink()
    laid_out.clear()
    assert made(folder, "epub") == [epub]
    assert laid_out == [] and epub.read_bytes() == before


def test_an_epub_alone_lays_out_pages_that_nobody_kept(folder: Path, laid_out: list[str]) -> None:
    (epub,) = made(folder, "epub")
    assert laid_out.count("book") == 1
    kept, before = pages_of(epub), epub.read_bytes()
    pdf, epub = made(folder)
    assert kept == pages_of(pdf) and epub.read_bytes() == before


@pytest.mark.parametrize("what", ["text", "style"])
def test_kept_pages_are_those_of_the_print_edition_as_it_is(what: str, folder: Path, laid_out: list[str]) -> None:
    (epub,) = made(folder, "epub")
    before = pages_of(epub)
    laid_out.clear()
    if what == "text":
        (folder / "manuscript/essay.md").write_text(ESSAY + "\nOne more. " * 200, encoding="utf-8")
    else:
        (folder / "publication.yaml").write_text(SETTINGS + "style: {trim: A6}\n", encoding="utf-8")
    made(folder, "epub")
    assert laid_out.count("book") == 1 and len(pages_of(epub)) > len(before)


def test_what_changes_the_epub_alone_leaves_the_kept_pages(folder: Path, laid_out: list[str]) -> None:
    (epub,) = made(folder, "epub")
    laid_out.clear()
    (folder / "publication.yaml").write_text(SETTINGS + "keywords: [ports]\n", encoding="utf-8")
    made(folder, "epub")
    assert "book" not in laid_out and pages_of(epub)


@pytest.mark.parametrize("setting", ["style: {pages: none}", "formats: [epub]"])
def test_an_epub_can_do_without(setting: str, folder: Path, laid_out: list[str]) -> None:
    (folder / "publication.yaml").write_text(f"{SETTINGS}{setting}\n", encoding="utf-8")
    (epub,) = made(folder, "epub")
    assert pages_of(epub) == [] and "book" not in laid_out
    assert b"pagination" not in zipfile.ZipFile(epub).read("EPUB/content.opf")
    # A proof wants to know all the same.
    known = rendition("epub", Request(folder), Log(), with_pages=True)
    assert known is not None and [entry.title for entry in known.pages][:5] == ["i", "ii", "iii", "iv", "1"]


def test_an_epub_that_is_made_alone_may_ask_for_pages(folder: Path) -> None:
    (folder / "publication.yaml").write_text(f"{SETTINGS}formats: [epub]\nstyle: {{pages: print}}\n", encoding="utf-8")
    assert pages_of(made(folder)[0])[:5] == ["i", "ii", "iii", "iv", "1"]


def test_a_bare_essay_has_pages_too(tmp_path: Path, laid_out: list[str]) -> None:
    (tmp_path / "essay.md").write_text(ESSAY, encoding="utf-8")
    pdf, epub = made(tmp_path / "essay.md")
    assert pages_of(epub) == pages_of(pdf) and pages_of(pdf)[:2] == ["1", "2"]
    assert laid_out.count("division") == 1
    epub.unlink()
    assert pages_of(made(tmp_path / "essay.md", "epub")[0]) == pages_of(pdf)


def test_pages_that_cannot_be_laid_out_are_an_error_with_a_way_out(folder: Path) -> None:
    (folder / "styles").mkdir()
    (folder / "styles/local.css").write_text("p { background: url(http://example.org/x.png) }", encoding="utf-8")
    log = Log()
    assert build(Request(folder, ("epub",), referee=False), log) is None
    assert log.failed
    hints = [d.hint for d in log]
    assert any("pages: none" in hint for hint in hints), [(d.message, d.hint) for d in log]


def test_a_map_that_was_meddled_with_is_no_map(folder: Path, laid_out: list[str]) -> None:
    pdf, epub = made(folder)
    cache = Cache(folder / "build/.cache")
    for entry in (folder / "build/.cache").glob("??/*"):
        for forged in (b"[]", b"{}", b'{"pages": [[1]], "texts": {}}', b'{"pages": [], "texts": []}', b"\xff"):
            cache.put(entry.parent.name + entry.name, forged)
    epub.unlink()
    laid_out.clear()
    made(folder, "epub")
    assert laid_out.count("book") == 1 and pages_of(epub) == pages_of(pdf)


# --- an index ------------------------------------------------------------------------------------------------------

INDEXED = ESSAY.replace("A long", "A [long]{.index}", 1) + "\nIn the [end]{.index} it was [long]{.index}.\n"


def index_of(epub: Path) -> list[tuple[str, str]]:
    """Give the locators of an EPUB's index: the page's label, and the file that it leads to."""
    with zipfile.ZipFile(epub) as book:
        index = book.read("EPUB/text/index.xhtml").decode()
    return [(label, href.partition("#")[0]) for href, label in re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', index)]


def test_an_index_is_laid_out_once_more_and_says_the_same_however_it_is_made(folder: Path, laid_out: list[str]) -> None:
    (folder / "manuscript/essay.md").write_text(INDEXED, encoding="utf-8")
    (epub,) = made(folder, "epub")
    assert laid_out.count("book") == 2, "the pages, and the pages with the index"
    alone = epub.read_bytes()
    last = pages_of(epub)[-2]
    assert index_of(epub) == [(last, "essay.xhtml"), ("1", "essay.xhtml"), (last, "essay.xhtml")]
    laid_out.clear()
    pdf, epub = made(folder)
    assert laid_out.count("book") == 2
    assert epub.read_bytes() == alone and pages_of(epub) == pages_of(pdf)
    laid_out.clear()
    epub.unlink()
    assert made(folder, "epub")[0].read_bytes() == alone and laid_out == []


def test_an_epub_without_pages_counts_the_places_of_its_index(folder: Path) -> None:
    (folder / "manuscript/essay.md").write_text(INDEXED, encoding="utf-8")
    (folder / "publication.yaml").write_text(f"{SETTINGS}formats: [epub]\n", encoding="utf-8")
    assert [label for label, _ in index_of(made(folder)[0])] == ["1", "1", "2"]


def test_an_index_that_moves_what_it_leads_to_keeps_the_numbers_of_the_pages(folder: Path) -> None:
    words = [f"word{n}" for n in range(300)]
    text = "---\ntitle: Z\nauthor: A\n---\n\n" + "\n\n".join(f"[{word}]{{.index}}" for word in words)
    (folder / "manuscript/z.md").write_text(text, encoding="utf-8")
    # One entry on many pages that follow each other: drawn together, they need fewer lines than before.
    long = "---\ntitle: A\nauthor: A\n---\n\n" + "\n\n".join(
        f"[everywhere]{{.index}} {ESSAY[-900:]}" for _ in range(90)
    )
    (folder / "manuscript/essay.md").write_text(long, encoding="utf-8")
    (folder / "publication.yaml").write_text(f"{SETTINGS}body: [index, essay.md, z.md]\n", encoding="utf-8")
    pdf, _ = made(folder)
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = [page.get_textpage().get_text_range() for page in opened]
        labels = [opened.get_page_label(number) for number in range(len(opened))]
    for word in ("word7", "word299"):
        there = [label for label, text in zip(labels, texts, strict=True) if re.search(rf"\b{word}\b(?!,)", text)]
        said = re.search(rf"\b{word}, (\d+)", "\n".join(texts))
        assert said and there[-1] == said[1]
