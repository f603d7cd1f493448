"""What BibTeX's and biblatex's types and fields are called in CSL."""

from __future__ import annotations

from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("article", "suppperiodical"), "article-journal"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "reference", "mvreference", "manual"), "book"),
    **dict.fromkeys(("proceedings", "mvproceedings"), "book"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    **dict.fromkeys(("music", "audio"), "song"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("legislation", "legal"), "legislation"),
    "booklet": "pamphlet",
    "inreference": "entry-encyclopedia",
    "periodical": "periodical",
    "unpublished": "manuscript",
    "patent": "patent",
    "letter": "personal_communication",
    "dataset": "dataset",
    "software": "software",
    "performance": "performance",
    "jurisdiction": "legal_case",
    "standard": "standard",
    "review": "review",
    "misc": "",
    "commentary": "",
    "set": "",
    "bibnote": "",
}
"""CSL's types; an empty one is a work of no particular kind."""

PERIODICALS = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
"""What biblatex's ``entrysubtype`` makes of an article."""

INSIDE = frozenset(
    [
        "inbook",
        "bookinbook",
        "suppbook",
        "incollection",
        "suppcollection",
        "inproceedings",
        "conference",
        "inreference",
        "article",
        "suppperiodical",
        "review",
    ]
)
"""Types of works that stand in another, whose title is theirs to borrow (``crossref``)."""

TEXTS: Mapping[str, str] = {
    "abstract": "abstract",
    "addendum": "note",
    "annotation": "annote",
    "annote": "annote",
    "chapter": "chapter-number",
    "edition": "edition",
    "eventtitle": "event-title",
    "issue": "issue",
    "journal": "container-title",
    "journaltitle": "container-title",
    "keywords": "keyword",
    "library": "call-number",
    "note": "note",
    "origlocation": "original-publisher-place",
    "origpublisher": "original-publisher",
    "origtitle": "original-title",
    "pagetotal": "number-of-pages",
    "part": "part-number",
    "pubstate": "status",
    "series": "collection-title",
    "shortjournal": "container-title-short",
    "venue": "event-place",
    "version": "version",
    "volume": "volume",
    "volumes": "number-of-volumes",
}
"""Fields whose words are taken over."""

VERBATIM: Mapping[str, str] = {
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
"""Fields that hold no LaTeX."""

PEOPLE: Mapping[str, str] = {
    "author": "author",
    "bookauthor": "container-author",
    "director": "director",
    "editor": "editor",
    "illustrator": "illustrator",
    "translator": "translator",
}
"""Fields that hold names. Others of biblatex's (``introduction``, ``foreword``) have no name in CSL."""

EDITORS = {"director": "director", "compiler": "compiler", "translator": "translator", "composer": "composer"}
"""What ``editortype`` makes of editors."""

GENRES: Mapping[str, str] = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
}
"""biblatex's keys for ``type``; words are taken as they are."""

COUNTRIES: Mapping[str, str] = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""biblatex's keys for where a patent holds."""

LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("english", "american", "usenglish", "usenglishmax", "canadian"), "en-US"),
    **dict.fromkeys(("british", "ukenglish", "australian", "newzealand"), "en-GB"),
    **dict.fromkeys(("german", "ngerman", "germanb", "austrian", "naustrian", "swissgerman", "nswissgerman"), "de-DE"),
    **dict.fromkeys(("french", "francais", "frenchb", "acadian", "canadien"), "fr-FR"),
    **dict.fromkeys(("spanish", "mexican"), "es-ES"),
    **dict.fromkeys(("portuguese", "portuges"), "pt-PT"),
    **dict.fromkeys(("brazil", "brazilian"), "pt-BR"),
    **dict.fromkeys(("greek", "polutonikogreek"), "el-GR"),
    "russian": "ru-RU",
    "korean": "ko-KR",
    "italian": "it-IT",
    "dutch": "nl-NL",
    "polish": "pl-PL",
    "czech": "cs-CZ",
    "japanese": "ja-JP",
    "chinese": "zh-CN",
    "swedish": "sv-SE",
    "danish": "da-DK",
    "norsk": "nb-NO",
    "finnish": "fi-FI",
    "latin": "la",
    "turkish": "tr-TR",
    "ukrainian": "uk-UA",
    "hungarian": "hu-HU",
    "catalan": "ca-AD",
    "hebrew": "he-IL",
    "arabic": "ar",
    "romanian": "ro-RO",
    "slovak": "sk-SK",
    "slovene": "sl-SI",
    "croatian": "hr-HR",
    "persian": "fa-IR",
}
"""Babel's names of languages, as tags."""

INHERITED: Mapping[str, str] = {
    "title": "booktitle",
    "subtitle": "booksubtitle",
    "titleaddon": "booktitleaddon",
    "author": "bookauthor",
}
"""What a work that stands in another takes from it under another name."""

NOT_INHERITED = frozenset(
    [
        "ids",
        "crossref",
        "xref",
        "xdata",
        "entryset",
        "entrysubtype",
        "keywords",
        "label",
        "options",
        "shorttitle",
        "execute",
    ]
)
