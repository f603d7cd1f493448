"""A book made of its divisions: what can be taken from earlier builds is, the rest is laid out by a crew.

Every division is first broken into pages by itself. What the others have to know of it follows from that, and what it
has to know of them is put in when it is finished. Should that change how many pages it has, the ones that it concerns
are finished again from the start with what is known then, until all of them agree. What is kept of earlier builds
stands for work that would come to the same: it changes nothing but the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import asdict, field, replace
from typing import TYPE_CHECKING, Any

from publish.cache import Shelf
from publish.formats.pdf.crew import Answered, Crew
from publish.formats.pdf.plan import Unsettled, plan
from publish.formats.pdf.wire import Begin, Cut, Entry, Facts, Finding, Finish, Laid, Sheet
from publish.meanwhile import meanwhile
from publish.progress import counted
from publish.records import dataclass

if TYPE_CHECKING:
    from publish.formats.pdf.merge import Joint

_ROUNDS = 8
_EDITION = "1"  # of what is kept here


class Faulty(Exception):
    """A division cannot be laid out; ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings[0].message if findings else "")
        self.findings = tuple(findings)


@dataclass
class _Place:
    """A division's place in the book, and how far its work has come."""

    sheet: Sheet
    facts: Facts | None = None
    entry: Entry | None = None
    laid: Laid | None = None
    busy: bool = False


