"""The order of an index."""

from __future__ import annotations

import pytest

from publish.words.collation import initial, sort_key


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en-GB", ["1848", "de Gaulle", "eel", "Éire", "«étude»", "Øresund", "zoo", "Москва"]),
        ("de", ["Apfel", "Äpfel", "Straße", "Strasse 2", "über", "Zug"]),
        ("es", ["nube", "nzz", "ñandú", "oso"]),
        ("ru", ["ёлка", "ель", "игра", "ирис", "йод", "яд"]),
        ("ko", ["가격", "까치", "나라", "하늘"]),
        ("sv", ["zebra", "ål", "ära", "öl"]),
    ],
)
def test_words_are_in_their_language_s_order(language: str, ordered: list[str]) -> None:
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=lambda words: sort_key(words, language)) == ordered


@pytest.mark.parametrize(
    ("word", "language", "letter"),
    [
        ("Éire", "en", "E"),
        ("«étude»", "fr", "E"),
        ("1848", "en", "#"),
        ("ñandú", "es", "Ñ"),
        ("ñandú", "en", "N"),
        ("йод", "ru", "Й"),
        ("ёлка", "ru", "Е"),
        ("까치", "ko", "ㄲ"),
        ("ål", "sv", "Å"),
    ],
)
def test_a_word_stands_under_its_letter(word: str, language: str, letter: str) -> None:
    assert initial(word, language) == letter
