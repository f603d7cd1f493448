"""Single values: dates, languages, numbers, page sizes, names."""

from __future__ import annotations

import pytest

from publish.project.dates import date
from publish.project.languages import language
from publish.project.numbers import doi, isbn, issn, orcid, uuid
from publish.project.people import ROLE_CODES, ROLE_WORDS, file_as
from publish.project.slugs import humanised, slug
from publish.project.trim import NAMED, trim
from publish.project.unsound import Unsound


@pytest.mark.parametrize(
    ("name", "sorted_by"),
    [
        ("An Author", "Author, An"),
        ("Ludwig van Beethoven", "Beethoven, Ludwig van"),
        ("Johann Wolfgang von Goethe", "Goethe, Johann Wolfgang von"),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Robert De Niro", "De Niro, Robert"),
        ("Martin Van Buren", "Van Buren, Martin"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("J. R. R. Tolkien", "Tolkien, J. R. R."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("Антон Павлович Чехов", "Чехов, Антон Павлович"),
        ("Voltaire", "Voltaire"),
        ("Author, An", "Author, An"),
        ("김철수", "김철수"),
        ("김 철수", "김 철수"),
        ("村上 春樹", "村上 春樹"),
        ("The editors of publish", "The editors of publish"),
        ("Border Review Editorial Board", "Border Review Editorial Board"),
        ("Isabella of Castile", "Isabella of Castile"),
        ("Smith and Sons", "Smith and Sons"),
        ("Frank Press", "Press, Frank"),
        ("Al Gore", "Gore, Al"),
        ("", ""),
    ],
)
def test_names_to_sort_by(name: str, sorted_by: str) -> None:
    assert file_as(name) == sorted_by


def test_organisations_keep_their_names() -> None:
    assert file_as("Médecins Frontières", organisation=True) == "Médecins Frontières"


def test_every_word_for_a_role_has_a_code_of_the_list() -> None:
    assert set(ROLE_WORDS.values()) <= ROLE_CODES
    assert all(len(code) == 3 for code in ROLE_CODES)
    assert not set(ROLE_WORDS) & ROLE_CODES


@pytest.mark.parametrize("text", ["2016", "2016-03", "2016-03-02", "2016-02-29", "0001"])
def test_dates(text: str) -> None:
    assert date(text) == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2015-02-29", ""),
        ("2016-3-2", "write: 2016-03-02"),
        ("2016/03/02", "write: 2016-03-02"),
        ("2 March 2016", "write: 2016-03-02"),
        ("March 2016", "write: 2016-03"),
        ("31 February 2016", "write a date as 2016-03-02, 2016-03 or 2016"),
        ("3/2/2016", "write a date as 2016-03-02, 2016-03 or 2016"),
        ("٢٠١٦", "write a date as 2016-03-02, 2016-03 or 2016"),
        ("0000", ""),
    ],
)
def test_no_dates(text: str, hint: str) -> None:
    with pytest.raises(Unsound) as unsound:
        date(text)
    assert unsound.value.hint == hint


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("en", "en"),
        ("no", "no"),
        ("EN-gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("sr-Latn", "sr-Latn"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("grc", "grc"),
        ("qqq", "qqq"),
    ],
)
def test_languages(text: str, usual: str) -> None:
    assert language(text) == usual


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("German", "write: de"),
        ("en_US", "write: en-US"),
        ("en_US.UTF-8", "write: en-US"),
        ("eng", "write: en"),
        ("ger", "write: de"),
        ("iw", "write: he"),
        ("en-UK", "write: en-GB"),
        ("qq", "write a language's tag, as en, en-GB, fr, ru or ko"),
        ("?", "write a language's tag, as en, en-GB, fr, ru or ko"),
    ],
)
def test_no_languages(text: str, hint: str) -> None:
    with pytest.raises(Unsound) as unsound:
        language(text)
    assert unsound.value.hint == hint


def test_numbers_in_every_usual_spelling() -> None:
    assert isbn("978–3–16–148410–0") == "978-3-16-148410-0"
    assert isbn("ISBN 978 3 16 148410 0") == "978-3-16-148410-0"
    assert orcid("https://orcid.org/0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert issn("ISSN 2434-561X") == "2434-561X"
    assert doi("doi:10.1000/182") == "10.1000/182"
    assert uuid("{12345678-1234-4234-8234-123456789ABC}") == "12345678-1234-4234-8234-123456789abc"


@pytest.mark.parametrize("digit", "0123456789")
def test_only_one_check_digit_is_right(digit: str) -> None:
    for check, stem, right in ((isbn, "978030640615", "7"), (orcid, "000000021825009", "7"), (issn, "2049363", "0")):
        if digit == right:
            assert check(stem + digit).endswith(digit)
        else:
            with pytest.raises(Unsound, match="check"):
                check(stem + digit)


def test_page_sizes() -> None:
    assert trim("A5") == (148.0, 210.0)
    assert trim("5.5x8.5in") == (139.7, 215.9)
    assert trim("148 × 210 mm") == (148.0, 210.0)
    assert trim("14.8cm x 210mm") == (148.0, 210.0)
    assert all(width < height for width, height in NAMED.values())
    for text in ("A5 landscape", "0x0mm", "148x210", "9999999x1mm", "nan x nan mm"):
        with pytest.raises(Unsound):
            trim(text)


def test_slugs() -> None:
    assert slug("Smørrebrød & Œuvre: Straße’s") == "smorrebrod-oeuvre-strasses"
    assert slug("北") == ""
    assert len(slug("x" * 500)) == 60
    assert humanised("01_on-wells") == "On wells"
