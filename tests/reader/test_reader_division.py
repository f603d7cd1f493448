"""One division is read by itself: the result depends on its file and its options alone."""

from __future__ import annotations

import inspect
import sys
from dataclasses import replace

from manuscripts import outline, project, read_texts, said

from publish.document import Link, Paragraph, Section, walk
from publish.reader import Options, read_division
from publish.reader.dialect import Dialect
from publish.reader.names import slugify, xml_name

TEXT = "# Title\n\n## Same\n\nA *note*.[^1] [link](two.md#same) ^[Inline.]\n\n## Same\n\n[^1]: Text.\n"


def test_the_same_file_gives_the_same_division() -> None:
    (source,) = project(TEXT).divisions
    md = Dialect()
    first = read_division(source, Options(), md)
    read_division(project("Something *else*.[^2]\n\n[^2]: ::: aside\n").divisions[0], Options(), md)
    for again in (read_division(source, Options(), md), read_division(source)):
        assert again == first
        assert list(outline(again.division)) == list(outline(first.division))


def test_options_matter() -> None:
    (source,) = project("## Heading\n\nText.\n").divisions
    (section,) = read_division(source, Options(headings="run-in")).division.blocks
    assert isinstance(section, Section) and section.run_in


def test_front_matter_is_skipped_and_places_count_from_the_beginning() -> None:
    text = "---\ntitle: T\n---\n\nText with `code`.\n"
    (source,) = project(text, title="T").divisions
    division = read_division(replace(source, body=text.index("---\n\n") + 4)).division
    (paragraph,) = division.blocks
    assert isinstance(paragraph, Paragraph) and paragraph.span is not None
    assert str(paragraph.span) == "one.md:5:1"
    places = [str(node.span) for node in paragraph.content if not isinstance(node, str)]
    assert places == ["one.md:5:11"]


def test_places_are_right_with_line_ends_of_windows_and_tabs() -> None:
    publication, _ = read_texts("# T\r\n\r\n> a\tb\r\n>\t*c*\r\n\r\n-\t[d](https://example.org)\r\n")
    places = {
        type(n).__name__: str(n.span) for b in publication.divisions[0].blocks for n in walk(b) if hasattr(n, "span")
    }
    assert places["Emphasis"] == "one.md:4:3"
    assert places["Link"] == "one.md:6:3"


def test_links_between_files_follow_names_that_had_to_change() -> None:
    publication, log = read_texts(TEXT, "# Two\n\n## Same\n")
    targets = [n.target for n in walk(publication.divisions[0]) if isinstance(n, Link)]
    ids = [n.id for d in publication.divisions for n in walk(d) if isinstance(n, Section)]
    assert ids == ["same", "same-2", "same-3"]
    assert targets == ["#same-3"]
    assert said(log) == []


def test_notes_have_names_that_are_unique_in_the_publication() -> None:
    publication, _ = read_texts(TEXT, TEXT.replace("two.md", "one.md"))
    assert [note.id for note in publication.notes] == ["note-1", "note-2", "note-3", "note-4"]


def test_a_text_too_deep_for_the_stack_is_told_not_raised() -> None:
    (source,) = project("> " * 30 + "a").divisions

    def deep(levels: int) -> list[str]:
        return [d.rule.name for d in read_division(source).diagnostics] if levels == 0 else deep(levels - 1)

    left = sys.getrecursionlimit() - len(inspect.stack(0))
    assert deep(10) == []
    assert deep(left - 60) == ["nesting-shallow"]


def test_names_are_readable_in_every_script() -> None:
    assert slugify("Drivers & Developments") == "drivers-developments"
    assert slugify("Заголовок на русском") == "заголовок-на-русском"
    assert slugify("한국어 제목") == "한국어-제목"
    assert slugify("2016: a year") == "section-2016-a-year"
    assert slugify("Note 3") == "section-note-3"
    assert slugify("???") == "section"
    assert slugify("E\u0301tude") == "étude"
    assert xml_name("fig:port") == "fig-port"
    assert xml_name("2016") == "id-2016"
