"""An edition gathered into a release: its record, and the files that the publication's folder holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from hashlib import sha256

from publish.build.edition import Edition
from publish.diagnostics import Diagnostic, Log
from publish.document import Division, plain
from publish.images.thumbnail import thumbnail
from publish.records import dataclass
from publish.release.changes import Change
from publish.release.model import File, Judgement, Record, Role, Work
from publish.release.referees import judgements, tools
from publish.release.sample import sample
from publish.release.version import Version

COVERS = {"cover": 1600, "cover-600": 600, "cover-thumb": 180}
"""The pictures of a cover and their widths in pixels."""

_TYPES = {"epub": "application/epub+zip", "pdf": "application/pdf"}
_LISTED = frozenset({"essay", "chapter", "introduction", "foreword", "preface", "afterword", "conclusion", "interlude"})


@dataclass(frozen=True)
class Gathered:
    """A release before it is put anywhere: its record and the bytes of the files that the record lists, by name."""

    record: Record
    data: Mapping[str, bytes] = field(repr=False)


def gather(
    edition: Edition, version: Version, change: Change, said: Iterator[Diagnostic], log: Log, *, asked: bool
) -> Gathered | None:
    """Give a release of an edition under a version; ``None`` when the log says why there is none.

    ``said`` is what the build found; ``asked`` whether referees judged.
    """
    name = edition.project.name
    data: dict[str, bytes] = {}
    files: list[File] = []
    for made in edition.files:
        role: Role = "epub" if made.format == "epub" else "pdf"
        plain = f"{name}.{role}"  # the first of each kind; another, for archives, says so in its name
        file = made.path.name if plain in data else plain
        data[file] = made.data
        files.append(_file(file, role, _TYPES[role], made.data, pages=made.pages))
    for file, jpeg, width, height in _covers(edition, log):
        data[file] = jpeg
        files.append(_file(file, "cover", "image/jpeg", jpeg, width=width, height=height))
    if opening := _sample(edition, log):
        data[f"{name}-sample.epub"] = opening
        files.append(_file(f"{name}-sample.epub", "sample", _TYPES["epub"], opening))
    if log.failed:
        return None
    record = _record(edition, version, change, tuple(files), tuple(judgements(files, said, asked=asked)))
    return Gathered(record, data)


def _file(
    name: str, role: Role, media_type: str, data: bytes, *, pages: int = 0, width: int = 0, height: int = 0
) -> File:
    return File(name, role, media_type, len(data), sha256(data).hexdigest(), pages, width, height)


def _covers(edition: Edition, log: Log) -> Iterator[tuple[str, bytes, int, int]]:
    """Give the cover in three sizes; one that is a drawing or missing is made by the theme."""
    resource = edition.rendition.resource(edition.rendition.cover) if edition.rendition.cover else None
    picture = resource.data if resource and resource.media_type != "image/svg+xml" else edition.cover(log)
    if picture is not None:
        for name, width in COVERS.items():
            yield (f"{name}.jpg", *thumbnail(picture, width))


def _sample(edition: Edition, log: Log) -> bytes | None:
    """Make the reading sample. What is wrong with it was wrong with the whole, so that alone which is new is told."""
    rendition, project = edition.rendition, edition.project
    address = f"{project.address}{project.name}/" if project.address else ""
    opening = sample(edition.publication, rendition.identifier, address)
    if opening is None:
        return None
    found = Log(log.off)
    made = edition.shorten(opening, found)
    for d in found:
        if d.severity == "error":
            log.report(d.rule.name, f"the reading sample: {d.message}", d.span, file=d.file, hint=d.hint)
    return made


def _record(
    edition: Edition, version: Version, change: Change, files: tuple[File, ...], judged: tuple[Judgement, ...]
) -> Record:
    modified = f"{change.date}T00:00:00Z" if change.date else f"{edition.modified:%Y-%m-%dT%H:%M:%SZ}"
    return Record(
        name=edition.project.name,
        version=version.text,
        date=modified[:10],
        modified=modified,
        address=edition.project.address,
        identifier=edition.rendition.identifier,
        theme=edition.project.style.theme,
        metadata=edition.publication.metadata,
        works=tuple(_work(d) for d in edition.publication.divisions if d.role in _LISTED),
        accessibility=edition.rendition.accessibility,
        files=files,
        notes=change.notes,
        tools=tools(),
        judgements=judged,
    )


def _work(division: Division) -> Work:
    title = " ".join(plain(division.title).split())
    said = (division.subtitle, division.description, division.date, division.contributors)
    return Work(title, division.role, division.slug, *said)
