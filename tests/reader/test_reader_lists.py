"""The lists of a book in its tree: those asked for, those that are the custom, those with nothing in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.diagnostics import Log
from publish.document import Apparatus, Publication, plain, walk
from publish.project import load
from publish.reader import read

SETTINGS = "title: North and East\nauthor: An Author\ndate: 2016-03-02\nlang: {lang}\n"
MARKED = "# The border\n\nThe [border]{.index} moved.\n"


def book(folder: Path, settings: str, lang: str = "en", **files: str) -> tuple[Publication, list[str]]:
    """Read a publication of these files (their names without .md), and what is said of it."""
    (folder / "manuscript").mkdir()
    (folder / "publication.yaml").write_text(SETTINGS.format(lang=lang) + settings, encoding="utf-8")
    for name, text in files.items():
        (folder / f"manuscript/{name}.md").write_text(text, encoding="utf-8")
    log = Log()
    project = load(folder, log)
    assert project is not None
    return read(project, log), [f"{d.place} {d.rule.name} {d.hint}" for d in log]


def held(publication: Publication) -> list[tuple[str, str, str, list[str]]]:
    """Give each division: where it stands, its name, its title, and the lists in it."""
    return [
        (d.matter, d.slug, plain(d.title), [n.kind for n in walk(d) if isinstance(n, Apparatus)])
        for d in publication.divisions
    ]


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Index"), ("de-AT", "Register"), ("ru", "Указатель"), ("ko", "찾아보기")]
)
def test_a_list_that_the_order_names_is_a_division(lang: str, title: str, tmp_path: Path) -> None:
    found, said = book(tmp_path, "body: [essay.md]\nback: [contributors, index]\n", lang, essay=MARKED)
    assert (held(found)[0], held(found)[2]) == (
        ("body", "essay", "The border", []),
        ("back", "index", title, ["index"]),
    )
    assert said == []


def test_the_order_says_where_a_list_stands(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "front: [index]\nbody: [essay.md]\n", essay=MARKED)
    assert [one[:2] for one in held(found)] == [("front", "index"), ("body", "essay")]


def test_a_file_of_that_role_holds_its_list_after_its_own_words(tmp_path: Path) -> None:
    mine = "---\ntitle: Names\nrole: index\n---\n\nNumbers are those of pages.\n"
    found, _ = book(tmp_path, "body: [essay.md]\nback: [names.md]\n", essay=MARKED, names=mine)
    assert held(found)[1] == ("back", "names", "Names", ["index"])
    assert len(found.divisions[1].blocks) == 2


def test_words_marked_for_an_index_have_one_at_the_end(tmp_path: Path) -> None:
    found, said = book(tmp_path, "body: [essay.md]\n", essay=MARKED)
    assert held(found)[-1] == ("back", "index", "Index", ["index"]) and said == []


def test_an_index_stands_once(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "body: [essay.md]\n", essay=f"{MARKED}\n::: index\n:::\n")
    assert held(found) == [("body", "essay", "The border", ["index"])]


def test_a_bare_essay_has_an_index_only_where_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text(MARKED, encoding="utf-8")
    project = load(tmp_path / "essay.md", Log())
    assert project is not None
    assert [one[3] for one in held(read(project, Log()))] == [[]]


def test_a_list_misspelt_is_told_with_the_list_that_is_meant(tmp_path: Path) -> None:
    _, said = book(tmp_path, "body: [essay.md]\nback: [list-of-figure]\n", essay="# A\n\nText.\n")
    assert said == ["publication.yaml:6:8 file-exists did you mean “list-of-figures”?"]


def test_lists_with_nothing_in_them_are_told_and_left_out(tmp_path: Path) -> None:
    text = "# A\n\nText.\n\n> A quotation\n>\n> ::: list-of-tables\n> :::\n"
    found, said = book(
        tmp_path, "front: [list-of-figures]\nbody: [essay.md]\nback: [bibliography, index]\n", essay=text
    )
    assert held(found) == [("body", "essay", "A", [])]
    assert [one.split()[:2] for one in said] == [
        ["manuscript/essay.md:7:3", "list-filled"],
        ["publication.yaml:5:9", "list-filled"],
        ["publication.yaml:7:8", "list-filled"],
        ["publication.yaml:7:22", "list-filled"],
    ]


def test_an_empty_list_that_a_link_leads_to_stays(tmp_path: Path) -> None:
    found, said = book(tmp_path, "body: [essay.md]\nback: [index]\n", essay="# A\n\n[Look](index).\n")
    assert [one[1] for one in held(found)] == ["essay", "index"]
    assert [one.split()[1] for one in said] == ["list-filled"]


# --- how the book itself is cited ------------------------------------------------------------------------------------

CITED = "{front}\n\n::: cite-as\n:::\n"
OWN = "---\ntitle: The *port*\nsubtitle: A note\nauthor: {name: Ana de Souza Jr.}\ndate: 2015\n---"


def citations(publication: Publication) -> list[str]:
    return [plain(n.citation) for n in walk(publication) if isinstance(n, Apparatus) and n.kind == "cite-as"]


def test_an_essay_with_authors_of_its_own_is_a_chapter(tmp_path: Path) -> None:
    settings = "editor: An Editor\npublisher: A House\nplace: Oslo\nrights: free\nbody: [essay.md, other.md]\n"
    found, said = book(tmp_path, settings, essay=CITED.format(front=OWN), other=CITED.format(front="# Other"))
    assert said == []
    chapter, whole = citations(found)
    assert chapter.startswith("Souza, Ana de, Jr. 2015. “The Port: A Note.” In North and East, edited by An Editor")
    assert whole.startswith("Author, An. 2016. North and East. Edited by An Editor") and "A House" in whole


@pytest.mark.parametrize(
    ("style", "beginning"),
    [
        ("chicago-author-date", "Author, An. 2016."),
        ("apa", "Author, A. (2016)."),
        ("ieee", "A. Author, North and East"),
        ("chicago-notes-bibliography", "Author, An. North and East."),
    ],
)
def test_it_is_cited_as_it_cites(style: str, beginning: str, tmp_path: Path) -> None:
    found, _ = book(tmp_path, f"citation-style: {style}\nbody: [essay.md]\n", essay=CITED.format(front="# A"))
    assert citations(found)[0].startswith(beginning)


def test_the_imprint_says_how_it_is_cited_when_there_is_a_doi(tmp_path: Path) -> None:
    found, _ = book(tmp_path, "identifiers: {doi: 10.5555/north}\nbody: [essay.md]\n", essay="# A\n\nText.\n")
    assert plain(found.citation).endswith("https://doi.org/10.5555/north.")
    (tmp_path / "second").mkdir()
    assert book(tmp_path / "second", "body: [essay.md]\n", essay="# A\n\nText.\n")[0].citation == ()


def test_a_style_that_cannot_be_used_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text("<style>", encoding="utf-8")
    _, said = book(tmp_path, "citation-style: own.csl\nbody: [essay.md]\n", essay=CITED.format(front="# A"))
    assert [one.split()[1] for one in said] == ["citation-style-sound"]
