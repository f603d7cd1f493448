"""ONIX 3.0 and 3.1: what bookshops and libraries take, a product for each file. Codes are EDItEUR's lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from lxml import etree

from publish.metadata import Contributor, Subject
from publish.release.model import File, Record
from publish.release.records.languages import three_letters
from publish.release.records.people import is_organisation
from publish.release.records.xml import Maker, document, present

Edition = Literal["3.0", "3.1"]

# List 175: EPUB is E101, PDF is E107.
_DETAILS = {"epub": "E101", "pdf": "E107"}
# List 17, by MARC relator.
_ROLES = {
    "aut": "A01", "cre": "A01", "edt": "B01", "edc": "B01", "com": "C01", "trl": "B06", "ill": "A12", "pht": "A13",
    "aui": "A24", "aft": "A19", "ctb": "A32", "cov": "A36",
}  # fmt: skip
# List 27; an authority that it does not have becomes keywords.
_SCHEMES = {"BISAC": "10", "Thema": "93", "LCSH": "04"}
_HEADINGS = frozenset({"LCSH"})
# List 196, by schema.org's word.
_FEATURES = {
    "unlocked": "10", "tableOfContents": "11", "index": "12", "readingOrder": "13", "alternativeText": "14",
    "MathML": "17", "pageBreakMarkers": "19", "structuralNavigation": "29", "ARIA": "30",
    "displayTransformability": "36", "pageNavigation": "41", "describedMath": "53",
}  # fmt: skip
_WCAG = {"2.0": "80", "2.1": "81", "2.2": "82"}
_LEVELS = {"A": "84", "AA": "85", "AAA": "86"}
# List 55: which form a date has, by its length.
_DATES = {10: "00", 7: "01", 4: "05"}


def message(title: str, records: Sequence[Record], edition: Edition = "3.0") -> bytes:
    """Give a message with a product for each file of each publication, its elements by their long names."""
    space = f"http://ns.editeur.org/onix/{edition}/reference"
    e = Maker(space)
    sent = max((record.modified for record in records), default="1980-01-01T00:00:00Z")
    sender = next((r.metadata.publisher for r in records if r.metadata.publisher), title)
    header = e.Header(e.Sender(e.SenderName(sender)), e.SentDateTime(sent.replace("-", "").replace(":", "")[:13] + "Z"))
    products = (_Product(record, book, space).element() for record in records for book in record.books)
    root = e.ONIXMessage(header, *products)
    root.set("release", edition)
    return document(root)


class _Product:
    """One file of a publication as a product."""

    def __init__(self, record: Record, book: File, space: str) -> None:
        self.record, self.book, self.data, self.e = record, book, record.metadata, Maker(space)

    def element(self) -> etree._Element:
        e = self.e
        return e.Product(
            e.RecordReference(f"{self.record.identifier}:{self.book.role}"),
            e.NotificationType("03"),
            *self._identifiers(),
            e.DescriptiveDetail(*self._description()),
            *present(self._collateral()),
            e.PublishingDetail(*self._publishing()),
            e.ProductSupply(e.SupplyDetail(*self._supply())),
        )

    def _identifiers(self) -> Iterator[etree._Element]:
        e = self.e
        isbn = self.data.identifier(f"isbn-{self.book.role}").replace("-", "")
        own = f"{self.record.identifier}:{self.book.role}"
        yield e.ProductIdentifier(e.ProductIDType("01"), e.IDTypeName("URN"), e.IDValue(own))
        if isbn:
            yield e.ProductIdentifier(e.ProductIDType("15"), e.IDValue(isbn))
        if doi := self.data.identifier("doi"):
            yield e.ProductIdentifier(e.ProductIDType("06"), e.IDValue(doi))

    # --- what it is ---

    def _description(self) -> Iterator[etree._Element]:
        e, data = self.e, self.data
        yield e.ProductComposition("00")
        yield e.ProductForm("ED")
        yield e.ProductFormDetail(_DETAILS[self.book.role])
        yield from self._features()
        yield e.EpubTechnicalProtection("00")
        yield from present(self._license())
        yield from present(self._series())
        yield e.TitleDetail(e.TitleType("01"), e.TitleElement(e.TitleElementLevel("01"), *self._title()))
        for number, person in enumerate(data.contributors, start=1):
            yield e.Contributor(*self._contributor(number, person))
        if not data.contributors:
            yield e.NoContributor()
        if data.edition:
            yield e.EditionStatement(data.edition)
        if language := three_letters(data.language):
            yield e.Language(e.LanguageRole("01"), e.LanguageCode(language))
        yield from self._extent()
        yield from self._subjects()
        yield e.Audience(e.AudienceCodeType("01"), e.AudienceCodeValue("01"))

    def _features(self) -> Iterator[etree._Element]:
        access = self.record.accessibility
        if self.book.role != "epub":
            codes = ["05", "10", "11", "13"] if self.book.name in self.record.passed("veraPDF") else ["10"]
        else:
            codes = [code for name, code in _FEATURES.items() if name in access.features]
            codes += ["52"] * ("textual" in access.sufficient) + ["22"] + self._claim()
            yield self._feature("00", access.summary)
        for code in sorted(set(codes)):
            yield self._feature(code)

    def _feature(self, code: str, description: str = "") -> etree._Element:
        e = self.e
        said = (e.ProductFormFeatureDescription(description),) if description else ()
        return e.ProductFormFeature(e.ProductFormFeatureType("09"), e.ProductFormFeatureValue(code), *said)

    def _claim(self) -> list[str]:
        if self.data.conformance is None:
            return []
        words = self.data.conformance.standard.split()
        return ["04", _WCAG[words[-3]], _LEVELS[words[-1]]]

    def _license(self) -> etree._Element | None:
        e, license = self.e, self.data.license
        if not license:
            return None
        if not license.startswith(("http://", "https://")):
            return e.EpubLicense(e.EpubLicenseName(license))
        link = e.EpubLicenseExpression(e.EpubLicenseExpressionType("02"), e.EpubLicenseExpressionLink(license))
        return e.EpubLicense(e.EpubLicenseName(license_name(license)), link)

    def _series(self) -> etree._Element | None:
        e, series = self.e, self.data.series
        if series is None:
            return None
        number = (e.PartNumber(series.number),) if series.number else ()
        element = e.TitleElement(e.TitleElementLevel("02"), *number, e.TitleText(series.title))
        issn = self.data.identifier("issn").replace("-", "")
        known = (e.CollectionIdentifier(e.CollectionIDType("02"), e.IDValue(issn)),) if issn else ()
        return e.Collection(e.CollectionType("10"), *known, e.TitleDetail(e.TitleType("01"), element))

    def _title(self) -> Iterator[etree._Element]:
        yield self.e.TitleText(self.data.title)
        if self.data.subtitle:
            yield self.e.Subtitle(self.data.subtitle)

    def _contributor(self, number: int, person: Contributor) -> Iterator[etree._Element]:
        e = self.e
        yield e.SequenceNumber(str(number))
        yield e.ContributorRole(_ROLES.get(person.role, "Z99"))
        if person.orcid:
            yield e.NameIdentifier(e.NameIDType("21"), e.IDValue(person.orcid.replace("-", "")))
        if is_organisation(person):
            yield e.CorporateName(person.name)
        else:
            yield e.PersonName(person.name)
            yield e.PersonNameInverted(person.file_as)
        if person.affiliation and not is_organisation(person):
            yield e.ProfessionalAffiliation(e.Affiliation(person.affiliation))
        if person.bio:
            yield e.BiographicalNote(" ".join(person.bio.split()))

    def _extent(self) -> Iterator[etree._Element]:
        e = self.e
        pages = max((file.pages for file in self.record.files), default=0)
        if pages:
            kind = "00" if self.book.pages else "08"
            yield e.Extent(e.ExtentType(kind), e.ExtentValue(str(pages)), e.ExtentUnit("03"))

    def _subjects(self) -> Iterator[etree._Element]:
        e = self.e
        known = [s for s in self.data.subjects if s.authority in _SCHEMES and (s.code or s.authority in _HEADINGS)]
        for number, subject in enumerate(known):
            coded = _coded(subject)
            main = (e.MainSubject(),) if number == _first_coded(known) else ()
            said = e.SubjectHeadingText(subject.name) if not coded else e.SubjectCode(subject.code)
            yield e.Subject(*main, e.SubjectSchemeIdentifier(_SCHEMES[subject.authority]), said)
        words = [*self.data.keywords, *(s.name for s in self.data.subjects if s not in known)]
        if words:
            yield e.Subject(e.SubjectSchemeIdentifier("20"), e.SubjectHeadingText("; ".join(words)))

    # --- what is said of it, who publishes it, where it is found ---

    def _collateral(self) -> etree._Element | None:
        e, data = self.e, self.data
        parts = []
        if data.description:
            parts.append(e.TextContent(e.TextType("03"), e.ContentAudience("00"), e.Text(data.description)))
        cover = max((f for f in self.record.files if f.role == "cover"), key=lambda f: f.width, default=None)
        if cover and self.record.address:
            link = e.ResourceVersion(e.ResourceForm("02"), e.ResourceLink(self.record.at(cover.name)))
            parts.append(
                e.SupportingResource(e.ResourceContentType("01"), e.ContentAudience("00"), e.ResourceMode("03"), link)
            )
        return e.CollateralDetail(*parts) if parts else None

    def _publishing(self) -> Iterator[etree._Element]:
        e, data = self.e, self.data
        yield e.Imprint(e.ImprintName(self._publisher))  # ONIX must have one: who publishes himself is his own
        if data.publisher:
            yield e.Publisher(e.PublishingRole("01"), e.PublisherName(data.publisher))
        if data.place:
            yield e.CityOfPublication(data.place)
        yield e.PublishingStatus("04")
        if data.date:
            day = e.Date(data.date.replace("-", ""), dateformat=_DATES[len(data.date)])
            yield e.PublishingDate(e.PublishingDateRole("01"), day)
        yield e.SalesRights(e.SalesRightsType("01"), e.Territory(e.RegionsIncluded("WORLD")))

    @property
    def _publisher(self) -> str:
        return self.data.publisher or next((p.name for p in self.data.contributors), self.data.title)

    def _supply(self) -> Iterator[etree._Element]:
        e, record = self.e, self.record
        link = record.at(self.book.name)
        website = (e.Website(e.WebsiteRole("29"), e.WebsiteLink(link)),) if record.address else ()
        yield e.Supplier(e.SupplierRole("09"), e.SupplierName(self._publisher), *website)
        yield e.ProductAvailability("20")
        yield e.UnpricedItemType("01")


def _coded(subject: Subject) -> bool:
    return bool(subject.code) and subject.authority not in _HEADINGS


def _first_coded(subjects: Iterable[Subject]) -> int:
    return next((number for number, subject in enumerate(subjects) if _coded(subject)), -1)


def license_name(address: str) -> str:
    """Give a licence's name: a Creative Commons licence by its letters, another by its address."""
    _, ours, rest = address.partition("creativecommons.org/licenses/")
    parts = rest.strip("/").split("/")
    if ours and len(parts) >= 2:
        return f"CC {parts[0].upper()} {parts[1]}"
    if "creativecommons.org/publicdomain/zero" in address:
        return "CC0 1.0"
    return address
