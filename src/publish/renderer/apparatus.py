"""The lists of a book, made of the rest of the tree: figures, tables, credits, contributors, the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property

from publish.document import (
    Apparatus,
    Contributor,
    Division,
    Figure,
    IndexMark,
    Inlines,
    Node,
    Publication,
    Table,
    children,
    entries_named,
    quotable,
    walk,
)
from publish.records import dataclass
from publish.words.collation import initial, sort_key

# The index of so many entries has its letters printed; in a shorter one they would take more room than they help.
_LONG = 60


@dataclass(frozen=True)
class Listed:
    """A figure or a table in a list: its number (0 for none), its words, its name, and whether it stands in front."""

    number: int
    words: Inlines
    id: str
    front: bool
    node: Figure | Table


@dataclass(frozen=True)
class Locator:
    """Where an entry of the index leads: a mark's name, what is printed (empty: its page), whether it is in front."""

    id: str
    label: str = ""
    front: bool = False


@dataclass
class Entry:
    """An entry of the index with what stands under it.

    ``id`` is its name, for those who say to see it; ``language`` is that of its words, where they have one of their
    own. ``see`` and ``see_also`` are the words of other entries, each with the name of that entry, if there is one.
    """

    term: str
    path: tuple[str, ...]
    id: str = ""
    language: str = ""
    marks: list[tuple[str, bool]] = field(default_factory=list)
    locators: tuple[Locator, ...] = ()
    see: dict[str, str] = field(default_factory=dict)
    see_also: dict[str, str] = field(default_factory=dict)
    children: dict[str, Entry] = field(default_factory=dict)

    @property
    def sorted(self) -> list[Entry]:
        """Give the entries under this one in order."""
        return list(self.children.values())


@dataclass(frozen=True)
class Person:
    """A contributor, with what he or she did (MARC relators), and the divisions that are theirs."""

    contributor: Contributor
    roles: tuple[str, ...]
    works: tuple[Division, ...]


