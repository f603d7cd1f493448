"""What a sound publication, essay or folder becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.diagnostics import Log, Severity
from publish.document import Contributor, Identifier, Series, Subject
from publish.project import Project, load

CASES = Path(__file__).parent.parent / "cases" / "project"


def loaded(path: Path) -> tuple[Project, Log]:
    log = Log()
    project = load(path, log)
    assert project is not None, [d.message for d in log]
    return project, log


def write(folder: Path, **files: str) -> Path:
    """Write files; ``__`` in a name is a slash, and ``_md`` and ``_yaml`` are suffixes."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_md", ".md").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_publication() -> None:
    project, log = loaded(CASES / "sound-publication")
    root = CASES / "sound-publication"
    assert not list(log)
    assert (project.root, project.manuscript, project.output) == (root, root / "manuscript", root / "build")
    assert (project.name, project.bare, project.styles) == ("north-and-east-a-border", False, None)
    assert project.cover == "images/cover.svg"
    assert project.formats == ("pdf", "epub")
    assert project.rules_off == {"caption-has-credit"}
    assert log.off == {"caption-has-credit"}
    style = project.style
    assert (style.theme, style.headings, style.trim, style.prelims) == ("journal", "run-in", (152.4, 228.6), True)
    assert style.options == {"accent": "#900"}


def test_the_metadata_of_a_publication() -> None:
    metadata = loaded(CASES / "sound-publication")[0].metadata
    assert (metadata.title, metadata.subtitle) == ("North and East: a border", "Essays")
    assert metadata.contributors == (
        Contributor("An Author", "aut", "Author, An", orcid="0000-0002-1825-0097", affiliation="A House"),
        Contributor("An Editor", "edt", "Editor, An", bio="Edits."),
        Contributor("The Map Office", "ctg", "The Map Office"),
        Contributor("The Map Office", "ill", "The Map Office"),
    )
    assert (metadata.date, metadata.language) == ("2016-03-02", "en-GB")
    assert metadata.description == "Two essays on a border.\n\nAnd a third."
    assert metadata.subjects == (Subject("History"), Subject("International relations", "BISAC", "POL011000"))
    assert metadata.keywords == ("border", "river", "12:30")
    assert metadata.identifiers == (
        Identifier("isbn-print", "978-3-16-148410-0"),
        Identifier("isbn-epub", "9780306406157"),
        Identifier("doi", "10.1000/182"),
        Identifier("issn", "2049-3630"),
        Identifier("uuid", "12345678-1234-4234-8234-123456789abc"),
    )
    assert metadata.series == Series("Border Papers", "4")
    assert (metadata.rights, metadata.edition, metadata.place) == ("© 2016 the authors", "Second edition", "Seoul")


def test_the_divisions_of_a_publication() -> None:
    divisions = loaded(CASES / "sound-publication")[0].divisions
    assert [(d.source.name, d.slug, d.front.role, d.matter, d.folder) for d in divisions] == [
        ("manuscript/dedication.md", "dedication", "dedication", "front", ""),
        ("manuscript/introduction.md", "introduction", "introduction", "body", ""),
        ("manuscript/part-one/essay.md", "the-essay", "essay", "body", "part-one"),
        ("manuscript/acknowledgements.md", "acknowledgements", "acknowledgements", "back", ""),
    ]
    essay = divisions[2]
    front = essay.front
    assert (front.title, front.subtitle, front.language) == ("An essay", "With a subtitle", "no")
    assert (front.date, front.headings, front.description) == ("2015", "block", "What it says.")
    assert essay.source.text[essay.body :] == "Text.\n"
    assert divisions[1].front.contributors == (Contributor("An Editor", "edt", "Editor, An"),)
    assert divisions[3].front.title == "Thanks"


def test_places_are_those_of_the_file() -> None:
    divisions = loaded(CASES / "sound-publication")[0].divisions
    title = divisions[2].front.span
    assert title is not None
    assert (str(title), title.text) == ("manuscript/part-one/essay.md:2:8", "An essay")
    heading = divisions[3].front.span
    assert heading is not None
    assert (str(heading), heading.text) == ("manuscript/acknowledgements.md:1:3", "Thanks")
    person = divisions[1].front.contributors[0].span
    assert person is not None
    assert person.text == "{name: An Editor, role: editor}"


def test_a_bare_essay() -> None:
    root = CASES / "sound-essay"
    for path in (root, root / "essay.md"):
        project, log = loaded(path)
        assert not list(log)
        assert (project.root, project.manuscript, project.output) == (root, root, root)
        assert (project.name, project.bare, project.style.prelims) == ("essay", True, False)
        assert project.style.trim == (129.0, 198.0)
        assert project.metadata.title == "Drivers and Developments"
        assert project.metadata.keywords == ("drivers", "developments")
        assert project.metadata.contributors == project.divisions[0].front.contributors
        assert project.divisions[0].source.name == "essay.md"


def test_an_essay_without_metadata_is_named_by_its_heading() -> None:
    project, log = loaded(CASES / "essay-without-metadata" / "on-wells.md")
    assert project.metadata.title == project.divisions[0].front.title == "On wells"
    assert project.divisions[0].body == 0
    assert {d.severity for d in log} == {Severity.WARNING}


def test_an_essay_without_a_title_is_named_by_its_file(tmp_path: Path) -> None:
    project, log = loaded(write(tmp_path, **{"01-on-wells_md": "Text.\n"}))
    assert project.metadata.title == "On wells"
    assert not log.failed


