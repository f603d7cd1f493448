"""How a title is sorted."""

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


def sort_title(title: str, language: str) -> str:
    """Give the title to sort by: ``The Quiet Ledger`` in English is ``Quiet Ledger, The``."""
    for article in _ARTICLES.get(language.split("-", maxsplit=1)[0].lower(), "").split():
        lead = article if article[-1] in "'’" else f"{article} "
        rest = title[len(lead) :].lstrip()
        if rest and title[: len(lead)].lower() == lead:
            return f"{rest[0].upper()}{rest[1:]}, {title[: len(lead)].rstrip()}"
    return title
