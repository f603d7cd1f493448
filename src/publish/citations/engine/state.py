"""What is known while a style formats one work: the variables it asked for and found, and what must not come again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from publish.records import dataclass

_FALLBACK: Mapping[str, tuple[str, ...]] = {
    "verb-short": ("verb-short", "verb", "long"),
    "verb": ("verb", "long"),
    "symbol": ("symbol", "short", "long"),
    "short": ("short", "long"),
    "long": ("long",),
}
_XML = "{http://www.w3.org/XML/1998/namespace}lang"


class Words:
    """The terms of a style in one language: the style's own before those of CSL's locale, English last.

    citeproc-py looks for a term only in the form asked for; CSL falls back from ``verb-short`` to ``verb`` and from
    ``symbol`` to ``short`` to ``long``, first inside the language ("Terms").
    """

    def __init__(self, locales: list[Any], language: str) -> None:
        native = [one for one in locales if not _english(one) or language.startswith("en")]
        foreign = [one for one in locales if one not in native]
        self._tiers = [table for table in (_terms(native), _terms(foreign)) if table]
        self._found: dict[tuple[str, str], tuple[str, str] | None] = {}

    def get(self, name: str, form: str | None = None, *, plural: bool = False) -> str:
        """Give a term, or nothing."""
        pair = self.pair(name, form or "long")
        return pair[plural] if pair else ""

    def ordinal(self, number: int) -> str:
        """Give a number as an ordinal: ``2nd``, ``2.``, ``2e``. Special endings count only in the language itself."""
        for tier in self._tiers:
            names = [f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}", "ordinal"]
            if number % 100 // 10 == 1:
                names.remove(f"ordinal-{number % 10:02}")
            found = next((tier[name, "long"][0] for name in names if (name, "long") in tier), None)
            if found is not None:
                return f"{number}{found}"
        return str(number)

    def pair(self, name: str, form: str) -> tuple[str, str] | None:
        """Give a term's singular and plural, or None."""
        if (name, form) not in self._found:
            forms = _FALLBACK.get(form, (form,))
            self._found[name, form] = next(
                (tier[name, f] for tier in self._tiers for f in forms if (name, f) in tier), None
            )
        return self._found[name, form]


def _english(locale: Any) -> bool:
    return (locale.get(_XML) or "").startswith("en")


def _terms(locales: list[Any]) -> dict[tuple[str, str], tuple[str, str]]:
    table: dict[tuple[str, str], tuple[str, str]] = {}
    for locale in locales:
        for term in locale.iterfind("cs:terms/cs:term", locale.nsmap):
            name, form = term.get("name"), term.get("form") or "long"
            single, multiple = term.find("cs:single", term.nsmap), term.find("cs:multiple", term.nsmap)
            one = (single.text if single is not None else term.text) or ""
            many = (multiple.text if multiple is not None else one) or ""
            if term.get("gender-form") is None:
                table.setdefault((name, form), (one.strip("\n"), many.strip("\n")))
    return table


@dataclass
class State:
    """The style at work. ``area`` is its ``cs:citation`` or ``cs:bibliography`` element.

    ``asked`` counts the variables asked for so far, ``found`` names those that were there; a group without any of
    those it asked for is left out. ``gone`` are those that stood in for missing names and are not printed again.
    ``sorting`` holds the options of the sort key being made, or is None. ``suffixed`` says that the letter after a year
    was printed.
    """

    words: Words
    english: bool
    area: Any = None
    explicit_suffix: bool = False
    and_in_words: bool = False
    asked: int = 0
    found: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    sorting: Mapping[str, str] | None = None
    suffixed: bool = False
    macros: dict[str, Any] = field(default_factory=dict)

    def begin(self) -> None:
        """Make ready for another work."""
        self.asked = 0
        self.found.clear()
        self.gone.clear()
        self.suffixed = False

    def take(self, name: str, value: Any) -> bool:
        """Note that a variable was asked for; give whether it can be printed."""
        self.asked += 1
        if not value or name in self.gone:
            return False
        self.found.append(name)
        return True

    def part(self, print_it: Callable[[], str | None]) -> str:
        """Print a group or a macro: nothing when it asked for variables and found none."""
        asked, found = self.asked, len(self.found)
        text = print_it() or ""
        if self.asked > asked and len(self.found) == found:
            return ""
        if text:
            self.found.append("")  # what is printed counts as a variable that was found, for the group around it
        return text

    @property
    def in_bibliography(self) -> bool:
        """Whether the bibliography is being made."""
        return bool(self.area is not None and str(self.area.tag).endswith("}bibliography"))

    def option(self, name: str, default: str = "") -> str:
        """Give an inheritable option of names: the area's, else the style's."""
        for element in (self.area, self.area.getroottree().getroot() if self.area is not None else None):
            if element is not None and (value := element.get(name)) is not None:
                return str(value)
        return default
