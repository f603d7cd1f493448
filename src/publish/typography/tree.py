"""The tree walked: every passage of it set, each in the language of its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import is_
from typing import Any, TypeVar, cast

from publish.document import Division, Inlines, Metadata, Node, Publication
from publish.metadata import Contributor
from publish.places import holders, literals, strings
from publish.source import Span
from publish.typography.marks import marks
from publish.typography.passage import Passage, apostrophes, changed, glance, with_changes
from publish.typography.quotes import quotes
from publish.typography.rules import Rules, rules
from publish.typography.spaces import spaces

T = TypeVar("T", bound=Node)


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
    made = _Setting(division.span).node(division, own)
    return replace(
        made,
        subtitle=set_text(division.subtitle, language),
        description=set_text(division.description, language),
        contributors=_people(division.contributors, language),
    )


def set_text(text: str, language: str) -> str:
    """Set a plain text, such as a title in metadata."""
    return _set_string(text, rules(language))


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

    def __init__(self, span: Span | None) -> None:
        self._literals = literals(span) if span else []

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
        untouched = self._untouched(content, node.span) if self._literals else None
        if untouched is not None:
            return _set_passage(Passage(content, own, untouched))
        if len(content) == 1 and isinstance(content[0], str):
            new = _set_string(content[0], own)
            return content if new == content[0] else (new,)
        content, more = glance(content, own)
        return _set_passage(Passage(content, own)) if more else content

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


def _set_string(text: str, own: Rules) -> str:
    text = apostrophes(text)
    if not own.concern(text):
        return text
    text = changed(text, [*quotes(text, own), *marks(text, own)])
    return changed(text, list(spaces(text, own)))


def _set_passage(passage: Passage) -> Inlines:
    for own in passage.languages:
        text = passage.seen_by(own)
        if passage.change([*quotes(text, own), *marks(text, own)], own):
            text = passage.seen_by(own)
        passage.change(list(spaces(text, own)), own)
    return passage.content()
