"""The package document's metadata: who, what, when and on which terms, in the EPUB's vocabulary (EPUB 3.3, 5.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from lxml import etree

from publish.document import Contributor, Metadata, Subject
from publish.formats.epub.documents import DC, OPF, one_line
from publish.formats.epub.titles import sort_title
from publish.rendition import Rendition
from publish.source import Span

IDENTIFIER_ID = "pub-id"
# cc is the one vocabulary used that EPUB does not know of itself.
PREFIX = "cc: http://creativecommons.org/ns#"

_RELATORS = "marc:relators"
# The makers of the text, in the order in which a shop looks for them; the first role present are the creators.
_CREATORS = ("aut", "edt", "com", "trl")
_AUTHORITIES = ("AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC", "Thema", "UDC", "WGS")
# ONIX code list 5, with the URN under which the number is given.
_SCHEMES = {"isbn-epub": ("urn:isbn:", "15"), "isbn": ("urn:isbn:", "15"), "doi": ("urn:doi:", "06")}
_CC_ZERO = re.compile(r"CC[ -]?0([ -]1\.0)?", re.IGNORECASE)
_CC = re.compile(r"CC[ -](BY(?:[ -]NC)?(?:[ -](?:SA|ND))?)[ -]([1-4]\.\d)", re.IGNORECASE)
_POSITION = re.compile(r"\d+(\.\d+)*")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def forbidden(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Give (field, character) for everything in the metadata that XML cannot hold, such as control characters."""
    for name, value in _strings(metadata, "metadata"):
        for character in _NOT_XML.findall(value):
            yield name, f"U+{ord(character):04X}"


def _strings(value: object, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item, name)
    elif is_dataclass(value) and not isinstance(value, Span):
        for item in fields(value):
            yield from _strings(getattr(value, item.name), item.name)


def instant(moment: datetime) -> datetime:
    """Give a time in UTC, to the second; a time without a zone is UTC already."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def metadata(rendition: Rendition, cover_id: str) -> etree._Element:
    """Give the ``metadata`` element. ``cover_id`` is the manifest id of the cover picture, or empty.

    Elements have no namespace of their own: EbookLib's package element declares it for them.
    """
    sheet = _Sheet()
    data = rendition.metadata
    _identifiers(sheet, rendition)
    _titles(sheet, data)
    _contributors(sheet, data)
    sheet.dc("language", data.language)
    for name in ("date", "publisher", "description"):
        if getattr(data, name):
            sheet.dc(name, getattr(data, name))
    if data.date:
        # Shops take dc:date for what it is; catalogues ask of which date it is (DCMI Metadata Terms, issued).
        sheet.meta("dcterms:issued", data.date)
    _rights(sheet, data)
    for number, subject in enumerate(_subjects(data), 1):
        _subject(sheet, subject, f"subject-{number}")
    _series(sheet, data)
    if data.edition:
        sheet.meta("schema:bookEdition", data.edition)
    _source(sheet, rendition)
    sheet.meta("dcterms:modified", f"{instant(rendition.modified):%Y-%m-%dT%H:%M:%SZ}")
    _accessibility(sheet, rendition)
    if cover_id:
        sheet.add("meta", "", name="cover", content=cover_id)
    sheet.add("meta", "", name="generator", content="publish")
    return sheet.root


class _Sheet:
    """The element being filled, in the order written."""

    def __init__(self) -> None:
        self.root = etree.Element("metadata", nsmap={"dc": DC})

    def add(self, name: str, text: str, /, **attributes: str) -> None:
        element = etree.SubElement(self.root, name, {k: v for k, v in attributes.items() if v})
        element.text = one_line(text) or None

    def dc(self, name: str, text: str, id: str = "") -> None:
        self.add(f"{{{DC}}}{name}", text, id=id)

    def meta(self, property: str, text: str, refines: str = "", scheme: str = "", id: str = "") -> None:
        self.add("meta", text, refines=refines and f"#{refines}", property=property, scheme=scheme, id=id)


def _identifiers(sheet: _Sheet, rendition: Rendition) -> None:
    sheet.dc("identifier", rendition.identifier, IDENTIFIER_ID)
    for number, item in enumerate(rendition.metadata.identifiers, 1):
        lead, code = _SCHEMES.get(item.scheme, ("", ""))
        value = lead + (_digits(item.value) if "isbn" in lead else _bare_doi(item.value))
        if not lead:
            continue
        id = IDENTIFIER_ID
        if value != rendition.identifier:
            id = f"identifier-{number}"
            sheet.dc("identifier", value, id)
        sheet.meta("identifier-type", code, id, "onix:codelist5")


def _digits(isbn: str) -> str:
    return isbn.replace("-", "").replace(" ", "")


def _bare_doi(doi: str) -> str:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", doi.strip(), flags=re.IGNORECASE)


def _titles(sheet: _Sheet, data: Metadata) -> None:
    """Give the title and what belongs to it, each with its kind (EPUB 3.3, D.3.10); the main one stands first."""
    series = data.series.title if data.series else ""
    titles = (
        ("title", "main", data.title),
        ("subtitle", "subtitle", data.subtitle),
        ("edition-title", "edition", data.edition),
        ("series-title", "collection", series),
    )
    for number, (id, kind, title) in enumerate((t for t in titles if t[2]), 1):
        sheet.dc("title", title, id)
        sheet.meta("title-type", kind, id)
        sheet.meta("display-seq", str(number), id)
        sheet.meta("file-as", sort_title(one_line(title), data.language), id)


def _rights(sheet: _Sheet, data: Metadata) -> None:
    """Say whose the work is and under which licence: the licence's address, else its words, if they are others."""
    address = licence_address(data.license)
    words = data.license if not address else ""
    for text in dict.fromkeys((data.rights, words)):
        if text:
            sheet.dc("rights", text)
    if address:
        sheet.add("link", "", rel="cc:license", href=address)


