"""Make one PDF of the PDFs of its divisions: one outline, one table of names, one structure tree, each font once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel, String

from publish.formats.pdf import roles
from publish.formats.pdf.description import Description
from publish.formats.pdf.labels import Label, entries
from publish.formats.pdf.metadata import information, packet
from publish.formats.pdf.wire import Laid
from publish.words import direction


def merge(laid: Sequence[Laid], fonts: bytes, labels: Sequence[Label], description: Description) -> bytes:
    """Give the PDF of a book. ``fonts`` is a PDF with all its fonts; ``labels`` are those of its pages.

    The same divisions give the same bytes.
    """
    out = Pdf.new()
    sources = [Pdf.open(BytesIO(division.data)) for division in laid]
    joint = _Joint(out)
    for source in sources:
        joint.add(source)
    joint.write_structure()
    joint.write_names()
    _write_outline(out, laid, joint.firsts)
    _share_fonts(out, fonts)
    _share_pictures(out)
    _write_labels(out, labels)
    _describe(out, description)
    made = BytesIO()
    out.save(
        made,
        min_version="1.7",
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return made.getvalue()


class _Joint:
    """Takes over the pages of one division after the other, with what is in the structure tree and the names.

    ``firsts`` are the numbers (from 0) of the divisions' first pages.
    """

    def __init__(self, out: Pdf) -> None:
        self._out = out
        self.firsts: list[int] = []
        self._root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._kids: list[Any] = []
        self._contents: list[Any] = []
        self._annotations: list[tuple[Any, Any]] = []
        self._groups: list[tuple[Any, Any]] = []
        self._identifiers: list[tuple[bytes, Any]] = []
        self._destinations: list[tuple[bytes, Any]] = []

    def add(self, source: Pdf) -> None:
        """Take over one division."""
        first, count = len(self._contents), len(source.pages)
        self.firsts.append(first)
        for copied in source.pages:
            self._out.pages.append(copied)
        pages = [self._out.pages[first + index].obj for index in range(count)]
        tree = self._out.copy_foreign(source.Root.StructTreeRoot)
        for kid in tree.K[0].K:
            kid.P = self._document
            self._kids.append(kid)
        numbers = list(tree.ParentTree.Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for index, page in enumerate(pages):
            page.StructParents = first + index
            self._contents.append(owners[index])
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    self._annotations.append((annotation, owners[int(annotation.StructParent)]))
        for group in (item for item in source.objects if isinstance(item, Stream) and "/StructParents" in item):
            self._groups.append((self._out.copy_foreign(group), owners[int(group.StructParents)]))
        self._identifiers += _pairs(tree.get("/IDTree"))
        if "/Names" in source.Root:
            places = {old.objgen: new for old, new in zip((p.obj for p in source.pages), pages, strict=True)}
            for name, place in _pairs(source.Root.Names.Dests):
                self._destinations.append((name, Array([places[place[0].objgen], *list(place)[1:]])))

    def write_structure(self) -> None:
        """Write the structure tree, and the tables that lead from content back to it (ISO 32000-1, 14.7.4.4)."""
        count = len(self._contents)
        numbers: list[Any] = [item for pair in enumerate(self._contents) for item in pair]
        for number, (annotation, owner) in enumerate(self._annotations, start=count):
            annotation.StructParent = number
            numbers += (number, owner)
        for number, (group, owner) in enumerate(self._groups, start=count + len(self._annotations)):
            group.StructParents = number
            numbers += (number, owner)
        self._document.K = Array(self._kids)
        self._root.K = Array([self._document])
        self._root.RoleMap = Dictionary({f"/{name}": Name(f"/{role}") for name, role in roles.ROLE_MAP.items()})
        self._root.ParentTree = self._out.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = len(numbers) // 2
        if self._identifiers:
            self._root.IDTree = Dictionary(Names=_table(self._identifiers))
        self._out.Root.StructTreeRoot = self._root
        self._out.Root.MarkInfo = Dictionary(Marked=True)

    def write_names(self) -> None:
        """Write the named destinations."""
        if self._destinations:
            self._out.Root.Names = Dictionary(Dests=Dictionary(Names=_table(self._destinations)))


def _pairs(tree: Any) -> Iterator[tuple[bytes, Any]]:
    """Give the entries of a tree of names that has one node."""
    names = list(tree.Names) if tree is not None else []
    return zip((bytes(name) for name in names[::2]), names[1::2], strict=True)


def _table(pairs: Iterable[tuple[bytes, Any]]) -> Array:
    rows = sorted(pairs, key=lambda pair: pair[0])
    return Array([item for name, value in rows for item in (String(name), value)])


def _write_outline(out: Pdf, laid: Sequence[Laid], firsts: Sequence[int]) -> None:
    """Write the outline. A level that was skipped counts for nothing, as in WeasyPrint."""
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    open_items: list[tuple[int, Any]] = []
    below: dict[Any, list[Any]] = {}
    tops: list[Any] = []
    for division, first in zip(laid, firsts, strict=True):
        for level, title, page, x, y, state in division.bookmarks:
            place = Array([out.pages[first + page].obj, Name.XYZ, x, y, 0])
            item = out.make_indirect(Dictionary(Title=String(title), Dest=place))
            while open_items and open_items[-1][0] >= level:
                open_items.pop()
            kin = below[open_items[-1][1].objgen] if open_items else tops
            item.Parent = open_items[-1][1] if open_items else root
            kin.append(item)
            below[item.objgen] = []
            item.Closed = state == "closed"
            open_items.append((level, item))
    if tops:
        _hang(root, tops, below)
        out.Root.Outlines = root


def _hang(parent: Any, kin: Sequence[Any], below: Mapping[Any, list[Any]]) -> int:
    """Chain items to one another and to what they stand under; give how many of them are to be seen."""
    seen = 0
    for index, item in enumerate(kin):
        if index:
            item.Prev, kin[index - 1].Next = kin[index - 1], item
        under = _hang(item, below[item.objgen], below) if below[item.objgen] else 0
        closed = bool(item.Closed)
        del item["/Closed"]
        item.Count = -under if closed else under
        seen += 1 + (0 if closed else under)
    parent.First, parent.Last = kin[0], kin[-1]
    if parent.get("/Type") == Name.Outlines:
        parent.Count = seen
    return seen


def _share_fonts(out: Pdf, fonts: bytes) -> None:
    """Let all pages use the same fonts. Each division's resources share one dictionary, which was left empty."""
    whole = Pdf.open(BytesIO(fonts))
    shared = out.copy_foreign(whole.Root.Fonts)
    done = set()
    for page in out.pages:
        empty = page.obj.Resources.Font
        if empty.objgen not in done:
            done.add(empty.objgen)
            for name, font in shared.items():
                empty[name] = font


