"""Which font files a book needs, and for which characters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from publish.formats.epub.styles import Face, Sheet

Characters = frozenset[str]


def needed(
    sheets: Collection[Sheet], covers: Mapping[str, Characters], used: Characters, vocabulary: frozenset[str]
) -> dict[str, Characters]:
    """Give, for every font file that a page can need, the characters that it must keep.

    ``covers`` are the characters of each file, ``used`` those of the pages, ``vocabulary`` the names of elements,
    classes and ids in the pages. A family is asked for what the families named before it do not have; one that no
    rule for these pages names, or that is asked for nothing, is not needed.
    """
    faces = [face for sheet in sheets for face in sheet.faces]
    asked = _asked(sheets, _families(faces, covers), used, vocabulary)
    keep = {file: used & covers[file] for sheet in sheets for file in sheet.pinned if file in covers}
    for face in faces:
        for file in face.files:
            characters = _allowed(face, asked.get(face.family, frozenset()) & covers.get(file, frozenset()))
            if characters:
                keep[file] = keep.get(file, frozenset()) | characters
    return keep


def _families(faces: Iterable[Face], covers: Mapping[str, Characters]) -> dict[str, Characters]:
    """Give the characters that each family has in any of its faces."""
    has: dict[str, Characters] = {}
    for face in faces:
        own = frozenset[str]().union(*(covers.get(file, frozenset()) for file in face.files))
        has[face.family] = has.get(face.family, frozenset()) | _allowed(face, own)
    return has


def _asked(
    sheets: Iterable[Sheet], has: Mapping[str, Characters], used: Characters, vocabulary: frozenset[str]
) -> dict[str, Characters]:
    """Give the characters that each family is asked for."""
    asked: dict[str, Characters] = {}
    for stack in {s.families for sheet in sheets for s in sheet.stacks if s.applies(vocabulary)}:
        left = used
        for family in _named(stack, has):
            asked[family] = asked.get(family, frozenset()) | (left & has[family])
            left -= has[family]
    return asked


def _named(stack: Iterable[str], families: Collection[str]) -> dict[str, None]:
    """Give those of the families that a list names, in order; a ``font`` shorthand says more before the name."""
    found = (f for name in stack for f in families if name == f or name.endswith(f" {f}"))
    return dict.fromkeys(found)


def _allowed(face: Face, characters: Characters) -> Characters:
    return frozenset(c for c in characters if face.allows(c))
