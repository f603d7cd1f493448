"""Cases an editor can read: each line as it is typed, in Markdown, and under it, behind an arrow, as it is set.

In what is set ⍽ stands for a no-break space (U+00A0) and ⎵ for a narrow one (U+202F); `code` and $formulas$ are shown
between their marks. ``pytest tests/typography --accept`` writes what came out into the cases.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish.agreement import words_of
from publish.diagnostics import Log
from publish.document import Code, Division, Inlines, Math, Note, Paragraph, walk
from publish.project import load
from publish.reader import read
from publish.typography import set_publication

CASES = Path(__file__).parent.parent / "cases" / "typography"
LANGUAGE = re.compile(r"^lang: (\S+)\n\n", re.MULTILINE)
PAIR = re.compile(r"^(?P<typed>.+)\n→(?P<set>.*)\n", re.MULTILINE)
VISIBLE = {"\u00a0": "⍽", "\u202f": "⎵"}


def read_lines(language: str, lines: list[str], folder: Path) -> tuple[Division, Division]:
    """Read lines as the paragraphs of an essay; give it as typed and as set."""
    text = f"---\ntitle: Case\nauthor: A\nlang: {language}\n---\n\n" + "\n\n".join(lines) + "\n"
    (folder / "essay.md").write_text(text, encoding="utf-8")
    log = Log()
    project = load(folder / "essay.md", log)
    assert project is not None
    publication = read(project, log)
    assert not log.failed, list(log)
    typed, made = publication.divisions[0], set_publication(publication).divisions[0]
    assert set_publication(set_publication(publication)).divisions[0] == made, "what is set stays set"
    return typed, made


def paragraphs(division: Division) -> list[Inlines]:
    """Give the paragraphs in the order of the file, but notes written inside a line."""
    inline = {id(node) for note in walk(division) if isinstance(note, Note) for node in walk(note)}
    own = [node for node in walk(division) if isinstance(node, Paragraph) and id(node) not in inline]
    written = [note.blocks[0] for note in division.notes if note.span and note.span.text.startswith("[^")]
    return [one.content for one in [*own, *written] if isinstance(one, Paragraph)]


def shown(content: Inlines) -> str:
    out = ""
    for item in content:
        if isinstance(item, str):
            out += item
        elif isinstance(item, Code):
            out += f"`{item.text}`"
        elif isinstance(item, Math):
            out += f"${item.tex}$"
        else:
            out += shown(getattr(item, "content", ()))
    return "".join(VISIBLE.get(character, character) for character in out)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_case(case: Path, tmp_path: Path, accept: bool) -> None:
    text = case.read_text(encoding="utf-8")
    language = LANGUAGE.search(text)
    pairs = list(PAIR.finditer(text))
    assert language and pairs, "a case has a language and at least one pair of lines"
    typed, made = read_lines(language[1], [pair["typed"] for pair in pairs], tmp_path)
    before, after = paragraphs(typed), paragraphs(made)
    assert len(after) == len(pairs)
    assert [words_of(shown(one)) for one in before] == [words_of(shown(one)) for one in after], "no word changes"
    found = text[: pairs[0].start()] + "\n".join(
        f"{pair['typed']}\n→ {shown(content)}\n" for pair, content in zip(pairs, after, strict=True)
    )
    if accept:
        case.write_text(found, encoding="utf-8")
    assert found == text or accept
