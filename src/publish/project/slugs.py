"""Names for files and ids, made from what editors write."""

from __future__ import annotations

import re
import unicodedata

# Latin letters that do not fall apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "", "'": ""}
)

LONGEST = 60


def slug(text: str) -> str:
    """Give a name of ASCII letters, digits and hyphens, cut at a word; empty when no letter of the text is Latin."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    ascii_only = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", ascii_only)
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    return name


def without_number(stem: str) -> str:
    """Take the number away that only orders files: ``01-introduction`` is ``introduction``."""
    return re.sub(r"^\d{1,3}[-_. ]+(?=\S)", "", stem)


def humanised(stem: str) -> str:
    """Make a title of a file's or a folder's name: ``north-and-east`` is “North and east”."""
    words = re.sub(r"[-_\s]+", " ", without_number(stem)).strip()
    return words[:1].upper() + words[1:]
