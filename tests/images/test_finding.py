"""From a name to a file: exactly that name, inside the publication, and a regular file."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from publish.diagnostics import Log
from publish.document import Block, Division, Figure, InlineImage, Metadata, Note, Paragraph, Publication
from publish.document import Image as Picture
from publish.images import load_all
from publish.project.model import Project
from publish.source import Source

Showing = Callable[..., Publication]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A publication's folder with an empty manuscript folder in it."""
    root = tmp_path / "publication"
    manuscript = root / "manuscript"
    manuscript.mkdir(parents=True)
    return Project(root, manuscript, None, root / "build", "book", Metadata("Book"), ())


@pytest.fixture
def showing() -> Callable[..., Publication]:
    """Give a function that makes a publication which shows the pictures named, each in a figure of its own."""

    def make(*paths: str, cover: str = "") -> Publication:
        figures: tuple[Block, ...] = tuple(Figure((Picture(path, "A picture"),)) for path in paths)
        division = Division("essay", "essay", "body", ("Essay",), figures)
        return Publication(Metadata("Book"), (division,), cover)

    return make


def put(folder: Path, name: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (3, 2)).save(file, "PNG")
    return file


def messages(log: Log) -> list[tuple[str, str]]:
    return [(d.rule.name, d.message) for d in log]


def look(project: Project, publication: Publication) -> tuple[set[str], list[tuple[str, str, str]]]:
    log = Log()
    pictures = load_all(publication, project, log)
    return set(pictures), [(d.rule.name, d.message, d.hint) for d in log]


def test_a_picture_is_found_by_its_name(project: Project, showing: Showing) -> None:
    names = ["port.png", "images/port.png", "images/my port.png", "картины/порт.png"]
    for name in names:
        put(project.manuscript, name)
    put(project.root, "common/port.png")
    names.append("../common/port.png")
    assert look(project, showing(*names)) == (set(names), [])


def test_percent_escapes_are_understood_but_a_real_percent_sign_wins(project: Project, showing: Showing) -> None:
    put(project.manuscript, "my port.png")
    put(project.manuscript, "100%25.png")
    assert look(project, showing("my%20port.png", "100%25.png"))[1] == []


def test_letters_composed_in_two_ways_are_one_name(project: Project, showing: Showing) -> None:
    put(project.manuscript, unicodedata.normalize("NFD", "café.png"))
    assert look(project, showing(unicodedata.normalize("NFC", "café.png")))[1] == []


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("Port.PNG", "“port.png”: capitals"),
        ("port.jpg", "“port.png”"),
        ("prot.png", "“port.png”"),
        ("chart.png", "“images/chart.png”"),
        (r"images\chart.png", "images/chart.png"),
        ("nowhere/nothing.png", "put the file there"),
    ],
)
def test_a_missing_picture_is_told_with_what_may_be_meant(
    project: Project, showing: Showing, asked: str, hint: str
) -> None:
    put(project.manuscript, "port.png")
    put(project.manuscript, "images/chart.png")
    found, [(rule, message, said)] = look(project, showing(asked))
    assert (found, rule) == (set(), "image-exists")
    assert asked in message
    assert hint in said


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("../../outside.png", "file-inside"),
        ("images/../../../outside.png", "file-inside"),
        ("%2e%2e/%2e%2e/outside.png", "file-inside"),
        ("..%2f..%2foutside.png", "file-inside"),
        ("/etc/passwd", "file-inside"),
        ("~/outside.png", "file-inside"),
        (r"C:\outside.png", "file-inside"),
        ("https://example.org/outside.png", "resource-local"),
        ("FILE:///etc/passwd", "resource-local"),
        ("//example.org/outside.png", "resource-local"),
        ("data:image/png;base64,AAAA", "resource-local"),
        ("outside.png\0.png", "image-exists"),
        (" ", "image-exists"),
        ("x" * 5_000 + ".png", "image-exists"),
    ],
)
def test_nothing_outside_is_read(project: Project, showing: Showing, path: str, rule: str) -> None:
    put(project.root.parent, "outside.png")
    put(project.manuscript, "images/inside.png")
    found, told = look(project, showing(path))
    assert found == set()
    assert [t[0] for t in told] == [rule]
    assert len(told[0][1]) < 200


