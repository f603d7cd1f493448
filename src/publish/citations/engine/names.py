"""Names of people (CSL 1.0.2, "Names")."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from citeproc import model

from publish.citations.cases import recase
from publish.citations.engine.elements import Stated
from publish.citations.engine.items import Item, Person
from publish.citations.engine.state import State
from publish.citations.marks import NAMES
from publish.records import dataclass

INITIALS, FULL = 1, 2
"""How much of a given name tells it from another's."""

_EAST_ASIAN = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC")


class Names(Stated, model.Names):
    """``cs:names``. citeproc-py forgets the form and label of names inside ``cs:substitute``, and prints again what
    stood in for the author (an editor, a title).
    """

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give the people with the roles asked for, or what stands for them."""
        state = self.state()
        pattern = self._pattern()
        text = self._people(item, pattern, state)
        if text:
            own = self.get("prefix") or self.get("suffix")
            return _once((self if own else pattern).finished(text) or "")
        instead = self.find("cs:substitute", self.nsmap)
        return _once(instead.render(item) or "") or None if instead is not None else None

    def _pattern(self) -> Any:
        """Give the element whose form these names take: inside ``cs:substitute``, that of the names they stand for."""
        if self.find("cs:name", self.nsmap) is None:
            for above in self.iterancestors():
                if isinstance(above, Names):
                    return above
        return self

    def _people(self, item: Item, pattern: Any, state: State) -> str:
        roles = self.get("variable", "").split()
        found = [role for role in roles if state.take(role, item.work.people(role))]
        both = set(found) == {"editor", "translator"} and item.work.people("editor") == item.work.people("translator")
        term = next((t for t in ("editortranslator", "editor-translator") if state.words.get(t)), "") if both else ""
        if term:
            return self._role(item, found[0], term, pattern)
        counts = [self._role(item, role, role, pattern) for role in found]
        name = pattern.find("cs:name", self.nsmap)
        if name is not None and name.get("form") == "count":
            return str(sum(int(count or 0) for count in counts)) if counts else ""
        delimiter = self.get("delimiter") or pattern.get("delimiter") or state.option("names-delimiter")
        return str(model.join([c for c in counts if c], delimiter)) if any(counts) else ""

    def _role(self, item: Item, role: str, term: str, pattern: Any) -> str:
        people = item.work.people(role)
        state = self.state()
        children = [child for child in pattern if isinstance(child, Name | model.Label | model.Et_Al)]
        name = next((child for child in children if isinstance(child, Name)), None)
        label = next((child for child in children if isinstance(child, model.Label)), None)
        text = NameList(pattern, name, state, item).text(people)
        if name is not None and state.sorting is None:
            text = str(name.wrap(name.format(text)))
        if label is None or state.sorting is not None or (name is not None and name.get("form") == "count"):
            return text
        word = label.render(item, role=term, plural=len(people) > 1) or ""
        return word + text if children[0] is label else text + word


def _once(text: str) -> str:
    """Mark names as such, unless what stands for them is names already marked."""
    return text if not text or NAMES.open in text else NAMES.around(text)


class Substitute(Stated, model.Substitute):
    """``cs:substitute``."""

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give the first that is there of what may stand for missing names; it is not printed a second time."""
        state = self.state()
        for child in self.getchildren():
            found = len(state.found)
            text = child.render(item)
            if text:
                state.gone.update(state.found[found:])
                return str(text)
        return None


class Name(Stated, model.Name):
    """``cs:name``: its options; ``NameList`` prints."""


