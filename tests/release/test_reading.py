"""The text to read online is the EPUB's, and a sample is the opening of it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import html

from publish.formats.epub.archive import read
from publish.formats.epub.rules import judge

NAME = "rivers-borders"


def document(data: bytes) -> Any:
    """Give a page as lxml reads HTML."""
    return html.document_fromstring(data)


def test_the_text_online_is_the_epubs(publications: Path) -> None:
    folder = publications / "dist" / NAME
    page = document((folder / "read.html").read_bytes())
    (main,) = page.xpath("//main")
    with zipfile.ZipFile(folder / f"{NAME}.epub") as book:
        for part in ("introduction", "the-bank", "the-bridge", "notes"):
            said = document(book.read(f"EPUB/text/{part}.xhtml")).find("body").text_content().split()
            (section,) = main.xpath(f"./section[@id='{part}' or @id='publish-part-{part}']")
            for mark in section.xpath(".//a[@class='passage']"):
                mark.drop_tree()
            assert section.text_content().split() == said
    assert not page.xpath("//@*[contains(name(), ':')]"), "nothing of XML is left"
    assert len(page.xpath("//h1")) == 1 and not page.xpath("//script")


def test_passages_and_pages_can_be_linked_to(publications: Path) -> None:
    page = document((publications / "dist" / NAME / "read.html").read_bytes())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    passages = page.xpath("//section[@id='the-bridge']/p")
    assert [p.get("id") for p in passages] == [f"the-bridge-p{n}" for n in (1, 2)]
    assert all(p.xpath("string(./a[@class='passage']/@href)") == f"#{p.get('id')}" for p in passages)
    listed = page.xpath("//details//a")
    breaks = page.xpath("//*[@role='doc-pagebreak']")
    assert len(breaks) > 3
    assert [a.text for a in listed] == [one.get("data-page") for one in breaks]
    assert {a.get("href")[1:] for a in listed} == {one.get("id") for one in breaks}


def test_a_sample_is_the_opening_and_sound(publications: Path) -> None:
    data = (publications / "dist" / NAME / f"{NAME}-sample.epub").read_bytes()
    assert [finding for finding in judge(read(data), None)] == []  # noqa: C416
    with zipfile.ZipFile(publications / "dist" / NAME / f"{NAME}-sample.epub") as book:
        texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xhtml", ".opf"))}
    assert "EPUB/text/the-bridge.xhtml" not in texts and "EPUB/text/introduction.xhtml" in texts
    assert "A first note." in texts["EPUB/text/notes.xhtml"] and "A second." not in texts["EPUB/text/notes.xhtml"]
    assert '<a href="the-bridge' not in texts["EPUB/text/introduction.xhtml"]
    assert "see the second" in re.sub(r"<[^>]+>", "", texts["EPUB/text/introduction.xhtml"])
    whole = (publications / "dist" / NAME / "release.json").read_text(encoding="utf-8")
    (identifier,) = re.findall(
        r"urn:uuid:[0-9a-f-]{36}", next(text for name, text in texts.items() if name.endswith(".opf"))
    )[:1]
    assert identifier not in whole, "it is a publication of its own"
    assert "https://books.example.org/rivers-borders/" in "".join(texts.values())


def test_a_short_essay_has_no_sample(publications: Path) -> None:
    assert not list((publications / "dist" / "a-short-essay").glob("*-sample.epub"))