def test_pandocs_spellings_mean_the_same() -> None:
    metadata = loaded(CASES / "pandoc-spellings")[0].metadata
    assert metadata.contributors == (Contributor("An Author", "aut", "Author, An"),)
    assert (metadata.description, metadata.license, metadata.keywords) == ("What it says.", "CC0", ("one", "two"))
    assert metadata.rights == "None"


def test_without_an_order_files_follow_by_number_and_name_within_their_matter() -> None:
    divisions = loaded(CASES / "no-order")[0].divisions
    assert [d.path.name for d in divisions] == [
        "foreword.md",
        "01-introduction.md",
        "2-first.md",
        "10-last.md",
        "afterword.md",
    ]
    assert [d.slug for d in divisions] == ["foreword", "introduction", "first", "last", "afterword"]
    assert [d.matter for d in divisions] == ["front", "body", "body", "body", "back"]


def test_the_order_given_decides_the_matter(tmp_path: Path) -> None:
    text = "title: An essay\nfront: essay.md\nback: foreword.md\n"
    project, _ = loaded(
        write(tmp_path, publication_yaml=text, manuscript__essay_md="# A", manuscript__foreword_md="# B")
    )
    assert [(d.slug, d.matter) for d in project.divisions] == [("essay", "front"), ("foreword", "back")]


def test_a_folder_of_essays_says_what_they_say() -> None:
    project, _ = loaded(CASES / "several-essays")
    assert [d.front.title for d in project.divisions] == ["A field", "A well", "Afterword"]
    assert project.metadata.title == "Several essays"
    assert [c.name for c in project.metadata.contributors] == ["An Author"]
    assert (project.name, project.bare, project.style.prelims) == ("several-essays", True, True)


def test_windows_files_read_like_others() -> None:
    project, _ = loaded(CASES / "marks-and-line-breaks-of-windows")
    division = project.divisions[0]
    assert "\r" not in division.source.text
    assert division.source.text[division.body :] == "Text.\n"
    assert division.front.title == "An essay"


def test_mistakes_leave_the_rest_as_it_is() -> None:
    project, log = loaded(CASES / "colon-in-title")
    assert log.failed
    assert project.metadata.title == "The commons: who owns a well?"
    assert project.metadata.subtitle == "One: two: three"
    assert project.metadata.series == Series("Papers: a series", "4")
    assert project.metadata.place == "Time 12:30 and http://example.org are no mistakes"
    assert project.divisions[0].front.title == "Wells: a history"


@pytest.mark.parametrize(
    ("title", "folder", "name"),
    [
        ("North & East: Ein Überblick", "x", "north-east-ein-uberblick"),
        ("Правда", "pravda-2016", "pravda-2016"),
        ("북과 동", "북", "publication"),
        ("word " * 40, "x", "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_files_are_named_after_the_title(tmp_path: Path, title: str, folder: str, name: str) -> None:
    text = f'title: "{title}"\n'
    project, _ = loaded(write(tmp_path / folder, publication_yaml=text, manuscript__essay_md="# An essay\n"))
    assert project.name == name


def test_slugs_are_unique_and_begin_with_a_letter(tmp_path: Path) -> None:
    names = ("1984_md", "01-a_md", "02-a_md", "03_md", "04-북_md")
    write(tmp_path, publication_yaml="title: x\n", **{f"manuscript__{name}": "# x\n" for name in names})
    project, _ = loaded(tmp_path)
    assert [d.slug for d in project.divisions] == ["a", "a-2", "essay-03", "essay-4", "essay-1984"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A *plain* `title`, [linked](https://example.org) {#x .y}\n", "A plain title, linked"),
        ("# With a note[^1] and ^[inline] one #\n", "With a note and one"),
        ("#   Spaces   #\n", "Spaces"),
        ("# snake_case and 2 * 3 * 4\n", "snake_case and 2 * 3 * 4"),
        ("# Escaped \\*stars\\*\n", "Escaped *stars*"),
        ("Underlined *title*\n===\n", "Underlined title"),
        ("<!-- a\nremark -->\n\n# Below\n", "Below"),
        ("## Second level\n", "Stem"),
        ("#hashtag\n", "Stem"),
        ("Text\n\n# Later\n", "Stem"),
        ("#  #\n", "Stem"),
        ("", "Stem"),
    ],
)
def test_titles_from_headings(tmp_path: Path, text: str, title: str) -> None:
    project, _ = loaded(write(tmp_path, stem_md=text))
    assert project.divisions[0].front.title == title


@pytest.mark.parametrize(
    ("people", "enough"),
    [
        ("author: A", True),
        ("editor: A", True),
        ("contributors: {name: A, role: editor}", True),
        ("contributors: {name: A, role: com}", True),
        ("translator: A", False),
        ("contributors: A", False),
        ("author:", False),
        ("subtitle: A", False),
        ("author: [A: B]", True),
        ("author: {nam: A}", True),
    ],
)
def test_somebody_answers_for_the_work(tmp_path: Path, people: str, enough: bool) -> None:
    """A key that names people and is unsound has been reported already."""
    _, log = loaded(write(tmp_path, essay_md=f"---\n{people}\n---\n"))
    assert ("author-present" not in {d.rule.name for d in log}) is enough


def test_switched_off_rules_are_not_reported(tmp_path: Path) -> None:
    text = "title: x\nrules: {author-present: off, date-present: off, language-present: off, manuscript-used: off}\n"
    files = {"manuscript__a_md": "# A\n", "manuscript__b_md": "# B\n"}
    _, log = loaded(write(tmp_path, publication_yaml=text + "body: a.md\n", **files))
    assert not list(log)
