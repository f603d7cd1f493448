"""A file of the manuscript: its front matter, its title, and where its Markdown begins."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from publish.diagnostics import Log
from publish.document import DIVISION_ROLES, Contributor
from publish.project.files import read_text
from publish.project.headings import first_heading, plain_text
from publish.project.keys import PEOPLE, ROLE_SPELLINGS
from publish.project.metadata_text import MetadataText, read_metadata
from publish.project.model import DivisionSource, FrontMatter
from publish.project.order import Manuscript, Place
from publish.project.slugs import humanised, slug, without_number
from publish.project.sources import bibliography
from publish.project.tables import Given, Table, read_table
from publish.project.yaml import Map
from publish.records import dataclass
from publish.source import Source, Span

LARGEST = 5 << 20
"""The most that a Markdown file may hold, in bytes."""

_OPEN = re.compile(r"\s*^---[ \t]*\n(?![ \t]*\n)", re.MULTILINE)
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_LIKE_A_KEY = re.compile(r"(?:#.*\n)*[\w\"'-]+[ \t]*:(?:\s|$)", re.MULTILINE)


@dataclass(frozen=True)
class ReadDivision:
    """A division, with all that its front matter gives and what of it could not be read."""

    division: DivisionSource
    given: Given
    text: MetadataText


def read_division(
    place: Place, manuscript: Manuscript, table: Table, taken: set[str], log: Log, *, alone: bool = False
) -> ReadDivision | None:
    """Read a file of the manuscript; ``None`` when the log says that it cannot be read.

    ``taken`` are the slugs of other divisions; this one's is added. A file that is a publication by itself
    (``alone``) needs no title.
    """
    if place.made and place.span:
        return _made(place.name, place, place.span, taken)
    source = read_text(place.path, manuscript.called(place.name), LARGEST, log, place.span)
    if source is None:
        return None
    text, body = _front_matter(source, table, log)
    given = read_table(table, text.map, log)
    front = _front(source, body, text, given, place, log, alone=alone)
    folder = PurePosixPath(place.name).parent.as_posix()
    division = DivisionSource(
        source=source,
        body=body,
        front=front,
        slug=_unique(_slug(place.name, front.role, given), taken),
        matter=place.matter or DIVISION_ROLES[front.role],
        path=place.path,
        folder="" if folder == "." else folder,
        bibliography=bibliography(given, (place.path.parent, manuscript.path, manuscript.root), manuscript.root, log),
    )
    return ReadDivision(division, given, text)


def _made(kind: str, place: Place, span: Span, taken: set[str]) -> ReadDivision:
    """Give the division that holds nothing but a list that publish makes; the words for its title are the reader's."""
    division = DivisionSource(
        source=span.source,
        body=len(span.source.text),
        front=FrontMatter("", kind, span=span),
        slug=_unique(kind, taken),
        matter=place.matter or DIVISION_ROLES[kind],
        path=place.path,
        made=True,
    )
    return ReadDivision(division, Given({}, {}, span), MetadataText(Map((), span)))


def _front_matter(source: Source, table: Table, log: Log) -> tuple[MetadataText, int]:
    """Read the front matter; give it with the offset at which the Markdown begins."""
    nothing = MetadataText(Map((), source.span(0)))
    opening = _OPEN.match(source.text)
    if not opening:
        return nothing, 0
    start = opening.end()
    closing = _CLOSE.search(source.text, start)
    if not closing:
        if not _LIKE_A_KEY.match(source.text, start):
            return nothing, 0
        hint = "close it with a line “---”"
        log.report(
            "yaml-wellformed",
            "the front matter is never closed",
            source.span_of_line(_line(source, start) - 1),
            hint=hint,
        )
        return MetadataText(nothing.map, whole=False), len(source.text)
    return read_metadata(source, start, closing.start(), table.spellings.keys(), log), closing.end()


def _line(source: Source, offset: int) -> int:
    return source.position(offset).line


def _front(
    source: Source, body: int, text: MetadataText, given: Given, place: Place, log: Log, *, alone: bool
) -> FrontMatter:
    stem = Path(place.name).stem
    heading = first_heading(source, body)
    title = given.text("title") or (plain_text(heading.text) if heading else "")
    lost = "title" in given or "title" in text.lost or not text.whole
    if not title and not lost and not alone:
        hint = "say “title: ...” in its front matter, or begin it with a heading “# ...”"
        log.report("title-present", "this division has no title", source.span(0), hint=hint)
    headings = given.text("headings")
    return FrontMatter(
        title=title or humanised(stem) or stem,
        role=given.text("role") or ROLE_SPELLINGS.get(without_number(stem).lower(), "essay"),
        subtitle=given.text("subtitle"),
        contributors=contributors(given),
        date=given.text("date"),
        language=given.text("lang"),
        description=given.text("description"),
        headings="run-in" if headings == "run-in" else "block" if headings == "block" else "",
        span=given.spans.get("title") or heading or source.span(0),
    )


def contributors(given: Given) -> tuple[Contributor, ...]:
    """Give the people of all keys that name some, in the order written."""
    people = {key.name for key in PEOPLE}
    return tuple(person for name in given.values if name in people for person in given.all(name, Contributor))


def _slug(name: str, role: str, given: Given) -> str:
    wanted = slug(given.text("slug")) or slug(without_number(Path(name).stem))
    if not wanted:
        number = re.match(r"\d+", name)
        return f"{role}-{int(number[0])}" if number else role
    return wanted if wanted[0].isalpha() else f"{role}-{wanted}"


def _unique(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    taken.add(found)
    return found
