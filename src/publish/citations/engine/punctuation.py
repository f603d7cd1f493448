"""Punctuation mended where pieces of a citation meet, across marks (CSL 1.0.2, "punctuation-in-quote").

citeproc-py leaves a full stop outside American quotation marks, and two stops where a title that ends in one
meets a style's own.
"""

from __future__ import annotations

from publish.citations.marks import LINK, QUOTED, is_mark

_STOPS = frozenset(".,;:!?")
# What becomes of two stops that meet; what is not here stays. The first decides unless the second says more.
_MEETING = {
    **{a + a: a for a in _STOPS},
    "!.": "!",
    "?.": "?",
    "!:": "!",
    "?:": "?",
    "….": "…",
    ",.": ".",
    ";.": ".",
    ":.": ".",
    ",;": ";",
    ",:": ":",
    ";,": ";",
    ":,": ":",
    ";:": ";",
    ":;": ":",
}


def mended(text: str, *, in_quotes: bool) -> str:
    """Mend the punctuation of a marked string; ``in_quotes`` moves a stop or comma inside closing quotation marks."""
    out: list[str] = []
    address = False
    for character in text:
        if character in (LINK.open, LINK.close):
            address = character == LINK.open
            out.append(character)
        elif address:
            out.append(character)
        elif character in _STOPS:
            _stop(out, character, in_quotes)
        elif character == " " and _last(out) == " ":
            continue
        else:
            out.append(character)
    return "".join(out)


def _last(out: list[str]) -> str:
    return next((c for c in reversed(out) if not is_mark(c)), "")


def _stop(out: list[str], character: str, in_quotes: bool) -> None:
    place = len(out)
    while place and is_mark(out[place - 1]):
        place -= 1
    before = out[place - 1] if place else ""
    quotes = [i for i in range(place, len(out)) if out[i] == QUOTED.close]
    inside = in_quotes and character in ".,"
    if before == " " and character in ",.;" and place > 1:
        return _after_space(out, character, place)
    if before == "”" and character == "." and in_quotes and out[place - 2 : place - 1] in (["."], ["!"], ["?"]):
        return None  # quotation marks that the style wrote itself
    met = _MEETING.get(before + character)
    if met is not None and (inside or not quotes):
        if met != before:
            del out[place - 1]
            _stop(out, met, in_quotes)
    elif quotes and inside:
        out.insert(quotes[0], character)
    else:
        out.append(character)
    return None


def _after_space(out: list[str], character: str, place: int) -> None:
    """A stop never follows a space: what should have stood between them was left out."""
    del out[place - 1]
    _stop(out, character, in_quotes=False)


def quoted(text: str, outer: tuple[str, str], inner: tuple[str, str]) -> str:
    """Put a language's quotation marks for the marks that stand for them, by depth."""
    out: list[str] = []
    depth = 0
    for character in text:
        if character == QUOTED.open:
            out.append((outer, inner)[depth % 2][0])
            depth += 1
        elif character == QUOTED.close:
            depth = max(0, depth - 1)
            out.append((outer, inner)[depth % 2][1])
        else:
            out.append(character)
    return "".join(out)
