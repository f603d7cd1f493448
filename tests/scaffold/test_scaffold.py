"""``publish new``: what it makes is sound, and nothing of the editor's is ever touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publish.diagnostics import Log
from publish.project import Project, load, schema
from publish.scaffold import QUESTIONS, TEMPLATES, Answers, ScaffoldError, Template, create, fonts_wanted

ANSWERS = Answers("North and East", "An Author", "en-GB", "2026-11-24")


def sound(folder: Path) -> Project:
    log = Log()
    project = load(folder, log)
    assert [(d.place, d.message) for d in log] == []
    assert project is not None
    return project


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_made_is_sound(tmp_path: Path, template: Template) -> None:
    folder = tmp_path / "north-and-east"
    made = create(folder, template, ANSWERS)
    assert sorted(p.relative_to(folder).as_posix() for p in made) == sorted(tree(folder))
    assert not (folder / "build").exists()
    metadata = sound(folder).metadata
    assert (metadata.title, metadata.language, metadata.date) == ("North and East", "en-GB", "2026-11-24")
    assert metadata.rights == "© 2026 An Author"


def test_an_essay_has_its_author(tmp_path: Path) -> None:
    create(tmp_path, "essay", ANSWERS)
    project = sound(tmp_path)
    assert [(c.name, c.role) for c in project.metadata.contributors] == [("An Author", "aut")]
    assert [(d.front.role, d.front.contributors[0].name) for d in project.divisions] == [("essay", "An Author")]
    assert project.style.headings == "run-in"


def test_a_collection_has_its_editor_and_an_introduction(tmp_path: Path) -> None:
    create(tmp_path, "collection", ANSWERS)
    project = sound(tmp_path)
    assert [(c.name, c.role) for c in project.metadata.contributors] == [("An Author", "edt")]
    assert [(d.front.role, d.matter) for d in project.divisions] == [
        ("introduction", "front"),
        ("essay", "body"),
        ("essay", "body"),
        ("acknowledgements", "back"),
    ]
    introduction = project.divisions[0]
    assert introduction.front.contributors[0].role == "edt"
    assert "::: signature\nAn Author\n:::" in introduction.source.text


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_blank_is_left_and_every_picture_is_there(tmp_path: Path, template: Template) -> None:
    create(tmp_path, template, ANSWERS)
    project = sound(tmp_path)
    for division in project.divisions:
        assert "@" not in division.source.text
        pictures = [
            line.partition("](")[2].partition(")")[0] for line in division.source.text.split("\n") if "![" in line
        ]
        assert all((division.path.parent / picture).is_file() for picture in pictures)
    assert "@" not in (tmp_path / "publication.yaml").read_text(encoding="utf-8")


def test_editors_of_yaml_find_the_schema(tmp_path: Path) -> None:
    create(tmp_path, "essay", ANSWERS)
    first = (tmp_path / "publication.yaml").read_text(encoding="utf-8").split("\n")[0]
    assert first == "# yaml-language-server: $schema=.publish/publication.schema.json"
    kept = (tmp_path / ".publish" / "publication.schema.json").read_text(encoding="utf-8")
    assert kept == schema.make("publication")


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    "text",
    [
        "A: b",
        'The "North"',
        "It's #4",
        "*A* \\ {b} [c] !d &e @f",
        "북과 동",
        "  two\n lines ",
        "null",
        "12:30",
        "<i>@title@",
    ],
)
def test_any_words_are_kept(tmp_path: Path, template: Template, text: str) -> None:
    create(tmp_path, template, Answers(text, text, "ko", "2026"))
    project = sound(tmp_path)
    words = " ".join(text.split())
    assert project.metadata.title == words
    assert project.metadata.contributors[0].name == words
    assert project.divisions[0].front.contributors[0].name == words
    # The sample is English in a publication of any language.
    assert {d.front.language for d in project.divisions} == {"en"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_overwritten(tmp_path: Path, template: Template) -> None:
    made = create(tmp_path / "first", template, ANSWERS)
    for name in (p.relative_to(tmp_path / "first") for p in made):
        folder = tmp_path / "second" / name.as_posix().replace("/", "-")
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("mine")
        with pytest.raises(ScaffoldError, match="there already"):
            create(folder, template, ANSWERS)
        assert tree(folder) == {name.as_posix(): b"mine"}


def test_a_folder_with_other_files_is_taken(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    create(tmp_path, "essay", ANSWERS)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(ScaffoldError, match="there already"):
        create(tmp_path, "essay", ANSWERS)


def test_a_link_counts_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "publication.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ScaffoldError, match="there already"):
        create(tmp_path, "essay", ANSWERS)
    assert not (tmp_path / "nowhere").exists()


def test_settings_of_the_other_suffix_count(tmp_path: Path) -> None:
    (tmp_path / "publication.yml").write_text("title: x\n")
    with pytest.raises(ScaffoldError, match="there already"):
        create(tmp_path, "essay", ANSWERS)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("mine")
    with pytest.raises(ScaffoldError, match="is a file"):
        create(tmp_path / "book", "essay", ANSWERS)
    with pytest.raises(ScaffoldError, match="cannot be written"):
        create(tmp_path / "book" / "below", "essay", ANSWERS)


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "styles").write_text("a file where a folder is wanted")
    with pytest.raises(ScaffoldError, match="cannot be written"):
        create(tmp_path, "essay", ANSWERS)
    assert list(tree(tmp_path)) == ["styles"]
    assert [p.name for p in tmp_path.iterdir()] == ["styles"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (Answers("", "A", "en", "2026"), "needs its title"),
        (Answers("T", " ", "en", "2026"), "needs its author"),
        (Answers("T", "A", "English", "2026"), "not a language tag"),
        (Answers("T", "A", "en", "today"), "not a date"),
        (Answers("T\x00", "A", "en", "2026"), "cannot be printed"),
        (Answers("T", os.fsdecode(b"\xff"), "en", "2026"), "cannot be printed"),
    ],
)
def test_answers_that_cannot_be_used(tmp_path: Path, answers: Answers, message: str) -> None:
    with pytest.raises(ScaffoldError, match=message):
        create(tmp_path, "essay", answers)
    assert not list(tmp_path.iterdir())


def test_questions_are_few_and_their_usual_answers_work(tmp_path: Path) -> None:
    assert len(QUESTIONS) <= 4
    folder = tmp_path / "on-wells-and-fields"
    answers = {question.name: question.guess(folder) for question in QUESTIONS}
    assert answers.pop("template") in TEMPLATES
    assert answers["title"] == "On wells and fields"
    for template in TEMPLATES:
        create(folder / template, template, Answers(**answers, date="2026"))
        sound(folder / template)


def test_a_language_whose_letters_the_theme_lacks_wants_a_font() -> None:
    assert [fonts_wanted(language) for language in ("en", "fr", "ru", "xx", "")] == [""] * 5
    assert fonts_wanted("ko-KR") == "Noto Serif KR or Nanum Myeongjo"
