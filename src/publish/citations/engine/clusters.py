"""Citations put together of the works they name: order, collapsing, "ibid." (CSL 1.0.2, "Citation")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from publish.citations import marks
from publish.citations.engine.items import Item
from publish.citations.model import Cite, Cluster
from publish.records import dataclass


@dataclass(frozen=True)
class Piece:
    """A work of a citation, set by the style: its number in the citation, and its text."""

    number: int
    cite: Cite
    item: Item
    text: str

    @property
    def alone(self) -> bool:
        """Whether it says more than which work is meant, so that it cannot be drawn together with others."""
        cite = self.cite
        return bool(cite.prefix or cite.suffix or cite.year_only)

    def marked(self, text: str | None = None) -> str:
        """Give the text as that of one work, between the author's own words."""
        before, after = self.cite.prefix.strip(), self.cite.suffix.rstrip()
        before = f"{marks.PREFIX.around(before)} " if before else ""
        gap = " " if after and (after[0].isalnum() or after[0] in "([“‘«") else ""
        after = gap + marks.SUFFIX.around(after)
        inside = self.text if text is None else text
        return marks.CITE.around(f"{marks.numbered(self.number)}{before}{inside}{after}")


def joined(pieces: list[Piece], citation: Any, layout: Any) -> str:
    """Put the works of a citation together as the style wants it."""
    collapse, delimiter = str(citation.get("collapse", "")), str(layout.get("delimiter", ""))
    if collapse == "citation-number":
        return _ranges(pieces, delimiter, citation.get("after-collapse-delimiter", delimiter))
    if not collapse.startswith("year") and citation.get("cite-group-delimiter") is None:
        return delimiter.join(piece.marked() for piece in pieces)
    texts: list[str] = []
    for group in _by_names(pieces):
        texts += [_group(group, collapse, citation, delimiter)]
        texts += [citation.get("after-collapse-delimiter", delimiter) if len(group) > 1 else delimiter]
    return "".join(texts[:-1])


def _by_names(pieces: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for piece in pieces:
        names = marks.people(piece.text)
        same = (g for g in groups if names and not piece.alone and not g[0].alone and marks.people(g[0].text) == names)
        group = next(same, None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    return groups


def _group(group: list[Piece], collapse: str, citation: Any, delimiter: str) -> str:
    """Give works of the same people: their names once, then the years, or only the letters after one year."""
    between = citation.get("cite-group-delimiter", ", ")
    out = [group[0].marked()]
    for before, piece in pairwise(group):
        if not collapse:
            out += [between, piece.marked()]
            continue
        rest = marks.without_people(piece.text)
        suffix = marks.year_suffix(piece.text)
        same_year = marks.without_suffix(rest) == marks.without_suffix(marks.without_people(before.text))
        if collapse.startswith("year-suffix") and suffix and same_year and not piece.item.locator:
            out += [citation.get("year-suffix-delimiter", delimiter), piece.marked(suffix)]
        else:
            apart = before.item.locator or piece.item.locator
            out += [delimiter if apart else between, piece.marked(rest)]
    return "".join(out)


def _ranges(pieces: list[Piece], delimiter: str, after: str) -> str:
    """Give numbered works with three and more in a row as a range."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        last = runs[-1][-1] if runs else None
        if (
            last
            and not (piece.alone or last.alone or piece.item.locator or last.item.locator)
            and _follows(last, piece)
        ):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    out: list[str] = []
    for run in runs:
        if len(run) > 2:
            out += [f"{run[0].marked()}–{run[-1].marked()}", after]
        else:
            for piece in run:
                out += [piece.marked(), delimiter]
    return "".join(out[:-1])


def _follows(one: Piece, other: Piece) -> bool:
    return other.item.work.number == one.item.work.number + 1


def positions(clusters: Iterable[Cluster], near: int) -> Iterator[list[frozenset[str]]]:
    """Give, for each work of each citation, what CSL calls its position: how it was cited before in its chapter.

    ``near`` is how many notes back an earlier citation still counts as near.
    """
    seen: dict[str, int] = {}
    last: Cluster | None = None
    for cluster in clusters:
        if last is not None and last.chapter != cluster.chapter:
            seen, last = {}, None
        found: list[frozenset[str]] = []
        for place, cite in enumerate(cluster.cites):
            before = cluster.cites[place - 1] if place else _only(last)
            found.append(_position(cite, before, seen, cluster, near))
            seen[cite.key] = cluster.note
        last = cluster
        yield found


def _only(cluster: Cluster | None) -> Cite | None:
    return cluster.cites[0] if cluster and len(cluster.cites) == 1 else None


def _position(cite: Cite, before: Cite | None, seen: dict[str, int], cluster: Cluster, near: int) -> frozenset[str]:
    if cite.key not in seen:
        return frozenset({"first"})
    names = {"subsequent"}
    if cluster.note - seen[cite.key] <= near:
        names.add("near-note")
    if before is not None and before.key == cite.key and (cite.locator or not before.locator):
        names.add("ibid")
        if cite.locator and (cite.locator, cite.label) != (before.locator, before.label):
            names.add("ibid-with-locator")
    return frozenset(names)
