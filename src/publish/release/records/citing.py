"""How to cite a publication: BibTeX, RIS and CSL-JSON, for the programs that keep a scholar's references."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from publish.metadata import Contributor
from publish.release.model import Record
from publish.release.records.linked import kind
from publish.release.records.people import AUTHORS, EDITORS, inverted, is_organisation

_SPECIAL = {c: f"\\{c}" for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(record: Record) -> bytes:
    """Give an entry for BibTeX and biblatex, in UTF-8; capitals of the title are kept."""
    data = record.metadata
    authors, editors = data.by_role(*AUTHORS), data.by_role(*EDITORS)
    essay = kind(record) == "ScholarlyArticle"
    series = data.series
    pairs = {
        "author": " and ".join(map(_bibtex_name, authors)),
        "editor": " and ".join(map(_bibtex_name, editors)),
        "title": f"{{{_tex(data.title)}}}",
        "subtitle": f"{{{_tex(data.subtitle)}}}" if data.subtitle else "",
        "journal" if essay else "series": _tex(series.title) if series else "",
        "number": _tex(series.number) if series else "",
        "edition": _tex(data.edition),
        "publisher": _tex(data.publisher),
        "address": _tex(data.place),
        "year": data.date[:4],
        "date": data.date,
        "language": data.language,
        "isbn": data.identifier("isbn-print", "isbn", "isbn-epub", "isbn-pdf"),
        "issn": data.identifier("issn"),
        "doi": data.identifier("doi"),
        "url": record.at() if record.address else "",
        "keywords": _tex(", ".join(data.keywords)),
        "abstract": _tex(data.description),
    }
    name = "article" if essay and series else "misc" if essay else "book" if authors else "collection"
    lines = [f"  {field} = {{{value}}}," for field, value in pairs.items() if value]
    return "\n".join([f"@{name}{{{_key(record)},", *lines, "}", ""]).encode()


def _bibtex_name(person: Contributor) -> str:
    return f"{{{_tex(person.name)}}}" if is_organisation(person) else _tex(person.file_as)


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)


def _key(record: Record) -> str:
    people = record.metadata.by_role(*AUTHORS) or record.metadata.by_role(*EDITORS)
    named = inverted(people[0])[0] if people and not is_organisation(people[0]) else record.name
    plain = re.sub(r"[^A-Za-z0-9-]+", "", named) or record.name
    return f"{plain}{record.metadata.date[:4]}"


def ris(record: Record) -> bytes:
    """Give a record in RIS, lines ended as its specification has them (CR LF)."""
    return ("".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _ris(record) if value or tag == "ER")).encode()


def _ris(record: Record) -> Iterator[tuple[str, str]]:
    data = record.metadata
    essay, series = kind(record) == "ScholarlyArticle", data.series
    yield "TY", ("JOUR" if series else "GEN") if essay else "BOOK"
    yield "TI", f"{data.title}: {data.subtitle}" if data.subtitle else data.title
    yield from (("AU", person.file_as) for person in data.by_role(*AUTHORS))
    yield from (("ED", person.file_as) for person in data.by_role(*EDITORS))
    yield "PY", data.date[:4]
    yield "DA", data.date.replace("-", "/")
    yield ("T2" if essay else "T3"), series.title if series else ""
    yield ("IS" if essay else "VL"), series.number if series else ""
    yield "ET", data.edition
    yield "PB", data.publisher
    yield "CY", data.place
    yield "SN", data.identifier("isbn-print", "isbn", "isbn-epub", "isbn-pdf", "issn")
    yield "DO", data.identifier("doi")
    yield "LA", data.language
    yield "AB", data.description
    yield from (("KW", word) for word in data.keywords)
    yield "UR", record.at() if record.address else ""
    yield "ER", ""


def _line(text: str) -> str:
    return " ".join(text.split())


def csl_json(record: Record) -> bytes:
    """Give the publication as CSL-JSON: a list of one item, in the words of citation styles."""
    data = record.metadata
    essay, series = kind(record) == "ScholarlyArticle", data.series
    item: dict[str, Any] = {
        "id": record.name,
        "type": ("article-journal" if series else "article") if essay else "book",
        "title": f"{data.title}: {data.subtitle}" if data.subtitle else data.title,
        "author": _names(data.by_role(*AUTHORS)),
        "editor": _names(data.by_role(*EDITORS)),
        "translator": _names(data.by_role("trl")),
        "container-title" if essay else "collection-title": series.title if series else "",
        "issue" if essay else "collection-number": series.number if series else "",
        "edition": data.edition,
        "publisher": data.publisher,
        "publisher-place": data.place,
        "issued": {"date-parts": [[int(part) for part in data.date.split("-")]]} if data.date else {},
        "language": data.language,
        "ISBN": data.identifier("isbn-print", "isbn", "isbn-epub", "isbn-pdf"),
        "ISSN": data.identifier("issn"),
        "DOI": data.identifier("doi"),
        "URL": record.at() if record.address else "",
        "abstract": data.description,
        "keyword": ", ".join(data.keywords),
    }
    kept = {name: value for name, value in item.items() if value}
    return (json.dumps([kept], ensure_ascii=False, indent=2) + "\n").encode()


def _names(people: Iterable[Contributor]) -> list[dict[str, str]]:
    names = []
    for person in people:
        family, given = inverted(person)
        names.append({"literal": person.name} if not given else {"family": family, "given": given})
    return names
