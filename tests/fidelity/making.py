"""Files made of a manuscript as it is, also where an error would stop a build: to see that nothing else is lost.

What an editor would have to mend first is mended in the tree: a picture that cannot be had gives way to a grey one, a
link that leads nowhere to its words, a character without a glyph to a question mark. Everything else goes through the
same stages as in ``publish build``, with its referees.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from PIL import Image as Bitmap

from publish.agreement import lost_words
from publish.agreement import said as said_by
from publish.build.manuscript import Manuscript
from publish.build.memory import memory_of
from publish.build.outcome import Request, silent
from publish.build.pipeline import Workshop
from publish.build.targets import targets
from publish.diagnostics import Diagnostic, Log
from publish.document import Image, InlineImage, InlineSpan, Link, Node, Publication, walk
from publish.formats import FORMATS
from publish.images import Picture
from publish.renderer import load_theme
from publish.renderer.coverage import Coverage

T = TypeVar("T", bound=Node)
_NOWHERE = frozenset({"link-target-exists", "html-safe"})


@dataclass(frozen=True)
class File:
    """A finished file: its diagnostics, the share of the manuscript's words in it, the words it lacks, its notes."""

    format: str
    diagnostics: tuple[Diagnostic, ...]
    words: float = 0.0
    lost: tuple[tuple[str, int], ...] = ()
    notes: int = 0
    linked: int = 0
    size: int = 0
    pages: int = 0

    def errors(self, rule: str) -> int:
        """How many errors of a rule there are."""
        return sum(d.rule.name == rule for d in self.diagnostics)


def make(manuscript: Manuscript, told: Log, request: Request) -> tuple[File, ...]:
    """Make every format of a manuscript, and compare what each says with what the manuscript says."""
    mended = _mended(manuscript, told)
    workshop = Workshop(mended, request, memory_of(manuscript.project, request).cache, silent)
    wanted = said_by(mended.publication)
    files: list[File] = []
    for name, target in targets(manuscript.project, request).items():
        log = Log()
        made = workshop.make(target, log, lambda judge: judge())
        if made is None:
            files.append(File(name, tuple(log)))
            continue
        found = FORMATS[name]().says(made.data)
        lost = tuple(lost_words(wanted.words, found.words))
        share = 1 - sum(count for _, count in lost) / max(1, wanted.words.total())
        linked = linked_notes(made.data) if name == "epub" else 0
        files.append(File(name, tuple(log), share, lost, found.notes, linked, made.size, made.pages))
    return tuple(files)


def linked_notes(data: bytes) -> int:
    """Count the notes of an EPUB whose call leads to them and that lead back to their call."""
    pages = {}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        pages = {n.rsplit("/", 1)[-1]: book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml")}
    calls: Counter[tuple[str, str]] = Counter()
    backs: Counter[tuple[str, str]] = Counter()
    for name, text in pages.items():
        for found in re.finditer(r"<a\b[^>]*>", text):
            tag = found[0]
            href, own = re.search(r'href="([^"#]*)#([^"]+)"', tag), re.search(r'\bid="([^"]+)"', tag)
            if "doc-noteref" in tag and href:
                calls[href[1].rsplit("/", 1)[-1] or name, href[2]] += own is not None
            elif "doc-backlink" in tag and href:
                backs[href[1].rsplit("/", 1)[-1] or name, href[2]] += 1
    ids = {(name, found) for name, text in pages.items() for found in re.findall(r'\bid="([^"]+)"', text)}
    return min(sum(note in ids for note in calls), sum(call in ids for call in backs))


# --- what an editor would mend --------------------------------------------------------------------------------------


def _mended(manuscript: Manuscript, told: Log) -> Manuscript:
    places = {(d.span.source.name, d.span.start) for d in told if d.rule.name in _NOWHERE and d.span}
    publication = manuscript.publication
    lacking = _lacking(manuscript)
    divisions = tuple(_rewritten(division, places, lacking) for division in publication.divisions)
    publication = replace(publication, divisions=divisions)
    return replace(manuscript, publication=publication, pictures=_pictures(publication, manuscript.pictures))


def _lacking(manuscript: Manuscript) -> dict[int, str]:
    """Give a table that puts a question mark for each character that no font has."""
    style, project = manuscript.project.style, manuscript.project
    theme = load_theme(style.theme, project.styles, Log())
    assert theme is not None
    texts = (n if isinstance(n, str) else getattr(n, "text", "") for n in walk(manuscript.publication))
    used = frozenset(character for text in texts for character in text if not character.isspace())
    return dict.fromkeys(map(ord, Coverage(theme).lacking(used)), "?")


def _rewritten(node: T, places: set[tuple[str, int]], lacking: dict[int, str]) -> T:
    changes: dict[str, Any] = {}
    for name, value in vars(node).items():
        if isinstance(value, tuple) and value and any(isinstance(item, Node | str) for item in value):
            changes[name] = tuple(
                _rewritten(item, places, lacking)
                if isinstance(item, Node)
                else item.translate(lacking)
                if isinstance(item, str)
                else item
                for item in value
            )
        elif name == "text" and isinstance(value, str):
            changes[name] = value.translate(lacking)
    node = replace(node, **changes) if changes else node
    is_lost = isinstance(node, Link) and (_at(node) in places or not node.target)
    return InlineSpan(node.content, span=node.span) if is_lost and isinstance(node, Link) else node  # type: ignore[return-value]


def _at(node: Node) -> tuple[str, int]:
    return (node.span.source.name, node.span.start) if node.span else ("", 0)


def _pictures(publication: Publication, pictures: Mapping[str, Picture]) -> Mapping[str, Picture]:
    named = {node.path for node in walk(publication) if isinstance(node, Image | InlineImage)}
    return {**{path: Picture(path, "image/png", _grey(), 300, 200) for path in named}, **pictures}


@cache
def _grey() -> bytes:
    data = io.BytesIO()
    Bitmap.new("RGB", (300, 200), (200, 200, 200)).save(data, "PNG")
    return data.getvalue()
