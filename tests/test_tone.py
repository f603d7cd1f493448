"""One tone in all rooms: what is wrong is told in lower case, without a full stop at the end; hints too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import publish
from publish.cli.explaining import example
from publish.diagnostics import RULES

SOURCE = Path(publish.__file__).parent
CASES = Path(__file__).parent / "cases"

# Functions and classes whose arguments are told to people, with the place of the message among them.
TELL = {"report": 1, "_report": 2, "malformed": 9, "Finding": 0, "Unsound": 0, "PictureError": 1, "PartError": 1, "Remark": 1,
        "Fault": 1, "_wellformed": 1, "UsageError": 0, "Refusal": 0}  # fmt: skip

# Names that keep their capital wherever they stand.
NAMES = re.compile(r"(?:YAML|XML|XHTML|HTML|SVG|EPUB(?:Check)?|PDF|PNG|JPEG|ISBN|ORCID|DOI|BibTeX|CSL|Ace|Latin|Noto|Java|"
                   r"Markdown|Unicode|WCAG|JSON|BCP|UTF|[A-Z]\b|[A-Z]{2,})")  # fmt: skip


def is_in_tone(text: str) -> bool:
    """Whether a message or hint begins small, or with a name or a quotation, and has no full stop at its end."""
    begins = not text[:1].isupper() or NAMES.match(text) is not None
    return begins and (not text.endswith(".") or text.endswith(("..", "./")))


def told(module: Path) -> Iterator[tuple[int, str]]:
    """Give the texts in a module that are told to people, each with its line; ``{}`` for what is put in."""
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = call.args[TELL[name] :][:2] if name in TELL else []
            hints = [keyword.value for keyword in call.keywords if keyword.arg in ("hint", "message")]
            for argument in (*given, *hints):
                yield from ((argument.lineno, text) for text in _texts(argument))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


MODULES = sorted(module for module in SOURCE.rglob("*.py") if module.name != "doctor.py")  # it tells in tables


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_what_the_code_tells(module: Path) -> None:
    assert [f"{line}: {text}" for line, text in told(module) if text and not is_in_tone(text)] == []


def test_most_messages_are_looked_at() -> None:
    assert sum(len(list(told(module))) for module in MODULES) > 300


@pytest.mark.parametrize("rule", sorted(RULES))
def test_what_an_example_shows(rule: str) -> None:
    said = example(rule).command.text
    messages = re.findall(r"^(?:error|warning)\[[a-z0-9-]+\]: (.*?)(?: \[fixable\])?$", said, re.MULTILINE)
    assert messages
    assert [
        text for text in (*messages, *re.findall(r"= help: (.*)$", said, re.MULTILINE)) if not is_in_tone(text)
    ] == []


@pytest.mark.parametrize(
    "case", sorted(CASES.glob("rules/*/*.txt")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_a_case_shows(case: Path) -> None:
    found = case.read_text(encoding="utf-8").rpartition("==> found\n")[2]
    texts = re.findall(r"(?:\]: |    help: )(.*)$", found, re.MULTILINE)
    assert [text for text in texts if not is_in_tone(text)] == []


@pytest.mark.parametrize("text", ["The picture is gone", "the picture is gone.", "It is."])
def test_another_tone_is_heard(text: str) -> None:
    assert not is_in_tone(text)
