"""How a title is sorted, and which way a language is written."""

from __future__ import annotations

# Articles that a catalogue passes over at the beginning of a title, by language (MARC 21, appendix F).
_ARTICLES = {
    "ca": "el la els les un una l' l’",
    "da": "den det de en et",
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la lo los las un una",
    "fr": "le la les un une l' l’",
    "hu": "a az egy",
    "it": "il lo la i gli le un uno una l' l’ un' un’ gl' gl’",
    "nb": "den det de en ei et",
    "nl": "de het een 't ’t",
    "nn": "den det dei ein ei eit",
    "no": "den det de en ei et",
    "pt": "o a os as um uma",
    "sv": "den det de en ett",
}
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def sort_title(title: str, language: str) -> str:
    """Give the title to sort by: ``The Quiet Ledger`` in English is ``Quiet Ledger, The``."""
    for article in _ARTICLES.get(language.split("-")[0].lower(), "").split():
        lead = article if article[-1] in "'’" else f"{article} "
        rest = title[len(lead) :].lstrip()
        if rest and title[: len(lead)].lower() == lead:
            return f"{rest[0].upper()}{rest[1:]}, {title[: len(lead)].rstrip()}"
    return title


def direction(language: str) -> str:
    """Give ``rtl`` or ``ltr``: by the tag's script when it names one, else by its language."""
    first, *subtags = language.lower().split("-")
    script = next((s for s in subtags if len(s) == 4 and s.isalpha()), "")
    if script:
        return "rtl" if script in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
