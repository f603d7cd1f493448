"""Make one PDF of the PDFs of its divisions: one outline, one table of names, one structure tree, each font once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from io import BytesIO
from itertools import accumulate
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel, String

from publish.formats.pdf import parents, roles
from publish.formats.pdf.description import Description
from publish.formats.pdf.labels import Label, entries
from publish.formats.pdf.metadata import information, packet
from publish.formats.pdf.wire import Laid
from publish.records import dataclass
from publish.words import direction


@dataclass
class _Taken:
    """What was taken over of a division: its pages, and what belongs to them in the structure tree and the names.

    An owner is what leads from content back into the structure tree. ``data`` is the PDF that it was taken from.
    """

    data: bytes = field(repr=False)
    pages: list[Any]
    kids: list[Any]
    owners: Mapping[int, Any]
    groups: list[tuple[Any, Any]]
    identifiers: list[tuple[bytes, Any]]
    destinations: list[tuple[bytes, Any]]


class Joint:
    """A book's PDF in the making, which takes over its divisions one after the other.

    Where an object stands in the file depends on when it was taken over, so this is done in the order of the book; what
    stands behind a division that is still missing can be opened at least.
    """

    def __init__(self) -> None:
        self._out = Pdf.new()
        self._root = self._out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = self._out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._opened: dict[int, tuple[bytes, Pdf]] = {}
        self._taken: list[_Taken] = []

    def open(self, number: int, data: bytes) -> None:
        """Open the PDF of the division of that number, and take it over if all before it were."""
        if self._opened.get(number, (b"",))[0] is not data:
            self._opened[number] = data, Pdf.open(BytesIO(data))
        if number == len(self._taken):
            self._taken.append(self._copied(*self._opened[number]))

    def fits(self, laid: Sequence[Laid]) -> bool:
        """Whether what was taken over is how a book of these divisions begins."""
        return all(one.data is division.data for one, division in zip(self._taken, laid, strict=False))

    def _copied(self, data: bytes, source: Pdf) -> _Taken:
        copy, pages = self._out.copy_foreign, []
        for page in source.pages:
            self._out.pages.append(page)
            pages.append(self._out.pages[-1].obj)
        tree = copy(source.Root.StructTreeRoot)
        kids = list(tree.K[0].K)
        for kid in kids:
            kid.P = self._document
        owners = dict(NumberTree(tree.ParentTree).items())
        grouped = (item for item in source.objects if isinstance(item, Stream) and "/StructParents" in item)
        groups = [(copy(group), owners[int(group.StructParents)]) for group in grouped]
        destinations = []
        if "/Names" in source.Root:
            places = {old.obj.objgen: new for old, new in zip(source.pages, pages, strict=True)}
            for name, place in _pairs(source.Root.Names.Dests):
                destinations.append((name, Array([places[place[0].objgen], *list(place)[1:]])))
        identifiers = list(_pairs(tree.get("/IDTree")))
        return _Taken(data, pages, kids, owners, groups, identifiers, destinations)

    def close(self, laid: Sequence[Laid], fonts: bytes, labels: Sequence[Label], description: Description) -> bytes:
        """Give the PDF of a book of these divisions. ``fonts`` is a PDF with all its fonts; ``labels`` are those of
        its pages.

        The same divisions give the same bytes.
        """
        for number, division in enumerate(laid):
            self.open(number, division.data)
        out, taken = self._out, self._taken
        firsts = [0, *accumulate(len(one.pages) for one in taken)]
        self._write_structure(taken)
        if destinations := [pair for one in taken for pair in one.destinations]:
            out.Root.Names = Dictionary(Dests=Dictionary(Names=_table(destinations)))
        _write_outline(out, laid, firsts[:-1])
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

    def _write_structure(self, taken: Sequence[_Taken]) -> None:
        """Write the structure tree, and the tables that lead from content back to it (ISO 32000-1, 14.7.4.4)."""
        owned: list[Any] = []
        marked = [(page, one.owners[n]) for one in taken for n, page in enumerate(one.pages)]
        annotated = [
            (annotation, one.owners[int(annotation.StructParent)])
            for one in taken
            for page in one.pages
            for annotation in page.get("/Annots", ())
            if "/StructParent" in annotation
        ]
        for key, items in (
            ("/StructParents", marked),
            ("/StructParent", annotated),
            ("/StructParents", [pair for one in taken for pair in one.groups]),
        ):
            for item, owner in items:
                item[key] = len(owned)
                owned.append(owner)
        self._document.K = Array([kid for one in taken for kid in one.kids])
        self._root.K = Array([self._document])
        self._root.RoleMap = Dictionary({f"/{name}": Name(f"/{role}") for name, role in roles.ROLE_MAP.items()})
        self._root.ParentTree = parents.write(list(enumerate(owned)), parents.into(self._out))
        self._root.ParentTreeNextKey = len(owned)
        if identifiers := [pair for one in taken for pair in one.identifiers]:
            self._root.IDTree = Dictionary(Names=_table(identifiers))
        self._out.Root.StructTreeRoot = self._root
        self._out.Root.MarkInfo = Dictionary(Marked=True)


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
