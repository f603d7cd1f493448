"""A division with its citations set: in the line, or in notes of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Any, TypeVar

from publish.citations import Printed, rich
from publish.document import (
    Bibliography,
    Citation,
    CitedWork,
    Division,
    Emphasis,
    Inline,
    Inlines,
    InlineSpan,
    Link,
    Node,
    Note,
    NoteCall,
    Paragraph,
    Strong,
    children,
)
from publish.places import holders
from publish.records import dataclass

T = TypeVar("T", bound=Node)

# What a note's call stands after when it ends a sentence in English, not before.
_STOPS = re.compile(r"[.,;:!?…’”\"')]+")


@dataclass(frozen=True)
class Placed:
    """A citation as printed, where each of its works leads (``#name`` or nothing), and whether it stands in a note."""

    printed: Printed
    targets: tuple[str, ...]
    inside: bool


@dataclass
class Setting:
    """How the citations of one division are set. ``placed`` holds them by identity.

    ``in_notes`` says that they become notes; ``after_stops`` that a note's call stands after the stop that follows it.
    ``bibliography`` is what stands in the place of each bibliography; without one it is left out.
    """

    in_notes: bool = False
    after_stops: bool = False
    placed: dict[int, Placed] = field(default_factory=dict)
    bibliography: Bibliography | None = None
    notes: dict[str, Note] = field(default_factory=dict)

    def unlinked(self) -> Setting:
        """Give the same without links to entries: a link holds no link."""
        return replace(
            self, placed={k: replace(one, targets=("",) * len(one.targets)) for k, one in self.placed.items()}
        )


def rewritten(division: Division, setting: Setting) -> Division:
    """Give a division with its citations set, its bibliographies filled, and its notes in the order of their calls."""
    changed = _node(division, setting)
    notes = {note.label: _node(note, setting) for note in division.notes} | setting.notes
    ordered: dict[str, Note] = {}
    for block in (*changed.title, *changed.blocks):
        _call(block, notes, ordered)
    # A note that only another note calls, or none any more, keeps its place at the end.
    return replace(changed, notes=tuple({**ordered, **notes}.values()))


def _call(node: object, notes: dict[str, Note], ordered: dict[str, Note]) -> None:
    if isinstance(node, NoteCall) and node.label in notes and node.label not in ordered:
        ordered[node.label] = notes[node.label]
        for block in notes[node.label].blocks:
            _call(block, notes, ordered)
    elif isinstance(node, Node):
        for child in children(node):
            _call(child, notes, ordered)


def _node(node: T, setting: Setting) -> T:
    """Give a node with everything in it set; what does not change stays the same object."""
    if isinstance(node, Citation):
        return node
    if isinstance(node, Link):
        setting = setting.unlinked()
    changes: dict[str, Any] = {}
    for name, inline in holders(type(node)):
        value = getattr(node, name)
        if not value:
            continue
        new: tuple[Any, ...] = tuple(_node(item, setting) if isinstance(item, Node) else item for item in value)
        new = _line(new, setting) if inline else tuple(_listed(new, setting))
        if len(new) != len(value) or any(a is not b for a, b in zip(value, new, strict=True)):
            changes[name] = new
    return replace(node, **changes) if changes else node


def _listed(blocks: Iterable[Any], setting: Setting) -> Iterable[Any]:
    for block in blocks:
        if not isinstance(block, Bibliography) or block.entries:
            yield block
        elif setting.bibliography is not None:
            given = setting.bibliography
            yield replace(given, span=block.span, id=block.id)


def _line(items: tuple[Any, ...], setting: Setting) -> tuple[Any, ...]:
    """Set the citations in a line."""
    if not any(isinstance(item, Citation) for item in items):
        return items
    out: list[Inline] = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        placed = setting.placed.get(id(item)) if isinstance(item, Citation) else None
        if not isinstance(item, Citation):
            _add(out, item)
        elif placed is None:
            for words in item.content:
                _add(out, words)
        elif setting.in_notes and not placed.inside:
            following = waiting.pop() if waiting and isinstance(waiting[-1], str) else ""
            rest = _note(item, placed, setting, out, following)
            if rest:
                waiting.append(rest)
        else:
            out.append(replace(item, content=_printed(item, placed, setting)))
    return tuple(out)


def _printed(citation: Citation, placed: Placed, setting: Setting) -> Inlines:
    """Give what a citation prints in the line: the name that belongs to the sentence, then the rest."""
    lead = _inlines(citation, placed, placed.printed.lead, setting)
    body = _inlines(citation, placed, placed.printed.body, setting)
    return (*lead, " ", *body) if lead and body else lead or body


def _inlines(citation: Citation, placed: Placed, text: str, setting: Setting) -> Inlines:
    def own(number: int) -> rich.Own:
        if not 0 <= number < len(citation.cites):
            return rich.Own()
        cite = citation.cites[number]
        return rich.Own(placed.targets[number], _line(cite.prefix, setting), _line(cite.suffix, setting))

    return rich.inlines(text, own) if text else ()


def _note(citation: Citation, placed: Placed, setting: Setting, out: list[Inline], following: str) -> str:
    """Put a citation in a note and call it; give what is left of the words that follow."""
    assert citation.span is not None
    lead = _inlines(citation, placed, placed.printed.lead, setting)
    if lead:
        out.append(replace(citation, content=lead))
    elif out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")  # the call stands against the word before it
    body = _inlines(citation, placed, placed.printed.body, setting)
    if not body:
        return following
    stops = _STOPS.match(following) if setting.after_stops and not lead else None
    if stops:
        following = following[stops.end() :]
        if not _ends_in_stop(out) or stops[0] != ".":  # "said. [@key]." would end twice
            _add(out, stops[0])
    label = f"^{citation.span.start}"
    content = replace(citation, content=_capitalised(body))
    setting.notes[label] = Note(label, (Paragraph((content,), span=citation.span),), span=citation.span)
    out.append(NoteCall(label, span=citation.span))
    return following


def _ends_in_stop(out: list[Inline]) -> bool:
    return bool(out) and isinstance(out[-1], str) and out[-1].rstrip("”’\"'")[-1:] in (".", "!", "?", "…")


def _capitalised(content: Inlines) -> Inlines:
    """Begin a note with a capital: the author's "see" as well as a style's "in"."""
    if not content:
        return content
    first, rest = content[0], content[1:]
    if isinstance(first, str):
        return (first[:1].upper() + first[1:], *rest)
    if isinstance(first, CitedWork | Emphasis | InlineSpan | Strong):
        return (replace(first, content=_capitalised(first.content)), *rest)
    return content


def _add(out: list[Inline], item: Inline) -> None:
    if isinstance(item, str) and out and isinstance(out[-1], str):
        out[-1] += item
    elif item != "":
        out.append(item)
