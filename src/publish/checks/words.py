"""The words of a division with the place of each character, looked up only where something was found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from publish.document import Division, Node, Paragraph, Publication, walk
from publish.places import Words, passages, strings
from publish.records import dataclass
from publish.source import Source, Span


@dataclass(frozen=True)
class Text:
    """A division that was read from ``source``: what of the file is printed as text, and where."""

    division: Division
    source: Source
    span: Span

    @property
    def written(self) -> str:
        """The file, from its beginning."""
        return self.source.text

    def is_printed(self, offset: int) -> bool:
        """Whether the character at an offset is one of the text's, not of code, an address, or a mark of Markdown."""
        character = self.written[offset]
        around = (words for words in self._passages if words.span and words.span.start <= offset < words.span.end)
        return any(
            (character, offset) in zip(string, places, strict=True)
            for words in around
            for string, places in located(words)
        )

    def strings(self) -> Iterator[tuple[str, Words]]:
        """Give every string of the text with the passage that it stands in."""
        for words in self._passages:
            yield from ((node, words) for node in strings_in(words.content))

    def paragraphs(self) -> Iterator[Span]:
        """Give the places of the paragraphs, those in notes and boxes too."""
        return (node.span for node in walk(self.division) if isinstance(node, Paragraph) and node.span)

    @cached_property
    def _passages(self) -> list[Words]:
        return list(passages(self.division, ""))


def texts(publication: Publication) -> Iterator[Text]:
    """Give the text of each division."""
    return (Text(d, d.span.source, d.span) for d in publication.divisions if d.span)


def located(words: Words) -> Iterator[tuple[str, list[int]]]:
    """Give each string of a passage with the offset in the file of each of its characters."""
    return strings(words.content, words.span) if words.span else iter(())


def strings_in(content: tuple[object, ...]) -> Iterator[str]:
    """Give the strings of inline content, in the order in which ``located`` gives them with their places."""
    for item in content:
        if isinstance(item, str):
            yield item
        elif isinstance(item, Node):
            yield from strings_in(getattr(item, "content", ()))
