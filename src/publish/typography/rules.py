"""What the table of languages says, ready for use: ``languages.toml`` tells what each key means and who says so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from publish.records import dataclass

NO_BREAK = "\u00a0"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĘĚĜĞĠĢĤĪĮİĴĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽΑ-ΩА-ЯЁІЇЄҐ"
# What never stands in a text, so that a language without a rule finds nothing.
_NEVER = re.compile(r"(?!)")


class Pair(NamedTuple):
    """A mark that opens and the one that closes."""

    opening: str
    closing: str


@dataclass(frozen=True)
class Rules:
    """How one language is set. ``double`` is empty where straight quotes stay as they are typed.

    ``inner`` is the pair inside other quotes, ``single`` the one for single quotes outside them. ``padding`` is the
    space inside guillemets, ``before`` the space before each sign of punctuation that wants one. ``dashes`` are what
    ``--`` and ``---`` become, empty where they stay; where one ``dash_opens`` a speech,
    ``--`` before a word is no option of a command. ``held`` finds spaces at which no line may break, one in each of
    them, each with what stands around it. ``elision`` finds words that begin with an apostrophe. ``trigger`` is found
    in every text that has anything to set.
    """

    language: str
    double: Pair | None
    inner: Pair
    single: Pair
    padding: str
    before: Mapping[str, str]
    dashes: tuple[str, ...]
    dash_opens: bool
    ellipsis: bool
    ranges: bool
    held: tuple[re.Pattern[str], ...]
    elision: re.Pattern[str]
    only_pairs: bool
    trigger: re.Pattern[str]

    def concern(self, text: str) -> bool:
        """Whether there may be anything to set in a text. Most texts are done with here."""
        return self.trigger.search(text) is not None


@cache
def rules(language: str) -> Rules:
    """Give the rules for a language tag (BCP 47): those of the longest part of it that the table has."""
    table, tags = _table()
    own = language.lower().split("-")
    known = [tags[tag] for count in range(1, len(own) + 1) if (tag := "-".join(own[:count])) in tags]
    if len(own) > 2 and (tag := f"{own[0]}-{own[-1]}") in tags:
        known.append(tags[tag])  # de-Latn-CH
    entry: dict[str, Any] = dict(table["und"])
    for name in known:
        entry.update(table[name])
    return _rules(known[-1] if known else "und", entry)


@cache
def _table() -> tuple[Mapping[str, Mapping[str, Any]], Mapping[str, str]]:
    """Give the table, and the name of its entry for each tag in lower case."""
    text = (files(__package__) / "languages.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)
    tags = {tag.lower(): name for name, entry in table.items() for tag in (name, *entry.get("also", "").split())}
    return table, tags


def _rules(name: str, entry: Mapping[str, Any]) -> Rules:
    quotes, single, dashes = entry["quotes"], entry["single"], tuple(entry["dashes"])
    inner = Pair(*quotes[2:]) if quotes else Pair("", "")
    return Rules(
        language=name,
        double=Pair(*quotes[:2]) if quotes else None,
        inner=inner,
        single=Pair(*single) if single else inner,
        padding=entry["padding"],
        before=dict(entry["before"]),
        dashes=dashes,
        dash_opens=entry["dash-opens"],
        ellipsis=entry["ellipsis"],
        ranges=entry["ranges"],
        held=tuple(re.compile(pattern) for pattern in _held(entry)),
        elision=_elision(entry["elisions"]),
        only_pairs=entry["only-pairs"],
        trigger=_trigger(entry),
    )


def _trigger(entry: Mapping[str, Any]) -> re.Pattern[str]:
    """Make the pattern of what there is in every text that has anything to set.

    Each alternative begins with a letter of its own, which makes Python look for all of them at once.
    """
    found = [*"'\"0123456789", *"«»‹›" * bool(entry["padding"]), *entry["before"], *"–—" * entry["dash-held"]]
    found += ["--"] * bool(entry["dashes"]) + ["..."] * entry["ellipsis"]
    found += [". "] * bool(entry["initials"] or entry["together"])
    found += [f"{word} " for word in _both_cases(entry["short-words"])]
    return re.compile("|".join(re.escape(one) for one in found))


def _held(entry: Mapping[str, Any]) -> Iterator[str]:
    """Give patterns of what holds a space.

    Each begins with a character that is fast to look for; whatever stands before it is looked back for.
    """
    if places := "|".join(_at_numbers(entry)):
        yield f" (?:{places})"
    if places := "|".join(_after_stop(entry)):
        yield rf"\. (?:{places})"
    if words := "".join(_both_cases(entry["short-words"])):
        yield rf"[{words}] (?=\w)(?<!\w[{words}] )"
    if entry["dash-held"]:
        yield r" [–—](?=\s|\Z)"
        yield r"[–—] (?<=\A[–—] )"


def _at_numbers(entry: Mapping[str, Any]) -> Iterator[str]:
    behind = []
    if entry["units"]:
        behind.append(rf"(?:{_any(entry['units'])})(?![\w²³])")
    if entry["grouped"]:
        behind.append(r"(?<!\d{4} )\d{3}(?!\d)")
    if behind:
        yield rf"(?<=\d )(?=(?:{'|'.join(behind)}))"
    if words := entry["numbered"].split():
        yield rf"(?=\d)(?:{'|'.join(_after(word) for word in words)})"


def _after_stop(entry: Mapping[str, Any]) -> Iterator[str]:
    if entry["initials"]:
        yield rf"(?<=\b[{_UPPER}]\. )(?=[{_UPPER}]\. ?[{_UPPER}])"
        yield rf"(?<=\b[{_UPPER}]\.[ \u00A0][{_UPPER}]\. )(?=[{_UPPER}]\w)"
        yield rf"(?<=\b[{_UPPER}]\.[{_UPPER}]\. )(?=[{_UPPER}]\w)"
    together = [phrase.split() for phrase in entry["together"].split("|") if phrase]
    pairs = dict.fromkeys((a, b) for words in together for a, b in pairwise(words))
    for first, second in pairs:
        yield rf"{_after(first)}(?={re.escape(second)})"


def _both_cases(letters: str) -> list[str]:
    return [*letters.split(), *letters.upper().split()]


def _after(word: str) -> str:
    """Give what looks back for a word and the space behind it (of one length, as Python asks)."""
    return rf"(?<=\b{re.escape(word)} )" if word[0].isalpha() else rf"(?<={re.escape(word)} )"


def _elision(words: str) -> re.Pattern[str]:
    if not words:
        return _NEVER
    return re.compile(rf"'(?:{_any(words)})(?!\w)", re.IGNORECASE)


def _any(words: str) -> str:
    """Give a pattern for any of some words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))
