"""What a check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TypeVar

from publish.diagnostics import Log
from publish.document import Node, Publication, walk
from publish.images import Picture
from publish.project import Project
from publish.records import dataclass

Kind = TypeVar("Kind", bound=Node)


@dataclass(frozen=True)
class Page:
    """What checks must know of the printed page.

    ``measure`` is the width of the text in millimetres; ``lacking`` gives those of some characters that no font has.
    """

    measure: float
    lacking: Callable[[AbstractSet[str]], AbstractSet[str]]


@dataclass(frozen=True)
class Subject:
    """A publication as it was read, the project that it was read from, and its sound pictures by path.

    ``page`` is ``None`` when nothing is to be printed.
    """

    publication: Publication
    project: Project
    pictures: Mapping[str, Picture]
    page: Page | None = None

    def nodes(self, *kinds: type[Kind]) -> Iterator[Kind]:
        """Give every node of these kinds in reading order."""
        return (node for node in self._everything if isinstance(node, kinds))

    @cached_property
    def _everything(self) -> tuple[object, ...]:
        return tuple(walk(self.publication))


Check = Callable[[Subject, Log], None]
