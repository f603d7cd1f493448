"""``publish verify``: whether a catalogue is whole and true, judged from its folder alone.

``verify`` reports every finding to the log: files that are missing, changed or too many; links that lead nowhere;
feeds and records that break their standards or speak of other files than are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from publish.diagnostics import Log
from publish.release import catalogue
from publish.release.checking import feeds, links
from publish.release.checking.holdings import holdings
from publish.release.model import Record


def verify(folder: Path, log: Log, *, referee: bool = True) -> tuple[Record, ...]:
    """Judge the catalogue in a folder; give the newest record of each publication that could be read.

    ``referee`` lets onixcheck judge the ONIX messages where it is installed.
    """
    names = holdings(folder, log)
    if names is None:
        return ()
    found: dict[str, Record] = {}
    try:
        found = dict(catalogue.records_in(folder))
    except (OSError, ValueError) as error:
        log.report("record-sound", f"a record cannot be read: {error}", file=str(folder))
    newest = tuple(record for path, record in found.items() if path.count("/") == 1)
    for path, record in found.items():
        _compare(folder, path, record, names, log)
    addresses = {record.address for record in newest if record.address}
    pages = links.Pages(folder, frozenset(names), tuple(addresses))
    links.check(pages, log)
    feeds.check(folder, newest, log, referee=referee)
    return newest


def _compare(folder: Path, path: str, record: Record, names: Mapping[str, str], log: Log) -> None:
    """Compare a record with the files beside it: in a version's folder those that it keeps, else all."""
    place = path.rpartition("/")[0]
    version = path.count("/") == 2
    expected = f"{record.name}/{record.folder}" if version else record.name
    if place != expected:
        log.report("record-sound", f"the record speaks of {expected}", file=str(folder / path))
    listed = [f for f in record.files if not version or f.role in ("epub", "pdf") or f.name == "cover.jpg"]
    for file in listed:
        digest = names.get(f"{place}/{file.name}")
        if digest != file.sha256:
            what = "is not there" if digest is None else "is not the file that the record speaks of"
            log.report("release-whole", f"“{file.name}” {what}", file=str(folder / place / file.name))
    if not version and f"{place}/{record.folder}/{catalogue.RECORD}" not in names:
        log.report("release-whole", f"there is no folder {record.folder}", file=str(folder / place / record.folder))
