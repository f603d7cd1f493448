"""Telling works apart that a style would cite alike (CSL 1.0.2, "Disambiguation"): citeproc-py has none of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from publish.citations.engine.items import Person, Work
from publish.citations.engine.names import FULL, INITIALS, initialised

Cited: TypeAlias = Callable[[Work], str]
"""Gives a work as the style cites it, without anything that belongs to one citation."""


def disambiguate(works: list[Work], citation: Any, cited: Cited) -> None:
    """Tell works apart by the means that a ``cs:citation`` element names; ``works`` are in the bibliography's order."""
    if citation.get("disambiguate-add-givenname") == "true":
        rule = citation.get("givenname-disambiguation-rule", "by-cite")
        if rule != "by-cite":
            _name_by_name(works, rule)
    for means in (_more_names, _given_names, _condition):
        if means is _condition or citation.get(_SWITCHES[means.__name__]) == "true":
            for alike in _alike(works, cited):
                means(alike, cited)
    if citation.get("disambiguate-add-year-suffix") == "true":
        for alike in _alike(works, cited):
            for number, work in enumerate(alike):
                work.suffix = letters(number)


_SWITCHES = {"_more_names": "disambiguate-add-names", "_given_names": "disambiguate-add-givenname"}


def letters(number: int) -> str:
    """Count with letters: 0 is ``a``, 25 ``z``, 26 ``aa``."""
    first, last = divmod(number, 26)
    return (letters(first - 1) if first else "") + chr(ord("a") + last)


def _alike(works: Iterable[Work], cited: Cited) -> list[list[Work]]:
    groups: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        groups[cited(work)].append(work)
    return [group for text, group in groups.items() if len(group) > 1 and text]


def _kinds(works: list[Work], cited: Cited) -> int:
    return len({cited(work) for work in works})


def _authors(work: Work) -> tuple[Person, ...]:
    return next((p for role in ("author", "editor", "translator") if (p := work.people(role))), ())


def _more_names(alike: list[Work], cited: Cited) -> None:
    """Print more of the names that "et al." hides: as few as tell the works apart, or none."""
    best, most = 0, _kinds(alike, cited)
    for shown in range(1, max(len(_authors(work)) for work in alike) + 1):
        for work in alike:
            work.shown = shown
        if (kinds := _kinds(alike, cited)) > most:
            best, most = shown, kinds
    for work in alike:
        work.shown = best


def _given_names(alike: list[Work], cited: Cited) -> None:
    """Print initials, then given names, from the first name on, as far as that tells the works apart."""
    for place in range(max(len(_authors(work)) for work in alike)):
        for level in (INITIALS, FULL):
            before = _kinds(alike, cited)
            kept = [dict(work.given) for work in alike]
            for work in alike:
                work.given[place] = level
            if _kinds(alike, cited) == before:
                for work, given in zip(alike, kept, strict=True):
                    work.given = given


def _condition(alike: list[Work], cited: Cited) -> None:
    """Let the style tell works apart in its own way, if it has one."""
    before = _kinds(alike, cited)
    for work in alike:
        work.condition = True
    if _kinds(alike, cited) == before:
        for work in alike:
            work.condition = False


def _name_by_name(works: list[Work], rule: str) -> None:
    """Tell every person from others of the same family name, whether or not citations are alike."""
    known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for work in works:
        for person in _named(work, rule):
            known[person.particle, person.family].add(person.given)
    for work in works:
        for place, person in enumerate(_named(work, rule)):
            givens = known[person.particle, person.family]
            if person.family and len(givens) > 1:
                work.given[place] = _level(person.given, givens, rule)


def _named(work: Work, rule: str) -> tuple[Person, ...]:
    people = _authors(work)
    return people[:1] if rule.startswith("primary-name") else people


def _level(given: str, givens: set[str], rule: str) -> int:
    mine = initialised(given, ".")
    unique = sum(initialised(other, ".") == mine for other in givens) == 1
    return INITIALS if unique or rule.endswith("with-initials") else FULL
