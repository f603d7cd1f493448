"""Mending a manuscript: what is certain is written, everything else stays to the byte."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from publish.build import examine, mend
from publish.build.mending import edited
from publish.diagnostics import Diagnostic, Edit, Log
from publish.project.files import unix
from publish.source import Source

ESSAY = "---\ntitle: One: two\nauthor: A\ndate: 2016/3/2\nlang: en_GB\n---\n\nText.\n"


def _mend(path: Path) -> tuple[list[Diagnostic], Log]:
    log = Log()
    _, done = mend(path, log)
    return done, log


def _essay(folder: Path, data: bytes) -> Path:
    path = folder / "essay.md"
    path.write_bytes(data)
    return path


def test_what_is_certain_is_mended_and_told(tmp_path: Path) -> None:
    path = _essay(tmp_path, ESSAY.encode())
    done, log = _mend(path)
    assert [(d.place, d.rule.name) for d in done] == [
        ("essay.md:2:11", "title-quoted"),
        ("essay.md:4:7", "date-valid"),
        ("essay.md:5:7", "language-valid"),
    ]
    assert path.read_text() == '---\ntitle: "One: two"\nauthor: A\ndate: 2016-03-02\nlang: en-GB\n---\n\nText.\n'
    assert list(log) == []


def test_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    path = _essay(tmp_path, ESSAY.encode())
    _mend(path)
    before = path.stat()
    assert _mend(path)[0] == []
    assert path.stat() == before or path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_marks_and_line_ends_stay(mark: bytes, line_end: bytes, tmp_path: Path) -> None:
    path = _essay(tmp_path, mark + ESSAY.encode().replace(b"\n", line_end))
    assert len(_mend(path)[0]) == 3
    data = path.read_bytes()
    assert data.startswith(mark + b"---" + line_end + b'title: "One: two"' + line_end)
    assert data.endswith(line_end * 2 + b"Text." + line_end)


def test_another_encoding_is_left_alone(tmp_path: Path) -> None:
    data = ESSAY.replace("Text", "Café").encode("cp1252")
    path = _essay(tmp_path, data)
    done, log = _mend(path)
    assert done == [] and path.read_bytes() == data
    assert "file-utf8" in {d.rule.name for d in log}


def test_a_file_elsewhere_is_left_alone(tmp_path: Path) -> None:
    _essay(tmp_path, ESSAY.encode())
    book = tmp_path / "book"
    (book / "manuscript").mkdir(parents=True)
    (book / "publication.yaml").write_text("title: T\nauthor: A\ndate: 2016\nlang: en\n")
    (book / "manuscript/essay.md").symlink_to(tmp_path / "essay.md")
    assert _mend(book)[0] == []
    assert (tmp_path / "essay.md").read_text() == ESSAY


def test_a_link_inside_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    real = tmp_path / "manuscript/texts"
    real.mkdir(parents=True)
    path = _essay(real, ESSAY.encode())
    path.chmod(0o640)
    (tmp_path / "publication.yaml").write_text("title: T\nauthor: A\ndate: 2016\nlang: en\nbody: [link.md]\n")
    link = tmp_path / "manuscript/link.md"
    link.symlink_to(path)
    assert len(_mend(tmp_path)[0]) == 3
    assert link.is_symlink() and path.read_text().startswith('---\ntitle: "One: two"')
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in real.iterdir()] == ["essay.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    path = _essay(tmp_path, ESSAY.encode())
    tmp_path.chmod(0o555)
    try:
        done, log = _mend(path)
    finally:
        tmp_path.chmod(0o755)
    assert done == [] and path.read_text() == ESSAY
    assert "output-written" in {d.rule.name for d in log}


@pytest.mark.parametrize(
    ("settings", "mended"),
    [
        ("title: A: b\n  and c", None),  # the value goes on in the next line
        ("title: A: b # which one?", None),  # a comment, or a part of the title
        ("title: 'A': b", None),
        ("keywords: [a: b, c]", None),
        ("title: He said: “no”", 'title: "He said: “no”"'),
        ('title: He said: "no"', "title: 'He said: \"no\"'"),
        ("keywords:\n  - Cities: a view\n  - x", 'keywords:\n  - "Cities: a view"\n  - x'),
        ("contributors:\n  - name: A: b\n    role: editor", 'contributors:\n  - name: "A: b"\n    role: editor'),
        ("series:\n\ttitle: S\n\tnumber: 4", "series:\n  title: S\n  number: 4"),
        ("series:\n  title: S\n\tnumber: 4", None),  # how far does the tab reach?
        ("publisher:Nord", "publisher: Nord"),
        ("publishr:Nord", None),
        ("lang: deu", "lang: de"),
        ("lang: French", "lang: fr"),
        ("lang: Frensh", None),
        ("date: 2 March 2016", "date: 2016-03-02"),
        ("date: 2.3.2016", None),
    ],
)
def test_metadata(settings: str, mended: str | None, tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript/essay.md").write_text("# Essay\n\nText.\n")
    given = {line.split(":")[0] for line in settings.splitlines()}
    rest = "".join(f"{key}: {value}\n" for key, value in {"title": "T", "date": 2016}.items() if key not in given)
    file = tmp_path / "publication.yaml"
    file.write_text(f"{settings}\n{rest}")
    done, _ = _mend(tmp_path)
    assert file.read_text() == f"{mended or settings}\n{rest}"
    assert len(done) == (mended is not None)


@given(st.text("ab\r\n\u00e9\U0001f600", max_size=30), st.data())
def test_an_edit_changes_its_place_alone(written: str, data: st.DataObject) -> None:
    text = unix(written)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source = Source("a.md", text)
    new = edited(written.encode(), text, [Edit(source.span(start, end), "X")])
    assert new is not None
    assert unix(new.decode()) == unix(text[:start] + "X" + text[end:])
    assert edited(written.encode(), text, []) == written.encode()


def test_a_file_that_changed_meanwhile_is_left_alone() -> None:
    source = Source("a.md", "one two")
    assert edited(b"one three", source.text, [Edit(source.span(0, 3), "1")]) is None


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("![P](img/port.jpg){alt=x}", "![P](img/Port.jpg){alt=x}"),
        ("![port.jpg](img/port.jpg){alt=x}", None),  # which of the two?
        ("![P](IMG/Port.jpg){alt=x}", None),
        ("![P](img/two.png){alt=x}", None),  # there are Two.png and TWO.png
    ],
)
def test_capitals_of_a_picture(line: str, mended: str | None, tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    for name in ("Port.jpg", "Two.png", "TWO.png"):
        Image.new("1", (2000, 10)).save(tmp_path / "img" / name)
    path = _essay(tmp_path, f"# T\n\n{line}\n".encode())
    _mend(path)
    assert path.read_text() == f"# T\n\n{mended or line}\n"


CASES = sorted((Path(__file__).parent.parent / "cases/rules").rglob("*.txt"))
HEADER = re.compile(r"^==> (?P<name>\S+)$\n", re.MULTILINE)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_mending_a_case_once_is_enough_and_breaks_nothing(case: Path, tmp_path: Path) -> None:
    """What can be read of a case is mended: then nothing more can be, and no rule is broken that was not before."""
    parts = HEADER.split(case.read_text(encoding="utf-8").rpartition("==> found")[0])[1:]
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.partition("\n==> ")[0], encoding="utf-8")
    path = tmp_path if "publication.yaml" in files else tmp_path / next(iter(files), "none.md")
    before = Log()
    examine(path, before)
    done, after = _mend(path)
    assert len(done) >= before.fixable and after.fixable == 0
    assert len(after) <= len(before)
    assert _mend(path)[0] == []
