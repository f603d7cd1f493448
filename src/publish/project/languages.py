"""Language tags (BCP 47, RFC 5646): whether a tag is well formed and its subtags are known to CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from publish.project.unsound import Unsound, cut

PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*$"

_EXAMPLES = "write a language's tag, as en, en-GB, fr, ru or ko"


def language(text: str) -> str:
    """Give a tag in its usual letters: ``en-gb`` is ``en-GB``.

    Raises Unsound for what is not a tag or names a language, script or country that nobody knows.
    """
    if not re.match(PATTERN, text, re.ASCII):
        raise _no_tag(text)
    subtags = [_usual(part, first=i == 0) for i, part in enumerate(text.split("-"))]
    for i, part in enumerate(subtags):
        _check(part, text, first=i == 0)
    return "-".join(subtags)


def _usual(part: str, *, first: bool) -> str:
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) == 2 and not first else part.lower()


def _check(part: str, tag: str, *, first: bool) -> None:
    if first:
        what = "language"
    elif len(part) == 4 and part.isalpha():
        what = "script"
    elif len(part) < 4:
        what = "country"
    else:
        return
    known, instead = _subtags()[what], _subtags()[f"old-{what}"].get(part)
    # Thousands of languages have only a code of three letters; CLDR names the larger ones.
    if part in known or (first and len(part) == 3 and instead is None):
        return
    hint = f"write: {tag.replace(part, instead)}" if instead else _EXAMPLES
    # What was one language is one still; what was one country may be several now.
    sure = tag.replace(part, instead, 1) if instead and first else ""
    raise Unsound(f"nobody knows a {what} “{part}”", hint, sure)


def _no_tag(text: str) -> Unsound:
    """Say what to write for a language's English name or for the name of a locale, which certainly means a tag."""
    message = f"“{cut(text)}” is not a language tag"
    if "_" in text:
        tag = re.split(r"[.@]", text)[0].replace("_", "-")
        try:
            return Unsound(message, instead=language(tag))
        except Unsound:
            return Unsound(message, _EXAMPLES)
    names = {name.lower(): code for code, name in _subtags()["language"].items() if "_" not in code}
    wanted = text.strip().lower()
    near = get_close_matches(wanted, list(names), n=1, cutoff=0.7)
    instead = names[near[0]] if near else ""
    return Unsound(message, f"write: {instead}" if near else _EXAMPLES, instead if wanted in names else "")


@cache
def _subtags() -> Mapping[str, Mapping[str, str]]:
    """Read the table that ``scripts/subtags`` makes: names by code for each kind, and what replaced an old code.

    Babel knows all this too, but takes 50 ms to say it, and every command asks.
    """
    table: dict[str, dict[str, str]] = {
        f"{old}{kind}": {} for kind in ("language", "script", "country") for old in ("", "old-")
    }
    for line in files("publish.project").joinpath("subtags.tsv").read_text(encoding="utf-8").splitlines():
        kind, code, name = line.split("\t")
        table[kind][code] = name
    return table
