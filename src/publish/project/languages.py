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
        raise Unsound(f"“{cut(text)}” is not a language tag", _suggestion(text))
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
    strange = part not in known and not (first and len(part) == 3 and instead is None)
    if strange:
        raise Unsound(
            f"nobody knows a {what} “{part}”", f"write: {tag.replace(part, instead)}" if instead else _EXAMPLES
        )


def _suggestion(text: str) -> str:
    """Give the tag for a language's English name, for a locale's name, or an example."""
    if "_" in text:
        tag = re.split(r"[.@]", text)[0].replace("_", "-")
        return f"write: {tag}" if re.match(PATTERN, tag, re.ASCII) else _EXAMPLES
    names = {name.lower(): code for code, name in _subtags()["language"].items() if "_" not in code}
    near = get_close_matches(text.strip().lower(), list(names), n=1, cutoff=0.7)
    return f"write: {names[near[0]]}" if near else _EXAMPLES


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
