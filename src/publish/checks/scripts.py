"""Words in a script that their language is not written in: whoever reads them aloud must know what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from publish.checks.subject import Subject
from publish.checks.words import Text, located, texts
from publish.diagnostics import Log
from publish.document import Citation, Inlines, Node
from publish.places import Words, passages
from publish.project.unsound import cut
from publish.records import dataclass
from publish.source import Span


@dataclass(frozen=True)
class Script:
    """A script: what its letters are called, the ranges of them, its tag, and a language that is written in it."""

    name: str
    letters: str
    tag: str
    language: str


_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

SCRIPTS = tuple(
    Script(*row)
    for row in (
        ("Cyrillic", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f", "Cyrl", "ru"),
        ("Greek", "\u0370-\u03ff\u1f00-\u1fff", "Grek", "el"),
        ("Korean", "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff", "Hang", "ko"),
        ("Japanese", "\u3040-\u30ff\u31f0-\u31ff", "Kana", "ja"),
        (
            "Chinese",
            _HAN,
            "Hani",
            "zh",
        ),
        ("Arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "Arab", "ar"),
        ("Hebrew", "\u0591-\u05ff\ufb1d-\ufb4f", "Hebr", "he"),
        ("Armenian", "\u0531-\u058f", "Armn", "hy"),
        ("Georgian", "\u10a0-\u10ff\u1c90-\u1cbf", "Geor", "ka"),
        ("Devanagari", "\u0900-\u097f", "Deva", "hi"),
        ("Bengali", "\u0980-\u09ff", "Beng", "bn"),
        ("Tamil", "\u0b80-\u0bff", "Taml", "ta"),
        ("Thai", "\u0e01-\u0e7f", "Thai", "th"),
        ("Ethiopic", "\u1200-\u139f", "Ethi", "am"),
    )
)

# The scripts that languages are written in, where they are not Latin alone. Latin letters stand in all of them.
_WRITTEN = {
    "Cyrl": "ab av az ba be bg ce cu cv kk kv ky mk mn os ru sah sr tg tt tyv udm uk uz",
    "Grek": "el grc",
    "Hang": "ko okm",
    "Kana": "ain ja ojp",
    "Hani": "cmn hak ja ko lzh nan vi wuu yue zh",
    "Arab": "ar az ckb fa ks ku ota ps sd ug ur",
    "Hebr": "he lad yi",
    "Armn": "hy xcl",
    "Geor": "ka xmf",
    "Deva": "bho hi kok mai mr ne pi sa",
    "Beng": "as bn",
    "Taml": "ta",
    "Thai": "th",
    "Ethi": "am gez ti",
}
# What may stand between two letters of one run: marks of letters, and one space or joining mark between words.
_JOINED = "[\u0300-\u036f\u064b-\u065f]*[ \u00a0\n'’·-]?"


def language_of_script(subject: Subject, log: Log) -> None:
    """Find runs of letters in a script that the language of the words is not written in.

    A single letter is taken for a sign (π), Latin letters for names. Each script is told of once in a division.
    """
    for text in texts(subject.publication):
        found: dict[Script, list[tuple[Span | None, str]]] = {}
        for words in passages(text.division, subject.publication.metadata.language):
            # What a bibliography file says has no place here: the manuscript cannot say its language.
            if words.span and any(_foreign(string) for string, _ in _spoken(words.content, words.language)):
                for script, place, run in _runs(words, text):
                    found.setdefault(script, []).append((place, run))
        for script, runs in found.items():
            _report(script, runs, text, log)


def _report(script: Script, runs: list[tuple[Span | None, str]], text: Text, log: Log) -> None:
    place, run = runs[0]
    others = {1: "", 2: ", nor does another run of them"}.get(len(runs), f", nor do {len(runs) - 1} other runs of them")
    hint = f"write [{cut(run)}]{{lang={script.language}}}, with the language that it is in"
    if _mostly(script, text):
        hint = f"say lang: {script.language} in the front matter, or whatever language this is"
    log.report(
        "language-of-script",
        f"“{cut(run)}” is written in {script.name} letters, and does not say in which language{others}",
        place,
        file="" if place else text.source.name,
        hint=hint,
    )


def _mostly(script: Script, text: Text) -> bool:
    """Whether most letters of a text are of a script, so that its language is not the one it was taken for."""
    letters = "".join(filter(str.isalpha, "".join(string for string, _ in text.strings())))
    return 2 * len(_letter(script).findall(letters)) > len(letters)


def _runs(words: Words, text: Text) -> Iterator[tuple[Script, Span | None, str]]:
    """Give every run of a foreign script in a passage: its script, its place if it can be told, and its letters."""
    places = located(words)
    for string, language in _spoken(words.content, words.language):
        offsets = next(places, (string, []))[1]
        for script in SCRIPTS:
            if language is None or script.tag in _scripts_of(language):
                continue
            for run in _pattern(script).finditer(string):
                yield script, _place(run, offsets, text), run[0]


def _place(run: re.Match[str], offsets: list[int], text: Text) -> Span | None:
    if not offsets:
        return None
    start, end = offsets[run.start()], offsets[run.end() - 1] + 1
    return text.source.span(start, end) if text.written[start : start + 1] == run[0][0] else None


def _spoken(content: Inlines, language: str | None) -> Iterator[tuple[str, str | None]]:
    """Give every string of inline content with its language; a citation's is not the manuscript's to say."""
    for item in content:
        if isinstance(item, str):
            yield item, language
        elif isinstance(item, Node):
            inner = None if isinstance(item, Citation) else language and (item.language or language)
            yield from _spoken(getattr(item, "content", ()), inner)


@cache
def _scripts_of(language: str) -> frozenset[str]:
    """Give the tags of the scripts that a language tag allows: its own script's, else those of its language."""
    primary, *more = language.split("-")
    own = next((tag.title() for tag in more if len(tag) == 4 and tag.isalpha()), "")
    scripts = {tag for tag, languages in _WRITTEN.items() if primary.lower() in languages.split()}
    if own in ("Hans", "Hant", "Hani"):
        return frozenset({"Hani"})
    return frozenset({own}) if own in _WRITTEN else frozenset() if own == "Latn" else frozenset(scripts)


@cache
def _pattern(script: Script) -> re.Pattern[str]:
    """Give the pattern of two letters of a script and more, with whatever but letters stands between them."""
    letter = f"[{script.letters}]"
    return re.compile(f"{letter}(?:{_JOINED}{letter})+")


@cache
def _letter(script: Script) -> re.Pattern[str]:
    return re.compile(f"[{script.letters}]")


_BEYOND_LATIN = re.compile("[^\0-\u036f\u1e00-\u1eff\u2000-\u206f]")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{''.join(script.letters for script in SCRIPTS)}]")


def _foreign(text: str) -> bool:
    """Whether a text has a letter of one of the scripts. Most have none, and need no pattern of so many letters."""
    return bool(_BEYOND_LATIN.search(text) and _any().search(text))
