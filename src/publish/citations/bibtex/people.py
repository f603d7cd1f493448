"""Names in BibTeX: ``First von Last``, ``von Last, First``, ``von Last, Jr, First``, ``{Body}``, ``and others``."""

from __future__ import annotations

import re
from collections.abc import Callable

from publish.citations import markup
from publish.citations.bibtex.latex import Unknown, decode

_KEYED = re.compile(
    r"\s*(family|given|prefix|suffix|given-i|useprefix|prefix-i|family-i|suffix-i)\s*=\s*(.*)", re.DOTALL
)
_WRAPPED = re.compile(r"^\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}$", re.DOTALL)


def people(text: str, unknown: Unknown, *, use_prefix: bool = False) -> list[dict[str, str]]:
    """Give the names in a field as CSL-JSON. ``use_prefix`` keeps "van" with the family name also when sorted."""
    names = (name.strip() for name in _split(" ".join(text.split()), _and))
    return [_person(name, unknown, use_prefix) for name in names if name]


def _and(text: str, at: int) -> int:
    """How many characters of a separator stand at a place: `` and ``, in any case."""
    return 5 if text[at : at + 5].lower() == " and " else 0


def _comma(text: str, at: int) -> int:
    return 1 if text[at] == "," else 0


def _space(text: str, at: int) -> int:
    return 1 if text[at] in " ~" else 0


def _split(text: str, separator: Callable[[str, int], int]) -> list[str]:
    """Cut a text at separators outside braces."""
    parts, start, depth, at = [], 0, 0, 0
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 2
            continue
        depth += (character == "{") - (character == "}")
        if depth <= 0 and (length := separator(text, at)):
            parts.append(text[start:at])
            # the space after one "and" may be the space before the next
            at += length - (1 if length == 5 else 0)
            start = at
            continue
        at += 1
    return [*parts, text[start:]]


def _person(name: str, unknown: Unknown, use_prefix: bool) -> dict[str, str]:
    if name.lower() == "others":
        return {"literal": "others"}
    if _WRAPPED.match(name):
        return {"literal": _read(name[1:-1], unknown)}
    parts = [part.strip() for part in _split(name, _comma)]
    if any(_KEYED.match(part) for part in parts):
        return _keyed(parts, unknown, use_prefix)
    if len(parts) == 1:
        given, prefix, family = _first_von_last(_words(parts[0]))
        suffix = ""
    else:
        prefix, family = _von_last(_words(parts[0]))
        given = parts[-1]
        suffix = ", ".join(parts[1:-1])
    if not given and not prefix and not suffix:
        return {"family": _read(family, unknown)}
    return _made(given, prefix, family, suffix, unknown, use_prefix)


def _made(given: str, prefix: str, family: str, suffix: str, unknown: Unknown, use_prefix: bool) -> dict[str, str]:
    particle = "non-dropping-particle" if use_prefix else "dropping-particle"
    fields = {"given": given, particle: prefix, "family": family, "suffix": suffix}
    return {name: _read(value, unknown) for name, value in fields.items() if value}


def _keyed(parts: list[str], unknown: Unknown, use_prefix: bool) -> dict[str, str]:
    """Read biblatex's spelled-out form: ``family=Beethoven, given=Ludwig, prefix=van``."""
    pairs = {match[1]: match[2] for part in parts if (match := _KEYED.match(part))}
    keep = use_prefix or pairs.get("useprefix", "") == "true"
    given, prefix, family, suffix = (pairs.get(k, "") for k in ("given", "prefix", "family", "suffix"))
    return _made(given, prefix, family, suffix, unknown, keep)


def _read(text: str, unknown: Unknown) -> str:
    return markup.to_html(decode(text.strip(), unknown))


def _words(text: str) -> list[str]:
    return [word for word in _split(text, _space) if word]


def _first_von_last(words: list[str]) -> tuple[str, str, str]:
    """Part ``First von Last``: words in small letters between are the prefix; without them the last is the family."""
    small = [i for i, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return " ".join(words[:-1]), "", words[-1]
    first, last = small[0], small[-1] + 1
    return " ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:])


def _von_last(words: list[str]) -> tuple[str, str]:
    small = [i for i, word in enumerate(words[:-1]) if _is_small(word)]
    last = small[-1] + 1 if small and small[0] == 0 else 0
    return " ".join(words[:last]), " ".join(words[last:])


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter; one in braces decides nothing, but ``{\\'e}`` is a letter."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    letters = [c for c in decode(word) if c.isalpha()]
    return bool(letters) and letters[0].islower()
