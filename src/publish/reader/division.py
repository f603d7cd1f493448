"""One file of the manuscript: its Markdown becomes a division, with what its neighbours must know of it.

The result depends on the file and on ``Options`` alone, so that it can be kept by content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from publish.diagnostics import Diagnostic, Log
from publish.document import Division, Inlines, Note, NoteCall, plain, walk
from publish.project.model import DivisionSource
from publish.reader.characters import cleaned
from publish.reader.dialect import Dialect
from publish.reader.lines import Lines, split
from publish.reader.names import Names, xml_name
from publish.reader.processors import Piece
from publish.reader.reading import DEFAULT, Claim, Definition, Options, Reading
from publish.reader.syntax.abbreviations import check_used
from publish.reader.syntax.images import check_inline
from publish.reader.text import Text
from publish.records import dataclass
from publish.source import Span
from publish.words import words

# Names that the author may have given, wherever they stand: no heading gets one of them by itself.
_GIVEN = (
    re.compile(r"""\{[^{}\n]*?#([^\s{}="'<>]+)"""),
    re.compile(r"""id(?<!\wid)\s*=\s*["']?([^\s"'>]+)"""),  # to begin with letters makes the search quick
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class ReadDivision:
    """A division as its own file has it.

    Names are unique among those made here; links to other files are still paths (``other.md#name``). ``claims`` are
    the names given, in order; ``name`` is the name that the author gave to the division itself.
    """

    division: Division
    claims: tuple[Claim, ...]
    diagnostics: tuple[Diagnostic, ...]
    name: str = ""


def read_division(source: DivisionSource, options: Options = DEFAULT, md: Dialect | None = None) -> ReadDivision:
    """Read one file. ``md`` is a dialect to use again, so that it need not be made for each file."""
    log = Log()
    try:
        return _made(source, options) if source.made else _read(source, options, md or Dialect(), log)
    except RecursionError:
        # The limits on nesting keep this from happening unless whoever called us has used the stack up.
        hint = "take some of the marks around it away"
        log.report("nesting-shallow", "this text is nested too deep to be read", source.source.span(0), hint=hint)
        return ReadDivision(Division(source.slug, source.front.role, source.matter, (), ()), (), tuple(log))


def _made(source: DivisionSource, options: Options) -> ReadDivision:
    """Give a division that holds nothing but a list, which is made when all of the publication has been read."""
    front = source.front
    title = words(options.language)[front.role]
    division = Division(source.slug, front.role, source.matter, (title,), (), span=front.span, title_span=front.span)
    return ReadDivision(division, (), ())


def _read(source: DivisionSource, options: Options, md: Dialect, log: Log) -> ReadDivision:
    text = cleaned(source.source, source.body, log)
    reading = md.reading = Reading(source.source, text, source.folder, log, options)
    reading.names = Names(xml_name(name) for given in _GIVEN for name in given.findall(text, source.body))
    root = md.tree(Lines(split(text, _start(text, source.body))))
    title, name = _title(source, root, md)
    reading.shift = int(any(p.tag == "heading" and p.facts["level"] == 1 for p in root.iter() if isinstance(p, Piece)))
    blocks = md.blocks(root)
    notes = _notes(md, (*title, *blocks))
    check_inline(md)
    check_used(reading)
    front = source.front
    division = Division(
        source.slug,
        front.role,
        source.matter,
        title,
        blocks,
        notes,
        subtitle=front.subtitle,
        contributors=front.contributors,
        date=front.date,
        description=front.description,
        span=reading.span(source.body, len(text)),
        title_span=front.span,
        language=front.language,
    )
    return ReadDivision(division, tuple(sorted(reading.claims, key=lambda claim: claim.span.start)), tuple(log), name)


def _start(text: str, body: int) -> int:
    """Give where the Markdown begins: after a byte order mark, if the file has one."""
    return body + text.startswith("\ufeff", body)


def _title(source: DivisionSource, root: Piece, md: Dialect) -> tuple[Inlines, str]:
    """Find the division's title and the name given to it.

    A heading of level 1 that begins the text is the title if it says the same; then it is taken out of the text.
    """
    first = root[0] if len(root) else None
    given, span = source.front.title, source.front.span
    if isinstance(first, Piece) and first.tag == "heading" and first.facts["level"] == 1:
        explicit = given and span is not None and span.start < source.body
        words = md.inline(first.words)
        if not explicit or _same(plain(words), given) or (first.words and _same(first.words.raw, given)):
            root.remove(first)
            return words, md.reading.claim(first.marks.id, md.reading.span(first.start, first.end))
        # The heading opens a section; it is read again where it stands.
        md.reading.claims.clear()
    return md.inline(_given_title(given, span)), ""


def _given_title(title: str, span: Span | None) -> Text:
    """Give a title out of front matter as a text: each character at its place, if it is written there as it is."""
    if span is None:
        return Text.fixed(title, 0)
    at = span.text.find(title)
    return Text.of([(title, span.start + at)]) if at >= 0 and "\n" not in title else Text.fixed(title, span.start)


def _same(one: str, other: str) -> bool:
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold())


def _notes(md: Dialect, text: tuple[object, ...]) -> tuple[Note, ...]:
    """Make the notes that are called, in the order in which a reader who follows each call comes to them.

    ``text`` is the division's title and blocks. Their order is not that of the file: a table's caption is read first,
    wherever it was written.
    """
    reading = md.reading
    for definition in list(reading.notes.values()):
        if definition.piece is not None:
            definition.blocks = md.blocks(definition.piece)
    order: dict[str, Definition] = {}
    waiting = _called(text)[::-1] if reading.notes else []
    while waiting:
        label = waiting.pop()
        if label in reading.notes and label not in order:
            order[label] = reading.notes[label]
            waiting += _called(order[label].blocks)[::-1]
    for label, note in reading.notes.items():
        if label not in order:
            message, hint = f"the note [^{label}] is written, but never called", f"call it with [^{label}]"
            if label.startswith("^"):  # which no author's label does
                message, hint = "a picture's description cannot hold a note", "write it behind the picture, in the text"
            reading.report("note-used", message, note.span.start, note.span.end, hint=hint)
    return tuple(Note(label, note.blocks, span=note.span) for label, note in order.items())


def _called(nodes: Iterable[object]) -> list[str]:
    """Give the labels of the notes called in these nodes, as they are read."""
    return [node.label for item in nodes for node in walk(item) if isinstance(node, NoteCall)]
