"""The bytes never tell what was kept: whatever was edited in between, a build is what a clean build would be.

A few examples are tried at every run; ``PUBLISH_EXAMPLES=100 pytest tests/build/test_kept.py`` tries more.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from publish.build import Request, build
from publish.diagnostics import Log
from publish.formats import pdf
from publish.formats.pdf.bindery import Bindery
from publish.formats.pdf.wire import Laid, Sheet
from publish.formats.pdf.writer import Method, write

_EXAMPLES = int(os.environ.get("PUBLISH_EXAMPLES", "2"))
_WORDS = "the river ran past the port and nobody knew where it would end in that summer of the long treaty".split()  # noqa: SIM905
_serial = count()


@dataclass(frozen=True)
class Chapter:
    """A division's title and its blocks."""

    title: str
    blocks: tuple[str, ...]


Book: TypeAlias = tuple[Chapter, ...]

_text = st.lists(st.sampled_from(_WORDS), min_size=4, max_size=120).map(" ".join)
_paragraph = st.builds(
    lambda text, more: f"{text.capitalize()}{more}.",
    _text,
    st.sampled_from(["", " *much*", " [again](chapter-1.md)", " in $x^2 + {}$", "[^1]"]),
)
_block = st.one_of(
    _paragraph,
    _paragraph,
    st.sampled_from(
        [
            "## A part of it",
            "| Year | Tons |\n|---|---|\n| 1900 | 12 |",
            '![A port.](images/port.png){alt="Cranes" credit="Photo: Nobody"}',
            "```python\ndef tons(year):\n    return 12  # of grain\n```",
            "- one\n- two",
            "> A quotation that goes on for a while, and then ends.",
        ]
    ),
)
_chapter = st.builds(
    Chapter, st.sampled_from(["North", "East", "South", "West"]), st.lists(_block, min_size=1, max_size=12).map(tuple)
)
_book = st.lists(_chapter, min_size=2, max_size=4).map(tuple)


@st.composite
def _edited(draw: st.DrawFn, book: Book) -> Book:
    """Give the book with one thing changed: a block put in, taken out or moved, a title, a chapter, or nothing."""
    at = draw(st.integers(0, len(book) - 1))
    chapter, kind = book[at], draw(st.sampled_from(["put", "take", "title", "swap", "add", "nothing"]))
    if kind == "put":
        place = draw(st.integers(0, len(chapter.blocks)))
        blocks = (*chapter.blocks[:place], draw(_block), *chapter.blocks[place:])
        return (*book[:at], replace(chapter, blocks=blocks), *book[at + 1 :])
    if kind == "take" and len(chapter.blocks) > 1:
        return (*book[:at], replace(chapter, blocks=chapter.blocks[1:]), *book[at + 1 :])
    if kind == "title":
        return (*book[:at], replace(chapter, title=f"{chapter.title} and more"), *book[at + 1 :])
    if kind == "swap":
        return (*book[1:], book[0])
    return (*book, draw(_chapter)) if kind == "add" else book


@st.composite
def _history(draw: st.DrawFn) -> list[Book]:
    """Give a book as it was built again and again."""
    books = [draw(_book)]
    for _ in range(draw(st.integers(1, 3))):
        books.append(draw(_edited(books[-1])))
    return books


def _written(book: Book, folder: Path) -> Path:
    """Write a publication into a folder, over the one that is there."""
    shutil.rmtree(folder / "manuscript", ignore_errors=True)
    (folder / "manuscript/images").mkdir(parents=True)
    Image.new("RGB", (1600, 900), (90, 120, 150)).save(folder / "manuscript/images/port.png")
    names = []
    for number, chapter in enumerate(book, start=1):
        names.append(f"chapter-{number}.md")
        blocks = [block.replace("{}", str(number)) for block in chapter.blocks]
        notes = [f"[^1]: A note of chapter {number}."] if any("[^1]" in block for block in blocks) else []
        # A note is called for once only.
        for index in [i for i, block in enumerate(blocks) if "[^1]" in block][1:]:
            blocks[index] = blocks[index].replace("[^1]", "")
        text = "\n\n".join([f"---\ntitle: {chapter.title} {number}\n---", *blocks, *notes])
        (folder / "manuscript" / names[-1]).write_text(f"{text}\n", "utf-8")
    (folder / "publication.yaml").write_text(
        f"title: A Book\nauthor: An Author\ndate: 2016-03-02\nlang: en\nbody: [{', '.join(names)}]\n", "utf-8"
    )
    return folder


@contextmanager
def _by(workers: int) -> Iterator[list[int]]:
    """Let everything be laid out by divisions, however short, by so many processes; give how many divisions were."""
    by_divisions = partial(write, method=Method(workers=workers, least=0))
    lay_out, done = Bindery.lay_out, list[int]()

    def noted(bindery: Bindery, sheets: Sequence[Sheet]) -> list[Laid]:
        laid = lay_out(bindery, sheets)
        done.append(len(laid))
        return laid

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "write", by_divisions)
        patch.setattr(Bindery, "lay_out", noted)
        yield done


def _digests(folder: Path) -> list[str]:
    log = Log()
    result = build(Request(folder, referee=False), log)
    assert result is not None, [d.message for d in log]
    return [made.sha256 for made in result.files]


@given(history=_history(), workers=st.sampled_from([1, 2]))
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize="PUBLISH_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_build_that_keeps_its_work_is_a_clean_build(history: list[Book], workers: int, tmp_path: Path) -> None:
    kept = tmp_path / f"kept-{next(_serial)}"
    for book in history:
        with _by(workers):
            after = _digests(_written(book, kept))
    clean = tmp_path / f"clean-{next(_serial)}"
    with _by(3 - workers) as done:
        assert after == _digests(_written(history[-1], clean))
    assert max(done) > len(history[-1])
    shutil.rmtree(kept)
    shutil.rmtree(clean)
