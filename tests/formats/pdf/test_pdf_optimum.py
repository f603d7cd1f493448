"""The breaks chosen for a text are the best of all that there are: every way is tried for short texts."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.formats.pdf import optimum
from publish.formats.pdf.optimum import Break, Face, Planner

FACE = Face(width=lambda text: 5.0 * len(text), space=5.0, hyphen=3.0, shrink=1.5, parts=lambda word: ())
HANGING = FACE._replace(hangs=lambda word: (3.0 * word.startswith("b"), 4.0 * word.endswith("a")))
DIVIDING = FACE._replace(parts=lambda word: tuple((at, 5.0 * at) for at in range(2, len(word.strip()) - 2)))


def demerits(lines: list[str], first: float, measure: float, tolerance: float, face: Face = FACE) -> float:
    """Give what is wrong with lines of whole words, by the rules of the paper."""
    whole = 0.0
    for number, line in enumerate(lines):
        slack, gaps = (measure if number else first) - face.width(line), line.count(" ")
        slack += (
            face.hangs(line)[0] if number else 0
        )  # what hangs before the first line is in the room that it is given
        if number == len(lines) - 1:
            return whole + 1 if slack >= 0 else inf
        slack += face.hangs(line)[1]
        give = gaps * (FACE.space * optimum._STRETCH if slack >= 0 else FACE.shrink)
        if slack < -give or (give == 0 and slack):
            return inf
        wrong = 100 * abs(slack / give) ** 3 if give else 0.0
        whole += (1 + wrong) ** 2 if wrong <= tolerance else inf
    return whole


def ways(words: list[str]) -> list[list[str]]:
    """Give every way to make lines of words."""
    found = []
    for count in range(len(words)):
        for cuts in combinations(range(1, len(words)), count):
            edges = [0, *cuts, len(words)]
            found.append([" ".join(words[a:b]) for a, b in pairwise(edges)])
    return found


def lines_of(text: str, face: Face, first: float, measure: float) -> list[str]:
    """Break a text as the engine does: one line after the other, each from the planner."""
    planner, lines, room = Planner(), [], first
    while found := planner.first_break(text, face, room, measure):
        lines.append(text[: found.end].rstrip(" ") + ("-" if found.divided else ""))
        room = measure + (0 if found.divided else face.hangs(text[found.end :])[0])
        text = text[found.end :]
    return [*lines, text]


@given(
    st.lists(st.text("ab", min_size=1, max_size=7), min_size=2, max_size=11),
    st.sampled_from([60.0, 73.0, 91.0]),
    st.sampled_from([0.0, -20.0, 15.0]),
    st.sampled_from([FACE, HANGING]),
)
def test_no_way_is_better(words: list[str], measure: float, indent: float, face: Face) -> None:
    text, first = " ".join(words), measure + indent
    if FACE.width(text) <= first:
        return
    for tolerance in (optimum._WHOLE, optimum._DIVIDED):
        best = min(demerits(way, first, measure, tolerance, face) for way in ways(words))
        if best < inf:
            chosen = lines_of(text, face, first, measure)
            assert " ".join(chosen) == text
            assert demerits(chosen, first, measure, tolerance, face) == pytest.approx(best)
            return
    assert Planner().first_break(text, face, first, measure) is None


@given(st.lists(st.text("ab", min_size=5, max_size=9), min_size=4, max_size=11), st.sampled_from([47.0, 55.0, 63.0]))
def test_parts_of_words_hang_as_they_begin_and_end(words: list[str], measure: float) -> None:
    """A line that begins in the middle of a word has nothing before it; one that ends there ends with a hyphen."""
    text = " ".join(words)
    face = DIVIDING._replace(hangs=HANGING.hangs)
    *full, _ = lines_of(text, face, measure, measure)
    begun = 0
    for line in full:
        begins = begun == 0 or text[begun - 1] == " "
        room = measure + (face.hangs(line)[0] if begins and begun else 0)
        natural = face.width(line.rstrip("-")) + (face.hyphen if line.endswith("-") else -face.hangs(line)[1])
        assert natural <= room + face.shrink * line.count(" ") + 1e-9
        begun = text.index(line.rstrip("-"), begun) + len(line.rstrip("-"))
        begun += text[begun : begun + 1] == " "


def test_words_are_divided_only_where_whole_ones_do_not_do() -> None:
    text = "and nobody would have believed it possible then"
    assert not any(line.endswith("-") for line in lines_of(text, DIVIDING, 105.0, 105.0))
    text = "an incomprehensible reconsideration of it all now"
    assert any(line.endswith("-") for line in lines_of(text, DIVIDING, 90.0, 90.0))


def test_what_is_kept_together_is_no_place_for_a_break() -> None:
    text = "he said of it that it was \u2060so \u2060it \u2060is"
    assert lines_of(text, FACE, 90.0, 90.0)[-1].endswith("was \u2060so \u2060it \u2060is")


def test_the_lines_are_the_same_wherever_one_begins() -> None:
    """A page that is made again begins in the middle of a paragraph."""
    text = "the river ran past the port and nobody knew where it would end in that summer of the long treaty " * 3
    lines, rest, planner = [], text, Planner()
    while found := Planner().first_break(rest, FACE, 150.0, 150.0):
        assert planner.first_break(rest, FACE, 150.0, 150.0) == found
        lines.append(rest[: found.end])
        rest = rest[found.end :]
    assert "".join([*lines, rest]) == text and len(lines) > 8


def test_a_text_with_no_good_way_is_left_to_others() -> None:
    assert Planner().first_break("internationalisation of it", FACE, 40.0, 40.0) is None
    assert isinstance(Planner().first_break("one two three four five six", FACE, 65.0, 65.0), Break)


def test_a_text_may_be_as_long_as_it_likes() -> None:
    """Three thousand lines: a way that called itself once a line would call too deep."""
    lines = lines_of("ab abc a " * 6_000 + "end", FACE, 60.0, 60.0)
    assert len(lines) > 2_500 and lines[-1].endswith("end")
