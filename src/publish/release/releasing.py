"""``publish release``: a publication built, judged and put into its catalogue under a version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publish.build.edition import Edition, edition
from publish.build.outcome import Progress, Request, silent
from publish.diagnostics import Log
from publish.records import dataclass
from publish.release import catalogue as shelves
from publish.release import changes, place, reading
from publish.release.gathering import Gathered, gather
from publish.release.model import Record
from publish.release.version import Version, is_version
from publish.renderer.web import site

FOLDER = "dist"
"""Where a catalogue stands in a publication's folder unless another place is named."""


@dataclass(frozen=True)
class Order:
    """What to release: a build's request, and how.

    ``version`` is as the editor wrote it, or empty: then it is that of CHANGES.md, of what is out and unchanged, or
    1.0.0. ``folder`` is the catalogue's, or ``None`` for the publication's own; ``address`` its web address when it is
    not the publication's; ``notes`` say what has changed when CHANGES.md does not.
    """

    build: Request
    version: str = ""
    folder: Path | None = None
    address: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Released:
    """What came out: the record, the catalogue's folder, and the paths in it that are new, changed or gone."""

    record: Record
    folder: Path
    changed: tuple[str, ...]


def release(order: Order, log: Log, progress: Progress = silent) -> Released | None:
    """Release a publication; ``None`` when the log says why not, and then the catalogue is as it was.

    Raises ``publish.formats.pdf.MissingLibrary`` when the machine lacks a library that a format needs.
    """
    if order.version and not is_version(order.version):
        log.report("version-sound", f"“{order.version}” is not a version", hint="write it as 1.0.0")
        return None
    built = edition(order.build, log, progress)
    if built is None or log.failed or (order.build.strict and len(log)):
        return None
    if order.address:
        built = replace(built, project=replace(built.project, address=order.address))
    if not built.project.address:
        hint = "add a line “url: https://books.example.org/” to publication.yaml, or give --url"
        log.report("address-present", "nothing says where the catalogue will stand on the web", hint=hint)
    folder = (order.folder or built.project.root / FOLDER).absolute().resolve()
    with place.alone(folder):
        old = _Old.read(folder, log)
        return _released(order, built, old, log, progress) if old else None


def _released(order: Order, built: Edition, old: _Old, log: Log, progress: Progress) -> Released | None:
    said = iter(list(log))
    version, change = _version(order, built, old, log)
    if log.failed:
        return None
    with progress("Making the reading sample and the covers"):
        gathered = gather(built, version, change, said, log, asked=order.build.referee)
    if gathered is None or log.failed:
        return None
    gathered = old.kept(gathered, log)
    if gathered is None or log.failed or (order.build.strict and len(log)):
        return None
    with progress("Making pages, feeds and records"):
        files = _files(gathered, built, old, log)
    if files is None or log.failed:
        return None
    gone = old.names_of(gathered.record) - files.keys()
    digests = {name: d for name, d in old.sums.items() if name not in gone}
    digests |= {name: shelves.digest(data) for name, data in files.items()}
    hosts = [old.folder / name for name in shelves.HOSTS if (old.folder / name).is_file()]
    digests |= {path.name: shelves.digest(path.read_bytes()) for path in hosts}
    files[shelves.SUMS] = shelves.sums(digests)
    changed = place.changed(old.folder, files, gone)
    if changed:
        with progress("Putting the release in its place"):
            if not place.put(old.folder, files, gone, log):
                return None
    return Released(gathered.record, old.folder, tuple(changed))


def _version(order: Order, built: Edition, old: _Old, log: Log) -> tuple[Version, changes.Change]:
    """Choose the version, and find what is said of it."""
    told = _told(built, log)
    out = old.versions(built.project.name)
    if order.version:
        version = Version.parse(order.version)
    elif told:
        version = max(change.version for change in told)
    else:
        version = out[0].order if out else Version.parse("1.0.0")
    found = changes.of_version(told, version)
    notes = order.notes or (found.notes if found else "")
    if out and version < out[0].order:
        message = f"{version.text} comes before {out[0].version}, which is out"
        log.report("version-sound", message, hint=f"the next one would be {out[0].order.next}")
    elif out and version.text not in {one.version for one in out} and not notes:
        hint = f"write it in {changes.FILE} under “## {version.text}”, or give --notes"
        log.report("changes-told", f"nothing says what {version.text} changes", hint=hint)
    return version, changes.Change(version, found.date if found else "", notes)


