"""citeproc-py's elements of a style, each with what it gets wrong put right.

citeproc-py (0.11) reads styles and locales and knows how they are put together; about half of CSL's own test suite
passes. The classes of this package stand in for its own where books showed them to be wrong; every docstring names
the fault. What is not here is citeproc-py's.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from citeproc import model

from publish.citations.cases import recase
from publish.citations.engine.items import DATES, Item
from publish.citations.engine.state import State
from publish.citations.marks import LINK, QUOTED, YEAR_SUFFIX

_NUMERIC = re.compile(r"^\s*[A-Za-z]*\d+[A-Za-z]*(?:\s*[-–,&]\s*[A-Za-z]*\d+[A-Za-z]*)*\s*$")
_SEVERAL = re.compile(r"\d\s*[-–,&]|[-–,&]\s*\d|\b(?:and|und|et|y|и)\b|[ivxlc]+\s*[-–]\s*[ivxlc]+", re.IGNORECASE)
_ADDRESSES = {"URL": "", "DOI": "https://doi.org/", "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/"}


class Stated:
    """An element that knows the state of the style at work."""

    def state(self) -> State:
        """Give the state, which the root of the style holds (that of a locale leads to it)."""
        root = self.get_root()  # type: ignore[attr-defined]
        state = root.style.state if isinstance(root, model.Locale) else root.state
        assert isinstance(state, State)
        return state

    def finished(self, text: str, *, english: bool = False) -> str | None:
        """Give a text its case, its type and what stands around it; None when there is none."""
        it: Any = self
        if not text:
            return None
        if it.get("strip-periods") == "true":
            text = text.replace(".", "")
        text = it.format(recase(text, it.get("text-case"), english=english))
        if it.get("quotes") == "true":
            text = QUOTED.around(text)
        return str(it.wrap(text))


_RUN = re.compile(r"^(\D*)(\d+)(\D*)$")


def page_range(first: str, last: str, form: str | None) -> str:
    """Give the end of a range of pages as a style writes it (CSL 1.0.2, Appendix V): ``33-58``, ``101-8``, ``1243-48``.

    citeproc-py makes 1-163 into 1-3.
    """
    one, other = _RUN.match(first), _RUN.match(last)
    if form is None or one is None or other is None or one[3] or other[3]:
        return last
    digits, end = one[2], other[2]
    if len(end) < len(digits):
        end = digits[: len(digits) - len(end)] + end
    prefix = other[1] or one[1]
    if int(end) <= int(digits) or prefix != one[1] or form == "expanded":
        return prefix + end
    return _shortened(digits, end, form)


def _shortened(digits: str, end: str, form: str) -> str:
    if len(end) > len(digits):
        return end
    changed = next(i for i, (a, b) in enumerate(zip(digits, end, strict=True)) if a != b)
    number = int(digits)
    if form.startswith("chicago"):
        if number < 100 or number % 100 == 0:
            return end
        if form != "chicago-16" and len(end) == 4 and changed < 2:
            return end
        form = "minimal" if number % 100 < 10 else "minimal-two"
    keep = 2 if form == "minimal-two" else 1
    return end[min(changed, max(0, len(end) - keep)) :]


class _Ranges:
    """What has numbers that may be ranges."""

    def _format_last_page(self, first: str, last: str) -> str:
        """Give the end of a range of pages (citeproc-py calls this)."""
        return page_range(first, last, self.get_root().get("page-range-format"))  # type: ignore[attr-defined]


class Text(Stated, _Ranges, model.Text):
    """``cs:text``. citeproc-py counts no variables, takes a title's short form for its long one, recases letter by
    letter, and leaves addresses bare.
    """

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give the text of a variable, a macro, a term or a value."""
        variable = self.get("variable")
        if variable:
            text = self._value(item, variable)
            english = _is_english(item, self.state())
            finished = self.finished(text, english=english)
            return _linked(variable, text, finished) if finished else None
        if macro := self.get("macro"):
            text = self.state().part(lambda: self._macro(macro).render(item))
            return self.finished(text, english=_is_english(item, self.state()))
        if term := self.get("term"):
            words = self.state().words
            return self.finished(words.get(term, self.get("form"), plural=self.get("plural") == "true"), english=True)
        return self.finished(self.get("value") or "", english=True)

    def _macro(self, name: str) -> Any:
        macros = self.state().macros
        if name not in macros:
            macros[name] = self.get_macro(name)
        return macros[name]

    def _value(self, item: Item, variable: str) -> str:
        state = self.state()
        if variable == "year-suffix":
            return YEAR_SUFFIX.around(item.work.suffix)
        if variable == "citation-number":
            text = str(item.work.number or "")
        elif variable == "locator":
            text = self._process(item.locator, "page" if item.label == "page" else "locator")
        elif variable in ("page", "page-first"):
            text = self._process(item.work.text("page"), variable) if item.work.text("page") else ""
        else:
            short = item.work.text(f"{variable}-short") if self.get("form") == "short" else ""
            text = short or item.work.text(variable)
        return text if state.take(variable, text) else ""


