"""A style at work on the works that a publication cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from publish.citations import marks
from publish.citations.engine.clusters import Piece, joined, positions
from publish.citations.engine.disambiguation import disambiguate
from publish.citations.engine.items import Item, Person, Work
from publish.citations.engine.punctuation import mended, quoted
from publish.citations.engine.sorting import ordered
from publish.citations.engine.style import Style
from publish.citations.model import Cite, Cluster, Entry, Formatted, Printed


class Processor:
    """Formats citations and the bibliography of the works they name; one processor for one set of citations."""

    def __init__(self, style: Style, data: Mapping[str, Mapping[str, Any]]) -> None:
        self._style = style
        self._state = style.state
        self._works = {key: Work(key, item) for key, item in data.items()}

    def format(self, clusters: Iterable[Cluster]) -> Formatted:
        """Format everything. Each work named must be among the data (KeyError)."""
        clusters = tuple(clusters)
        order = dict.fromkeys(cite.key for cluster in clusters for cite in cluster.cites)
        works = self._numbered([self._works[key] for key in order])
        disambiguate(works, self._style.citation, self._bare)
        near = int(self._style.citation.get("near-note-distance", "5"))
        found = positions(clusters, near)
        printed = tuple(self._cluster(cluster, places) for cluster, places in zip(clusters, found, strict=True))
        area = self._style.bibliography
        hanging = area is not None and area.get("hanging-indent") == "true"
        return Formatted(printed, tuple(self._entries(works)), self._style.is_note, hanging)

    def _numbered(self, works: list[Work]) -> list[Work]:
        """Give the works in the bibliography's order, numbered."""
        for number, work in enumerate(works, 1):
            work.number = number
        area = self._style.bibliography
        if area is not None:
            sort = area.find("cs:sort", area.nsmap)
            works = [item.work for item in ordered([Item(work) for work in works], sort, area, self._state)]
            for number, work in enumerate(works, 1):
                work.number = number
        return works

    # --- citations ---

    def _layout(self, area: Any) -> Any:
        return area.find("cs:layout", area.nsmap)

    def _text(self, item: Item) -> str:
        """Give a work as the style cites it."""
        self._state.area = self._style.citation
        self._state.begin()
        return str(self._layout(self._style.citation).render_children(item) or "")

    def _bare(self, work: Work) -> str:
        position = "subsequent" if self._style.is_note else "first"
        return marks.plain(self._text(Item(work, positions=frozenset({position}))))

    def _cluster(self, cluster: Cluster, places: list[frozenset[str]]) -> Printed:
        area = self._style.citation
        items = [self._item(cite, place) for cite, place in zip(cluster.cites, places, strict=True)]
        pieces = [
            Piece(number, cite, item, self._shown(item, cite, number, cluster))
            for number, (cite, item) in enumerate(zip(cluster.cites, items, strict=True))
        ]
        lead = self._lead(items[0]) if cluster.textual else ""
        sort = area.find("cs:sort", area.nsmap)
        if sort is not None and not cluster.textual:
            place = {id(piece.item): piece for piece in pieces}
            pieces = [place[id(item)] for item in ordered(items, sort, area, self._state)]
        layout = self._layout(area)
        if not (printed := [piece for piece in pieces if piece.text or piece.cite.prefix or piece.cite.suffix]):
            return Printed(self._finished(lead), "")
        body = joined(printed, area, layout)
        inside = cluster.inside and self._style.is_note
        body = str(layout.format(body if inside else layout.wrap(body)))
        return Printed(self._finished(lead), self._finished(body))

    def _item(self, cite: Cite, places: frozenset[str]) -> Item:
        return Item(self._works[cite.key], cite.label, cite.locator.replace("--", "-"), places)

    def _shown(self, item: Item, cite: Cite, number: int, cluster: Cluster) -> str:
        """Give a work's text, without its people where they stand in the sentence or were not wanted."""
        text = self._text(item)
        if cluster.textual and number == 0:
            return marks.without_people(text) if marks.people(text) else text
        return (marks.without_people(text) or text) if cite.year_only else text

    def _lead(self, item: Item) -> str:
        """Give the people that a work is known by, as they stand in a sentence."""
        self._state.and_in_words = True
        try:
            text = marks.people(self._text(Item(item.work, positions=item.positions - {"ibid", "ibid-with-locator"})))
        finally:
            self._state.and_in_words = False
        return marks.CITE.around(f"{marks.numbered(0)}{text or self._known_by(item.work)}")

    def _known_by(self, work: Work) -> str:
        """Name the people of a work that the style does not name in citations (it numbers them), or its title."""
        people = next((p for role in ("author", "editor", "translator") if (p := work.people(role))), ())
        names = [_family(person) for person in people]
        if not names:
            return work.text("title-short") or work.text("title")
        if len(names) > 2:
            return f"{names[0]} {self._state.words.get('et-al')}"
        return f" {self._state.words.get('and')} ".join(names)

    # --- the bibliography ---

    def _entries(self, works: list[Work]) -> Iterable[Entry]:
        area = self._style.bibliography
        if area is None:
            return
        substitute, before = area.get("subsequent-author-substitute"), None
        for work in works:
            label, text = self._entry(area, work)
            people = _first_people(work)
            if substitute and people and people == before:
                text = marks.with_people(text, substitute)
            before = people
            if any(character.isalnum() for character in marks.plain(text)):  # a style may leave a kind of work out
                yield Entry(work.key, self._finished(label), self._finished(text))

    def _entry(self, area: Any, work: Work) -> tuple[str, str]:
        layout, item = self._layout(area), Item(work)
        self._state.area = area
        self._state.begin()
        if area.get("second-field-align") is None or not len(layout):
            return "", str(layout.format(layout.wrap(layout.render_children(item) or "")))
        label = layout[0].render(item) or ""
        rest = "".join(filter(None, (child.render(item) for child in layout[1:])))
        before, after = layout.get("prefix", ""), layout.get("suffix", "")
        return before + label.rstrip(), str(layout.format(rest.lstrip() + after))

    def _finished(self, text: str) -> str:
        style = self._style
        text = mended(text.replace("'", "’"), in_quotes=style.stops_in_quotes)
        return quoted(text, *style.quotation_marks())


def _family(person: Person) -> str:
    return person.literal or " ".join(filter(None, (person.particle, person.family)))


def _first_people(work: Work) -> tuple[Person, ...]:
    return next((p for role in ("author", "editor", "translator") if (p := work.people(role))), ())
