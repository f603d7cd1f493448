"""What styles make of works and citations, as each case says: above all where citeproc-py alone would be wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from citation_cases import CASES, compare, parts

from publish.citations import (
    Cite,
    Cluster,
    Formatted,
    StyleUnusable,
    built_in,
    format_citations,
    in_notes,
    load,
    marks,
    names,
)
from publish.citations.engine.elements import page_range
from publish.citations.engine.names import initialised
from publish.citations.engine.punctuation import mended
from publish.citations.engine.sorting import collated
from publish.citations.locators import split
from publish.diagnostics import Log
from publish.source import Source

FORMATTED = sorted((CASES / "formatted").glob("*.txt"))
_CITE = re.compile(
    r"(?P<prefix>[^@]*?)(?P<minus>-)?@(?P<key>[^\s|]+)(?: (?P<label>[a-z-]+) (?P<locator>[^\s|]+))?(?P<suffix>[^@]*)$"
)


def clusters(text: str) -> list[Cluster]:
    """Read citations, one a line: ``see @key page 12, words; -@other``; ``+`` for one in a sentence, ``note:`` in a note."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        inside, textual = line.startswith("note: "), line.startswith("+")
        cites = []
        for one in line.removeprefix("note: ").removeprefix("+").split(";"):
            match = _CITE.match(one.strip())
            assert match, one
            cites.append(
                Cite(
                    match["key"],
                    match["locator"] or "",
                    match["label"] or "",
                    match["prefix"],
                    match["suffix"],
                    bool(match["minus"]),
                )
            )
        found.append(Cluster(tuple(cites), textual, number, inside))
    return found


def shown(text: str) -> str:
    """Give a marked string with its italics and the like to be seen."""
    for mark, sign in ((marks.ITALIC, "_"), (marks.BOLD, "**"), (marks.SMALL_CAPS, "^^"), (marks.SUPERSCRIPT, "^")):
        text = text.replace(mark.open, sign).replace(mark.close, sign)
    return marks.plain(text)


def printed(formatted: Formatted) -> str:
    """Give citations and bibliography as lines."""
    lines = [f"{shown(one.lead)}|{shown(one.body)}" if one.lead else shown(one.body) for one in formatted.citations]
    entries = [f"{shown(one.label)} {shown(one.text)}" if one.label else shown(one.text) for one in formatted.entries]
    return "\n".join([*lines, "", *entries])


@pytest.mark.parametrize("path", FORMATTED, ids=lambda path: path.stem)
def test_a_style_prints(path: Path, accept: bool) -> None:
    case = parts(path.read_text(encoding="utf-8"))
    said = dict(line.split(": ", 1) for line in case[""].splitlines() if re.match(r"(style|lang): ", line))
    log = Log()
    library = load([Source("works.bib", case["works.bib"])], log, said["lang"])
    assert not list(log)
    style = case["style.csl"].encode() if "style.csl" in case else built_in(said["style"])
    assert style is not None
    made = printed(format_citations(clusters(case["cited"]), library.records, style, said["lang"]))
    assert not re.search(r"\.\.|,,|  | [,.;]|\(\)|“”|None", made)
    compare(path, "printed", made, accept)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("language", ["en", "de", "fr", "ru", "ko", "es-MX", "xx"])
def test_every_style_prints_every_kind_of_work(name: str, language: str) -> None:
    source = parts((CASES / "formatted" / "kinds-of-works.txt").read_text(encoding="utf-8"))["works.bib"]
    records = load([Source("works.bib", source)], Log(), language).records
    style = built_in(name)
    assert style is not None
    cited = [Cluster((Cite(key, "12", "page"),), note=n) for n, key in enumerate(records, 1)]
    formatted = format_citations(cited, records, style, language)
    texts = [one.body for one in formatted.citations] + [one.text for one in formatted.entries]
    listed = b"<bibliography" in style
    assert len(formatted.entries) >= (len(records) - 3 if listed else 0)  # some list no manuscripts and letters
    for text in texts:
        assert re.search(r"\w", marks.plain(text))
        assert not re.search(r"\.\.|,,|  | [,.]|\(\)|“”|None", marks.plain(text)), marks.plain(text)
        assert _balanced(text)


