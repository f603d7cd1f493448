"""A finished EPUB opened for judging. Never raises for what is in the file: faults become findings."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from publish.formats.epub import documents
from publish.formats.epub.documents import attribute
from publish.records import dataclass

# More than any book; a file that unpacks to more is not opened any further.
_LIMIT = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """Something wrong in an EPUB: a sentence, the file inside it and the line (from 1; 0 when there is none)."""

    message: str
    file: str = ""
    line: int = 0
    rule: str = "epub-valid"

    @property
    def place(self) -> str:
        """``file:line``, ``file`` or nothing."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Item:
    """A manifest item; ``name`` is the file's name in the archive (empty when it leads outside)."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """An EPUB: its zip entries in order, its files by name, its XML files parsed, and what could not be opened."""

    entries: tuple[ZipInfo, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    trees: Mapping[str, etree._Element] = field(default_factory=dict, repr=False)
    package_name: str = ""
    broken: tuple[Finding, ...] = ()

    @cached_property
    def package(self) -> etree._Element:
        """The package document's root (an empty one when there is none)."""
        return self.trees.get(self.package_name, etree.Element("package"))

    @cached_property
    def manifest(self) -> tuple[Item, ...]:
        """The manifest's items in order."""
        return tuple(
            Item(
                attribute(e, "id"),
                self._inside(e),
                attribute(e, "media-type"),
                tuple(attribute(e, "properties").split()),
            )
            for e in self.package.iterfind(f"{{{documents.OPF}}}manifest/{{{documents.OPF}}}item")
        )

    @cached_property
    def spine(self) -> tuple[str, ...]:
        """The names of the files in reading order (an unknown id gives an empty name)."""
        names = {item.id: item.name for item in self.manifest}
        references = self.package.iterfind(f"{{{documents.OPF}}}spine/{{{documents.OPF}}}itemref")
        return tuple(names.get(attribute(e, "idref"), "") for e in references)

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """The XHTML documents by name."""
        types = {item.name: item.media_type for item in self.manifest}
        return {name: tree for name, tree in self.trees.items() if types.get(name) == documents.XHTML_TYPE}

    @cached_property
    def nav(self) -> str:
        """The name of the navigation document, or nothing."""
        return next((item.name for item in self.manifest if "nav" in item.properties), "")

    @cached_property
    def ids(self) -> dict[tuple[str, str], etree._Element]:
        """Every element that has an id, by file and id, in the order of each file."""
        return {
            (name, str(e.get("id"))): e
            for name, tree in self.trees.items()
            for e in documents.elements(tree)
            if e.get("id")
        }

    @property
    def folder(self) -> str:
        """The folder of the package document, with a slash at its end unless it is the root."""
        return self.package_name[: self.package_name.rfind("/") + 1]

    def _inside(self, item: etree._Element) -> str:
        found = documents.resolve(self.package_name, attribute(item, "href"))
        return found[0] if found else ""


def read(data: bytes) -> Book:
    """Open an EPUB's bytes."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = tuple(archive.infolist())
            if sum(entry.file_size for entry in entries) > _LIMIT:
                return Book(entries, broken=(Finding("the EPUB unpacks to more than any book"),))
            files = {e.filename: archive.read(e) for e in entries if not e.flag_bits & 1 and not e.is_dir()}
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        return Book(broken=(Finding(f"the EPUB is no sound zip archive: {error}"),))
    broken: list[Finding] = []
    trees = dict(_parsed(files, broken))
    package_name = _package_name(files, trees, broken)
    return Book(entries, files, trees, package_name, tuple(broken))


def _parsed(files: Mapping[str, bytes], broken: list[Finding]) -> Iterator[tuple[str, etree._Element]]:
    for name, data in files.items():
        if name.endswith((".xhtml", ".html", ".svg", ".opf", ".ncx", ".xml")):
            try:
                yield name, documents.parse(data)
            except documents.Unsound as error:
                broken.append(Finding(f"the file is not well-formed XML: {error.message}", name, error.line))


def _package_name(files: Mapping[str, bytes], trees: Mapping[str, etree._Element], broken: list[Finding]) -> str:
    container = trees.get("META-INF/container.xml")
    if container is None:
        broken.append(Finding("META-INF/container.xml is missing or unsound, so no reader finds the book in the file"))
        return ""
    roots = [attribute(e, "full-path") for e in container.iter(f"{{{documents.CONTAINER}}}rootfile")]
    if not roots or roots[0] not in files:
        broken.append(Finding("the container names no package document that is there", "META-INF/container.xml"))
        return ""
    return roots[0]
