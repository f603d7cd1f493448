"""A font read, and cut down to some of its characters. The only door to HarfBuzz's knife.

HarfBuzz cuts a font in a millisecond, fontTools in up to half a second. What HarfBuzz does not carry over (drawings in
SVG, kerning in a table of the time before OpenType) fontTools cuts, and it opens and closes what is packed as WOFF.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field
from enum import Enum
from functools import cached_property
from io import BytesIO
from struct import iter_unpack, unpack_from
from typing import TYPE_CHECKING, Any

from publish.cache import NOTHING_KEPT, Shelf
from publish.records import dataclass

if TYPE_CHECKING:
    import uharfbuzz  # type: ignore[import-untyped]

_PACKED = frozenset({b"wOFF", b"wOF2"})
# What every script needs to be shaped, as fontTools and HarfBuzz both keep it when nobody says otherwise.
_SHAPING = """
BUZZ Buzz HARF Harf abvf abvm abvs akhn blwf blwm blws calt ccmp cfar chws cjct clig cswh curs dist dnom fin2 fin3 fina
frac half haln halt init isol jalt kern liga ljmo locl ltra ltrm mark med2 medi mkmk mset nukt numr palt pref pres pstf
psts rand rclt rkrf rlig rphf rtla rtlm rvrn stch tjmo valt vatu vchw vert vhal vjmo vkrn vpal vrt2
"""
# Beyond that: small capitals, kinds of figures, superiors, case forms.
_READING = "c2pc c2sc case dlig lnum onum ordn pcap pnum sinf smcp subs sups tnum zero"
FEATURES = frozenset(f"{_SHAPING} {_READING}".split())
"""The features that are kept in any case."""

# Names that a licence wants kept (copyright, licence and its address) and those that identify the font.
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17})
_ENGLISH = 0x409


class Embedding(Enum):
    """What a font's maker allows to be done with it in a document."""

    NONE = "not embedded"
    WHOLE = "embedded, and not cut down"
    CUT = "embedded and cut down"


@dataclass(frozen=True)
class Font:
    """A font's file: its ``data``, and the same unpacked (``sfnt``) where it is packed for the web."""

    data: bytes = field(repr=False)
    sfnt: bytes = field(repr=False)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that it has glyphs for."""
        return frozenset(map(chr, self._face.unicodes))

    @cached_property
    def embedding(self) -> Embedding:
        """What its file says may be done with it (OpenType 1.9, OS/2, fsType); silence allows everything."""
        table = self._face.reference_table("OS/2").data
        bits = unpack_from(">H", table, 8)[0] if len(table) >= 10 else 0
        # Of the first four bits the least restrictive counts; only "restricted" alone forbids. Bitmaps are of no use.
        if bits & 0x000E == 0x0002 or bits & 0x0200:
            return Embedding.NONE
        return Embedding.WHOLE if bits & 0x0100 else Embedding.CUT

    def cut(self, characters: frozenset[str], more: Collection[str] = (), shelf: Shelf = NOTHING_KEPT) -> bytes:
        """Give the file with only these characters and the glyphs that features (``FEATURES`` and more) make of them.

        The bytes depend on the arguments and the versions of the libraries only. What takes long is kept on the shelf.
        Raises errors of many kinds when the font is damaged.
        """
        if self.embedding is Embedding.WHOLE:
            return self.data
        features = FEATURES.union(tag for tag in more if len(tag) == 4 and tag.isascii())
        if self.sfnt is self.data and not self._needs_fonttools:
            return self._cut(characters, features)
        work = ("font", "".join(sorted(characters)), " ".join(sorted(features)), self.data)
        kept = shelf.get(*work)
        if kept is None:
            kept = cut_by_fonttools(self.data, characters, features)
            shelf.put(kept, *work)
        return kept

    @cached_property
    def _face(self) -> uharfbuzz.Face:
        from uharfbuzz import Face

        return Face(self.sfnt)

    @property
    def _needs_fonttools(self) -> bool:
        tables = _tables(self.sfnt)
        return "SVG " in tables or ("kern" in tables and b"kern" not in _features(self._face, "GPOS"))

    def _cut(self, characters: frozenset[str], features: frozenset[str]) -> bytes:
        from uharfbuzz import Face, SubsetFlags, SubsetInput, subset

        knife = SubsetInput()
        knife.flags = SubsetFlags.NO_HINTING | SubsetFlags.NOTDEF_OUTLINE
        for kept, wanted in (
            (knife.unicode_set, map(ord, characters)),
            (knife.layout_feature_tag_set, (int.from_bytes(tag.encode("ascii"), "big") for tag in features)),
            (knife.name_id_set, _NAMES),
            (knife.name_lang_id_set, {_ENGLISH}),
        ):
            kept.clear()
            kept.update(wanted)
        made: bytes = subset(self._face, knife).blob.data
        # HarfBuzz passes over what it cannot read, which is right for a page on a screen and wrong for a book.
        lost = characters & self.characters - frozenset(map(chr, Face(made).unicodes))
        if lost:
            raise ValueError(f"it has no sound glyph for “{min(lost)}”")
        return made


def opened(data: bytes) -> Font:
    """Open a font's file; raises errors of many kinds when it is none, or is not whole."""
    font = Font(data, _unpacked(data) if data[:4] in _PACKED else data)
    tables = _tables(font.sfnt)
    face = font._face
    lost = {"cmap", "head", "maxp"} - tables
    if lost or not face.glyph_count:
        raise ValueError(f"it has no table {', '.join(sorted(lost)) or 'of glyphs'}")
    for tag, sound in (("GSUB", face.has_layout_substitution), ("GPOS", face.has_layout_positioning)):
        if tag in tables and not sound:
            raise ValueError(f"its table {tag} is damaged")
    return font


