"""From nodes to markup: each kind of node has a macro of its name in the theme's ``nodes.xhtml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

from publish import document, formulas, highlight
from publish.document import CodeBlock, Division, Inlines, Node, Note, NoteCall, Paragraph, Section, Table, plain, walk
from publish.renderer import drawings, openings
from publish.renderer.numbers import Numbers
from publish.renderer.openings import Opening
from publish.renderer.origins import ATTRIBUTE, Origins
from publish.renderer.outline import tidy
from publish.typography import address_pieces, bare
from publish.words import direction

MOST_COLUMNS = 4
"""Columns that a telephone's screen can hold side by side."""

_ROWS_OF_A_SCREEN = 12


def snake(name: str) -> str:
    """Give a class's name as a macro's: ``InlineImage`` is ``inline_image``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def macro_names() -> tuple[str, ...]:
    """Give the macro that every theme must have for each kind of node that stands in a text."""
    kinds = (*document.Inline.__args__, *document.Block.__args__, document.ListItem, document.Row, document.Cell)
    kinds = (*kinds, document.Image, document.Note, document.BibliographyEntry)
    kinds = (*kinds, document.DefinitionItem, document.Definition)
    return tuple(snake(kind.__name__) for kind in kinds if kind is not str)


class Nodes:
    """Renders the nodes of one part; keeps which notes have been called so far in it."""

    def __init__(
        self,
        macros: Any,
        division: Division,
        numbers: Numbers,
        href: Callable[[str], str],
        origins: Origins,
        *,
        opens: str = "plain",
    ) -> None:
        self._macros = macros
        self._division = division
        self._numbers = numbers
        self._href = href
        self._origins = origins
        self._calls: Counter[int] = Counter()
        self._notes = {note.label: note for note in division.notes}
        self._waiting: list[Note] = []
        self._inside_note = False
        self._sections = 0
        self._opens = opens
        self._first = openings.first_paragraph(division) if opens != "plain" else None

    def render(self, item: object) -> Markup:
        """Give the markup of a string or a node."""
        if isinstance(item, str):
            return escape(item)
        macro = getattr(self._macros, snake(type(item).__name__))
        return Markup(macro(item, self))

    def all(self, items: Iterable[object]) -> Markup:
        """Give the markup of strings or nodes, one after another."""
        return Markup("").join(self.render(item) for item in items)

    def opening(self, paragraph: Paragraph) -> Opening | None:
        """Give a paragraph taken apart at its beginning, if it opens its division and shall be seen to."""
        return openings.opening(paragraph) if paragraph is self._first else None

    @property
    def opens(self) -> str:
        """How the first paragraph of a division begins: ``drop-cap``, ``small-caps``, both, or ``plain``."""
        return self._opens

    def level(self, _section: Section) -> int:
        """Give the level (2 to 6) of the heading of the section in hand: one below that which it stands under.

        An author who left levels out is told so; who hears a text goes through it by its headings, and would look
        for the missing ones.
        """
        return min(self._sections + 2, 6)

    def inside(self, section: Section) -> Markup:
        """Give the markup of what stands in a section under its heading."""
        self._sections += 1
        try:
            return self.all(section.blocks)
        finally:
            self._sections -= 1

    @staticmethod
    def columns(table: Table) -> int:
        """Give the number of columns of a table."""
        return max((sum(cell.colspan for cell in row.cells) for row in (*table.head, *table.body)), default=0)

    def column_names(self, table: Table) -> tuple[str, ...]:
        """Give the words over each column of a table of many columns; nothing when cells reach over several.

        A reader whose screen is too narrow for such a table sets the cells of a row under each other by their names.
        """
        rows = (*table.head, *table.body)
        simple = all(cell.colspan == cell.rowspan == 1 for row in rows for cell in row.cells)
        if not simple or len(table.head) != 1 or self.columns(table) <= MOST_COLUMNS:
            return ()
        names = tuple(self.text(cell.content) for cell in table.head[0].cells)
        return (*names, *[""] * (self.columns(table) - len(names)))

    def movable(self, table: Table) -> bool:
        """Whether a table of many columns can be moved sideways: on paged screens such a thing stays on one page."""
        return self.columns(table) > MOST_COLUMNS and len(table.body) <= _ROWS_OF_A_SCREEN

    def href(self, target: str) -> str:
        """Give where a link leads, as the part in hand must write it."""
        return self._href(target[1:]) if target.startswith("#") else target

    def number(self, label: str) -> int:
        """Give the number by which a note of this division is called."""
        return self._numbers.shown[self._division.slug, label]

    def serial(self, label: str) -> int:
        """Give the number that makes up the id of a note of this division: no other note of the publication has it."""
        return self._numbers.notes[self._division.slug, label]

    def call(self, label: str) -> str:
        """Count a call of a note; give the id of the call (the first one is where the note leads back to)."""
        serial = self.serial(label)
        self._calls[serial] += 1
        again = self._calls[serial]
        return f"noteref-{serial}" if again == 1 else f"noteref-{serial}-{again}"

    def notes_here(self, label: str) -> tuple[Note, ...]:
        """Give the notes to set where a note is called: itself at its first call, then those called inside it.

        A note cannot be set inside another, so a note called in a note follows the one that calls it.
        """
        if self._calls[self.serial(label)] > 1:
            return ()
        note = self._notes[label]
        if self._inside_note:
            self._waiting.append(note)
            return ()
        return (note,)

    def body(self, note: Note) -> Markup:
        """Give the markup of a note with those called inside it waiting to follow."""
        self._inside_note = True
        try:
            return Markup(self._macros.note(note, self))
        finally:
            self._inside_note = False

    def waiting(self) -> Iterable[Note]:
        """Give, one by one, the notes that notes have called and that are still to be set."""
        while self._waiting:
            yield self._waiting.pop(0)

    def code(self, node: CodeBlock) -> Markup:
        """Give the markup of a block of code, each piece of the program in a span of the class of its kind."""
        kinds = (
            Markup('<span class="hl-{}">{}</span>').format(kind, words) if kind else escape(words)
            for kind, words in highlight.pieces(node.text, node.info)
        )
        return Markup("").join(kinds)

    @staticmethod
    def mathml(tex: str, display: bool) -> Markup:
        """Give a formula as MathML that names its drawing (MathML 3.0, 2.2.1)."""
        markup, drawn = formulas.mathml(tex, display), formulas.drawing(tex, display)
        pairs = {"altimg": f"../{drawings.name(tex, display)}", "altimg-width": f"{drawn.width:.3f}em"}
        pairs |= {"altimg-height": f"{drawn.height:.3f}em", "altimg-valign": f"{-max(0.0, drawn.depth):.3f}em"}
        return Markup(markup.replace("<math", f"<math{pairs_markup(pairs)}", 1))

    @staticmethod
    def drawing(tex: str, display: bool) -> Mapping[str, object]:
        """Give a formula's drawing: its name among the resources, and its lengths in ems."""
        drawn = formulas.drawing(tex, display)
        name = drawings.name(tex, display)
        return {"name": name, "width": drawn.width, "height": drawn.height, "depth": max(0.0, drawn.depth)}

    @property
    def division(self) -> Division:
        """The division that is being rendered."""
        return self._division

    def attributes(self, node: Node, *classes: str, id: str | None = None) -> Markup:
        """Give an element's ``id``, ``class``, ``lang`` and ``dir`` for a node, with a space before each."""
        names = dict.fromkeys([*classes, *getattr(node, "classes", ())])
        pairs = {"id": node.id if id is None else id, "class": " ".join(filter(None, names))}
        if node.language:
            pairs |= {"lang": node.language, "xml:lang": node.language, "dir": direction(node.language)}
        return pairs_markup(pairs) + self.at(node)

    def at(self, node: Node) -> Markup:
        """Give the private attribute that says where a node was written, for elements that have no others of it."""
        return pairs_markup({ATTRIBUTE: self._origins.mark(node)})

    def html_attributes(self, pairs: Iterable[tuple[str, str]]) -> Markup:
        """Give the attributes that an author wrote in HTML."""
        return pairs_markup(dict(pairs))

    @staticmethod
    def quotable(content: Inlines) -> Inlines:
        """Give words as they can stand in another place: without notes and links."""
        return document.quotable(content)

    def address(self, content: Inlines) -> Markup:
        """Give the markup of a web address, with the places where a screen's line may end."""
        return Markup("<wbr/>").join(map(escape, address_pieces(self.text(content))))

    @staticmethod
    def lines(content: Inlines) -> Iterable[Inlines]:
        """Give inline content line by line, as its author broke it."""
        breaks = [index for index, item in enumerate(content) if isinstance(item, document.LineBreak)]
        for start, end in zip([-1, *breaks], [*breaks, len(content)], strict=True):
            yield content[start + 1 : end]

    @staticmethod
    def calls(content: Inlines) -> bool:
        """Whether inline content calls a note."""
        return any(isinstance(node, NoteCall) for item in content for node in walk(item))

    def text(self, content: Inlines) -> str:
        """Give inline content as words alone, without what is told to the printed page's line breaker."""
        return tidy(bare(plain(content)))


def pairs_markup(pairs: Mapping[str, str]) -> Markup:
    """Give attributes as markup, leaving out the empty ones (an empty ``alt`` is the template's to write)."""
    return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in pairs.items() if value)
