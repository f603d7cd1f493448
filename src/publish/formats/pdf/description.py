"""What a PDF says about itself, taken from a rendition: written by ``metadata`` and read back by ``verify``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from publish import __version__
from publish.records import dataclass
from publish.rendition import Rendition

CREATOR = f"publish {__version__}"


@dataclass(frozen=True)
class Description:
    """The data in the PDF's words. ``authors`` are the editors where nobody is named as an author."""

    title: str
    authors: tuple[str, ...]
    contributors: tuple[str, ...]
    description: str
    keywords: tuple[str, ...]
    language: str
    rights: str
    license: str
    publisher: str
    date: str
    identifier: str
    identifiers: tuple[str, ...]
    modified: datetime


def describe(rendition: Rendition) -> Description:
    """Give what the PDF of a rendition says about itself."""
    metadata = rendition.metadata
    authors = metadata.by_role("aut") or metadata.by_role("edt")
    others = (c.name for c in metadata.contributors if c not in authors)
    words = (*metadata.keywords, *(subject.name for subject in metadata.subjects))
    return Description(
        title=metadata.title,
        authors=tuple(c.name for c in authors),
        contributors=tuple(dict.fromkeys(others)),
        description=metadata.description,
        keywords=tuple(dict.fromkeys(words)),
        language=metadata.language,
        rights=metadata.rights,
        license=metadata.license,
        publisher=metadata.publisher,
        date=metadata.date,
        identifier=rendition.identifier,
        identifiers=tuple(dict.fromkeys(_identifiers(rendition))),
        modified=rendition.modified.astimezone(UTC).replace(microsecond=0),
    )


def _identifiers(rendition: Rendition) -> Iterator[str]:
    """Give the numbers of the printed work: not the EPUB's ISBN, which is another edition's."""
    for identifier in rendition.metadata.identifiers:
        if identifier.scheme in ("isbn-print", "isbn-pdf", "isbn"):
            yield f"urn:isbn:{identifier.value.replace('-', '').replace(' ', '')}"
        elif identifier.scheme == "doi":
            yield f"doi:{identifier.value}"
        elif identifier.scheme == "issn":
            yield f"urn:issn:{identifier.value}"