def _balanced(text: str) -> bool:
    opened: list[str] = []
    for character in text:
        if marks.is_mark(character) and not marks.is_number(character):
            if ord(character) % 2 == 0:
                opened.append(character)
            elif not opened or ord(opened.pop()) != ord(character) - 1:
                return False
    return not opened


def test_notes_and_text() -> None:
    style, notes = built_in("apa"), built_in("chicago-notes-bibliography")
    assert style is not None
    assert notes is not None
    assert not in_notes(style)
    assert in_notes(notes)


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00Z</updated>{info}</info>
{rest}
</style>"""


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("<style", "not well-formed XML"),
        ("<html/>", "not a CSL style"),
        (STYLE.format(info='<link href="http://x.org/styles/apa" rel="independent-parent"/>', rest=""), "name that one"),
        (STYLE.format(info="", rest=""), "nothing about citations"),
        (STYLE.format(info="", rest='<citation><layout><text macro="m"/></layout></citation>'), "macro “m”"),
        (STYLE.format(info="", rest='<citation><layout><names variable="author"><name et-al-min="x"/></names></layout></citation>'), "cannot be used here"),
    ],
)  # fmt: skip
def test_a_style_that_cannot_be_used_says_why(style: str, message: str) -> None:
    library = load([Source("a.bib", "@book{a, author={A, B}, title={T}}")], Log())
    with pytest.raises(StyleUnusable, match=message):
        format_citations([Cluster((Cite("a"),))], library.records, style.encode(), "en")


def test_an_entity_bomb_is_no_style() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><style>&b;</style>'
    with pytest.raises(StyleUnusable):
        in_notes(bomb.encode())


# --- kept by content ---------------------------------------------------------------------------------------------------


class Shelf(dict[str, bytes]):
    """A keeper that counts."""

    def put(self, name: str, data: bytes) -> None:
        self[name] = data


def test_what_was_formatted_is_kept_by_everything_it_depends_on() -> None:
    one = load([Source("a.bib", "@book{a, author={A, B}, title={T}, year=2000}")], Log()).records
    other = load([Source("a.bib", "@book{a, author={A, B}, title={T}, year=2001}")], Log()).records
    apa, mla = built_in("apa"), built_in("mla")
    assert apa is not None
    assert mla is not None
    shelf, cited = Shelf(), [Cluster((Cite("a"),))]
    first = format_citations(cited, one, apa, "en", shelf)
    assert len(shelf) == 1
    name = next(iter(shelf))
    assert format_citations(cited, one, apa, "en", shelf) == first
    assert len(shelf) == 1
    format_citations(cited, other, apa, "en", shelf)
    format_citations(cited, one, mla, "en", shelf)
    format_citations(cited, one, apa, "de", shelf)
    format_citations([Cluster((Cite("a", "5", "page"),))], one, apa, "en", shelf)
    assert len(shelf) == 5
    shelf[name] = b"spoilt"
    assert format_citations(cited, one, apa, "en", shelf) == first


def test_what_is_kept_is_given_without_the_style_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    records = load([Source("a.bib", "@book{a, author={A, B}, title={T}, year=2000}")], Log()).records
    apa, shelf = built_in("apa"), Shelf()
    assert apa is not None
    first = format_citations([Cluster((Cite("a"),))], records, apa, "en", shelf)
    monkeypatch.setattr("publish.citations.engine.processor.Processor.format", None)
    assert format_citations([Cluster((Cite("a"),))], records, apa, "en", shelf) == first


# --- pieces -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "form", "end"),
    [
        ("33", "58", "chicago-16", "58"),
        ("101", "108", "chicago-16", "8"),
        ("1243", "1248", "chicago-16", "48"),
        ("1496", "1504", "chicago-16", "504"),
        ("1496", "1504", "chicago-15", "1504"),
        ("100", "104", "chicago-16", "104"),
        ("9", "27", "minimal-two", "27"),
        ("1", "163", "minimal-two", "163"),
        ("321", "328", "minimal", "8"),
        ("321", "328", "minimal-two", "28"),
        ("1243", "48", "expanded", "1248"),
        ("xii", "xv", "minimal", "xv"),
        ("S12", "S15", "expanded", "S15"),
        ("42", "7", "minimal", "7"),
        ("12", "15", None, "15"),
    ],
)
def test_page_ranges(first: str, last: str, form: str | None, end: str) -> None:
    assert page_range(first, last, form) == end


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Jean-Luc Marie", "J.-L. M."),
        ("J. R. R.", "J. R. R."),
        ("J.R.R.", "J. R. R."),
        ("Min-jun", "M."),
        ("Ludwig van", "L. van"),
        ("Élodie", "É."),
        ("", ""),
    ],
)
def test_initials(given: str, initials: str) -> None:
    assert initialised(given, ". ") == initials


def test_punctuation_moves_into_american_quotation_marks_through_italics() -> None:
    text = marks.QUOTED.around(f"On {marks.ITALIC.around('Hamlet')}") + ". X"
    assert marks.plain(mended(text, in_quotes=True)) == "On Hamlet. X"
    assert mended(text, in_quotes=True).index(".") < mended(text, in_quotes=True).index(marks.QUOTED.close)
    assert mended(text, in_quotes=False).index(".") > mended(text, in_quotes=False).index(marks.QUOTED.close)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a..", "a."), ("a?.", "a?"), ("a!:", "a!"), ("a,.", "a."), ("a.:.", "a."), ("a . b", "a. b"), ("a  b", "a b"),
        ("a?,", "a?,"), ("a.,", "a.,"),
    ],
)  # fmt: skip
def test_stops_that_meet(written: str, meant: str) -> None:
    assert mended(written, in_quotes=False) == meant


def test_an_address_is_left_alone() -> None:
    address = marks.LINK.around("https://doi.org/10.1/a(1)19:4<377::AID>3.0.CO;2-P")
    assert mended(f"{address}..", in_quotes=True) == f"{address}."[:-1] + "."


def test_order() -> None:
    words = ["Zola", "Österreich", "Oslo", "étude", "Müller", "Mulder", "Иванов", "ёлка", "‘Quoted’", "d’Alembert"]
    assert sorted(words, key=collated) == [
        "d’Alembert", "étude", "Mulder", "Müller", "Oslo", "Österreich", "‘Quoted’", "Zola", "ёлка", "Иванов",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (", p. 12", "en", ("page", "12", "")),
        (", pp. 33-35, and more", "en", ("page", "33-35", ", and more")),
        (" chap. 1 and *more*", "en", ("chapter", "1", " and *more*")),
        (", S. 12", "de", ("page", "12", "")),
        (", Kap. 3", "de", ("chapter", "3", "")),
        (", с. 12", "ru", ("page", "12", "")),
        (", pp. 12, 15, and 20", "en", ("page", "12, 15, and 20", "")),
        (", 12", "en", ("page", "12", "")),
        (", § 3.2", "en", ("section", "3.2", "")),
        (", p. iv-x", "en", ("page", "iv-x", "")),
        (", in the preface", "en", ("", "", ", in the preface")),
        (", paradox", "en", ("", "", ", paradox")),
        (", {p. 5}", "en", ("page", "5", "")),
        ("", "en", ("", "", "")),
    ],
)
def test_locators(text: str, language: str, expected: tuple[str, str, str]) -> None:
    assert split(text, language) == expected