@dataclass(frozen=True)
class Lists:
    """What the book's lists hold. ``pages`` are the labels of all pages in order, with the place of each index mark.

    Without pages an index leads to pages that only the layout knows (print), or counts its places (EPUB).
    """

    publication: Publication
    language: str
    labels: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    printed: bool = False

    def has(self, kind: str) -> bool:
        """Whether the publication has a list of this kind."""
        return kind in self._kinds

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """The division in which each list stands first."""
        kinds: dict[str, str] = {}
        for division in self.publication.divisions:
            for node in walk(division):
                if isinstance(node, Apparatus):
                    kinds.setdefault(node.kind, division.slug)
        return kinds

    def division_of(self, kind: str) -> str:
        """Give the slug of the division in which a list stands, or an empty string."""
        return self._kinds.get(kind, "")

    # --- figures and tables ---

    @cached_property
    def figures(self) -> tuple[Listed, ...]:
        """Every figure that has a caption or a number."""
        return tuple(one for one in self._listed(Figure) if one.words or one.number)

    @cached_property
    def tables(self) -> tuple[Listed, ...]:
        """Every table that has a caption or a number."""
        return tuple(one for one in self._listed(Table) if one.words or one.number)

    @cached_property
    def credited(self) -> tuple[Listed, ...]:
        """Every figure of which is said whose it is."""
        return tuple(
            one
            for one in self._listed(Figure)
            if isinstance(one.node, Figure) and (one.node.credit or one.node.source or one.node.license)
        )

    def _listed(self, kind: type[Figure | Table]) -> Iterator[Listed]:
        for division in self.publication.divisions:
            for node in walk(division):
                if isinstance(node, kind):
                    front = division.matter == "front"
                    yield Listed(node.number, quotable(node.caption), node.id, front, node)

    # --- people ---

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody of whom something is told, by the names they are sorted under; all authors when it is of nobody."""
        works: dict[str, dict[str, Division]] = {}
        roles: dict[str, dict[str, None]] = {}
        known: dict[str, Contributor] = {}
        for one in self.publication.metadata.contributors:
            _keep(known, one)
            roles.setdefault(one.name, {})[one.role] = None
        for division in self.publication.divisions:
            for one in division.contributors:
                _keep(known, one)
                roles.setdefault(one.name, {})[one.role] = None
                works.setdefault(one.name, {})[division.slug] = division
        told = [one for one in known.values() if one.bio] or list(known.values())
        told.sort(key=lambda one: sort_key(one.file_as or one.name, self.language))
        return tuple(Person(p, tuple(roles[p.name]), tuple(works.get(p.name, {}).values())) for p in told)

    # --- index ---

    @cached_property
    def index(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The entries of the index in the language's order, by the letter under which they stand."""
        root = Entry("", ())
        for division in self.publication.divisions:
            self._collect(division, division, 0, root, set())
        self._finish(root)
        entries = dict(_under(root))
        for number, entry in enumerate(entries.values(), start=1):
            entry.id = f"publish-entry-{number}"
        for entry in list(entries.values()):
            for said in (entry.see, entry.see_also):
                said.update({words: entries[words].id for words in said if words in entries})
        groups: dict[str, list[Entry]] = {}
        for entry in root.children.values():
            groups.setdefault(initial(entry.term, self.language), []).append(entry)
        return tuple((letter, tuple(entries)) for letter, entries in groups.items())

    @property
    def lettered(self) -> bool:
        """Whether the index is so long that letters help to find one's way in it."""
        return sum(len(entries) for _, entries in self.index) >= _LONG

    def _collect(
        self, node: object, division: Division, block: int, root: Entry, seen: set[tuple[int, tuple[str, ...]]]
    ) -> None:
        if isinstance(node, IndexMark):
            for term in node.terms:
                self._mark(node, tuple(term.split("!")), division, block, root, seen)
        if isinstance(node, Node):
            # An entry that one paragraph names twice stands there once.
            inside = id(node) if hasattr(node, "content") and not isinstance(node, IndexMark) and not block else block
            for child in children(node):
                self._collect(child, division, inside, root, seen)

    @staticmethod
    def _mark(
        node: IndexMark,
        path: tuple[str, ...],
        division: Division,
        block: int,
        root: Entry,
        seen: set[tuple[int, tuple[str, ...]]],
    ) -> None:
        entry = root
        for place, term in enumerate(path):
            entry = entry.children.setdefault(term, Entry(term, path[: place + 1]))
        entry.language = entry.language or node.language
        entry.see |= dict.fromkeys(_printed(node.see), "")
        entry.see_also |= dict.fromkeys(_printed(node.see_also), "")
        if node.see:
            return
        if (node.content or not node.see_also) and (block, path) not in seen:
            seen.add((block, path))
            entry.marks.append((node.id, division.matter == "front"))

    def _finish(self, entry: Entry) -> None:
        entry.children = dict(sorted(entry.children.items(), key=lambda item: sort_key(item[0], self.language)))
        entry.locators = self._locators(entry)
        for child in entry.children.values():
            self._finish(child)

    def _locators(self, entry: Entry) -> tuple[Locator, ...]:
        known = {mark: place for mark, _ in entry.marks if (place := self.places.get(mark)) is not None}
        if self.labels and len(known) == len(entry.marks):
            return tuple(self._folded(known))
        if self.printed:
            return tuple(Locator(mark, front=front) for mark, front in entry.marks)
        return tuple(Locator(mark, str(number)) for number, (mark, _) in enumerate(entry.marks, start=1))

    def _folded(self, marks: Mapping[str, int]) -> Iterator[Locator]:
        """Give each page once; three pages or more that follow each other are a range."""
        first: dict[int, str] = {}
        for mark, place in marks.items():
            first.setdefault(place, mark)
        runs: list[list[int]] = []
        for place in sorted(first):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        for run in runs:
            if len(run) > 2:
                yield Locator(first[run[0]], f"{self.labels[run[0]]}–{self.labels[run[-1]]}")
            else:
                yield from (Locator(first[place], self.labels[place]) for place in run)


def _printed(said: str) -> Iterator[str]:
    """Give the entries that a mark says to see, each in the words of ``_under``."""
    return (", ".join(name.split("!")) for name in entries_named(said))


def _under(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Give every entry under one by its words, with those of the entries above it."""
    for child in entry.children.values():
        yield ", ".join(child.path), child
        yield from _under(child)


def _keep(known: dict[str, Contributor], one: Contributor) -> None:
    """Keep a person once, as told of at greatest length."""
    before = known.get(one.name)
    if before is None or len(one.bio) > len(before.bio):
        known[one.name] = one


def calls_of(publication: Publication) -> dict[str, tuple[str, str]]:
    """Give for each index mark that stands in a note the note's division and label: a page is known for its call."""
    inside: dict[str, tuple[str, str]] = {}
    for division in publication.divisions:
        for note in division.notes:
            marks = (node for node in walk(note) if isinstance(node, IndexMark))
            inside |= {mark.id: (division.slug, note.label) for mark in marks}
    return inside


def holds(division: Division, kind: str) -> bool:
    """Whether a list of this kind stands in a division."""
    return any(isinstance(node, Apparatus) and node.kind == kind for node in walk(division))
