"""The container: checked bytes in, an EPUB out. EbookLib is used here and nowhere else, as a packager.

EbookLib's own documents lose or change text, so it is handed finished bytes as plain items only; the package
document's metadata, the contents and the NCX are ours. What it still writes (container, manifest, spine, guide) is
taken as it is, except for the few attributes set in ``_Writer``.
"""

from __future__ import annotations

import posixpath
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub  # type: ignore[import-untyped]
from lxml import etree

from publish.cache import NOTHING_KEPT, Shelf
from publish.diagnostics import Log
from publish.formats.epub import documents, fonts
from publish.formats.epub.names import NCX, check_names, ids_for
from publish.formats.epub.ncx import ncx
from publish.formats.epub.package import IDENTIFIER_ID, PREFIX, forbidden, instant, metadata
from publish.rendition import Rendition, Resource
from publish.words import direction

# Deflating these again costs time and gains nothing.
_COMPRESSED = frozenset({"mimetype", "gif", "jpeg", "jpg", "m4a", "mp3", "mp4", "png", "webp", "woff", "woff2"})
# zlib's highest level takes three times as long as this one and makes an EPUB smaller by two to five thousandths.
_LEVEL = 6
_IBOOKS = """<?xml version="1.0" encoding="UTF-8"?>
<display_options>
  <platform name="*">
    <option name="specified-fonts">true</option>
  </platform>
</display_options>
"""


def pack(rendition: Rendition, log: Log, shelf: Shelf = NOTHING_KEPT) -> bytes | None:
    """Give the EPUB of a rendition, or ``None`` when the log now says why there is none (see ``epub.write``)."""
    check_names([p.name for p in rendition.parts] + [r.name for r in rendition.resources])
    if sum(part.kind == "contents" for part in rendition.parts) != 1:
        raise ValueError("a rendition for an EPUB has exactly one part of the kind “contents”")
    pages = _parse(rendition, log)
    resources = fonts.fit(rendition, pages, log, shelf)
    for field, character in forbidden(rendition.metadata):
        log.report("text-characters", f"the {field} holds the character {character}, which an EPUB cannot hold")
    if len(pages) < len(rendition.parts) or resources is None or any(True for _ in forbidden(rendition.metadata)):
        return None
    book = _book(rendition, sorted(resources, key=lambda r: r.name), pages)
    file = BytesIO()
    _Writer(file, book, rendition).write()
    return file.getvalue()


def _parse(rendition: Rendition, log: Log) -> dict[str, etree._Element]:
    """Parse every page and drawing; give the sound pages by name, and report the others."""
    pages = {}
    for part in rendition.parts:
        try:
            pages[part.name] = documents.parse(part.xhtml.encode("utf-8", "surrogatepass"))
        except documents.Unsound as error:
            _report(log, "template-sound", f"{part.name} is not well-formed XHTML", part.name, error)
    for drawing in rendition.by_type(documents.SVG_TYPE):
        try:
            documents.parse(drawing.data)
        except documents.Unsound as error:
            _report(log, "image-readable", f"{drawing.name} is not well-formed SVG", drawing.name, error)
            pages.clear()
    return pages


def _report(log: Log, rule: str, message: str, name: str, error: documents.Unsound) -> None:
    place = f"{name}:{error.line}:{error.column}" if error.line else name
    log.report(rule, f"{message}: {error.message}", file=place)


def _book(rendition: Rendition, resources: list[Resource], pages: dict[str, etree._Element]) -> Any:
    """Give EbookLib's book: items, spine and guide; its own ideas of metadata are left out."""
    book = epub.EpubBook()
    book.metadata, book.prefixes = {}, [PREFIX]
    book.IDENTIFIER_ID = IDENTIFIER_ID
    book.direction = direction(rendition.metadata.language)
    taken = ["ncx", *_ids(metadata(rendition, "cover"))]
    ids = ids_for([p.name for p in rendition.parts] + [r.name for r in resources], taken)
    for part in rendition.parts:
        extra = ["nav"] if part.kind == "contents" else []
        item = _item(ids[part.name], part.name, documents.XHTML_TYPE, part.xhtml.encode())
        item.properties = extra + documents.properties(pages[part.name])
        book.add_item(item)
    for resource in resources:
        item = _item(ids[resource.name], resource.name, resource.media_type, resource.data)
        item.properties = ["cover-image"] if resource.name == rendition.cover else []
        book.add_item(item)
    book.add_item(_item("ncx", NCX, documents.NCX_TYPE, ncx(rendition, pages)))
    if any(fonts.is_font(r) for r in resources):
        # Without this file Apple's reader sets the book in its own fonts.
        options = _item("ibooks", "META-INF/com.apple.ibooks.display-options.xml", "application/xml", _IBOOKS.encode())
        options.manifest = False
        book.add_item(options)
    book.spine = [ids[part.name] for part in rendition.parts]
    book.guide = _guide(rendition)
    return book


def _ids(root: etree._Element) -> list[str]:
    return [str(e.get("id")) for e in root.iter() if e.get("id")]


def _item(id: str, name: str, media_type: str, data: bytes) -> Any:
    return epub.EpubItem(uid=id, file_name=name, media_type=media_type, content=data)


def _guide(rendition: Rendition) -> list[dict[str, str]]:
    """Give EPUB 2's guide: cover, contents, and where reading starts."""
    wanted = []
    for part in rendition.parts:
        if part.kind == "cover":
            wanted.append(("cover", part))
        elif part.kind == "contents":
            wanted.append(("toc", part))
        elif part.name == rendition.start:
            wanted.append(("text", part))
    return [{"type": kind, "title": part.title, "href": part.name} for kind, part in wanted]


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer with our metadata, the package's language and direction, and a zip that is always the same."""

    def __init__(self, file: BytesIO, book: Any, rendition: Rendition) -> None:
        super().__init__(file, book, {"epub2_guide": True})
        self.rendition = rendition

    def write(self) -> None:
        """Write the container, its mimetype first."""
        with _SameZip(self.file_name, instant(self.rendition.modified)) as self.out:
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_metadata(self, root: etree._Element) -> None:
        cover = next((i.id for i in self.book.items if "cover-image" in getattr(i, "properties", ())), "")
        root.append(metadata(self.rendition, cover))

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(f"{{{documents.XML}}}lang", self.rendition.metadata.language)
        root.set("dir", self.book.direction)
        root.set("prefix", PREFIX)
        etree.indent(root)
        super()._write_opf_file(root)


class _SameZip(ZipFile):
    """A zip whose bytes depend on its contents only: given time (UTC), mode 0644, no extra fields."""

    def __init__(self, file: BytesIO, moment: datetime) -> None:
        super().__init__(file, "w")
        # A zip counts years from 1980 to 2107.
        self._moment = (min(max(moment.year, 1980), 2107), *moment.timetuple()[1:6])

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a file; what is compressed already is stored as it is, whatever EbookLib asks for."""
        name = str(zinfo_or_arcname)
        info = ZipInfo(name, self._moment)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        suffix = posixpath.basename(name).rpartition(".")[2].lower()
        info.compress_type = ZIP_STORED if suffix in _COMPRESSED else ZIP_DEFLATED
        super().writestr(info, data, compress_type=info.compress_type, compresslevel=_LEVEL)
