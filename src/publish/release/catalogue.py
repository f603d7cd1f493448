"""A catalogue: the folder that a web host serves, its files by their paths. Here it is only a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from publish.cache import Shelf
from publish.diagnostics import Log
from publish.release import codec, pages
from publish.release.fonts import web_fonts
from publish.release.gathering import Gathered
from publish.release.model import Record
from publish.release.reading import Text
from publish.release.records import atom, citing, onix, opds2
from publish.renderer.web import Site, site

SUMS = "SHA256SUMS"
RECORD = "release.json"
CHANGES = "CHANGES.txt"
HOSTS = frozenset({"CNAME", "_headers", "_redirects", "favicon.ico", "robots.txt", "humans.txt"})
"""Files beside ours that a web host asks for; they are kept, as is whatever begins with a point."""


def publication_files(
    look: Site, release: Gathered, text: Text, versions: Sequence[Record], shelf: Shelf
) -> dict[str, bytes]:
    """Give what a publication's folder holds, by path in the catalogue; ``versions`` are all, the newest first."""
    record = release.record
    title = record.metadata.publisher
    shown = {
        "index.html": pages.landing(look, record, versions, title),
        "read.html": pages.reading(look, record, text),
    }
    files = {name: page.encode() for name, page in shown.items()}
    files |= {"style.css": look.sheet.encode(), **web_fonts(look.fonts, shown.values(), shelf)}
    files |= text.pictures
    files |= release.data
    files |= {
        RECORD: codec.written(record),
        CHANGES: changes_text(versions).encode(),
        f"{record.name}.bib": citing.bibtex(record),
        f"{record.name}.ris": citing.ris(record),
        f"{record.name}.csl.json": citing.csl_json(record),
    }
    return {f"{record.name}/{name}": data for name, data in files.items()}


def version_files(release: Gathered) -> dict[str, bytes]:
    """Give what the folder of one version keeps for ever, by path in the catalogue: books, cover, record."""
    record = release.record
    names = [book.name for book in record.books] + [f.name for f in record.files if f.name == "cover.jpg"]
    kept = {**{name: release.data[name] for name in names}, RECORD: codec.written(record)}
    return {f"{record.name}/{record.folder}/{name}": data for name, data in kept.items()}


def changes_text(versions: Iterable[Record]) -> str:
    """Give what has changed from version to version, as plain text."""
    said = (f"{one.version} ({one.date})\n\n{one.notes or '–'}\n" for one in versions)
    return "\n".join(said)


def shared_files(
    records: Sequence[Record], versions: Sequence[Record], shelf: Shelf, log: Log
) -> dict[str, bytes] | None:
    """Give what the catalogue as a whole holds: its page, its feeds, its records.

    ``records`` are the newest version of each publication, ``versions`` all that came out. ``None`` when the log says
    which theme is missing.
    """
    records = atom.newest_first(records)
    address = next((record.address for record in records if record.address), "")
    title = pages.title_of(records)
    look = site(records[0].theme, None, log)
    if look is None:
        return None
    page = pages.catalogue(look, title, address, records)
    return {
        "index.html": page.encode(),
        "style.css": look.sheet.encode(),
        **web_fonts(look.fonts, [page], shelf),
        "feed.xml": atom.news(title, address, versions),
        "opds.xml": atom.catalogue(title, address, records),
        "opds.json": opds2.catalogue(title, address, records),
        "onix.xml": onix.message(title, records),
        "onix31.xml": onix.message(title, records, "3.1"),
    }


def sums(digests: Mapping[str, str]) -> bytes:
    """Give SHA256SUMS as sha256sum(1) reads it: a line a file, in the order of their names."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Read SHA256SUMS: digests by path. Raises ValueError for a line that is none."""
    found = {}
    for number, line in enumerate(data.decode("utf-8").splitlines(), start=1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"line {number} is no checksum and name")
        found[name] = digest
    return found


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def is_hosts(path: str) -> bool:
    """Whether a path in a catalogue is a web host's, or a version control's, and none of ours."""
    first = path.split("/", 1)[0]
    return first in HOSTS or first.startswith(".")


def records_in(folder: Path) -> Iterator[tuple[str, Record]]:
    """Give every record in a catalogue by its path (``essay/v1.0.0/release.json``). Raises OSError and ValueError."""
    for path in sorted([*folder.glob(f"*/{RECORD}"), *folder.glob(f"*/v*/{RECORD}")]):
        name = path.relative_to(folder).as_posix()
        if not is_hosts(name):
            try:
                yield name, codec.read(path.read_bytes())
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
