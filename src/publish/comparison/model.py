"""What a comparison says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Literal

from publish.agreement import Passage
from publish.records import dataclass

Fate = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Change:
    """A paragraph that is not as it was: ``old`` is ``None`` for a new one, ``new`` for one that is gone.

    ``words`` are runs of words in their order, each with what became of it.
    """

    old: Passage | None
    new: Passage | None
    words: tuple[tuple[Fate, str], ...]

    @property
    def kind(self) -> str:
        """``changed``, ``new`` or ``gone``."""
        return "changed" if self.old and self.new else "new" if self.new else "gone"

    @property
    def where(self) -> str:
        """Where it stands, or stood."""
        passage = self.new or self.old
        return passage.where if passage else ""


@dataclass(frozen=True)
class Pair:
    """A page or picture that is not as it was: its name in each file, or nothing where it is not.

    ``overlay`` (WebP) shows both, one over the other: what is gone in red, what is new in blue, what stayed in grey and
    black; ``old`` and ``new`` are addresses of the pictures themselves where there is no overlay.
    """

    old_name: str
    new_name: str
    overlay: bytes = field(default=b"", repr=False)
    old: str = field(default="", repr=False)
    new: str = field(default="", repr=False)

    @property
    def kind(self) -> str:
        """``changed``, ``new`` or ``gone``."""
        return "changed" if self.old_name and self.new_name else "new" if self.new_name else "gone"


@dataclass(frozen=True)
class Comparison:
    """Two files of one kind (``pdf`` or ``epub``): what each is called, and what differs.

    ``pages`` and ``paragraphs`` count both files'; an EPUB has no pages.
    """

    kind: str
    names: tuple[str, str]
    paragraphs: tuple[int, int]
    changes: Sequence[Change] = ()
    page_counts: tuple[int, int] = (0, 0)
    pages: Sequence[Pair] = ()
    pictures: Sequence[Pair] = ()

    @property
    def same(self) -> bool:
        """Whether a reader would find no difference."""
        return not (self.changes or self.pages or self.pictures)