def _told(built: Edition, log: Log) -> tuple[changes.Change, ...]:
    file = built.project.root / changes.FILE
    try:
        return changes.changes(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        log.report("file-readable", f"{file.name} cannot be read: {error.strerror}", file=file.name)
    except UnicodeDecodeError:
        log.report("file-utf8", f"{file.name} is not encoded in UTF-8", file=file.name)
    return ()


def _files(gathered: Gathered, built: Edition, old: _Old, log: Log) -> dict[str, bytes] | None:
    record, project = gathered.record, built.project
    look = site(project.style.theme, project.styles, log)
    if look is None:
        return None
    before = [replace(one, address=record.address) for one in old.versions(record.name)]
    others = [one for one in before if one.version != record.version]
    versions = sorted([record, *others], key=lambda one: one.order, reverse=True)
    files = shelves.publication_files(look, gathered, reading.text(built.rendition), versions, built.shelf)
    if len(others) == len(before):
        files |= shelves.version_files(gathered)
    newest = [one for one in old.newest if one.name != record.name]
    rest = [one for one in old.every if one.name != record.name]
    shared = shelves.shared_files([record, *newest], [*versions, *rest], built.shelf, log)
    return {**files, **shared} if shared is not None else None


@dataclass(frozen=True)
class _Old:
    """The catalogue as it is: its folder, its checksums, and every version of every publication in it."""

    folder: Path
    sums: dict[str, str]
    newest: tuple[Record, ...]
    every: tuple[Record, ...]

    @staticmethod
    def read(folder: Path, log: Log) -> _Old | None:
        """Read a catalogue; an empty or missing folder is an empty one. ``None`` when the log says what is wrong."""
        if not folder.exists():
            return _Old(folder, {}, (), ())
        try:
            names = [name.name for name in folder.iterdir() if not shelves.is_hosts(name.name)]
            if not names:
                return _Old(folder, {}, (), ())
            sums = folder / shelves.SUMS
            if not sums.is_file():
                hint = "name an empty folder, or a new one, with -o"
                message = "the folder holds other things than a catalogue"
                log.report("output-written", message, file=str(folder), hint=hint)
                return None
            found = dict(shelves.records_in(folder))
            listed = shelves.read_sums(sums.read_bytes())
        except NotADirectoryError:
            log.report("output-written", "where the catalogue should be is a file", file=str(folder))
            return None
        except (OSError, ValueError) as error:
            log.report("release-whole", f"the catalogue cannot be read: {error}", file=str(folder))
            return None
        newest = tuple(record for path, record in found.items() if path.count("/") == 1)
        every = tuple(record for path, record in found.items() if path.count("/") == 2)
        return _Old(folder, listed, newest, every)

    def versions(self, name: str) -> list[Record]:
        """Give the versions of a publication that are out, the newest first."""
        return sorted((one for one in self.every if one.name == name), key=lambda one: one.order, reverse=True)

    def names_of(self, record: Record) -> set[str]:
        """Give the paths that may go when a record comes out: its publication's, but for versions, and the shared."""
        own = {name for name in self.sums if name.startswith(f"{record.name}/")}
        kept = {name for name in own if name.split("/")[1] in {one.folder for one in self.versions(record.name)}}
        shared = {name for name in self.sums if "/" not in name or name.startswith("fonts/")}
        return (own - kept) | (shared - shelves.HOSTS)

    def kept(self, gathered: Gathered, log: Log) -> Gathered | None:
        """Give a release as it came out before under the same version; what differs from it is refused.

        The tools and referees of today may be others: the record of the day it came out stays. A catalogue may move.
        """
        record = gathered.record
        before = next((one for one in self.versions(record.name) if one.version == record.version), None)
        if before is None:
            return gathered
        differing = _differing(before, record)
        if differing:
            message = f"{record.version} is out since {before.date}, and {differing} is no longer the same"
            hint = f"release what has changed as a new version: publish release {before.order.next}"
            log.report("version-kept", message, file=f"{record.name}/{record.folder}", hint=hint)
            return None
        files = (*(f for f in before.files if f.role != "sample"), *(f for f in record.files if f.role == "sample"))
        return replace(gathered, record=replace(before, address=record.address, files=files))


def _differing(before: Record, now: Record) -> str:
    """Give the first file, or fact, that tells two releases of one version apart; the sample is no part of one."""
    old, new = ({f.name: f.sha256 for f in one.files if f.role != "sample"} for one in (before, now))
    names = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    if names:
        return f"“{names[0]}”"
    facts = {"its day": "modified", "what is said of its changes": "notes", "its metadata": "metadata"}
    return next((said for said, name in facts.items() if getattr(before, name) != getattr(now, name)), "")