def _share_pictures(out: Pdf) -> None:
    """Let divisions that show the same picture show the same object."""
    known: dict[tuple[bytes, bytes], Any] = {}
    done = set()
    for page in out.pages:
        resources = page.obj.Resources
        if resources.objgen in done or "/XObject" not in resources:
            continue
        done.add(resources.objgen)
        for name, picture in list(resources.XObject.items()):
            if picture.get("/Subtype") == Name.Image and "/SMask" not in picture:
                told = picture.stream_dict.unparse() if hasattr(picture, "stream_dict") else b""
                same = known.setdefault((told, picture.read_raw_bytes()), picture)
                if same.objgen != picture.objgen:
                    resources.XObject[name] = same


def _write_labels(out: Pdf, labels: Sequence[Label]) -> None:
    numbers: list[Any] = []
    for index, label in entries(labels):
        entry = Dictionary()
        if label.style:
            entry.S = Name(f"/{label.style}")
            entry.St = max(1, label.number)
        if label.prefix:
            entry.P = String(label.prefix)
        numbers += (index, entry)
    out.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _describe(out: Pdf, description: Description) -> None:
    """Write the information dictionary, the XMP packet and the language."""
    info = Dictionary({f"/{key}": String(value) for key, value in information(description).items() if value})
    out.trailer.Info = out.make_indirect(info)
    # Not compressed, so that tools which do not read PDF still find it (ISO 32000-1, 14.3.2).
    out.Root.Metadata = out.make_indirect(
        pikepdf.Stream(out, packet(description), {"/Type": Name.Metadata, "/Subtype": Name.XML})
    )
    out.Root.Lang = String(description.language)
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if direction(description.language) == "rtl":
        out.Root.ViewerPreferences.Direction = Name.R2L  # ISO 32000-1, table 150
