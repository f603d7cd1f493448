"""Names (ids): which characters they may have, and how a heading gets one.

A name must be an XML name without colons (Namespaces in XML 1.0, production NCName), or EPUBs are refused, and must
read well in a link: letters of every script stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Names that the rest of the toolchain makes up itself.
_RESERVED = re.compile(r"(?:note|noteref|page)-[0-9ivxlcdm][0-9a-z-]*")
_SPACES = re.compile(r"[\s\-]+")


def slugify(words: str) -> str:
    """Make a name of a heading's words: lower case, letters of any script, hyphens for spaces; never empty."""
    text = unicodedata.normalize("NFC", words).lower()
    kept = "".join(c if _may_stand(c) else " " if c.isspace() or c in "-–—/" else "" for c in text)
    name = _SPACES.sub("-", kept).strip("-._")
    if not name:
        return "section"
    return name if _may_begin(name[0]) and not reserved(name) else f"section-{name}"


def xml_name(name: str) -> str:
    """Turn the name an author gave into one that XML takes; the same for the name and for links to it."""
    text = "".join(c if _may_stand(c) else "-" for c in unicodedata.normalize("NFC", name))
    return text if text and (_may_begin(text[0]) or text[0] == "_") else f"id-{text}"


def reserved(name: str) -> bool:
    """Whether a name is one of those that are given to notes and pages."""
    return bool(_RESERVED.fullmatch(name))


class Names:
    """The names that are taken; ``fresh`` gives one that is not, and takes it."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def fresh(self, name: str) -> str:
        """Give the name, or the first of name-2, name-3 ... that is not taken."""
        free = name
        while free in self._taken:
            number = self._numbers.get(name, 1) + 1
            self._numbers[name] = number
            free = f"{name}-{number}"
        self._taken.add(free)
        return free


def _may_begin(character: str) -> bool:
    if character.isascii():
        return character.isalpha()
    # Two signs count as letters in Unicode and not in XML; what came after Unicode 3.2 is unknown to many readers.
    return character not in "ªµº" and unicodedata.ucd_3_2_0.category(character).startswith("L")


def _may_stand(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "-._"
    return _may_begin(character) or unicodedata.ucd_3_2_0.category(character) in ("Mn", "Mc", "Nd")
