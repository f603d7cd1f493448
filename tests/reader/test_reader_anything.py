"""Whatever is written can be read: nothing raises, no letter is lost, and every place is right.

One generator writes Markdown and knows each word that it wrote, so that the tree can be held against it; another
throws marks together as nobody would write them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import count

from hypothesis import example, given, settings
from hypothesis import strategies as st
from manuscripts import read_texts

from publish.document import Code, CodeBlock, Division, Node, Section, walk
from publish.reader.characters import BAD

WORD = re.compile(r"w\d+[a-zа-я가-힣]*")
ENDINGS = ("", "en", "ий", "을")


class Writer:
    """Writes Markdown out of words that are all different, and keeps them in the order in which they are read."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._number = count(1)
        self.text: list[str] = []
        self.notes: list[str] = []
        self._in_note = False

    def word(self) -> str:
        word = f"w{next(self._number)}{self._draw(st.sampled_from(ENDINGS))}"
        (self.notes if self._in_note else self.text).append(word)
        return word

    def words(self, deep: int = 0) -> str:
        return " ".join(self.inline(deep) for _ in range(self._draw(st.integers(1, 4))))

    def inline(self, deep: int) -> str:
        kinds = ["word", "word", "code", "escape"]
        kinds += ["em", "strong", "link", "span", "sub", "note"] if deep < 3 else []
        kind = self._draw(st.sampled_from(kinds))
        match kind:
            case "em" | "strong":
                mark = {"em": "*", "strong": "**"}[kind] if deep % 2 else {"em": "_", "strong": "__"}[kind]
                return f"{mark}{self.words(deep + 1)}{mark}"
            case "code":
                return f"`` {self.word()} ` ``"
            case "link":
                # A link holds no link: what is inside is plain.
                return f'[{self.word()}](https://example.org/(x) "{"title"}")'
            case "span":
                return f"[{self.words(deep + 1)}]{{.smallcaps}}"
            case "sub":
                return f"<sub>{self.words(deep + 1)}</sub>"
            case "note" if not self._in_note:
                self._in_note = True
                words = self.words(deep + 1)
                self._in_note = False
                return f"^[{words}]"
            case "escape":
                return f"\\*{self.word()}\\_ &amp;"
        return self.word()

    def blocks(self, deep: int = 0) -> list[str]:
        lines: list[str] = []
        for _ in range(self._draw(st.integers(1, 3))):
            lines += [*([""] if lines else []), *self.block(deep)]
        return lines

    def block(self, deep: int) -> list[str]:
        holding = self._draw(st.sampled_from([False, False, True])) if deep < 3 else False
        return self.holding(deep) if holding else self.plain()

    def plain(self) -> list[str]:
        match self._draw(st.sampled_from(["paragraph", "lines", "code", "heading", "table", "figure"])):
            case "lines":
                return [self.words(), self.words() + "  ", self.words() + "\\", self.words()]
            case "code":
                return ["```rust, ignore", f"# {self.word()} *not* [^a]", "```"]
            case "heading":
                return [f"{'#' * self._draw(st.integers(2, 6))} {self.words()}"]
            case "table":
                caption = f": {self.words(2)}"  # which is read first, wherever it is written
                head = f"| {self.words(2)} | {self.words(2)} |"
                return [head, "|:--|--:|", f"| {self.words(2)} | {self.words(2)} |", caption]
            case "figure":
                return [f'![{self.words(2)}](a.png){{alt="described" credit="{self.words(3)}"}}']
        return [self.words()]

    def holding(self, deep: int) -> list[str]:
        match self._draw(st.sampled_from(["quote", "bullets", "numbers", "div", "details"])):
            case "quote":
                return [f"> {line}" for line in self.blocks(deep + 1)]
            case "bullets":
                return _item("- ", self.blocks(deep + 1)) + _item("- ", self.blocks(deep + 1))
            case "numbers":
                return _item("7) ", self.blocks(deep + 1)) + _item("8) ", self.blocks(deep + 1))
            case "div":
                return ["::: aside", *self.blocks(deep + 1), ":::"]
        return ["<details>", "", *self.blocks(deep + 1), "", "</details>"]


def _item(mark: str, lines: list[str]) -> list[str]:
    return [(mark if i == 0 else " " * len(mark)) + line if line else "" for i, line in enumerate(lines)]


@st.composite
def manuscripts(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A text, its words in the order in which they are read, and those of its notes."""
    writer = Writer(draw)
    text = "\n".join(writer.blocks())
    return text, writer.text, writer.notes


def spoken(node: object) -> str:
    """Give everything that a tree says, one space between any two of its parts."""
    parts = (n if isinstance(n, str) else n.text for n in walk(node) if isinstance(n, str | Code | CodeBlock))
    return " ".join(parts)


def everything(division: Division) -> str:
    return " ".join(spoken(part) for part in (*division.title, *division.blocks, *division.notes))


@settings(max_examples=150, deadline=None)
@given(manuscripts())
def test_every_word_comes_out_in_its_order_and_at_its_place(written: tuple[str, list[str], list[str]]) -> None:
    markdown, text, notes = written
    publication, log = read_texts(markdown, title="Title")
    (division,) = publication.divisions
    assert [d.rule.name for d in log] == []
    assert [w for block in division.blocks for w in WORD.findall(spoken(block))] == text
    assert [w for note in division.notes for w in WORD.findall(spoken(note))] == notes
    for top in division.blocks:
        for node in walk(top):
            if isinstance(node, Node) and not isinstance(node, Section):
                assert node.span is not None
                place = node.span.text
                assert place == place.strip() or place.strip(" ") in ("\\", "", "\n")
                assert set(WORD.findall(spoken(node))) <= set(WORD.findall(place))


MARKS = st.text(alphabet=" \n*_`#>-+12.)|![]^&\\=aб가", max_size=80)


@example("*a b**a b a*b")
@settings(max_examples=400, deadline=None)
@given(MARKS.filter(lambda text: "```" not in text))
def test_no_letter_is_lost_however_marks_are_thrown_together(markdown: str) -> None:
    publication, _ = read_texts(markdown, title="T")
    (division,) = publication.divisions
    letters = Counter(c for c in markdown if c.isalpha())
    assert Counter(c for c in everything(division) if c.isalpha()) - Counter("T") == letters


@example("    \u00a0")
@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=" \n\t*_`~#>-+1.)(|![]{}^&\\=:<>/?\"'ahref@\U000f0001\u00a0", max_size=120))
def test_no_marks_whatsoever_raise(markdown: str) -> None:
    publication, _ = read_texts(markdown)
    _check_places(publication.divisions[0], len(markdown))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_character_whatsoever_raises(markdown: str) -> None:
    publication, log = read_texts(markdown)
    said = everything(publication.divisions[0])
    assert not BAD.search(said)
    assert bool(BAD.search(markdown)) == any(d.rule.name == "text-characters" for d in log)


def _check_places(division: Division, length: int) -> None:
    for node in walk(division):
        if isinstance(node, Node):
            assert node.span is not None
            assert 0 <= node.span.start <= node.span.end <= length