def test_a_symbolic_link_may_stay_inside_but_not_lead_out(project: Project, showing: Showing) -> None:
    outside = put(project.root.parent, "outside.png")
    (project.manuscript / "inside.png").symlink_to(put(project.root, "common/port.png"))
    (project.manuscript / "out.png").symlink_to(outside)
    (project.manuscript / "folder").symlink_to(outside.parent)
    (project.manuscript / "ring.png").symlink_to("ring.png")
    (project.manuscript / "broken.png").symlink_to("gone.png")
    names = ["inside.png", "out.png", "folder/outside.png", "ring.png", "broken.png"]
    found, told = look(project, showing(*names))
    assert found == {"inside.png"}
    rules = {name: rule for rule, message, _ in told for name in names if f"“{name}”" in message}
    assert rules.pop("ring.png") in {"image-exists", "file-inside"}
    assert rules == {"out.png": "file-inside", "folder/outside.png": "file-inside", "broken.png": "image-exists"}


def test_a_folder_a_pipe_and_an_empty_file_are_no_pictures(project: Project, showing: Showing) -> None:
    (project.manuscript / "folder.png").mkdir()
    os.mkfifo(project.manuscript / "pipe.png")
    (project.manuscript / "empty.png").touch()
    _, told = look(project, showing("folder.png", "pipe.png", "empty.png"))
    assert {rule for rule, _, _ in told} == {"image-readable"}
    assert all(what in " ".join(m for _, m, _ in told) for what in ("a folder", "a pipe", "empty"))


def test_a_device_is_not_read_though_it_never_ends(project: Project, showing: Showing) -> None:
    (project.manuscript / "endless.png").symlink_to("/dev/zero")
    assert [t[0] for t in look(project, showing("endless.png"))[1]] == ["file-inside"]


def test_a_closed_file_is_told(project: Project, showing: Showing) -> None:
    file = put(project.manuscript, "closed.png")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read everything")
    assert [t[0] for t in look(project, showing("closed.png"))[1]] == ["file-readable"]


def test_a_file_too_large_is_refused_unread(project: Project, showing: Showing) -> None:
    with (project.manuscript / "huge.png").open("wb") as file:
        file.truncate(201_000_000)
    [(rule, message, _)] = look(project, showing("huge.png"))[1]
    assert rule == "image-size"
    assert "201.0 MB" in message


def test_the_cover_starts_from_the_publications_folder(project: Project, showing: Showing) -> None:
    put(project.root, "images/cover.png")
    there = Project(**{**vars(project), "cover": "images/cover.png"})
    assert look(there, showing(cover="images/cover.png")) == ({"images/cover.png"}, [])
    put(project.manuscript, "images/cover.png")
    [(rule, message, _)] = look(there, showing("images/cover.png", cover="images/cover.png"))[1]
    assert (rule, "another file" in message) == ("image-exists", True)
    gone = Project(**{**vars(project), "cover": "images/gone.png"})
    log = Log()
    load_all(showing(cover="images/gone.png"), gone, log)
    assert [(d.rule.name, d.file) for d in log] == [("image-exists", "publication.yaml")]


def test_a_wrong_name_is_told_wherever_it_stands_a_bad_file_once(project: Project) -> None:
    (project.manuscript / "bad.png").write_text("no picture")
    source = Source("manuscript/essay.md", "0123456789")
    spans = iter(source.span(n, n + 1) for n in range(10))
    figures = tuple(Figure((Picture(p, span=next(spans)),)) for p in ("gone.png", "gone.png", "bad.png", "bad.png"))
    inline = Paragraph((InlineImage("gone.png", span=next(spans)),))
    note = Note("n", (Paragraph((InlineImage("lost.png", span=next(spans)),)),))
    division = Division("essay", "essay", "body", ("Essay",), (*figures, inline), (note,))
    log = Log()
    load_all(Publication(Metadata("Book"), (division,)), project, log)
    assert [(d.rule.name, d.place.rpartition(":")[2]) for d in log] == [
        ("image-exists", "1"),
        ("image-exists", "2"),
        ("image-readable", "3"),
        ("image-exists", "5"),
        ("image-exists", "6"),
    ]
