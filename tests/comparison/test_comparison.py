"""Two builds of a real publication compared: what an editor changed is told, and nothing else."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image, ImageDraw

from publish.agreement import Passage
from publish.build import Request, build
from publish.comparison import compare, page, summary
from publish.comparison.texts import changes, words
from publish.diagnostics import Log
from publish.formats.epub.passages import passages as epub_passages
from publish.formats.pdf.passages import passages as pdf_passages
from publish.images.overlay import overlay

SETTINGS = 'title: "North"\nauthor: An Author\ndate: 2016-03-02\nlang: en\n'
FILLER = "The harbour is quiet in the long winter, and nobody writes of extraordinary circumstances there. " * 9
OLD = [
    "---\ntitle: The Port\n---\n",
    "The opening said that the cranes stood still.[^1]",
    *(f"Paragraph {n}. {FILLER}" for n in range(14)),
    "A sentence about coal, which will go.",
    '![A berth.](berth.png){alt="A berth" credit="Photo: A"}',
    "[^1]: A first note.",
]
NEW = [
    OLD[0],
    "The opening said that the cranes hardly stood still.[^0][^1]",
    *OLD[2:16],
    "Nothing of the sort was here before, in no part of it.",
    *OLD[17:],
    "[^0]: A note before the first.",
]
NAMES = ("old", "new")


def built(folder: Path, blocks: list[str], colour: tuple[int, int, int]) -> dict[str, bytes]:
    (folder / "manuscript").mkdir(parents=True)
    (folder / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "manuscript/essay.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    picture = Image.new("RGB", (300, 200), (255, 255, 255))
    ImageDraw.Draw(picture).rectangle((20, 20, 100, 100), fill=colour)
    picture.save(folder / "manuscript/berth.png")
    log = Log()
    result = build(Request(folder, referee=False), log)
    assert result is not None, list(log)
    return {one.format: one.data for one in result.files}


@dataclass(frozen=True)
class Two:
    """Two editions, each by format."""

    old: dict[str, bytes]
    new: dict[str, bytes]


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    folder = tmp_path_factory.mktemp("editions")
    return Two(built(folder / "old", OLD, (0, 0, 0)), built(folder / "new", NEW, (250, 250, 0)))


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_paragraphs_are_those_of_the_author(two: Two, kind: str) -> None:
    told = (pdf_passages if kind == "pdf" else epub_passages)(two.old[kind])
    texts = [passage.text for passage in told]
    for n in range(14):  # one each, whole, whatever page they go over to, however their words are divided
        assert texts.count(f"Paragraph {n}. {FILLER}".strip()) == 1
    assert "A first note." in " ".join(texts)
    assert "The opening said that the cranes stood still." in texts


def test_pages_say_where_a_paragraph_begins(two: Two) -> None:
    where = {passage.text[:12]: passage.where for passage in pdf_passages(two.old["pdf"])}
    assert where["The opening "] == "1" and int(where["Paragraph 13"]) > 4
    assert where["Contents"] == "iii"


@pytest.mark.parametrize("kind", ["pdf", "epub"])
def test_what_was_changed_is_told_and_nothing_else(two: Two, kind: str) -> None:
    found = compare(kind, two.old[kind], two.new[kind], NAMES)
    told = {(one.kind, "".join(text for fate, text in one.words if fate != "same").strip()) for one in found.changes}
    wanted = {
        ("changed", "hardly"),
        ("gone", "A sentence about coal, which will go."),
        ("new", "Nothing of the sort was here before, in no part of it."),
    }
    assert wanted <= told
    notes = {text.rstrip("↑\u00a0 ") for kind, text in told - wanted}
    assert notes == {"A note before the first."}


def test_pages_that_look_otherwise(two: Two) -> None:
    found = compare("pdf", two.old["pdf"], two.new["pdf"], NAMES)
    names = [pair.new_name for pair in found.pages]
    assert "1" in names and "ii" not in names and "iii" not in names
    first = next(pair for pair in found.pages if pair.new_name == "1")
    with Image.open(BytesIO(first.overlay)) as shown:
        colours = shown.convert("RGB").getcolors(1 << 24) or []
    red = sum(count for count, (r, g, b) in colours if r > 180 and g < 90 and b < 90)  # type: ignore[misc]
    blue = sum(count for count, (r, g, b) in colours if b > 180 and g < 90 and r < 90)  # type: ignore[misc]
    assert red > 50 and blue > 50


def test_a_page_put_in_between_changes_no_other(two: Two) -> None:
    import pikepdf

    with pikepdf.open(BytesIO(two.old["pdf"])) as document:
        document.add_blank_page(page_size=(200, 200))
        document.pages.insert(5, document.pages[-1])
        del document.pages[-1]
        out = BytesIO()
        document.save(out)
    found = compare("pdf", two.old["pdf"], out.getvalue(), NAMES)
    assert [(pair.kind, pair.overlay) for pair in found.pages] == [("new", b"")]
    assert found.changes == ()


def test_pictures_of_an_epub(two: Two) -> None:
    found = compare("epub", two.old["epub"], two.new["epub"], NAMES)
    (pair,) = [one for one in found.pictures if "berth" in one.new_name]
    assert pair.kind == "changed" and pair.overlay
    with Image.open(BytesIO(pair.overlay)) as shown:
        red, green, blue = shown.convert("RGB").getpixel((60, 60))  # type: ignore[misc]
    assert red > 180 and green < 60 and blue < 60


def test_the_same_twice(two: Two) -> None:
    for kind in ("pdf", "epub"):
        found = compare(kind, two.old[kind], two.old[kind], NAMES)
        assert found.same
        assert list(summary(found)) == ["old -> new", "  nothing that a reader could see has changed"]


def test_what_a_terminal_is_told(two: Two) -> None:
    lines = list(summary(compare("pdf", two.old["pdf"], two.new["pdf"], NAMES)))
    assert lines[0] == "old -> new"
    assert lines[1].startswith("  text: 1 paragraph changed, 2 new, 1 gone (there were ")
    assert "    p. 1: The opening said that the cranes {+hardly+} stood still." in lines
    assert any(line.startswith("  pages: ") and " page" in line for line in lines)
    assert lines.count("    and 3 more (--all)") == 0
    assert "    and 3 more (--all)" in list(summary(compare("pdf", two.old["pdf"], two.new["pdf"], NAMES), most=1))


def test_the_page_needs_nothing_else(two: Two) -> None:
    found = [compare(kind, two.old[kind], two.new[kind], ("a <b> old", "new")) for kind in ("pdf", "epub")]
    tree: Any = html.fromstring(page(found, "North"))
    assert tree.xpath("//script") == [] and tree.xpath("//link") == []
    sources = tree.xpath("//img/@src")
    assert sources and all(source.startswith("data:image/") for source in sources)
    assert all(Image.open(BytesIO(b64decode(source.partition(",")[2]))).width for source in sources)
    assert "hardly" in [one.text_content().strip() for one in tree.xpath("//ins")]
    assert tree.xpath("//h2")[0].text_content() == "a <b> old → new"
    assert all(tree.xpath("//img/@alt"))


def test_files_that_are_none(two: Two) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        compare("pdf", b"no", two.old["pdf"], NAMES)
    with pytest.raises(ValueError, match="new is no EPUB"):
        compare("epub", two.old["epub"], b"no", NAMES)


def test_a_pdf_without_tags_is_read_by_lines(two: Two) -> None:
    import pikepdf

    with pikepdf.open(BytesIO(two.old["pdf"])) as document:
        del document.Root["/StructTreeRoot"]
        out = BytesIO()
        document.save(out)
    texts = [passage.text for passage in pdf_passages(out.getvalue())]
    assert any(text.startswith("The opening said that the cranes") for text in texts)
    assert len(texts) > 60


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a b c", "a b c", [("same", "a b c")]),
        ("a co-\u00adoperation", "a cooperation", [("same", "a cooperation")]),
        ("one two three", "one four three", [("same", "one "), ("gone", "two "), ("new", "four "), ("same", "three")]),
        ("one – two", "one — two", [("same", "one "), ("gone", "– "), ("new", "— "), ("same", "two")]),
        ("one ", "one two", [("same", "one "), ("new", "two")]),
    ],
)
def test_words(old: str, new: str, told: list[tuple[str, str]]) -> None:
    assert [(fate, text) for fate, text in words(old, new)] == told


def test_paragraphs_that_are_alike_are_one_changed() -> None:
    old = [Passage("a b c d e f"), Passage("x y z"), Passage("last")]
    new = [Passage("wholly other words"), Passage("a b c d e g"), Passage("last")]
    kinds = [(one.kind, one.old and one.old.text, one.new and one.new.text) for one in changes(old, new)]
    assert kinds == [
        ("new", None, "wholly other words"),
        ("changed", "a b c d e f", "a b c d e g"),
        ("gone", "x y z", None),
    ]


def test_an_overlay_of_what_is_no_picture() -> None:
    assert overlay(b"no", b"no") == b""