@dataclass(frozen=True)
class NameList:
    """A list of people as a style prints it. citeproc-py knows no ``initialize``, ``et-al-subsequent-min`` or
    ``delimiter-precedes-last="after-inverted-name"``, joins names with commas only, and makes "M.-. jun ." of Min-jun.
    """

    names: Any
    name: Any
    state: State
    item: Item

    def text(self, people: tuple[Person, ...]) -> str:
        """Give the list."""
        least, first = self._et_al()
        if len(people) > 1 and people[-1].literal == "others":
            people = people[:-1]
            least, first = 1, min(first if 0 < least <= len(people) + 1 else len(people), len(people))
        form = self._option("form", "long")
        cut = 0 < least <= len(people) and (first < len(people) or least == 1)
        shown = people[:first] if cut else people
        if form == "count":
            return str(len(shown))
        texts = [self._person(person, place, form) for place, person in enumerate(shown)]
        if cut:
            return self._cut(texts, people, form, first)
        return self._joined(texts)

    def _option(self, name: str, default: str = "") -> str:
        """Give an option: the sort key's, the name's own, the area's or the style's."""
        if self.state.sorting and name in self.state.sorting:
            return self.state.sorting[name]
        if self.name is not None and (own := self.name.get(name)) is not None:
            return str(own)
        return self.state.option(f"name-{name}" if name in ("form", "delimiter") else name, default)

    def _et_al(self) -> tuple[int, int]:
        least, first = int(self._option("et-al-min", "0")), int(self._option("et-al-use-first", "1"))
        if "subsequent" in self.item.positions and not self.state.in_bibliography:
            least = int(self._option("et-al-subsequent-min") or least)
            first = int(self._option("et-al-subsequent-use-first") or first)
        if self.state.sorting is None and not self.state.in_bibliography:
            first = max(first, self.item.work.shown)
        return least, first

    def _cut(self, texts: list[str], people: tuple[Person, ...], form: str, first: int) -> str:
        delimiter = self._option("delimiter", ", ")
        text = str(model.join(texts, delimiter)) if texts else ""
        if self.state.sorting is not None:
            return text
        if self._option("et-al-use-last") == "true" and len(people) > first + 1:
            return f"{text}{delimiter}… {self._person(people[-1], len(people) - 1, form)}"
        words = self._and_others()
        if not text or not words:
            return text
        wish = self._option("delimiter-precedes-et-al", "contextual")
        apart = self._apart(wish, len(texts) >= 2, len(texts) - 1)
        return text + (delimiter if apart else " ") + words

    def _and_others(self) -> str:
        words, own = self.state.words, self.names.find("cs:et-al", self.names.nsmap)
        if own is None:
            return words.get("et-al")
        return str(own.wrap(own.format(words.get(own.get("term", "et-al")))))

    def _joined(self, texts: list[str]) -> str:
        delimiter = self._option("delimiter", ", ")
        wish = self._option("and")
        if self.state.sorting is not None or len(texts) < 2 or wish not in ("text", "symbol"):
            return str(model.join(texts, delimiter)) if texts else ""
        word = "&" if wish == "symbol" and not self.state.and_in_words else self.state.words.get("and")
        apart = self._apart(self._option("delimiter-precedes-last", "contextual"), len(texts) > 2, len(texts) - 2)
        return str(model.join(texts[:-1], delimiter)) + (delimiter if apart else " ") + f"{word} {texts[-1]}"

    def _apart(self, wish: str, contextual: bool, before: int) -> bool:
        """Whether a delimiter stands before the last name or "et al."; ``before`` is the place of the one before."""
        if wish == "after-inverted-name":
            return self._inverted(before)
        return contextual if wish == "contextual" else wish == "always"

    def _inverted(self, place: int) -> bool:
        order = self._option("name-as-sort-order")
        return order == "all" or (order == "first" and place == 0)

    # --- one name ---

    def _person(self, person: Person, place: int, form: str) -> str:
        if person.literal:
            return self._part("family", person.literal)
        level = (
            0 if self.state.sorting is not None or self.state.in_bibliography else self.item.work.given.get(place, 0)
        )
        short = form == "short" and not level
        given = person.given
        initials = self._option("initialize-with", "\0")
        if _east_asian(person):
            pass
        elif initials != "\0" and not (form == "short" and level == FULL):
            given = initialised(given, initials, self) if self._option("initialize", "true") != "false" else given
        if _east_asian(person):
            family = self._part("family", person.family)
            return family if short else family + self._part("given", given)
        if short:
            return self._part("family", _spaced(person.particle, person.family))
        return self._long(person, given, inverted=self._inverted(place))

    def _long(self, person: Person, given: str, *, inverted: bool) -> str:
        if not inverted:
            family = self._part("family", _spaced(person.particle, person.family))
            name = _spaced(self._part("given", given), _spaced(person.dropping, family))
            return name + _suffix(person)
        demote = str(self.names.get_root().get("demote-non-dropping-particle", "display-and-sort"))
        stays = demote == "never" or (demote == "sort-only" and self.state.sorting is None)
        family = self._part("family", _spaced(person.particle, person.family) if stays else person.family)
        after = _spaced(person.dropping, "" if stays else person.particle)
        parts = (family, _spaced(self._part("given", given), after), person.suffix)
        return self._option("sort-separator", ", ").join(part for part in parts if part)

    def _part(self, kind: str, text: str) -> str:
        if self.name is None or not text or self.state.sorting is not None:
            return text
        for part in self.name.findall("cs:name-part", self.name.nsmap):
            if part.get("name") == kind:
                return str(part.wrap(part.format(_cased(text, part.get("text-case")))))
        return text


def _cased(text: str, case: str | None) -> str:
    return recase(text, case, english=True)


def _suffix(person: Person) -> str:
    if not person.suffix:
        return ""
    return f", {person.suffix}" if person.comma_suffix else f" {person.suffix}"


def _spaced(one: str, other: str) -> str:
    """Join two parts of a name; nothing stands after an apostrophe (d’Alembert) or a hyphen (al-Rashid)."""
    return f"{one}{'' if one.endswith(('’', '-', '‐')) else ' '}{other}" if one and other else one or other


def _east_asian(person: Person) -> bool:
    """Whether a name is written in Chinese, Japanese or Korean signs: family first, no space."""
    letters = [c for c in person.family + person.given if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith(_EAST_ASIAN) for c in letters)


def initialised(given: str, mark: str, options: Any = None) -> str:
    """Give a given name's initials: ``Jean-Luc Marie`` with ``. `` is ``J.-L. M.``; small words stay."""
    hyphen = options is None or options._option("initialize-with-hyphen", "true") != "false"
    out: list[str] = []
    for word in re.sub(r"\.(?=\S)(?!-)", ". ", given).split():
        pieces = [piece for piece in word.rstrip(".").split("-") if piece]
        capitals = [piece[0] for piece in pieces if piece[0].isupper() or not piece[0].islower()]
        if not capitals:
            out.append(f" {word} ")
        elif hyphen:
            out.append("-".join(f"{c}{mark.rstrip()}" for c in capitals) + mark[len(mark.rstrip()) :])
        else:
            out.append("".join(f"{c}{mark}" for c in capitals))
    return " ".join("".join(out).split())


class EtAl(Stated, model.Et_Al):
    """``cs:et-al``; ``NameList`` prints it."""
