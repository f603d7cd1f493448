"""The table of keys: everything that may stand in publication.yaml and in front matter.

It is the only such list: what is read, what is proposed when a key is unknown, and the JSON Schemas that editors
complete keys by all come from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from publish.diagnostics import Log
from publish.document import DIVISION_ROLES, Conformance, Contributor, Identifier, Series, Subject
from publish.project import addresses, dates, languages, numbers, printing, trim
from publish.project.kinds import Checked, Choice, Flag, Located, Many, Open, Text
from publish.project.people import ROLE_CODES, ROLE_WORDS, file_as
from publish.project.rules import Rules
from publish.project.styles import theme_names
from publish.project.tables import Given, Key, Record, Table

FORMAT_NAMES = ("pdf", "epub")
"""The formats that can be asked for: the names in the table of ``publish.formats``, which is a floor above."""

ROLE_SPELLINGS = {
    **{role: role for role in DIVISION_ROLES},
    "acknowledgments": "acknowledgements",
    "acknowledgement": "acknowledgements",
    "article": "essay",
    "references": "bibliography",
}
"""What a division may be, in every spelling that is taken."""

# --- kinds of value ------------------------------------------------------------------------------------------------

_TEXT, _PARAGRAPHS = Text(), Text(paragraphs=True)
_DATE = Checked(dates.date, "date-valid", "a date", dates.PATTERN, numbers=True)
_LANGUAGE = Checked(languages.language, "language-valid", "a language tag", languages.PATTERN)
_ISBN = Checked(numbers.isbn, "isbn-valid", "an ISBN", numbers=True)
_ORCID = Checked(numbers.orcid, "orcid-valid", "an ORCID iD", numbers=True)
_DOI = Checked(numbers.doi, "value-type", "a DOI")
_ISSN = Checked(numbers.issn, "value-type", "an ISSN", numbers=True)
_UUID = Checked(numbers.uuid, "value-type", "a UUID")
_ADDRESS = Checked(addresses.address, "value-type", "a web address", addresses.PATTERN)
_TRIM = Checked(trim.trim, "value-known", "a page size", trim.PATTERN, tuple(trim.NAMED))
_THEME = Choice({name: name for name in theme_names()}, "a theme")
_HEADINGS = Choice({"block": "block", "run-in": "run-in"}, "a way to set headings")
_PAGES = Choice({"print": "print", "none": "none"}, "a source of page numbers")
_CAPTIONS = Choice({"plain": "plain", "numbered": "numbered"}, "a way to set captions")
_QUOTES = Choice({"by-language": "by-language", "as-typed": "as-typed"}, "a way to set quotes")
_OPENINGS = Choice(
    {name: name for name in ("plain", "drop-cap", "small-caps", "drop-cap-and-small-caps")},
    "a way for a first paragraph to begin",
)
_ROLE = Choice(ROLE_SPELLINGS, "a role of a division")
_FORMAT = Choice({name: name for name in FORMAT_NAMES}, "a format")
_DID = Choice(ROLE_WORDS, "a role of a contributor", quiet=ROLE_CODES)
_TYPE = Choice(
    {"person": "person", "organisation": "organisation", "organization": "organisation"}, "a type of contributor"
)

_NOTES = Choice({"continuous": "continuous", "division": "division"}, "a way to number notes")
_STANDARDS = Choice(
    {
        spelling: f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
        for version in ("2.2", "2.1", "2.0")
        for level in ("AA", "A", "AAA")
        for spelling in (f"WCAG {version} {level}", f"EPUB Accessibility 1.1 - WCAG {version} Level {level}")
    },
    "a standard of accessibility",
)

# --- values of several keys ----------------------------------------------------------------------------------------

CONTRIBUTOR = Table(
    (
        Key("name", _TEXT, "The name as it is printed.", needed=True),
        Key("role", Many(_DID), "What was done: author, editor, translator, or another MARC relator."),
        Key("file-as", _TEXT, "The name to sort by, as “Author, An”. Made from the name when absent."),
        Key("type", _TYPE, "“organisation” keeps the name as it is when it is sorted."),
        Key("orcid", _ORCID, "The ORCID iD, as 0000-0002-1825-0097."),
        Key("affiliation", Many(_TEXT), "Where the person works.", also=("affiliations",)),
        Key("bio", _PARAGRAPHS, "A few sentences about the person."),
    )
)


def _contributor(default: str, given: Given, _log: Log) -> tuple[Contributor, ...]:
    """Give the contributor, once for each role."""
    name = given.text("name")
    sorted_by = given.text("file-as") or file_as(name, organisation=given.text("type") == "organisation")
    affiliation = "; ".join(given.all("affiliation", str))
    about = (given.text("orcid"), affiliation, given.text("bio"), given.span)
    return tuple(Contributor(name, role, sorted_by, *about) for role in given.all("role", str) or (default,))


def _people(default: str) -> Many:
    return Many(Record("contributor", CONTRIBUTOR, partial(_contributor, default), "a name, or a name with more"))


SUBJECT = Table(
    (
        Key("name", _TEXT, "The heading in words.", needed=True),
        Key("authority", _TEXT, "Whose heading it is: BISAC, Thema, LCSH."),
        Key("code", _TEXT, "Its code there."),
    )
)

SERIES = Table(
    (
        Key("title", _TEXT, "The title of the series.", needed=True),
        Key("number", _TEXT, "The number in the series.", also=("volume",)),
    )
)

IDENTIFIERS = Table(
    (
        Key("isbn-print", _ISBN, "The ISBN of the printed book."),
        Key("isbn-epub", _ISBN, "The ISBN of the EPUB."),
        Key("isbn-pdf", _ISBN, "The ISBN of the PDF."),
        Key("isbn", _ISBN, "The ISBN, when there is only one."),
        Key("doi", _DOI, "The DOI, as 10.1000/182."),
        Key("issn", _ISSN, "The ISSN of the series or the journal."),
        Key("uuid", _UUID, "A UUID, when there is no other number."),
    )
)

ACCESSIBILITY = Table(
    (
        Key("conforms-to", _STANDARDS, "What the EPUB shall claim to conform to: WCAG 2.2 AA.", needed=True),
        Key("certified-by", _TEXT, "Who answers for the claim: a person or an organisation.", needed=True),
        Key("credential", _TEXT, "The certifier's credential, by its web address."),
        Key("report", _TEXT, "The web address of the report on the examination."),
    )
)

STYLE = Table(
    (
        Key("theme", _THEME, f"The theme: {', or '.join(theme_names())}."),
        Key("headings", _HEADINGS, "Whether section headings stand above their text or run in to it."),
        Key("trim", _TRIM, "The finished page: A5, B-format, 148x210mm, 6x9in.", also=("page-size", "papersize")),
        Key("notes", _NOTES, "Whether notes are numbered through the whole (continuous) or anew in each division."),
        Key(
            "prelims",
            Flag(),
            "Whether cover, title page, imprint and contents are printed before the text.",
        ),
        Key("pages", _PAGES, "Whose page numbers an EPUB carries: those in print (where a PDF is made), or none."),
        Key(
            "captions",
            _CAPTIONS,
            "Whether every captioned figure and table is numbered (numbered), or only once one is referred to (plain).",
        ),
        Key(
            "quotes",
            _QUOTES,
            "Whether quotes, dashes, ellipses and spaces are set as each language does, or stay as typed.",
        ),
        Key(
            "openings",
            _OPENINGS,
            "How the first paragraph of an essay or chapter begins: plain, drop-cap, small-caps (its first words), or "
            "drop-cap-and-small-caps. When absent: as the theme has it.",
        ),
        Key("options", Open(), "Further options of the theme, by name."),
    )
)


def _subject(given: Given, _log: Log) -> Subject:
    return Subject(given.text("name"), given.text("authority"), given.text("code"))


def _series(given: Given, _log: Log) -> Series:
    return Series(given.text("title"), given.text("number"))


def _identifiers(given: Given, _log: Log) -> tuple[Identifier, ...]:
    return tuple(Identifier(scheme, str(value)) for scheme, value in given.values.items())


def _conformance(given: Given, _log: Log) -> Conformance:
    credential, report = given.text("credential"), given.text("report")
    return Conformance(given.text("conforms-to"), given.text("certified-by"), credential, report, given.span)


def _as_given(given: Given, _log: Log) -> Given:
    return given


# --- the keys ------------------------------------------------------------------------------------------------------

_NAMED = (
    Key("title", _TEXT, "The title. One with a colon in it stands in quotation marks.", needed=True),
    Key("subtitle", _TEXT, "The subtitle."),
)

PEOPLE = (
    Key("author", _people("aut"), "Who wrote it: a name, a list of names, or names with more.", ("authors", "creator")),
    Key("editor", _people("edt"), "Who edited it.", ("editors",)),
    Key("translator", _people("trl"), "Who translated it.", ("translators",)),
    Key("illustrator", _people("ill"), "Who illustrated it.", ("illustrators",)),
    Key("contributors", _people("ctb"), "Everybody who made it, each with a role.", ("contributor",)),
)

_COMMON = (
    Key("date", _DATE, "The date of publication: 2016, 2016-03 or 2016-03-02."),
    Key("lang", _LANGUAGE, "The language's tag: en, en-GB, ru, ko.", ("language",)),
    Key("description", _PARAGRAPHS, "A few sentences on what it is about.", ("abstract",)),
)

_WORK = (
    Key(
        "subjects",
        Many(Record("subject", SUBJECT, _subject, "a subject in words, or its name, authority and code")),
        "What it is about, in the words of a list of subjects.",
        ("subject",),
    ),
    Key("keywords", Many(_TEXT, ";,"), "What it is about, in words of your own.", ("keyword", "tags")),
    Key("publisher", _TEXT, "Who publishes it."),
    Key("place", _TEXT, "Where it is published.", ("location",)),
    Key("rights", _PARAGRAPHS, "The line of copyright: © 2016 the authors.", ("copyright",)),
    Key("license", _TEXT, "The licence's web address or name.", ("licence",)),
    Key(
        "identifiers",
        Record("identifiers", IDENTIFIERS, _identifiers, "numbers by their kind", short=False),
        "The numbers it is known by: isbn-print, isbn-epub, doi, ...",
    ),
    Key("series", Record("series", SERIES, _series, "a title, or a title and a number"), "The series it belongs to."),
    Key(
        "accessibility",
        Record("accessibility", ACCESSIBILITY, _conformance, "a standard and who certifies it", short=False),
        "A claim that the EPUB conforms to a standard of accessibility. It is made only when every check passes.",
    ),
    Key("edition", _TEXT, "The edition, in words: Second edition."),
    Key("cover", Located(), "The cover's picture, from this folder. Made by the theme when absent.", ("cover-image",)),
)

_FILES = Many(Located())

_BIBLIOGRAPHY = Key("bibliography", _FILES, "Files of the works that are cited: BibTeX (.bib) or CSL-JSON (.json).")
_CITATION_STYLE = Key(
    "citation-style",
    Located(),
    "How citations are set: chicago-author-date, chicago-notes-bibliography, apa, ..., or the path of a CSL file.",
    ("csl",),
)

_ORDER = (
    Key(
        "front",
        _FILES,
        "Files before the text, from the manuscript folder: dedication, preface. Also lists, by name: list-of-figures.",
    ),
    Key("body", _FILES, "Files of the text, in order. When no order is given: by file name."),
    Key(
        "back",
        _FILES,
        "Files after the text: acknowledgements, appendix. Also lists, by name: bibliography, contributors, index.",
    ),
)

_MAKING = (
    Key("style", Record("style", STYLE, _as_given, "theme, trim, headings, ...", short=False), "How it looks."),
    _CITATION_STYLE,
    Key("formats", Many(_FORMAT), "Which files to make: pdf, epub."),
    Key("profiles", Many(printing.KIND), "Whom PDFs are for: screen, archive, offset, ingram, pod-grey.", ("profile",)),
    Key("url", _ADDRESS, "The web address of the catalogue that publish release puts it into.", ("website",)),
    Key("rules", Rules(), "Warnings to switch off by name: {caption-has-credit: off}."),
)

_OF_A_DIVISION = (
    Key("role", _ROLE, "What the division is: essay, introduction, chapter, dedication, appendix, ..."),
    Key("headings", _HEADINGS, "Whether this division's headings run in to their text."),
    _BIBLIOGRAPHY,
    Key("slug", _TEXT, "Its name in file names and links. Made from the file's name when absent.", ("id",)),
)


def _freely(keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """The keys, none of them needed: a division's title may be its first heading."""
    return tuple(Key(key.name, key.kind, key.says, key.also) for key in keys)


