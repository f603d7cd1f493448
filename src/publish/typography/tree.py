"""The tree walked: every passage of it set, each in the language of its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import is_
from typing import Any, TypeVar

from publish.document import Division, Inlines, Metadata, Node, Publication
from publish.metadata import Contributor
from publish.places import holders, literals, place, strings
from publish.source import Span
from publish.typography.marks import marks
from publish.typography.passage import Edit, Passage, apostrophes, changed, glance, with_changes
from publish.typography.quotes import quotes
from publish.typography.rules import Rules, rules
from publish.typography.spaces import spaces

T = TypeVar("T", bound=Node)

# Each step sees what the one before it has set: a space follows from a quote, a dash from what stands before it.
Step = Callable[[str, Rules], Iterator[Edit]]
_STEPS: tuple[Step, ...] = (quotes, marks, spaces)
_ROUNDS = 5


def set_publication(publication: Publication) -> Publication:
    """Set the quotes, dashes, ellipses and spaces of a whole publication, each by the language of its words.

    Nodes in which nothing changes stay the same objects. Setting what is set already changes nothing.
    """
    metadata = publication.metadata
    divisions = tuple(set_division(division, metadata.language) for division in publication.divisions)
    return replace(publication, metadata=_set_metadata(metadata), divisions=divisions)


def set_division(division: Division, language: str = "en") -> Division:
    """Set one division. ``language`` is the publication's, for a division that does not say its own."""
    language = division.language or language
    own = rules(language)
    made = _Setting(division.span, _STEPS).node(division, own)
    return replace(
        made,
        subtitle=set_text(division.subtitle, language),
        description=set_text(division.description, language),
        contributors=_people(division.contributors, language),
    )


def set_quotes(division: Division, language: str = "en") -> Division:
    """Set the quotes of a division's words alone: each character in the place of another, so that they can be told."""
    return _Setting(division.span, (quotes,)).node(division, rules(division.language or language))


def set_text(text: str, language: str) -> str:
    """Set a plain text, such as a title in metadata."""
    return _set_string(text, rules(language), _STEPS)


def _set_metadata(metadata: Metadata) -> Metadata:
    language, series = metadata.language, metadata.series
    return replace(
        metadata,
        title=set_text(metadata.title, language),
        subtitle=set_text(metadata.subtitle, language),
        description=set_text(metadata.description, language),
        contributors=_people(metadata.contributors, language),
        rights=set_text(metadata.rights, language),
        edition=set_text(metadata.edition, language),
        series=replace(series, title=set_text(series.title, language)) if series else None,
    )


def _people(people: Iterable[Contributor], language: str) -> tuple[Contributor, ...]:
    """Set what is said of people; their names are theirs, but for a typed apostrophe."""
    return tuple(
        replace(
            one,
            name=apostrophes(one.name),
            file_as=apostrophes(one.file_as),
            affiliation=set_text(one.affiliation, language),
            bio=set_text(one.bio, language),
        )
        for one in people
    )


class _Setting:
    """Sets what was written in one file; ``span`` is where, so that what an author marked with \\ can be left."""

    def __init__(self, span: Span | None, steps: tuple[Step, ...]) -> None:
        self._literals = literals(span) if span else []
        self._steps = steps

    def node(self, node: T, own: Rules) -> T:
        """Set everything under a node."""
        if node.language:
            own = rules(node.language)
        changes: dict[str, Any] = {}
        for name, inline in holders(type(node)):
            value = getattr(node, name)
            if not value:
                continue
            new = self._content(value, node, own) if inline else self._nodes(value, own)
            if new is not value:
                changes[name] = new
        return with_changes(node, changes) if changes else node

    def _nodes(self, nodes: tuple[Node, ...], own: Rules) -> tuple[Node, ...]:
        new = [self.node(one, own) for one in nodes]
        return nodes if all(map(is_, nodes, new)) else tuple(new)

    def _content(self, content: Inlines, node: Node, own: Rules) -> Inlines:
        untouched = self._untouched(content, place(node)) if self._literals else None
        if untouched is not None:
            return _set_passage(Passage(content, own, untouched), self._steps)
        if len(content) == 1 and isinstance(content[0], str):
            new = _set_string(content[0], own, self._steps)
            return content if new == content[0] else (new,)
        content, more = glance(content, own)
        return _set_passage(Passage(content, own), self._steps) if more else content

    def _untouched(self, content: Inlines, span: Span | None) -> Callable[[int], Iterable[int]] | None:
        """Give what tells, for each string of a passage, the characters that their author marked to stay."""
        if span is None:
            return None
        first = bisect_left(self._literals, span.start)
        if first == len(self._literals) or self._literals[first] >= span.end:
            return None
        marked = set(self._literals[first : bisect_left(self._literals, span.end)])
        places = [offsets for _, offsets in strings(content, span)]
        return lambda number: [index for index, offset in enumerate(places[number]) if offset in marked]


def _set_string(text: str, own: Rules, steps: tuple[Step, ...]) -> str:
    """Set a text until nothing more changes, so that what is set stays set; what never settles stays as typed."""
    now = text
    for _ in range(_ROUNDS):
        new = _once(apostrophes(now), own, steps)
        if new == now:
            return now
        now = new
    return text


def _once(text: str, own: Rules, steps: tuple[Step, ...]) -> str:
    if not own.concern(text):
        return text
    for make in steps:
        text = changed(text, list(make(text, own)))
    return text


def _set_passage(passage: Passage, steps: tuple[Step, ...]) -> Inlines:
    for _ in range(_ROUNDS):
        edited = False
        for own in passage.languages:
            for make in steps:
                edited = passage.change(list(make(passage.seen_by(own), own)), own) or edited
        if not edited:
            return passage.content()
    return passage.as_typed
