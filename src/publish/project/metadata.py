"""What is given about a whole work, gathered into its metadata, and what is missing in it."""

from __future__ import annotations

from publish.diagnostics import Log
from publish.document import Contributor, Identifier, Metadata, Series, Subject
from publish.project.divisions import contributors
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
    )


def report_absent(given: Given, text: MetadataText, file: str, log: Log) -> None:
    """Warn of what a work should say and does not. A key that stands there and is unsound has been reported."""
    if not text.whole:
        return

    def absent(*keys: str) -> bool:
        return not any(key in given or key in text.lost for key in keys)

    if absent("author", "editor", "contributors") or _nobody_wrote_it(given):
        hint = "add a line “author: ...” or “editor: ...”"
        log.report("author-present", "the publication names neither an author nor an editor", file=file, hint=hint)
    if absent("lang", "language"):
        message = "the publication does not say its language"
        log.report("language-present", message, file=file, hint="add a line “lang: en”")
    if absent("date"):
        log.report("date-present", "the publication has no date", file=file, hint="add a line “date: 2016-03-02”")


def _nobody_wrote_it(given: Given) -> bool:
    """Whether contributors are named, but none of them as author or editor."""
    people: tuple[Contributor, ...] = contributors(given)
    keys = [key for key in ("author", "editor") if key in given]
    return bool(people) and not keys and not any(p.role in _AUTHORS for p in people)


# Those who answer for a text: author, editor, editor of compilation, compiler, creator, adapter, translator.
_AUTHORS = frozenset({"aut", "edt", "edc", "com", "cre", "adp", "aus", "art"})
