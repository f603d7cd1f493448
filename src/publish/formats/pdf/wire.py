"""What goes between ``write`` and the child process that lays the pages out.

To the child: one pickled ``Job`` on its standard input. From the child: lines of JSON on its standard output, one
for each sign of progress and a last one with what was found; the finished file's bytes follow that line. Nothing
that comes back is unpickled, because the child has handled a document that nobody has vouched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from publish.pages import PageMap
from publish.rendition import Rendition


@dataclass(frozen=True)
class Job:
    """What the child is to lay out. ``fonts`` is the private folder that holds the rendition's font files."""

    rendition: Rendition
    fonts: str


@dataclass(frozen=True)
class Finding:
    """A broken rule, without a place: the child knows pages and files, not the manuscript."""

    rule: str
    message: str
    file: str = ""
    hint: str = ""
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """What became of a job.

    ``pages`` says of each page its label and where it begins; ``remarks`` are what the layout engine said that no rule
    covers (mostly CSS that it does not understand); ``missing`` are libraries that the machine does not have;
    ``data`` is empty unless there is a file.
    """

    findings: tuple[Finding, ...] = ()
    pages: PageMap = field(default_factory=PageMap)
    remarks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def head(self) -> dict[str, Any]:
        """Give everything but the bytes, as JSON can hold it, with the number of bytes that follow."""
        return {
            "findings": [asdict(f) for f in self.findings],
            "pages": self.pages.head(),
            "remarks": self.remarks,
            "missing": self.missing,
            "size": len(self.data),
        }

    @staticmethod
    def from_head(head: Mapping[str, Any], data: bytes) -> Answer:
        """Put an answer together again from its head and its bytes."""
        return Answer(
            tuple(Finding(**f) for f in head["findings"]),
            PageMap.from_head(head["pages"]),
            tuple(head["remarks"]),
            tuple(head["missing"]),
            data,
        )
