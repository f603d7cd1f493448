"""Who made a work, what it is called, and by which numbers the world knows it."""

from __future__ import annotations

from dataclasses import field

from publish.records import dataclass
from publish.source import Span


@dataclass(frozen=True)
class Contributor:
    """Somebody who made the work or a division of it.

    ``role`` is a MARC relator code (``aut``, ``edt``, ``trl``, ``ill`` ...); ``file_as`` is the name to sort by
    ("Author, An"), never empty.
    """

    name: str
    role: str
    file_as: str
    orcid: str = ""
    affiliation: str = ""
    bio: str = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Identifier:
    """A number by which the world knows the work: scheme ``isbn-print``, ``isbn-epub``, ``doi``, ``issn``, ``uuid``."""

    scheme: str
    value: str


@dataclass(frozen=True)
class Series:
    """The series that the work belongs to."""

    title: str
    number: str = ""


@dataclass(frozen=True)
class Subject:
    """A subject heading, with the authority (``BISAC``, ``Thema``, ``LCSH``) and the code when it has them."""

    name: str
    authority: str = ""
    code: str = ""


@dataclass(frozen=True)
class Conformance:
    """A publisher's claim that the EPUB conforms to a standard of accessibility.

    ``standard`` is the standard's name exactly as EPUB Accessibility 1.1, section 4.4, has it; ``certified_by`` who
    answers for it; ``credential`` and ``report`` are web addresses, or words, or empty. ``span`` is the claim's place.
    """

    standard: str
    certified_by: str
    credential: str = ""
    report: str = ""
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Metadata:
    """Who, what, when and on which terms. Dates are ISO 8601 (``2016``, ``2016-03`` or ``2016-03-02``)."""

    title: str
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    date: str = ""
    language: str = "en"
    description: str = ""
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    place: str = ""
    rights: str = ""
    license: str = ""
    identifiers: tuple[Identifier, ...] = ()
    series: Series | None = None
    edition: str = ""
    conformance: Conformance | None = None

    def by_role(self, *roles: str) -> tuple[Contributor, ...]:
        """Give the contributors with one of these MARC relator codes, in the order written."""
        return tuple(c for c in self.contributors if c.role in roles)

    def identifier(self, *schemes: str) -> str:
        """Give the value of the first identifier with one of these schemes, or an empty string."""
        return next((i.value for s in schemes for i in self.identifiers if i.scheme == s), "")
