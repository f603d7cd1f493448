"""Citations and bibliography, formatted by a style and kept by content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Protocol

from publish.citations.model import Cluster, Entry, Formatted, Printed, Record


class Keeper(Protocol):
    """Where work is kept by name: ``publish.cache.Cache`` is one."""

    def get(self, name: str) -> bytes | None:
        """Give what was kept under a name, or None."""

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name."""


class StyleUnusable(Exception):
    """A style that cannot be used; the message says why, in an editor's words. ``line`` is where, or 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def format_citations(
    clusters: Iterable[Cluster],
    records: Mapping[str, Record],
    style: bytes,
    language: str,
    keeper: Keeper | None = None,
) -> Formatted:
    """Format citations and the bibliography of the works that they name.

    ``records`` holds at least those works (KeyError), ``style`` is a CSL file, ``language`` the publication's tag
    (BCP 47). Nothing is formatted twice: ``keeper`` remembers by everything that the outcome depends on. Raises
    StyleUnusable.
    """
    clusters = tuple(clusters)
    keys = dict.fromkeys(cite.key for cluster in clusters for cite in cluster.cites)
    data = {key: records[key].data for key in keys}
    name = _name(clusters, data, style, language)
    held = keeper.get(name) if keeper is not None else None
    if held is not None and (kept := _read(held)) is not None:
        return kept
    made = _format(clusters, data, style, language)
    if keeper is not None:
        keeper.put(name, json.dumps(asdict(made), ensure_ascii=False).encode())
    return made


def in_notes(style: bytes) -> bool:
    """Whether a style puts citations in notes. Raises StyleUnusable."""
    from publish.citations.engine import StyleError
    from publish.citations.engine.style import is_note

    try:
        return is_note(style)
    except StyleError as error:
        raise StyleUnusable(str(error), error.line) from None


def _format(
    clusters: tuple[Cluster, ...], data: Mapping[str, Mapping[str, Any]], style: bytes, language: str
) -> Formatted:
    from publish.citations.engine import Processor, Style, StyleError

    try:
        return Processor(Style(style, language), data).format(clusters)
    except StyleError as error:
        raise StyleUnusable(str(error), error.line) from None
    except Exception as error:
        # A style is a program of somebody else's, run by a library that trusts it; whatever goes wrong in it is the
        # style's fault as far as an editor is concerned, and no reason to end in a traceback.
        raise StyleUnusable(f"it cannot be used here ({type(error).__name__}: {error})") from error


def _name(clusters: tuple[Cluster, ...], data: Mapping[str, Any], style: bytes, language: str) -> str:
    said = json.dumps([[asdict(c) for c in clusters], data, language], ensure_ascii=False, sort_keys=True)
    digest = sha256(_code())
    for part in (style, said.encode("utf-8", "surrogatepass")):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def _code() -> bytes:
    """Give a fingerprint of what formats: this room, and the library behind it."""
    from importlib.metadata import version

    digest = sha256(version("citeproc-py").encode())
    for folder in (files(__package__), files(__package__) / "engine"):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.digest()


def _read(data: bytes) -> Formatted | None:
    try:
        held = json.loads(data)
        return Formatted(
            tuple(Printed(**one) for one in held["citations"]),
            tuple(Entry(**one) for one in held["entries"]),
            bool(held["in_notes"]),
            bool(held["hanging"]),
        )
    except (ValueError, KeyError, TypeError):  # nothing of ours: it is made again
        return None
