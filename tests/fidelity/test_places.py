"""Every place is exact: a generator writes nested texts and knows where each thing in them stands, to the column."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path

from elements import differences, ours, theirs
from hypothesis import given, settings
from hypothesis import strategies as st
from standing import misplaced

from publish.document import Division, Node, walk
from publish.project import DivisionSource, FrontMatter
from publish.reader import ReadDivision, read_division
from publish.reader.reading import Options
from publish.source import Source

# How each thing in a line is written around a word that no other has.
INLINE = {
    "Link": (
        "[{}](https://example.org/{} 'a title')",
        "[{}][label]",
        "<https://example.org/{}>",
        "https://example.org/{}",
    ),
    "InlineImage": ('![{}](a.png){{alt="{}"}}', "![{}][label]"),
    "NoteCall": ("^[{}]",),
    "InlineSpan": ("[{}]{{lang=ru}}", "[{}]{{.smallcaps}}"),
    "CrossReference": ("@sec-{}",),
    "Code": ("`{}`", "`` `{}` ``"),
    "Math": ("${}$",),
    "Emphasis": ("*{}*", "_{}_"),
    "Strong": ("**{}**",),
    "Subscript": ("~{}~",),
    "Superscript": ("^{}^",),
    "InlineHtml": ("<kbd>{}</kbd>", "~~{}~~"),
}
FRONT = "---\ntitle: A title\nlang: en\n---\n"
BLOCKS = frozenset({"Section", "CodeBlock", "Quotation", "ListItem", "Table", "Break"})


class Writer:
    """Writes Markdown; ``things`` are the kinds of what it wrote with the text that each is, found once in the whole."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._number = count(1)
        self.things: list[tuple[str, str, int]] = []

    def word(self) -> str:
        return f"w{next(self._number)}x"

    def thing(self) -> str:
        kind = self._draw(st.sampled_from(sorted(INLINE)))
        text = (
            self._draw(st.sampled_from(INLINE[kind])).replace("{}", self.word()).replace("{{", "{").replace("}}", "}")
        )
        self.things.append((kind, text, 0))
        return text

    def line(self) -> str:
        words = [self.word() for _ in range(self._draw(st.integers(0, 2)))]
        return " ".join([self.word(), *words, self.thing(), self.word()])

    def blocks(self, deep: int = 0) -> list[str]:
        """Give blocks, the first of them always a paragraph, so that what holds them begins with a word."""
        lines = [self.line()]
        for _ in range(self._draw(st.integers(0, 2))):
            lines += ["", *self.block(deep)]
        return lines

    def block(self, deep: int) -> list[str]:
        kinds = ["paragraph", "heading", "code", "table", "break"] + (
            ["quote", "bullets", "numbers"] if deep < 3 else []
        )
        match self._draw(st.sampled_from(kinds)):
            case "heading":
                return [self._kept("Section", f"### {self.word()} {self.word()}")]
            case "code":
                return [self._kept("CodeBlock", f"```{self.word()}"), "# no *heading*", "```"]
            case "table":
                return [
                    self._kept("Table", f"| {self.word()} | b |"),
                    "|---|---|",
                    f"| {self.thing()} | {self.line()} |",
                ]
            case "break":
                return ["", f"{self.line()}", "", "***"]
            case "quote":
                return self._held("Quotation", "> ", "> ", deep)
            case "bullets":
                return self._held("ListItem", "- ", "  ", deep) + self._held("ListItem", "- ", "  ", deep)
            case "numbers":
                return self._held("ListItem", "7)  ", "    ", deep)
        return [self.line(), self.line()]

    def _kept(self, kind: str, text: str) -> str:
        self.things.append((kind, text, 0))
        return text

    def _held(self, kind: str, mark: str, lead: str, deep: int) -> list[str]:
        first, *more = self.blocks(deep + 1)
        self.things.append((kind, first, len(mark)))
        return [mark + first, *((lead + line).rstrip() for line in more)]


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[tuple[str, str, int]]]:
    writer = Writer(draw)
    front = FRONT if draw(st.booleans()) else ""
    lines = writer.blocks()
    return front + "\n".join([*lines, "", "[label]: https://example.org/label.png", ""]), writer.things


def read(text: str) -> ReadDivision:
    body = len(FRONT) if text.startswith(FRONT) else 0
    source = DivisionSource(Source("a.md", text), body, FrontMatter("T", "essay"), "a", "body", Path("/a.md"))
    return read_division(source, Options())


def places(division: Division) -> Counter[tuple[str, int]]:
    kinds = INLINE.keys() | BLOCKS - {"Break"}
    found: Counter[tuple[str, int]] = Counter()
    for node in walk(division):
        kind = type(node).__name__
        if isinstance(node, Node) and node.span and kind in kinds:
            found[kind, node.span.start] += 1
    return found


@settings(max_examples=120, deadline=None)
@given(texts())
def test_everything_stands_where_it_was_written(written: tuple[str, list[tuple[str, str, int]]]) -> None:
    text, things = written
    read_ = read(text)
    assert places(read_.division) == Counter((kind, text.index(one) - before) for kind, one, before in things)
    ends = {node.span.end for node in walk(read_.division) if isinstance(node, Node) and node.span}
    assert {text.index(one) + len(one) for kind, one, _ in things if kind in INLINE} <= ends
    assert list(misplaced(read_.division)) == []


@settings(max_examples=120, deadline=None)
@given(texts())
def test_markdown_it_sees_the_same_blocks_on_the_same_lines(written: tuple[str, list[tuple[str, str, int]]]) -> None:
    text, _ = written
    source, body = Source("a.md", text), len(FRONT) if text.startswith(FRONT) else 0
    peers = theirs(text[body:], text.count("\n", 0, body) + 1)
    assert list(differences(ours(read(text).division, source, body), peers, source)) == []


MARKS = [
    "a",
    "b c",
    "- ",
    "* ",
    "1. ",
    "7) ",
    "> ",
    "    ",
    "  ",
    " ",
    "\t",
    "# x",
    "```",
    "---",
    "===",
    "***",
    "\n",
    "\n\n",
]
MARKS += [
    "| a | b |",
    "|---|---|",
    "<!-- x -->",
    "1986. ",
    "- [ ] ",
    "\\",
    "`",
    "* * *",
    "**a**",
    "[a](b.md)",
    "![a](b.png)",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=24).map("".join))
def test_nothing_stands_elsewhere_however_marks_are_thrown_together(text: str) -> None:
    assert list(misplaced(read(text).division)) == []


def test_a_wrong_place_is_seen() -> None:
    text = "a [link](https://example.org) and *stress*"
    (paragraph,) = read(text).division.blocks
    assert list(misplaced(read(text).division)) == []
    moved = Source("a.md", " " + text)
    assert list(misplaced(_moved(read(text).division, moved)))
    assert paragraph.span is not None and paragraph.span.text == text


def _moved(division: Division, source: Source) -> Division:
    """Give a division whose places are those of a text that was changed after it had been read."""
    for node in walk(division):
        if isinstance(node, Node) and node.span:
            object.__setattr__(node.span, "source", source)
    return division