@dataclass
class Bindery:
    """Lays out the divisions of a book. ``crew`` gives the crew when there is something to do.

    ``hands`` is how many orders are done at once when no core is idle; ``joint`` is the book's PDF in the making.
    """

    crew: Callable[[], Crew]
    shelf: Shelf
    hands: int = 1
    joint: Joint | None = None
    _flying: dict[Future[Answered], Callable[[Answered], None]] = field(default_factory=dict)

    def lay_out(self, sheets: Sequence[Sheet]) -> list[Laid]:
        """Give every division laid out, all fitting together. Raises Unsettled, Faulty, or what a crew does."""
        places = [_Place(sheet) for sheet in sheets]
        for place in places:
            self._recall_facts(place)
        for _ in range(_ROUNDS):
            self._round(places)
            laid = [place.laid for place in places if place.laid is not None]
            if any(finding.stops for division in laid for finding in division.findings):
                return laid
            if not self._differ(places, [division.facts for division in laid]):
                return laid
        raise Unsettled("the numbers of its pages do not settle")

    def cut(self, typefaces: Sequence[Mapping[str, Any]]) -> bytes:
        """Give a PDF with these fonts cut down."""
        name = ("fonts", _EDITION, json.dumps(typefaces, sort_keys=True))
        kept = self.shelf.get(*name)
        if kept is None:
            _, kept = self.crew().submit(Cut(tuple(typefaces)), rank=(0, 0)).result()
            self.shelf.put(kept, *name)
        return kept

    # --- one round ---

    def _round(self, places: Sequence[_Place]) -> None:
        """Bring every division to its end, with what the others' first steps or the last round have made known."""
        while any(place.laid is None for place in places):
            self._order(places)
            if not self._flying:
                continue
            for future in self._done(places):
                self._flying.pop(future)(future.result())
            counted(sum(place.laid is not None for place in places), len(places))

    def _done(self, places: Sequence[_Place]) -> set[Future[Answered]]:
        """Wait for orders that are done. While a core has nothing to do, finished divisions are put together."""
        meanwhile(spare=len(self._flying) < self.hands)
        from publish.formats.pdf.merge import Joint  # loaded while others work

        self.joint = self.joint or Joint()
        if len(self._flying) < self.hands:
            self.crew().thin_out()  # the book is put together where their memory was
        for number, place in enumerate(places):
            if len(self._flying) >= self.hands or any(future.done() for future in self._flying):
                break
            if place.laid is not None:
                self.joint.open(number, place.laid.data)
        return wait(self._flying, return_when=FIRST_COMPLETED).done

    def _order(self, places: Sequence[_Place]) -> None:
        """Order whatever can be done now."""
        known = plan([place.facts for place in places])
        for number, (place, right) in enumerate(zip(places, known.sides, strict=False)):
            facts = place.facts
            if facts is not None and number and not facts.forced and place.sheet.right != right and not place.busy:
                place.sheet, place.facts = replace(place.sheet, right=right), None
                self._recall_facts(place)
                return self._order(places)
        for number, place in enumerate(places):
            entry = known.entries[number] if number < len(known.entries) else None
            if place.busy or place.laid is not None:
                continue
            if place.facts is None:
                place.sheet = replace(place.sheet, right=number >= len(known.sides) or known.sides[number])
                self._recall_facts(place)
                if place.facts is not None:
                    return self._order(places)
                self._begin(place, number)
            elif entry is not None:
                self._finish(place, entry, number)
        return None

    def _begin(self, place: _Place, number: int) -> None:
        place.busy = True

        def take(answered: Answered) -> None:
            head = _checked(answered)
            place.busy, place.facts = False, Facts.from_head(head["facts"])
            if place.facts.forced:  # then it does not matter on which side it was begun
                place.sheet = replace(place.sheet, right=True)
            self.shelf.put(json.dumps(head["facts"]).encode(), *_facts_name(place))

        future = self.crew().submit(Begin(place.sheet), rank=(1, number), holds=place.sheet.key, keeps=True)
        self._flying[future] = take

    def _finish(self, place: _Place, entry: Entry, number: int) -> None:
        place.entry = entry
        name = ("laid", _EDITION, place.sheet.key, str(place.sheet.right), json.dumps(asdict(entry), sort_keys=True))
        place.laid = _recalled(self.shelf.get(*name))
        if place.laid is not None:
            return
        place.busy = True

        def take(answered: Answered) -> None:
            head, data = _checked(answered), answered[1]
            place.busy, place.laid = False, Laid.from_head(head["laid"], data)
            self.shelf.put(json.dumps(head["laid"]).encode() + b"\n" + data, *name)

        future = self.crew().submit(Finish(place.sheet, entry), rank=(0, number), holds=place.sheet.key)
        self._flying[future] = take

    def _differ(self, places: Sequence[_Place], facts: Sequence[Facts]) -> bool:
        """Let what came out count for what is known, and take back those that were told something else."""
        for place, found in zip(places, facts, strict=True):
            place.facts = found
        known = plan(list(facts))
        differ = False
        for place, entry, right in zip(places, known.entries, known.sides, strict=False):
            if entry is None:
                raise Unsettled("it prints the number of a page that is not there")
            aside = place is not places[0] and not facts[places.index(place)].forced and place.sheet.right != right
            if entry != place.entry or aside:
                place.laid, differ = None, True
        return differ

    def _recall_facts(self, place: _Place) -> None:
        kept = self.shelf.get(*_facts_name(place))
        try:
            place.facts = Facts.from_head(json.loads(kept)) if kept is not None else None
        except (TypeError, ValueError, KeyError):
            place.facts = None


def _facts_name(place: _Place) -> tuple[str, ...]:
    return ("facts", _EDITION, place.sheet.key, str(place.sheet.right))


def _recalled(kept: bytes | None) -> Laid | None:
    if kept is None:
        return None
    head, _, data = kept.partition(b"\n")
    try:
        return Laid.from_head(json.loads(head), data)
    except (TypeError, ValueError, KeyError):
        return None


def _checked(answered: Answered) -> Mapping[str, Any]:
    """Give the head of an answer that holds what was asked for. Raises Unsettled and Faulty."""
    head, _ = answered
    if "alone" in head:
        raise Unsettled(head["alone"])
    if "findings" in head:
        raise Faulty([Finding(**finding) for finding in head["findings"]])
    return head
