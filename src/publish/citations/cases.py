"""Letter case (CSL 1.0.2, "Text-case"): capitals that a style asks for, sparing words that keep theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from publish.citations.marks import ANY, NO_CASE

_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "down",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "per",
        "so",
        "the",
        "till",
        "to",
        "up",
        "via",
        "vs",
        "vs.",
        "with",
        "yet",
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "among",
        "around",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "despite",
        "during",
        "except",
        "inside",
        "near",
        "off",
        "out",
        "outside",
        "past",
        "since",
        "through",
        "throughout",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "upon",
        "within",
        "without",
        "de",
        "la",
        "le",
        "van",
        "von",
        "d’",
        "l’",
    ]
)
_WORD = re.compile(r"\S+")
_ENDS_SENTENCE = re.compile(r"[:?!—][^\w\s]*$")
_PARTS = re.compile(r"(?<=.)([-–/])(?=.)")


def recase(text: str, case: str | None, *, english: bool) -> str:
    """Give a marked string in a case; title case is for English only."""
    if case is None or not text:
        return text
    if case == "title":
        return _title(text) if english else text
    return _CASES[case](text) if case in _CASES else text


def _outside(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a string into stretches, each with whether its capitals are protected."""
    depth, start = 0, 0
    for index, character in enumerate(text):
        if character == NO_CASE.open:
            if depth == 0:
                yield text[start:index], False
                start = index
            depth += 1
        elif character == NO_CASE.close and depth:
            depth -= 1
            if depth == 0:
                yield text[start : index + 1], True
                start = index + 1
    yield text[start:], depth > 0


def _each(text: str, change: Callable[[str], str]) -> str:
    return "".join(stretch if kept else change(stretch) for stretch, kept in _outside(text))


def capitalise_first(text: str) -> str:
    """Make the first letter a capital, unless it keeps its case."""
    for index, character in enumerate(text):
        if character == NO_CASE.open:
            return text
        if character.isalnum():
            return text[:index] + character.upper() + text[index + 1 :]
    return text


def sentence(text: str) -> str:
    """Give a title as a sentence: words with one capital lose it, but for the first and those after a colon.

    Words that hold other capitals (NATO, iPhone) keep them; so does what is protected.
    """
    out: list[str] = []
    first = True
    for stretch, kept in _outside(text):
        if kept:
            out.append(stretch)
            first = first and not re.search(r"\w", ANY.sub("", stretch))
            continue
        at = 0
        for word in _WORD.finditer(stretch):
            out.append(stretch[at : word.start()])
            out.append(_opening(word[0]) if first else _lowered(word[0]))
            letters = ANY.sub("", word[0])
            if any(c.isalnum() for c in letters):
                first = bool(_ENDS_SENTENCE.search(letters))
            at = word.end()
        out.append(stretch[at:])
    return "".join(out)


def _opening(word: str) -> str:
    """Give the first word of a sentence: what follows its first hyphen is like any other (``Higher-dimensional``)."""
    first, *rest = _PARTS.split(word)
    return first + "".join(map(_lowered, rest))


def _lowered(word: str) -> str:
    letters = [c for c in word if c.isalpha()]
    alone = len(letters) == 1 and letters[0] == "I"
    if letters and not alone and letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return word.lower()
    parts = _PARTS.split(word)
    return "".join(map(_lowered, parts)) if len(parts) > 1 else word


def _title(text: str) -> str:
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    protected = _protected(text)
    real = [i for i, (a, b) in enumerate(words) if any(c.isalnum() for c in text[a:b])]
    out, at, before = [], 0, ":"
    for index, (start, end) in enumerate(words):
        out.append(text[at:start])
        word = text[start:end]
        letters = ANY.sub("", word)
        ends = bool(_ENDS_SENTENCE.search(before)) or index == real[-1] or letters[-1:] in (":", "?", "!")
        # After a full stop nobody can tell: "vol. a", "Twelfth Century. A Study".
        out.append(
            word if before.endswith(".") and letters[:1].isupper() else _title_word(word, start, protected, ends)
        )
        before = letters if index in real else before
        at = end
    out.append(text[at:])
    return "".join(out)


def _title_word(word: str, start: int, protected: set[int], ends: bool) -> str:
    """Give a word as it stands in a title that begins at ``start``; ``ends`` says that it begins or ends it."""
    out: list[str] = []
    at = start
    for number, part in enumerate(_PARTS.split(word)):
        letters = ANY.sub("", part)
        small = letters.strip("“”‘’\"'()[]{},;:.!?…").lower() in _STOP_WORDS and not (ends and number == 0)
        free = not any(at + i in protected for i in range(len(part)))
        if letters.lower() == letters and not small:
            out.append(_capital(part, at, protected))
        else:
            out.append(part.lower() if small and number == 0 and letters.istitle() and free else part)
        at += len(part)
    return "".join(out)


def _capital(word: str, start: int, protected: set[int]) -> str:
    for index, character in enumerate(word):
        if character.isalnum():
            if start + index in protected:
                return word
            return word[:index] + character.upper() + word[index + 1 :]
    return word


def _protected(text: str) -> set[int]:
    places: set[int] = set()
    at = 0
    for stretch, kept in _outside(text):
        if kept:
            places.update(range(at, at + len(stretch)))
        at += len(stretch)
    return places


def _capitalise_all(text: str) -> str:
    protected = _protected(text)
    return _WORD.sub(lambda m: _capital(m[0], m.start(), protected), text)


_CASES: dict[str, Callable[[str], str]] = {
    "lowercase": lambda text: _each(text, str.lower),
    "uppercase": lambda text: _each(text, str.upper),
    "capitalize-first": capitalise_first,
    "capitalize-all": _capitalise_all,
    "sentence": lambda text: capitalise_first(sentence(text)),
}