def _is_english(item: Item, state: State) -> bool:
    language = item.work.language
    return language.lower().startswith("en") if language else state.english


def _linked(variable: str, value: str, finished: str) -> str:
    """Mark an address as one, with what the style puts before a number to make it one."""
    if variable not in _ADDRESSES:
        return finished
    whole = value if value.startswith(("http://", "https://")) else _ADDRESSES[variable] + value
    for words in (whole, value if variable == "DOI" else whole):
        if words.strip() and words in finished:
            return finished.replace(words, LINK.around(words), 1)
    return finished


class Number(Stated, _Ranges, model.Number):
    """``cs:number``. citeproc-py finds no variable with a hyphen in its name, and mixes ordinals of two languages."""

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give a number in the form asked for."""
        variable = self.get("variable")
        state = self.state()
        value = (
            item.locator if variable == "locator" else item.work.text("page" if variable == "page-first" else variable)
        )
        if variable == "citation-number":
            value = str(item.work.number or "")
        if not state.take(variable, value):
            return None
        if state.sorting is not None:
            return re.sub(r"\d+", lambda m: m[0].zfill(8), value)
        return self.finished(self._process(value, variable) if _NUMERIC.match(value) else value)

    def format_number(self, number: str) -> str:
        """Give one number in the form asked for (citeproc-py calls this for each in a list or a range)."""
        form, words = self.get("form", "numeric"), self.state().words
        if form == "numeric" or not number.isdecimal():
            return number
        if form == "roman":
            return str(model.romanize(int(number))).lower()
        spelt = words.get(f"long-ordinal-{int(number):02}") if form == "long-ordinal" and int(number) <= 10 else ""
        return spelt or words.ordinal(int(number))


class Label(Stated, model.Label):
    """``cs:label``. citeproc-py takes a locator's name for a term's (``sub-verbo``) and prints labels of nothing."""

    def render(self, item: Item, role: str = "", plural: bool | None = None, **_: Any) -> str | None:
        """Give the word for a locator, a number, or (with ``role``) for what people did."""
        name = role or self.get("variable")
        if not role:
            value = item.locator if name == "locator" else item.work.text(name)
            if not value:
                return None
            plural = _plural(name, value)
            name = (item.label or "page") if name == "locator" else name
        wanted = self.get("plural", "contextual")
        many = bool(plural) if wanted == "contextual" else wanted == "always"
        return self.finished(self.state().words.get(name, self.get("form"), plural=many), english=True)


def _plural(name: str, value: str) -> bool:
    if name.startswith("number-of"):
        return value.strip() not in ("0", "1")
    return bool(_SEVERAL.search(value))


class Group(Stated, model.Group):
    """``cs:group``. citeproc-py prints a group whose variables are all empty when they are asked for inside a macro.

    A macro is a group too, and one inside that prints something counts as a variable that was found (CSL 1.0.2,
    "Group").
    """

    def render(self, item: Item, context: Any = None, **_: Any) -> str | None:
        """Give the group, or None when it asked for variables and found none."""
        delimiter = self.get("delimiter", "")
        return self.finished(self.state().part(lambda: self.render_children(item, delimiter=delimiter)))


class If(Stated, model.If):
    """``cs:if``. citeproc-py takes ``disambiguate`` for true, and finds positions only among what it printed itself."""

    _TESTS: ClassVar[tuple[str, ...]] = (
        "type",
        "variable",
        "is-numeric",
        "is-uncertain-date",
        "locator",
        "position",
        "disambiguate",
    )

    def render(self, item: Item, context: Any = None, delimiter: str = "", **_: Any) -> str | None:
        """Give what stands in the branch. Raises citeproc-py's ConditionFailed when its conditions do not hold."""
        match = self.get("match", "all")
        results: list[bool] = []
        for test in self._TESTS:
            holds = [self._holds(item, test, name) for name in self.get(test, "").split()]
            # A work has one type and a cite one locator: of several named, "all" can only mean any.
            results += [any(holds)] if holds and match == "all" and test in ("type", "locator") else holds
        if not (any(results) if match == "any" else not any(results) if match == "none" else all(results)):
            raise model.ConditionFailed
        text: str | None = self.render_children(item, delimiter=delimiter)
        return text

    def _holds(self, item: Item, test: str, name: str) -> bool:
        work = item.work
        if test == "type":
            return name == work.type
        if test == "variable":
            return bool(item.locator) if name == "locator" else _present(item, name)
        if test == "is-numeric":
            return bool(_NUMERIC.match(item.locator if name == "locator" else work.text(name)))
        if test == "is-uncertain-date":
            date = work.date(name) if name in DATES else None
            return date is not None and date.circa
        if test == "locator":
            return bool(item.locator) and (item.label or "page").replace(" ", "-") == name.replace(" ", "-")
        if test == "position":
            return name in item.positions and not self.state().in_bibliography
        return work.condition == (name == "true")


def _present(item: Item, name: str) -> bool:
    if name == "citation-number":
        return bool(item.work.number)
    if name == "year-suffix":
        return bool(item.work.suffix)
    return item.work.has("page" if name == "page-first" else name)


class ElseIf(If):
    """``cs:else-if``."""
