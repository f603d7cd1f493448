"""What an EPUB offers to those who read otherwise, what is claimed of it, and Ace's verdict."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from epub_books import METADATA, OPF, change, edited, font, package, rendition, unpacked, without_fonts, written
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image

from publish.diagnostics import Log
from publish.document import Conformance
from publish.formats.epub import ace, archive, verify, write
from publish.formats.epub.cutting import Embedding, opened
from publish.formats.epub.rules import judge
from publish.rendition import Rendition, Resource

CLAIM = Conformance("EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "An Office", "https://office.example/", "by hand")


def small() -> Rendition:
    return without_fonts(rendition())


def said(data: bytes) -> list[str]:
    return [finding.message for finding in judge(archive.read(data), None)]


# --- the claim -------------------------------------------------------------------------------------------------------


def claimed() -> bytes:
    return written(replace(small(), metadata=replace(METADATA, conformance=CLAIM)))


def test_nothing_is_claimed_that_the_publisher_does_not_claim() -> None:
    assert b"conformsTo" not in unpacked(written(small()))["EPUB/content.opf"]


def test_a_claim_names_the_standard_and_who_answers_for_it() -> None:
    metas = {e.get("property"): e.text for e in package(claimed()).iter(f"{OPF}meta") if e.get("property")}
    assert metas["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert metas["a11y:certifiedBy"] == "An Office"
    assert metas["a11y:certifierReport"] == "by hand"
    links = {e.get("rel"): e.get("href") for e in package(claimed()).iter(f"{OPF}link")}
    assert links["a11y:certifierCredential"] == "https://office.example/"


def test_a_claim_does_not_hold_without_a_role_though_nobody_wants_to_hear_of_it() -> None:
    log = Log(frozenset({"epub-accessible"}))
    verify(edited(claimed(), "text/essay.xhtml", ' role="doc-chapter"', ""), None, log, referee=False)
    assert [(d.rule.name, d.message.split(", but ")[1]) for d in log] == [
        ("claim-holds", "the epub:type chapter needs the role doc-chapter")
    ]


# --- roles, sizes, colours -------------------------------------------------------------------------------------------


def test_what_the_type_says_the_role_says_too() -> None:
    data = edited(written(small()), "text/essay.xhtml", ' role="doc-chapter"', "")
    assert said(data) == ["the epub:type chapter needs the role doc-chapter"]


def test_a_page_larger_than_readers_like_is_told() -> None:
    book = change(small(), "essay", lambda text: text.replace("A ledger is", "A ledger is " + "very " * 60_000))
    assert any("more than 260 kB" in message for message in said(written(book)))


def test_a_picture_in_ink_is_told() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (20, 20)).save(out, "JPEG")
    book = small()
    ink = Resource("images/ink.jpg", "image/jpeg", out.getvalue(), 20, 20)
    data = written(replace(book, resources=(*book.resources, ink)))
    assert said(data) == ["the picture is in CMYK, which readers show wrong or not at all"]


# --- fonts -----------------------------------------------------------------------------------------------------------


def licensed(bits: int) -> bytes:
    own = TTFont(io.BytesIO(font("SourceCodePro-Regular.ttf").data))
    own["OS/2"].fsType = bits
    out = io.BytesIO()
    own.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("bits", "allowed"),
    [(0, Embedding.CUT), (2, Embedding.NONE), (4, Embedding.CUT), (8, Embedding.CUT), (6, Embedding.CUT),
     (0x100, Embedding.WHOLE), (0x102, Embedding.NONE), (0x200, Embedding.NONE)],
)  # fmt: skip
def test_a_font_says_what_may_be_done_with_it(bits: int, allowed: Embedding) -> None:
    assert opened(licensed(bits)).embedding is allowed


def test_a_font_that_may_not_be_cut_stays_whole() -> None:
    whole = licensed(0x100)
    assert opened(whole).cut(frozenset("a")) == whole
    assert len(opened(licensed(0)).cut(frozenset("a"))) < len(whole) // 2


def test_a_font_that_may_not_be_embedded_is_left_out_and_told() -> None:
    book, name = rendition(), "fonts/SourceCodePro-Regular.ttf"
    own = tuple(replace(r, data=licensed(2)) if r.name == name else r for r in book.resources)
    log = Log()
    made = write(replace(book, resources=own), log)
    assert made is not None
    assert [d.rule.name for d in log] == ["font-licensed"]
    assert f"EPUB/{name}" not in unpacked(made.data)
    assert b"SourceCodePro" not in unpacked(made.data)["EPUB/styles/epub.css"]


# --- Ace -------------------------------------------------------------------------------------------------------------

REPORT = {
    "assertions": [
        {
            "earl:testSubject": {"url": "text/essay.xhtml"},
            "assertions": [
                {
                    "earl:result": {"earl:outcome": "fail", "earl:pointer": {"cfi": ["/4/2/4"]}},
                    "earl:test": {
                        "dct:title": "image-alt",
                        "dct:description": "x",
                        "help": {"dct:description": "Say."},
                    },
                },
                {"earl:result": {"earl:outcome": "pass"}, "earl:test": {"dct:title": "x", "dct:description": "x"}},
            ],
        }
    ]
}


def test_what_ace_says_has_its_line() -> None:
    book = archive.read(written(small()))
    (finding,) = ace.violations(REPORT, book)
    assert (finding.message, finding.rule) == ("Ace (image-alt): Say", "epub-accessible")
    assert finding.file == "EPUB/text/essay.xhtml"
    assert b'class="byline"' in book.files[finding.file].splitlines()[finding.line - 1]


def fake(folder: Path, script: str) -> tuple[str, ...]:
    command = folder / "ace"
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(0o755)
    return (str(command),)


def test_an_ace_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ace, "find_ace", lambda: fake(tmp_path, "echo no browser >&2; exit 1"))
    data, log = written(small()), Log()
    ace.ask(data, archive.read(data), log)
    assert [(d.rule.name, d.message) for d in log] == [("epub-accessible", "Ace stopped without a verdict: no browser")]


def test_what_ace_finds_breaks_a_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ace, "find_ace", lambda: fake(tmp_path, "exit 1"))
    log = Log(frozenset({"epub-accessible"}))
    verify(claimed(), None, log, referee=True)
    assert "claim-holds" in {d.rule.name for d in log}


needs_ace = pytest.mark.skipif(not ace.find_ace(), reason="Ace is not installed (make test-readers installs it)")


@needs_ace
def test_ace_finds_nothing_in_a_whole_book() -> None:
    data, log = written(rendition()), Log()
    ace.ask(data, archive.read(data), log)
    assert [(d.message, d.place) for d in log] == []


@needs_ace
def test_ace_finds_what_is_spoilt() -> None:
    data = edited(written(small()), "text/essay.xhtml", ' alt="A map of the offices."', "")
    log = Log()
    ace.ask(data, archive.read(data), log)
    assert any("image-alt" in d.message and d.file.startswith("EPUB/text/essay.xhtml:") for d in log)
