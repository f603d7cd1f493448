"""A finished EPUB is judged beside the publication that it was made of."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from publish.build import Request, build, judge_file, rendition_of
from publish.diagnostics import Log

SETTINGS = """title: The border
author: An Author
date: 2016-03-02
lang: en
cover: cover.png
style: {pages: none}
"""
ESSAY = """# An essay

First words.

See ![a port](port.png).
"""


def made(folder: Path) -> Path:
    (folder / "manuscript").mkdir()
    (folder / "publication.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "manuscript" / "essay.md").write_text(ESSAY, encoding="utf-8")
    Image.new("L", (9, 9)).save(folder / "manuscript" / "port.png")
    Image.new("L", (9, 9)).save(folder / "cover.png")
    log = Log()
    result = build(Request(folder, ("epub",), referee=False), log)
    assert result is not None, [d.message for d in log]
    return result.files[0].path


def spoil(file: Path, old: str, new: str) -> None:
    from zipfile import ZipFile

    with ZipFile(file) as book:
        files = {entry: book.read(entry) for entry in book.infolist()}
    with ZipFile(file, "w") as book:
        for entry, data in files.items():
            book.writestr(entry, data.replace(old.encode(), new.encode()))


def test_a_fault_in_what_is_no_page_is_told_with_the_lines_that_can_be_told(tmp_path: Path) -> None:
    file = made(tmp_path)
    assert rendition_of(file, Log()) is not None
    spoil(file, "port.png", "fort.png")  # in the page and in the manifest alike: the file itself is not renamed
    log = Log()
    judge_file(file, log, referee=False)
    assert len(log)
    assert all(d.span is None for d in log), "the pages are not those that the publication would be made into"


def test_a_publication_that_has_changed_since_tells_no_lines(tmp_path: Path) -> None:
    file = made(tmp_path)
    (tmp_path / "manuscript" / "essay.md").write_text(ESSAY.replace("First", "Other"), encoding="utf-8")
    assert rendition_of(file, Log()) is None


def test_a_file_alone_is_judged_alone(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    file = made(tmp_path / "here")
    alone = tmp_path / "alone.epub"
    file.rename(alone)
    log = Log()
    judge_file(alone, log, referee=False)
    assert not len(log)


def test_a_fault_on_an_unchanged_page_is_told_at_its_line(tmp_path: Path) -> None:
    file = made(tmp_path)
    from zipfile import ZipFile

    with ZipFile(file) as book:
        files = {entry: book.read(entry) for entry in book.infolist()}
    with ZipFile(file, "w") as book:  # the picture is lost, its page is as it was
        for entry, data in files.items():
            if not entry.filename.endswith("port.png"):
                book.writestr(entry, data)
    log = Log()
    judge_file(file, log, referee=False)
    places = {d.place for d in log if "port.png" in d.message}
    assert "manuscript/essay.md:5:5" in places, [(d.place, d.message) for d in log]
