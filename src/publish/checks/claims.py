"""What an EPUB says of itself must be true."""

from __future__ import annotations

from publish.checks import headings, links, pictures
from publish.checks.subject import Subject
from publish.diagnostics import Log
from publish.document import Link, Row, Table, plain

# What WCAG asks of the text itself: descriptions (1.1.1), order (1.3.1), links that lead somewhere (2.4.4).
_ASKED = (pictures.image_has_alt, headings.heading_levels, links.link_target_exists)
_HEADS = "give its columns heads"


def claim_holds(subject: Subject, log: Log) -> None:
    """Find what breaks a claim of accessibility, if one is made; also what is switched off as a warning."""
    claim = subject.publication.metadata.conformance
    if claim is None:
        return
    asked = Log()
    for check in (*_ASKED, _links_have_words, _tables_have_heads):
        check(subject, asked)
    for found in asked:
        message = f"the EPUB claims {_short(claim.standard)}, but {found.message}"
        hint = found.hint or "mend it, or take the claim (accessibility) out of publication.yaml"
        log.report("claim-holds", message, found.span or claim.span, hint=hint)


def _short(standard: str) -> str:
    return standard.rpartition(" - ")[2]


def _links_have_words(subject: Subject, log: Log) -> None:
    for link in subject.nodes(Link):
        if not plain(link.content).strip() and not any(not isinstance(item, str) for item in link.content):
            log.report("claim-holds", "a link has no words", link.span, hint="say in words where it leads")


def _tables_have_heads(subject: Subject, log: Log) -> None:
    for table in subject.nodes(Table):
        rows: tuple[Row, ...] = table.head + table.body
        if not any(cell.header and plain(cell.content).strip() for row in rows for cell in row.cells):
            log.report("claim-holds", "a table says of no column or row what stands in it", table.span, hint=_HEADS)
