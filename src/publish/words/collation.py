"""The order of words in an index, by what the readers of a language look for: accents and signs make no difference.

A few letters are letters of their own and not accented ones (ñ in Spanish, й in Russian); they stand after the letter
they are made of. Scripts follow each other as they do in Unicode: Latin, Greek, Cyrillic ... Hangul.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_LAST = "\uffef"
# Letters of their own, by language: each with the letter it follows, and a sign that comes after all letters.
_LETTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "da": {"æ": f"z{_LAST}1", "ø": f"z{_LAST}2", "å": f"z{_LAST}3"},
        "es": {"ñ": f"n{_LAST}"},
        "fi": {"å": f"z{_LAST}1", "ä": f"z{_LAST}2", "ö": f"z{_LAST}3"},
        "nb": {"æ": f"z{_LAST}1", "ø": f"z{_LAST}2", "å": f"z{_LAST}3"},
        "pl": {letter: f"{base}{_LAST}" for letter, base in zip("ąćęłńóśźż", "acelnoszz", strict=True)},
        "ru": {"й": f"и{_LAST}"},
        "sv": {"å": f"z{_LAST}1", "ä": f"z{_LAST}2", "ö": f"z{_LAST}3"},
        "uk": {"й": f"и{_LAST}", "ґ": f"г{_LAST}", "ї": f"і{_LAST}"},
    }
)
_LIGATURES = {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "þ": "th", "ð": "d"}


def sort_key(words: str, language: str) -> tuple[str, str]:
    """Give what words are sorted by in a language: their letters, then the words as they stand."""
    return _letters(words, language), words


def initial(words: str, language: str) -> str:
    """Give the letter under which words stand: a capital, the first consonant of a Korean word, # for anything else."""
    first = _letters(words, language)[:1]
    if "가" <= first <= "힣":
        return "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[(ord(first) - ord("가")) // 588]
    own = _own(language)
    letter = next((c for c in unicodedata.normalize("NFC", words).lower() if c.isalpha()), "")
    if not first.isalpha():
        return "#"
    return (letter if letter in own and words.lower().lstrip("«»“”„‘’'\"([").startswith(letter) else first).upper()


def _own(language: str) -> Mapping[str, str]:
    return _LETTERS.get(language.split("-", maxsplit=1)[0].lower(), {})


def _letters(words: str, language: str) -> str:
    own = _own(language)
    out: list[str] = []
    for character in unicodedata.normalize("NFC", words).lower():
        if character in own:
            out.append(own[character])
        elif "가" <= character <= "힣":
            out.append(character)
        else:
            for part in unicodedata.normalize("NFD", _LIGATURES.get(character, character)):
                kind = unicodedata.category(part)
                out.append(part if kind[0] in "LN" else " " if kind[0] == "Z" or part in "-–—/" else "")
    return " ".join("".join(out).split())
