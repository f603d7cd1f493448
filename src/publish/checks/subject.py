"""What a check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from publish.diagnostics import Log
from publish.document import Node, Publication, walk
from publish.images import Picture
from publish.project import Project

Kind = TypeVar("Kind", bound=Node)


@dataclass(frozen=True)
class Subject:
    """A publication as it was read, the project that it was read from, and its sound pictures by path."""

    publication: Publication
    project: Project
    pictures: Mapping[str, Picture]

    def nodes(self, *kinds: type[Kind]) -> Iterator[Kind]:
        """Give every node of these kinds in reading order."""
        return (node for node in walk(self.publication) if isinstance(node, kinds))


Check = Callable[[Subject, Log], None]