# --- the tables ----------------------------------------------------------------------------------------------------

# Keys of other tools, with what to do instead.
_ELSEWHERE = {
    "toc": "publish makes the contents by itself; take the line away",
    "number-sections": "publish numbers no sections; take the line away",
    "link-citations": "publish links citations to the bibliography by itself; take the line away",
    "reference-section-title": "write a heading before ::: bibliography",
    "nocite": "publish lists the works that are cited; take the line away",
    "draft": "leave the file out of the order of the book, or begin its name with “_”",
    "categories": "say it as “keywords”, in publication.yaml",
    "tags": "say it as “keywords”, in publication.yaml",
    "isbn": "numbers stand under “identifiers”",
    "layout": "take the line away; how it looks is said under “style” in publication.yaml",
}


def _help_in_publication(name: str) -> str:
    if name in STYLE.spellings:
        return f"“{name}” stands under “style”"
    if name in IDENTIFIERS.spellings:
        return f"“{name}” stands under “identifiers”"
    if name in DIVISION.spellings:
        return f"“{name}” stands in the front matter of a Markdown file"
    return _ELSEWHERE.get(name, "")


def _help_in_division(name: str) -> str:
    if name in PUBLICATION.spellings:
        return f"“{name}” stands in publication.yaml"
    return _help_alone(name)


def _help_alone(name: str) -> str:
    if name in ("front", "body", "back"):
        return "an order of files stands in publication.yaml"
    if name in STYLE.spellings:
        return f"“{name}” stands under “style”"
    return _ELSEWHERE.get(name, "")


def _table(hint: Callable[[str], str], *groups: tuple[Key, ...]) -> Table:
    return Table(tuple(key for group in groups for key in group), hint)


PUBLICATION = _table(_help_in_publication, _NAMED, PEOPLE, _COMMON, _WORK, _ORDER, (_BIBLIOGRAPHY,), _MAKING)
"""publication.yaml."""

DIVISION = _table(_help_in_division, _freely(_NAMED), PEOPLE, _COMMON, _OF_A_DIVISION)
"""The front matter of a division in a publication."""

ESSAY = _table(_help_alone, _freely(_NAMED), PEOPLE, _COMMON, _OF_A_DIVISION, _WORK, _MAKING)
"""The front matter of a Markdown file that is a publication by itself."""
