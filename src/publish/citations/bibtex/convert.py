"""From an entry of BibTeX to an item of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from publish.citations import cases, markup
from publish.citations.bibtex import dates
from publish.citations.bibtex.latex import Unknown, decode
from publish.citations.bibtex.people import people
from publish.citations.bibtex.tables import (
    COUNTRIES,
    EDITORS,
    GENRES,
    INSIDE,
    LANGUAGES,
    PEOPLE,
    PERIODICALS,
    TEXTS,
    TYPES,
    VERBATIM,
)
from publish.records import dataclass

_RANGE = re.compile(r"\s*(?:-{1,3}|–|—)\s*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_STOPS = (".", "?", "!", ":", ";", ",")


@dataclass
class Conversion:
    """An entry's fields as text, and what was wrong with them: commands not known, by field, and dates not read."""

    kind: str
    fields: Mapping[str, str]
    english: bool = True
    unknown: dict[str, list[str]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def item(self) -> dict[str, Any]:
        """Give the item; it has no id."""
        made: dict[str, Any] = {"type": self._type()}
        self._language(made)
        self._titles(made)
        self._names(made)
        self._dates(made)
        self._words(made)
        self._numbers(made)
        self._addresses(made)
        return {name: value for name, value in made.items() if value or name == "type"}

    def _get(self, *names: str) -> str:
        return next((value for name in names if (value := self.fields.get(name, "").strip())), "")

    def _text(self, *names: str) -> str:
        """Give the first of some fields as CSL-JSON holds it."""
        name = next((name for name in names if self.fields.get(name, "").strip()), "")
        return markup.to_html(self._decoded(name)) if name else ""

    def _decoded(self, name: str, *, protect: bool = False) -> str:
        unknown = Unknown()
        text = decode(self.fields[name], unknown, protect=protect)
        if unknown.names:
            self.unknown[name] = list(unknown.names)
        return text

    # --- what kind ---

    def _type(self) -> str:
        subtype = self._get("entrysubtype").lower()
        if self.kind == "article" and subtype in PERIODICALS:
            return PERIODICALS[subtype]
        if self.kind == "misc" and self._get("url") and not self._get("howpublished"):
            return "webpage"
        if self.kind == "unpublished" and (self._get("eventtitle") or self._get("eventdate")):
            return "speech"
        return TYPES.get(self.kind, "")

    def _language(self, made: dict[str, Any]) -> None:
        name = self._get("langid", "language", "hyphenation")
        tag = LANGUAGES.get(name.lower(), name if _TAG.fullmatch(name) and len(name.split("-")[0]) < 4 else "")
        made["language"] = tag
        self.english = tag.startswith("en") if tag else self.english

    # --- titles ---

    def _titles(self, made: dict[str, Any]) -> None:
        own, main = self._title("title", "subtitle", "titleaddon"), self._title("maintitle", "mainsubtitle")
        book = self._title("booktitle", "booksubtitle", "booktitleaddon") if self.kind in INSIDE else ""
        if main and book:
            made.update({"title": own, "container-title": main, "volume-title": book})
        elif main:
            made.update({"title": main, "volume-title": own})
        else:
            made.update({"title": own, "container-title": book})
        made["title-short"] = self._short()
        if "journaltitle" in self.fields or "journal" in self.fields:
            made["container-title"] = self._text("journaltitle", "journal")
        if self._get("issuetitle"):
            made["volume-title"] = self._title("issuetitle", "issuesubtitle")
        if self.kind == "periodical":
            made["container-title"] = made["title"]

    def _title(self, *names: str) -> str:
        """Give a title with its subtitle after a colon; an English one as a sentence, as CSL wants it."""
        parts = [self._decoded(name, protect=True) for name in names if self.fields.get(name, "").strip()]
        text = ""
        for part in parts:
            text += part if not text else f" {part}" if text.endswith(_STOPS) else f": {part}"
        return markup.to_html(cases.sentence(text) if self.english else text)

    def _short(self) -> str:
        if self._get("shorttitle"):
            return self._title("shorttitle")
        if self._get("subtitle") and not self._get("maintitle"):
            return self._title("title")
        whole = self.fields.get("title", "")
        before, colon, _ = whole.partition(": ")
        if not colon or before.count("{") != before.count("}") or self._get("maintitle"):
            return ""
        text = decode(before, Unknown(), protect=True)
        return markup.to_html(cases.sentence(text) if self.english else text)

    # --- people, dates ---

    def _names(self, made: dict[str, Any]) -> None:
        keep = "useprefix" in self._get("options").replace("useprefix=false", "")
        for name, role in PEOPLE.items():
            if self._get(name):
                unknown = Unknown()
                kind = EDITORS.get(self._get("editortype").lower(), role) if name == "editor" else role
                made[kind] = people(self.fields[name], unknown, use_prefix=keep)
                if unknown.names:
                    self.unknown[name] = list(unknown.names)
        if "author" not in made and self._get("holder"):
            made["author"] = people(self.fields["holder"], Unknown())

    def _dates(self, made: dict[str, Any]) -> None:
        if self._get("date"):
            made["issued"] = self._date("date") or dates.from_parts(self._text("date"), "", "")
        else:
            made["issued"] = dates.from_parts(self._text("year"), self._text("month"), self._get("day"))
        made["accessed"] = self._date("urldate")
        made["original-date"] = self._date("origdate")
        made["event-date"] = self._date("eventdate")

    def _date(self, name: str) -> dict[str, Any] | None:
        if not self._get(name):
            return None
        made = dates.date(decode(self.fields[name]))
        if made is None:
            self.unread.append(name)
        return made

    # --- the rest ---

    def _words(self, made: dict[str, Any]) -> None:
        for name, variable in TEXTS.items():
            if self._get(name) and not made.get(variable):
                made[variable] = self._text(name)
        made["publisher"] = self._text("publisher", "institution", "school", "organization", "howpublished")
        place = " and ".join(COUNTRIES.get(p, p) for p in self._text("location", "address").split(" and "))
        if self._get("location"):  # biblatex's lists are joined by "and", whatever the language
            place = place.replace(" and ", "; ")
        made["jurisdiction" if self.kind == "patent" else "publisher-place"] = place
        genre = self._text("type")
        made["genre"] = GENRES.get(genre.lower(), genre) or (
            GENRES[self.kind] if self.kind in ("phdthesis", "mastersthesis") else ""
        )

    def _numbers(self, made: dict[str, Any]) -> None:
        number = self._text("number")
        if self.kind in ("article", "periodical", "suppperiodical"):
            made["issue"] = number or made.get("issue", "")
        elif self._get("series"):
            made["collection-number"] = number
        else:
            made["number"] = number
        pages = self._text("pages") or self._text("eid")
        made["page"] = _RANGE.sub("-", pages)

    def _addresses(self, made: dict[str, Any]) -> None:
        for name, variable in VERBATIM.items():
            made[variable] = verbatim(self._get(name))
        made["DOI"] = re.sub(r"^(?:https?://)?(?:dx\.)?(?:doi\.org/|doi:\s*)", "", made["DOI"], flags=re.IGNORECASE)
        if not made["URL"] and self._get("eprint"):
            made["URL"] = _eprint(self._get("eprinttype", "archiveprefix").lower(), verbatim(self._get("eprint")))


def verbatim(text: str) -> str:
    """Give an address as it is meant: people write ``\\_`` and ``\\%`` in them, and ``\\url{...}`` around them."""
    text = re.sub(r"^\\(?:url|path)\s*\{(.*)\}$", r"\1", text.strip(), flags=re.DOTALL)
    text = re.sub(r"\\([_%&#~$])", r"\1", text.replace("{\\_}", "_").replace("\\textunderscore", "_"))
    return "".join(re.sub(r"[{}]", "", text).split())


def _eprint(kind: str, number: str) -> str:
    homes = {
        "arxiv": "https://arxiv.org/abs/",
        "jstor": "https://www.jstor.org/stable/",
        "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
        "hdl": "https://hdl.handle.net/",
    }
    return homes[kind] + number if kind in homes else ""
