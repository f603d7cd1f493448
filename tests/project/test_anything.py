"""Whatever a file holds, there is a diagnostic and never a traceback, and every place is a place in its file."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.diagnostics import RULES, Log, Severity
from publish.project import load
from publish.project.keys import ESSAY, PUBLICATION

FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

KEYS = sorted({*PUBLICATION.spellings, *ESSAY.spellings, "name", "role", "trim", "isbn", "x", "<<"})
VALUES = ["", "x", "A: b", "'", '"', "[", "]", "{", "}", "&a", "*a", "!t", "|", ">", "- x", "#4", "@", "`", "%", "off",
          "~", "2016-03-02", "en", "\t", "é", "북", "[a, b]", "{name: A}", "{title: x}", "essay.md", "../x", "\\", "?",
          "---", "...", "\0", "\x85", "\u2028", "\ufeff", "\ufdd0", "\ud800", '"\\0"', '"\\ud800"', "1e9", "<<: x"]  # fmt: skip

lines = st.builds(
    lambda indent, dash, key, colon, value: f"{indent}{dash}{key}{colon}{value}",
    st.sampled_from(["", "", "", "  ", " ", "    ", "\t"]),
    st.sampled_from(["", "", "", "- ", "-", "? "]),
    st.sampled_from(KEYS),
    st.sampled_from([": ", ": ", ": ", ":", " ", " : "]),
    st.sampled_from(VALUES) | st.text(max_size=8),
)
yaml_like = st.lists(lines, max_size=8).map("\n".join)


def check(path: Path) -> None:
    log = Log()
    load(path, log)
    for d in log:
        assert d.rule.name in RULES
        assert d.place, d
        d.place.encode()
        d.message.encode("utf-8", "surrogatepass")
        if d.span is not None:
            assert 0 <= d.span.start <= d.span.end <= len(d.span.source.text)
            assert d.severity in Severity


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_as_settings(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "publication.yaml").write_bytes(data)
    check(tmp_path)


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_as_an_essay(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "essay.md").write_bytes(b"---\n" + data)
    check(tmp_path / "essay.md")


@FEW
@given(yaml_like)
def test_anything_like_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "manuscript").mkdir(exist_ok=True)
    (tmp_path / "manuscript" / "essay.md").write_text("# An essay\n")
    (tmp_path / "publication.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    check(tmp_path)


@FEW
@given(yaml_like)
def test_anything_like_front_matter(tmp_path: Path, text: str) -> None:
    (tmp_path / "essay.md").write_bytes(f"---\n{text}\n---\n# An essay\n".encode("utf-8", "surrogatepass"))
    check(tmp_path / "essay.md")


HOSTILE = {
    "brackets": "title: " + "[" * 60000,
    "braces": "title: " + "{" * 60000,
    "dashes": "- " * 30000,
    "a line of dashes and a colon": "- " * 30000 + "x: y: z",
    "colons": "title: " + "a: " * 20000,
    "lines with colons": "title: a: b\n" * 5000,
    "tabs": "title: x\n" + "\ty: z\n" * 10000,
    "quotes": "title: " + "'" * 60001,
    "anchors": "".join(f"k{i}: &a{i} x\n" for i in range(4000)),
    "keys": "".join(f"k{i}: x\n" for i in range(6000)),
    "one key": "title: x\n" * 6000,
    "a long key": "k" * 60000 + ": x",
    "a long value": "date: " + "9" * 60000,
    "comments": "title: x" + " #" * 30000,
    "spaces": "title: x" + " " * 60000 + "y: z",
    "a folded flow": "title: [" + "a, " * 20000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_settings_end_soon(tmp_path: Path, name: str) -> None:
    (tmp_path / "publication.yaml").write_text(HOSTILE[name])
    (tmp_path / "manuscript").mkdir()
    began = time.process_time()
    check(tmp_path)
    assert time.process_time() - began < 20


MARKDOWN = {
    "a heading of spaces": "# x" + " " * 1_000_000 + "y",
    "a heading of brackets": "# " + "[" * 1_000_000,
    "an underlined line of spaces": "x" + " " * 1_000_000 + "y\n===\n",
    "empty lines": "\n" * 1_000_000,
    "comments": "<!--" * 250_000,
    "a heading of marks": "# " + "*a _b " * 150 + "\n",
    "rules": "---\n" * 250_000,
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_hostile_markdown_ends_soon(tmp_path: Path, name: str) -> None:
    (tmp_path / "essay.md").write_text(MARKDOWN[name])
    began = time.process_time()
    check(tmp_path / "essay.md")
    assert time.process_time() - began < 10