def _tables(sfnt: bytes) -> frozenset[str]:
    """Give the names of a font's tables; raises ValueError unless each lies whole in the file."""
    count = int.from_bytes(sfnt[4:6], "big")
    directory = sfnt[12 : 12 + 16 * count]
    if not count or len(directory) < 16 * count:
        raise ValueError("it is no font, or ends in the middle of its directory")
    rows = list(iter_unpack(">4sLLL", directory))
    for tag, _, offset, length in rows:
        if offset + length > len(sfnt):
            raise ValueError(f"it ends before its table {tag.decode('latin-1').strip()} does")
    return frozenset(tag.decode("latin-1") for tag, *_ in rows)


def _features(face: uharfbuzz.Face, table: str) -> frozenset[bytes]:
    """Give the tags in a GSUB or GPOS table's list of features (OpenType 1.9, chapter 2)."""
    data = face.reference_table(table).data
    if len(data) < 10:
        return frozenset()
    at = int.from_bytes(data[6:8], "big")
    count = int.from_bytes(data[at : at + 2], "big")
    return frozenset(tag for tag, _ in iter_unpack(">4sH", data[at + 2 : at + 2 + 6 * count]))


def _unpacked(data: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font, out = TTFont(BytesIO(data), recalcTimestamp=False, lazy=True), BytesIO()
    font.flavor = None
    font.save(out, reorderTables=None)
    return out.getvalue()


def cut_by_fonttools(data: bytes, characters: frozenset[str], features: frozenset[str]) -> bytes:
    """Do what ``Font.cut`` does with fontTools: for whatever HarfBuzz cannot carry, and as the oracle of the tests."""
    import logging

    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont

    # It warns of every table that it does not know and leaves out: those of font editors, of no use to a reader.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    font = TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
    options = subset.Options()
    options.layout_features = sorted(features)
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    # Two machines with and without HarfBuzz's own packer would give two files.
    options.harfbuzz_repacker = False
    options.flavor = font.flavor
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    # fontTools would look for names in use through the whole of every table, which takes longer than all the rest.
    names = font["name"]
    del font["name"]
    subsetter.subset(font)
    kept = _NAMES | _names_in_use(font)
    names.names = [n for n in names.names if n.isUnicode() and n.langID == _ENGLISH and n.nameID in kept]
    font["name"] = names
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _names_in_use(font: Any) -> frozenset[int]:
    """Give the numbers of the names that features, axes and palettes point to."""
    from fontTools.ttLib.tables._n_a_m_e import NameRecordVisitor  # type: ignore[import-untyped]

    visitor = NameRecordVisitor()
    for tag in visitor.TABLES:
        if tag in font:
            pointing = font[tag].table.FeatureList if tag in ("GSUB", "GPOS") else font[tag]
            if pointing is not None:
                visitor.visit(pointing)
    return frozenset(visitor.seen)
