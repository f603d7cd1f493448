"""A pattern is only searched for in texts that hold one of its signs, so every match has to hold one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publish.reader.dialect import Dialect

PATTERNS = [(name, pattern) for name, pattern in Dialect().patterns if pattern.signs != ("",)]
MARKS = st.sampled_from([*"`\\$<>[](){}!@^~*_&#;:.-/ \n\tab9ß", "www.", "https://", "&amp;", "![", "[^", "^[", "~~"])


def test_all_marks_but_abbreviations_have_signs() -> None:
    assert {name for name, _ in Dialect().patterns} - {name for name, _ in PATTERNS} == {"abbreviation"}


@given(st.lists(MARKS, max_size=30).map("".join))
def test_whatever_a_pattern_finds_holds_one_of_its_signs(text: str) -> None:
    for name, pattern in PATTERNS:
        for match in pattern.getCompiledRegExp().finditer(text):
            assert any(sign in match[0] for sign in pattern.signs), name
