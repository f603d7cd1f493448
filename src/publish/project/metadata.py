"""What is given about a whole work, gathered into its metadata, and what is missing in it."""

from __future__ import annotations

from publish.diagnostics import Log
from publish.document import Conformance, Identifier, Metadata, Series, Subject
from publish.project.divisions import contributors
from publish.project.keys import PEOPLE
from publish.project.metadata_text import MetadataText
from publish.project.tables import Given


def metadata(given: Given, title: str) -> Metadata:
    """Gather what is given about a work; ``title`` is its title, wherever it comes from."""
    return Metadata(
        title=title,
        subtitle=given.text("subtitle"),
        contributors=contributors(given),
        date=given.text("date"),
        language=given.text("lang") or "en",
        description=given.text("description"),
        subjects=given.all("subjects", Subject),
        keywords=given.all("keywords", str),
        publisher=given.text("publisher"),
        place=given.text("place"),
        rights=given.text("rights"),
        license=given.text("license"),
        identifiers=given.all("identifiers", Identifier),
        series=given.one("series", Series),
        edition=given.text("edition"),
        conformance=given.one("accessibility", Conformance),
    )


def report_absent(given: Given, text: MetadataText, file: str, log: Log) -> None:
    """Warn of what a work should say and does not. Of a key that stands there and is unsound, the log knows."""
    if not text.whole:
        return
    unsound = given.unsound | text.lost
    if not unsound & _PEOPLE and not any(person.role in _AUTHORS for person in contributors(given)):
        hint = "add a line “author: ...” or “editor: ...”"
        log.report("author-present", "the publication names neither an author nor an editor", file=file, hint=hint)
    if "lang" not in given and not unsound & {"lang", "language"}:
        message = "the publication does not say its language"
        log.report("language-present", message, file=file, hint="add a line “lang: en”")
        if given.one("accessibility", Conformance):
            message = "the EPUB claims to be accessible and does not say its language"
            log.report("claim-holds", message, given.spans["accessibility"], hint="add a line “lang: en”")
    if "date" not in given and "date" not in unsound:
        log.report("date-present", "the publication has no date", file=file, hint="add a line “date: 2016-03-02”")
    isbn = any(one.scheme.startswith("isbn") for one in given.all("identifiers", Identifier))
    published = [name for name, holds in (("publisher", bool(given.text("publisher"))), ("identifiers", isbn)) if holds]
    if published and not {"rights", "license"} & ({*given.spans} | unsound):
        message = "the publication does not say whose rights it carries, or under which licence it stands"
        hint = "add a line “rights: © 2016 An Author” or “license: https://creativecommons.org/licenses/by/4.0/”"
        log.report("rights-present", message, given.spans[published[0]], hint=hint)


# Keys that name people, in every spelling, for one that could not be read has only the spelling written.
_PEOPLE = frozenset(name for key in PEOPLE for name in (key.name, *key.also))

# Those who answer for a whole work: author, creator, editor, editor of compilation, compiler, adapter, screenwriter,
# artist (MARC relators).
_AUTHORS = frozenset({"aut", "cre", "edt", "edc", "com", "adp", "aus", "art"})