def licence_address(licence: str) -> str:
    """Give the web address of a licence: the one given, or that of a Creative Commons licence named with its version.

    ``CC BY-SA 4.0`` is https://creativecommons.org/licenses/by-sa/4.0/. Empty for other words.
    """
    if licence.startswith(("https://", "http://")):
        return licence
    if _CC_ZERO.fullmatch(licence.strip()):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CC.fullmatch(licence.strip())
    kind = re.sub("[ -]+", "-", found[1].lower()) if found else ""
    return f"https://creativecommons.org/licenses/{kind}/{found[2]}/" if found else ""


def _contributors(sheet: _Sheet, data: Metadata) -> None:
    """Name everybody once, with all that they did, creators before the rest."""
    people: dict[tuple[str, str], list[Contributor]] = {}
    for person in data.contributors:
        people.setdefault((person.name, person.file_as), []).append(person)
    present = {person.role for person in data.contributors}
    creator = next((role for role in _CREATORS if role in present), "")
    ranked = sorted(people.values(), key=lambda deeds: all(d.role != creator for d in deeds))
    for number, deeds in enumerate(ranked, 1):
        element = "creator" if any(d.role == creator for d in deeds) else "contributor"
        id = f"{element}-{number}"
        sheet.dc(element, deeds[0].name, id)
        for role in dict.fromkeys(d.role for d in deeds):
            sheet.meta("role", role, id, _RELATORS)
        sheet.meta("file-as", deeds[0].file_as, id)
        sheet.meta("display-seq", str(number), id)
        orcid = next((d.orcid for d in deeds if d.orcid), "")
        if orcid:
            sheet.meta("dcterms:identifier", f"https://orcid.org/{orcid.rsplit('/', 1)[-1]}", id)


def _subjects(data: Metadata) -> Iterator[Subject]:
    """Give subjects and then keywords, none of them twice."""
    seen = set()
    for subject in (*data.subjects, *(Subject(word) for word in data.keywords)):
        if subject.name.casefold() not in seen:
            seen.add(subject.name.casefold())
            yield subject


def _subject(sheet: _Sheet, subject: Subject, id: str) -> None:
    if not subject.authority:
        return sheet.dc("subject", subject.name)
    known = {name.casefold(): name for name in _AUTHORITIES}
    sheet.dc("subject", subject.name, id)
    sheet.meta("authority", known.get(subject.authority.casefold(), subject.authority), id)
    # A term must accompany an authority; headings such as LCSH's are their own terms.
    return sheet.meta("term", subject.code or subject.name, id)


def _series(sheet: _Sheet, data: Metadata) -> None:
    issn = data.identifier("issn")
    if data.series:
        sheet.meta("belongs-to-collection", data.series.title, id="series")
        sheet.meta("collection-type", "series", "series")
        if _POSITION.fullmatch(data.series.number):
            sheet.meta("group-position", data.series.number, "series")
        if issn:
            sheet.meta("dcterms:identifier", f"urn:issn:{issn}", "series")
    elif issn:
        sheet.meta("dcterms:isPartOf", f"urn:issn:{issn}")


def _source(sheet: _Sheet, rendition: Rendition) -> None:
    """Name the print edition, and say of it that the page numbers are its own.

    EPUB 3.3 has ``pageBreakSource`` for that; EPUBCheck 4.2.6, which shops run, knows ``source-of`` only.
    """
    isbn = rendition.metadata.identifier("isbn-print")
    source = rendition.page_source or (isbn and f"urn:isbn:{_digits(isbn)}")
    if source:
        sheet.dc("source", source, "source")
    if rendition.pages:
        sheet.meta("source-of", "pagination", "source")


def _accessibility(sheet: _Sheet, rendition: Rendition) -> None:
    """Say what the content offers; conformance only where the publisher claims it (EPUB Accessibility 1.1, 4.4)."""
    offer = rendition.accessibility
    for name, values in (
        ("accessMode", offer.modes),
        ("accessModeSufficient", offer.sufficient),
        ("accessibilityFeature", offer.features),
        ("accessibilityHazard", offer.hazards),
        ("accessibilitySummary", (offer.summary,) if offer.summary else ()),
    ):
        for value in values:
            sheet.meta(f"schema:{name}", value)
    claim = rendition.metadata.conformance
    if claim:
        sheet.meta("dcterms:conformsTo", claim.standard, id="conformance")
        sheet.meta("a11y:certifiedBy", claim.certified_by, id="certifier")
        for name, value in (("certifierCredential", claim.credential), ("certifierReport", claim.report)):
            if value.startswith(("https://", "http://")):
                sheet.add("link", "", rel=f"a11y:{name}", href=value, refines="#certifier")
            elif value:
                sheet.meta(f"a11y:{name}", value, "certifier")


def claims(package: etree._Element) -> bool:
    """Tell whether a package document claims conformance to a standard of accessibility."""
    return any(str(e.get("property")).lower() == "dcterms:conformsto" for e in package.iter(f"{{{OPF}}}meta"))
