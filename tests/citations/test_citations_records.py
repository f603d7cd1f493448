"""Bibliography files become records, each as its case says; what is wrong in them is told at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from citation_cases import CASES, compare, parts
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.citations import load
from publish.citations.bibtex import read
from publish.citations.bibtex.dates import date, from_parts
from publish.citations.bibtex.latex import Unknown, decode
from publish.citations.bibtex.people import people
from publish.diagnostics import Log
from publish.source import Source

RECORDS = sorted((CASES / "records").glob("*.txt"))


def _said(log: Log) -> str:
    return "".join(f"{d.place} {d.rule.name}: {d.message}{f' ({d.hint})' if d.hint else ''}\n" for d in log)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_file_is_read(path: Path, accept: bool) -> None:
    case = parts(path.read_text(encoding="utf-8"))
    log = Log()
    names = [name for name in case if name.endswith((".bib", ".json"))]
    library = load([Source(name, case[name]) for name in names], log, case[""].strip() or "en")
    for key, record in list(library.records.items()):
        library.cite(key, record.span, log)
    lines = [json.dumps(record.data, ensure_ascii=False) for record in library.records.values()]
    compare(path, "records", "\n".join(lines), accept)
    compare(path, "said", _said(log), accept)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_record_has_its_place(path: Path) -> None:
    case = parts(path.read_text(encoding="utf-8"))
    for name in (name for name in case if name.endswith((".bib", ".json"))):
        for key, record in load([Source(name, case[name])], Log()).records.items():
            assert record.span.text.startswith(key[:1]) or '"' in record.span.text or "{" in record.span.text
            if name.endswith(".bib"):
                assert record.span.text == key


def test_what_no_one_cites_is_not_complained_of() -> None:
    log = Log()
    library = load([Source("a.bib", "@bok{x, title={X}}\n@book{y, title={Y}}\n@book{x, title={Z}}")], log)
    library.cite("y", Source("e.md", "@y").span(0, 2), log)
    assert _said(log) == ""


def test_a_work_that_is_nowhere_is_told_with_the_nearest() -> None:
    log = Log()
    library = load([Source("a.bib", "@book{ostrom1990, title={X}}")], log)
    assert library.cite("ostrum1990", Source("e.md", "[@ostrum1990]").span(1, 12), log) is None
    assert _said(log) == (
        "e.md:1:2 citation-defined: no bibliography file has a work “ostrum1990” (did you mean “@ostrom1990”?)\n"
    )


def test_a_record_lost_with_a_broken_entry_is_not_missed_twice() -> None:
    log = Log()
    library = load([Source("a.bib", "@book{a, title={X, year=2000\n}\n@book{b, title={Y}}")], log)
    assert library.cite("a", Source("e.md", "@a").span(0, 2), log) is None
    assert [d.rule.name for d in log] == ["bibliography-wellformed"]
    assert list(library.records) == ["b"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"{\'E}tudes \`a la G{\"o}del", "Études à la Gödel"),
        (r"\v{S}imek, \c{C}etin, {\O}stergaard, \aa, \ss{} x", "Šimek, Çetin, Østergaard, å, ß x"),
        (r"na\"{\i}ve \'{\i} \={a} \H{o} \k{a} \r{u} \d{h}", "naïve í ā ő ą ů ḥ"),
        ("1999--2001 --- ``quoted'' it~is", "1999–2001 — “quoted” it\u00a0is"),
        (r"50\% of A \& B \$5 \#1 a\_b", "50% of A & B $5 #1 a_b"),
        (r"$\alpha$-decay, $x-1$", "α-decay, x−1"),
        (r"\href{https://x.org}{words} and \url{https://x.org/a_b}", "words and https://x.org/a_b"),
        (r"{\noopsort{b}}1999", "1999"),
        ("50% sure", "50% sure"),
        ("an { unclosed brace", "an  unclosed brace"),
        ("a stray } brace", "a stray  brace"),
        ("ends in \\", "ends in "),
        (r"\'", ""),
    ],
)
def test_latex(written: str, printed: str) -> None:
    assert decode(written) == printed


def test_a_command_that_is_not_known_is_noted_and_its_words_are_kept() -> None:
    unknown = Unknown()
    assert decode(r"a \strange{word} here", unknown) == "a word here"
    assert list(unknown.names) == ["strange"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Donald E. Knuth", {"given": "Donald E.", "family": "Knuth"}),
        ("Knuth, Donald E.", {"given": "Donald E.", "family": "Knuth"}),
        ("Ludwig van Beethoven", {"given": "Ludwig", "dropping-particle": "van", "family": "Beethoven"}),
        ("de la Cruz, Jr., María", {"given": "María", "dropping-particle": "de la", "family": "Cruz", "suffix": "Jr."}),
        ("{World Health Organization}", {"literal": "World Health Organization"}),
        ("{Barnes and Noble}", {"literal": "Barnes and Noble"}),
        ("Aristotle", {"family": "Aristotle"}),
        (r"{\'E}mile Zola", {"given": "Émile", "family": "Zola"}),
        (r"{\'e}mile Zola", {"given": "", "family": ""}),
        ("La Fontaine, Jean de", {"given": "Jean de", "family": "La Fontaine"}),
        ("others", {"literal": "others"}),
        ("family=Hasan, given=Ali, prefix=ibn, useprefix=true", None),
    ],
)
def test_names(written: str, expected: dict[str, str] | None) -> None:
    found = people(written, Unknown())
    assert len(found) == 1
    if expected is None:
        assert found[0] == {"given": "Ali", "non-dropping-particle": "ibn", "family": "Hasan"}
    elif expected.get("family", expected):
        assert found[0] == expected
    else:
        assert found[0]["dropping-particle"] == "émile"


@pytest.mark.parametrize("joined", ["A B and C D", "A B\n  and C D", "A B AND C D", "{A} and B and C"])
def test_names_are_parted_by_and(joined: str) -> None:
    assert len(people(joined, Unknown())) == joined.lower().count("and") + 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019", {"date-parts": [[2019]]}),
        ("2019-03", {"date-parts": [[2019, 3]]}),
        ("2019-03-05T10:00:00", {"date-parts": [[2019, 3, 5]]}),
        ("2019-03/2019-05", {"date-parts": [[2019, 3], [2019, 5]]}),
        ("2019/..", {"date-parts": [[2019], []]}),
        ("2019-21", {"date-parts": [[2019, 21]]}),
        ("1723~", {"date-parts": [[1723]], "circa": True}),
        ("-0044-03-15", {"date-parts": [[-44, 3, 15]]}),
        ("1999/2000", {"date-parts": [[1999], [2000]]}),
        ("2019-14", None),
        ("soon", None),
    ],
)
def test_dates(written: str, expected: object) -> None:
    assert date(written) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("1984", "1", ""), {"date-parts": [[1984, 1]]}),
        (("1984", "January", "10"), {"date-parts": [[1984, 1, 10]]}),
        (("1984", "10~jan", ""), {"date-parts": [[1984, 1, 10]]}),
        (("1984", "July/August", ""), {"date-parts": [[1984, 7], [1984, 8]]}),
        (("1984", "Spring", ""), {"date-parts": [[1984, 13]]}),
        (("c. 1890", "", ""), {"date-parts": [[1890]], "circa": True}),
        (("1995--97", "", ""), {"date-parts": [[1995], [1997]]}),
        (("in press", "", ""), {"literal": "in press"}),
        (("", "", ""), None),
    ],
)
def test_years_and_months(fields: tuple[str, str, str], expected: object) -> None:
    assert from_parts(*fields) == expected


# --- whatever comes ----------------------------------------------------------------------------------------------------

SOUND = (CASES / "records" / "awkward.txt").read_text(encoding="utf-8").split("---- records")[0]
PIECES = st.sampled_from(
    ["{", "}", '"', "@", ",", "=", "#", "\\", "\\'", "$", "\n", "@book{x,", "title = ", " and ", "%", "~"]
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SOUND)), st.integers(0, 40), st.lists(PIECES, max_size=4))
def test_a_broken_file_never_breaks_the_reader(at: int, gone: int, put: list[str]) -> None:
    text = SOUND[:at] + "".join(put) + SOUND[at + gone :]
    log = Log()
    library = load([Source("a.bib", text)], log)
    for key, record in library.records.items():
        library.cite(key, record.span, log)
    assert all(d.span is not None and d.span.source.name == "a.bib" for d in log)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abE{}\\'\"~-$^_ &%`", max_size=40))
def test_any_latex_gives_text_without_braces(text: str) -> None:
    assert "{" not in decode(text).replace("\\{", "") or "\\{" in text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='[]{}",:0123abid \n', max_size=60))
def test_any_json_is_read_or_told(text: str) -> None:
    log = Log()
    load([Source("a.json", text)], log)
    assert all(d.rule.name.startswith("bibliography-") for d in log)


def test_reading_again_gives_the_same() -> None:
    source = Source("a.bib", SOUND)
    assert read(source, Log()) == read(source, Log())
