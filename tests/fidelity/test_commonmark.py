"""The examples of the CommonMark specification, read by our reader. What is read otherwise is written down, by name."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from plain_html import of_division, of_html

from publish.project import DivisionSource, FrontMatter
from publish.reader import read_division
from publish.reader.dialect import Dialect
from publish.source import Source

FOLDER = Path(__file__).parent.parent / "cases" / "commonmark"
DIALECT = Path(__file__).parent.parent.parent / "docs" / "dialect.md"
EXAMPLES: list[tuple[int, str, str, str]] = json.loads((FOLDER / "examples.json").read_text(encoding="utf-8"))
FAMILIES = tomllib.loads((FOLDER / "differences.toml").read_text(encoding="utf-8"))


@cache
def read_otherwise() -> frozenset[int]:
    """Read every example, and give the numbers of those that do not come out as the specification says."""
    md = Dialect()
    return frozenset(number for number, _, markdown, html in EXAMPLES if form(markdown, md) != of_html(html))


def form(markdown: str, md: Dialect) -> list[str]:
    source = DivisionSource(Source("a.md", markdown), 0, FrontMatter("", "essay"), "a", "body", Path("/a.md"))
    return of_division(read_division(source, md=md).division)


def test_every_example_is_read_as_the_specification_says_or_is_a_difference_with_a_name() -> None:
    assert len(EXAMPLES) == 652
    named = {number: family for family, told in FAMILIES.items() for number in told["examples"]}
    assert sum(len(told["examples"]) for told in FAMILIES.values()) == len(named), "an example is in one family"
    wrong = {
        number: f"{section}: {markdown!r}" for number, section, markdown, _ in EXAMPLES if number in read_otherwise()
    }
    assert {number: told for number, told in wrong.items() if number not in named} == {}
    assert {number: family for number, family in named.items() if number not in wrong} == {}


def test_the_dialect_tells_how_many_and_which() -> None:
    text = DIALECT.read_text(encoding="utf-8")
    passed = len(EXAMPLES) - len(read_otherwise())
    assert f"{passed} of CommonMark's 652 examples" in text
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text, re.MULTILINE))
    assert told == {family: str(len(one["examples"])) for family, one in FAMILIES.items()}


def test_no_section_of_the_specification_is_read_otherwise_altogether() -> None:
    passed = Counter(section for number, section, _, _ in EXAMPLES if number not in read_otherwise())
    assert {section for _, section, _, _ in EXAMPLES if not passed[section]} == set()


def test_a_difference_is_seen() -> None:
    md = Dialect()
    assert form("*a*\n", md) == of_html("<p><em>a</em></p>")
    for other in (
        "<p>*a*</p>",
        "<p><strong>a</strong></p>",
        "<p><em>b</em></p>",
        "<em>a</em>",
        "<p><em>a</em></p><hr />",
    ):
        assert form("*a*\n", md) != of_html(other)
