"""Whether a finished file says what its manuscript says: every word, heading, link, note and picture.

The manuscript's tree is told in the same words as a file that has been read back by its format, and the two are
compared. A file says more (numbers of notes, names of callouts, bylines), never less. Order is not compared here: the
notes of a printed page stand in between.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import field, fields

from publish.document import CodeBlock, Image, InlineImage, Link, Node, Note, Publication, Section, plain, walk
from publish.records import dataclass

# What has no width, what a line's end puts into a word, or an author into a compound: a word may be told with it or
# without.
_HYPHENS = re.compile("[\u00ad\u200b\u2060\ufffe\u0002]|[-\u2010\u2011](?:\\s*(?=\\w))")
_WORDS = re.compile(r"[^\W\d_]+|\d")
# Scripts whose words are not told apart by spaces, or whose letters change their shapes, are compared by letters.
_BY_LETTERS = re.compile(
    "[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u0e00-\u0eff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufeff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)


# A motto or a dedication is printed without the title that stands in the contents.
_UNTITLED = frozenset({"dedication", "epigraph"})


@dataclass(frozen=True)
class Shown:
    """What a file says: words by how often, headings, addresses that links lead to, numbers of notes and pictures."""

    words: Counter[str] = field(repr=False)
    headings: tuple[str, ...] = ()
    links: frozenset[str] = frozenset()
    notes: int = 0
    pictures: int = 0


@dataclass(frozen=True)
class Passage:
    """A paragraph of a finished file: its words on one line, and where it stands (a page's label, a part's title)."""

    text: str
    where: str = ""


def words_of(text: str) -> Counter[str]:
    """Count the words of a text, as both media tell them: without case, accents, hyphens and ligatures."""
    plain = unicodedata.normalize("NFKD", _HYPHENS.sub("", text)).casefold()
    accents = dict.fromkeys(ord(c) for c in set(plain) if unicodedata.combining(c))
    letters = unicodedata.normalize("NFC", plain.translate(accents) if accents else plain)
    found: Counter[str] = Counter()
    for word in _WORDS.findall(letters):
        if _BY_LETTERS.search(word):
            found.update(word)
        else:
            found[word] += 1
    return found


def said(publication: Publication) -> Shown:
    """Give what the manuscript of a publication says, without what only its metadata say."""
    nodes = [node for division in publication.divisions for node in walk(division)]
    titles = [d.title for d in publication.divisions if d.role not in _UNTITLED]
    titles += [node.title for node in nodes if isinstance(node, Section)]
    # A picture without a description is decoration to a PDF, which names none of it.
    pictures = [node for node in nodes if isinstance(node, Image | InlineImage) and node.alt]
    texts = [text for division in publication.divisions for text in _passages(division)]
    untitled = "\n".join(plain(d.title) for d in publication.divisions if d.role in _UNTITLED)
    return Shown(
        words_of("\n".join(texts)) - words_of(untitled),
        tuple(_line(plain(title)) for title in titles),
        frozenset(n.target for n in nodes if isinstance(n, Link) and re.match(r"https?:", n.target)),
        sum(isinstance(node, Note) for node in nodes),
        len(pictures),
    )


def losses(manuscript: Shown, file: Shown) -> Iterator[str]:
    """Say, in an editor's words, what of the manuscript the file has lost."""
    lost = lost_words(manuscript.words, file.words)
    if lost:
        named = ", ".join(f"“{word}”" + (f" ({count} times)" if count > 1 else "") for word, count in lost[:8])
        yield f"words of the manuscript are missing: {named}" + (f" and {len(lost) - 8} more" if len(lost) > 8 else "")
    have = Counter(map(_bare, file.headings))
    for heading, count in Counter(map(_bare, manuscript.headings)).items():
        if have[heading] < count:
            told = next(one for one in manuscript.headings if _bare(one) == heading)
            yield f"the heading “{told}” is missing"
    for address in sorted(manuscript.links - file.links):
        yield f"the link to {address} is missing"
    for what, wanted, found in (
        ("notes", manuscript.notes, file.notes),
        ("pictures", manuscript.pictures, file.pictures),
    ):
        if found < wanted:
            yield f"{what} are missing: the manuscript has {wanted}, the file {found}"


def lost_words(wanted: Counter[str], found: Counter[str]) -> list[tuple[str, int]]:
    """Give the words that are missing, with how often; one that was taken apart or run together is not missing."""
    missing, extra = wanted - found, found - wanted
    for word in list(missing):
        while missing[word] > 0 and (halves := _halves(word, extra)):
            extra.subtract(halves)
            missing[word] -= 1
    for word in list(extra):
        while extra[word] > 0 and (halves := _halves(word, missing)):
            missing.subtract(halves)
            extra[word] -= 1
    return sorted((+missing).items())


def _halves(word: str, among: Counter[str]) -> tuple[str, str] | None:
    """Give two words of those given that together make up a word."""
    for at in range(1, len(word)):
        halves = word[:at], word[at:]
        if all(among[half] >= halves.count(half) for half in halves):
            return halves
    return None


def _passages(node: Node) -> Iterator[str]:
    """Give every run of inline content under a node as one text, so that a word with stress inside it stays one."""
    if isinstance(node, CodeBlock):
        yield node.text
    for item in fields(node):
        value = getattr(node, item.name)
        if item.type == "Inlines":
            yield plain(value)
        elif isinstance(value, tuple):
            for child in value:
                if isinstance(child, Node):
                    yield from _passages(child)


def _line(text: str) -> str:
    return " ".join(text.split())


def _bare(heading: str) -> str:
    return "".join(sorted(words_of(heading).elements()))
