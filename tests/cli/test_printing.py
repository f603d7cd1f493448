"""Diagnostics on the terminal: the excerpt, the caret below the right letters, nothing that the terminal obeys."""

from __future__ import annotations

import io

import pytest

from publish.cli import report
from publish.cli.terminal import Terminal, cells, columns, terminal_on, visible
from publish.diagnostics import Log
from publish.source import Source


def _terminal(width: int = 100, colour: bool = False) -> Terminal:
    return Terminal(io.StringIO(), colour=colour, width=width)


def _in_full(text: str, marked: str, width: int = 100, hint: str = "") -> str:
    source = Source("manuscript/essay.md", text)
    start = text.index(marked)
    log = Log()
    log.report("note-defined", "The note is missing.", source.span(start, start + len(marked)), hint=hint)
    return "\n".join(report.in_full(log, _terminal(width)))


def test_in_full() -> None:
    assert _in_full("# Essay\n\nA call.[^1]\n", "[^1]", hint="Write it.") == (
        "error[note-defined]: The note is missing.\n"
        " --> manuscript/essay.md:3:8\n"
        "  |\n"
        "3 | A call.[^1]\n"
        "  |        ^^^^\n"
        "  = help: Write it.\n"
    )


@pytest.mark.parametrize(
    ("line", "shown", "carets"),
    [
        ("마크다운 편집[^1]", "마크다운 편집[^1]", "             ^^^^"),
        ("e\u0301te\u0301[^1]", "e\u0301te\u0301[^1]", "   ^^^^"),
        ("\ta\tb[^1]", "    a   b[^1]", "         ^^^^"),
        ("bell\x07\x1b[31m[^1]", "bell\ufffd\ufffd[31m[^1]", "          ^^^^"),
        ("turn\u202eabc[^1]", "turn\ufffdabc[^1]", "        ^^^^"),
    ],
)
def test_the_caret_stands_below_the_letters(line: str, shown: str, carets: str) -> None:
    assert _in_full(line, "[^1]").splitlines()[3:5] == [f"1 | {shown}", f"  | {carets}"]


@pytest.mark.parametrize("letter", ["x", "한"])
@pytest.mark.parametrize("before", [0, 5, 400, 4000])
@pytest.mark.parametrize("after", [0, 5, 4000])
def test_of_a_long_line_the_part_around_the_place_is_shown(letter: str, before: int, after: int) -> None:
    _, _, _, line, carets, _ = _in_full(letter * before + "[^1]" + letter * after, "[^1]", width=60).split("\n")
    assert columns(line) <= 60
    at = next(index for index in range(len(line)) if columns(line[:index]) == carets.index("^"))
    assert line[at : at + 4] == "[^1]" and carets.count("^") == 4


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert _in_full("one two\nthree", "two\nthree").splitlines()[3:5] == ["1 | one two", "  |     ^^^"]


def test_a_place_without_length_has_one_caret() -> None:
    log, source = Log(), Source("a.md", "")
    log.report("note-defined", "Nothing here.", source.span(0))
    assert list(report.in_full(log, _terminal()))[2:5] == ["  |", "1 |", "  | ^"]


def _many(count: int) -> Log:
    log, source = Log(), Source("a.md", "x" * count)
    for number in range(count):
        log.report("note-used", f"Note {number} is not called.", source.span(number))
    log.report("note-defined", "Another.", source.span(0))
    return log


def test_at_most_twenty_of_a_rule() -> None:
    lines = list(report.concise(_many(51)))
    assert len(lines) == 22
    assert lines[-1] == "and 31 more of note-used (--all)"
    assert len(list(report.concise(_many(51), everything=True))) == 52


def test_concise_is_what_editors_programs_read() -> None:
    log, source = Log(), Source("manuscript/essay.md", "Text\n\x1b[2J")
    log.report("note-used", "Not called:\x1b[2J really.", source.span(5))
    log.report("output-written", "No room.", file="build/book.pdf")
    assert list(report.concise(log)) == [
        "build/book.pdf: error[output-written]: No room.",
        "manuscript/essay.md:2:1: warning[note-used]: Not called:\ufffd[2J really.",
    ]


def test_the_summary_counts() -> None:
    assert report.summary(_many(1)) == "1 error and 1 warning"
    assert report.summary(_many(2)) == "1 error and 2 warnings"
    assert report.summary(Log()) == ""


def test_colours_only_where_they_are_shown() -> None:
    log = _many(1)
    assert "\x1b[" not in "".join(report.in_full(log, _terminal()))
    assert "\x1b[31m\x1b[1merror[note-defined]\x1b[0m" in "".join(report.in_full(log, _terminal(colour=True)))


@pytest.mark.parametrize(
    ("environment", "colour", "live"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"CI": "true"}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, True),
    ],
)
def test_the_environment_decides(environment: dict[str, str], colour: bool, live: bool) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = terminal_on(Screen(), environment)
    assert (terminal.colour, terminal.live) == (colour, live)
    assert not terminal_on(io.StringIO(), environment).live


def test_what_the_encoding_lacks_is_escaped() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Terminal(stream).say("→ “é”")
    assert stream.detach().getvalue() == b"\\u2192 \\u201c\\xe9\\u201d\n"


def test_visible_keeps_letters_of_every_script() -> None:
    for text in ("Правда", "नमस्ते", "العربية", "👩‍👩‍👧"):
        assert visible(text) == text
    assert columns("한글") == 4 and cells("a\t")[1] == ("   ", 3)
