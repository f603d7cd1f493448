"""What can be wrong, and what is: rules, diagnostics and the log that every stage is handed.

A rule is named for what holds when all is well (``image-exists``). A diagnostic is data; printing it is the
command's work (``publish.cli``). An error stops the run after its stage; a warning can be switched off by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from publish.records import dataclass
from publish.source import Span


class Severity(StrEnum):
    """How bad it is. Only a warning can be switched off."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Rule:
    """A sentence that holds when all is well, under the name by which diagnostics and publication.yaml know it."""

    name: str
    severity: Severity
    holds: str


@dataclass(frozen=True)
class Edit:
    """Put ``text`` in the place of what stands in ``span``; a span of no length is a place to put it into."""

    span: Span
    text: str


@dataclass(frozen=True)
class Fix:
    """What certainly mends a mistake and changes nothing that the author said.

    ``what`` says what is done, as an order ("put the value in quotation marks"). All ``edits`` are made or none; they
    lie in one file, apart from each other and in their order.
    """

    what: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong.

    ``span`` is its place in the manuscript; without one, ``file`` names the file it concerns (or is empty).
    ``message`` says what is wrong in an editor's words; ``hint`` says what to do. ``about`` is the thing itself, as
    data, where a later stage may find its place in the manuscript: the character that has no glyph. ``fix`` is what
    ``publish check --fix`` may do about it, where that is certain.
    """

    rule: Rule
    message: str
    span: Span | None = None
    file: str = ""
    hint: str = ""
    about: str = ""
    fix: Fix | None = field(default=None, compare=False)

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.rule.severity

    @property
    def place(self) -> str:
        """``file:line:column``, ``file`` or nothing."""
        return str(self.span) if self.span else self.file

    @property
    def _order(self) -> tuple[str, int, int, str, str]:
        if self.span is None:
            return (self.file, 0, 0, self.rule.name, self.message)
        line, column = self.span.begin
        return (self.span.source.name, line, column, self.rule.name, self.message)


@dataclass
class Log:
    """The diagnostics of one run. ``off`` names the warnings that publication.yaml switched off."""

    off: frozenset[str] = frozenset()
    _found: dict[Diagnostic, None] = field(default_factory=dict)

    def report(
        self,
        rule: str,
        message: str,
        span: Span | None = None,
        *,
        file: str = "",
        hint: str = "",
        about: str = "",
        fix: Fix | None = None,
    ) -> None:
        """Note that a rule is broken; the same diagnostic twice counts once.

        Raises KeyError for a rule that the table does not have.
        """
        diagnostic = Diagnostic(RULES[rule], message, span, file, hint, about, fix)
        if diagnostic.severity is Severity.WARNING and rule in self.off:
            return
        self._found.setdefault(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over diagnostics found elsewhere."""
        for d in diagnostics:
            self.report(d.rule.name, d.message, d.span, file=d.file, hint=d.hint, about=d.about, fix=d.fix)

    def switch_off(self, rules: Iterable[str]) -> None:
        """Switch warnings off by name, those already found among them."""
        self.off |= frozenset(rules)
        for d in [d for d in self._found if d.rule.name in self.off and d.severity is Severity.WARNING]:
            del self._found[d]

    def __iter__(self) -> Iterator[Diagnostic]:
        """Give the diagnostics by file, line and column."""
        return iter(sorted(self._found, key=lambda d: d._order))

    def __len__(self) -> int:
        return len(self._found)

    def count(self, severity: Severity) -> int:
        """How many diagnostics of this severity there are."""
        return sum(d.severity is severity for d in self._found)

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(d.severity is Severity.ERROR for d in self._found)

    @property
    def fixable(self) -> int:
        """How many diagnostics carry a fix."""
        return sum(d.fix is not None for d in self._found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give ``did you mean “x”?`` for the nearest known word, or an empty string."""
    near = _nearest(word, tuple(known))
    return f"did you mean “{near}”?" if near else ""


@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), "")


def _table(severity: Severity, rules: Mapping[str, str]) -> Iterator[tuple[str, Rule]]:
    return ((name, Rule(name, severity, holds)) for name, holds in rules.items())


_ERRORS = {
    # files
    "file-exists": "Every file that the publication names exists.",
    "file-inside": "Every file used lies inside the publication's folder, also where a symbolic link leads.",
    "file-readable": "Every file used can be read.",
    "file-utf8": "Every text file is encoded in UTF-8.",
    "file-size": "No text file is larger than it can reasonably be.",
    # publication.yaml and front matter
    "yaml-wellformed": "Metadata is well-formed YAML.",
    "yaml-plain": "Metadata uses no anchors, aliases, tags or merge keys.",
    "title-quoted": "A value with a colon in it stands in quotation marks.",
    "key-known": "Every key is one that publish knows.",
    "key-once": "No key is given twice.",
    "value-type": "Every value is of the kind that its key takes.",
    "value-known": "Where a key takes one of several words, its value is one of them.",
    "title-present": "The publication, each division and each section have a title.",
    "date-valid": "A date is a year, a month or a day that exists, as 2016, 2016-03 or 2016-03-02.",
    "language-valid": "A language is given by its tag (BCP 47): en, en-GB, ru, ko.",
    "isbn-valid": "An ISBN has 13 digits and its check digit is right.",
    "orcid-valid": "An ORCID iD has 16 characters and its check character is right.",
    "rule-known": "A rule that is switched off exists and is a warning.",
    "division-present": "A publication has at least one division.",
    "bibliography-wellformed": "Every bibliography file is well-formed BibTeX or CSL-JSON.",
    "citation-style-sound": "The citation style is one that comes with publish, or a sound CSL file.",
    "division-once": "A file stands only once in the order of the book.",
    # the manuscript
    "html-safe": "Raw HTML uses only elements and attributes that are safe in print and in readers.",
    "note-defined": "Every note that is called is written.",
    "note-once": "No note is written twice.",
    "citation-defined": "Every work that is cited stands in a bibliography file.",
    "citation-once": "No work that is cited has another under the same key.",
    "id-unique": "No name (id) is given twice in the publication.",
    "link-target-exists": "A link inside the publication leads to something that exists.",
    "formula-readable": "Every formula between dollars can be read.",
    "block-closed": "Every block opened with ::: or ``` is closed.",
    "attributes-wellformed": "Attributes in braces are well formed.",
    "image-exists": "Every picture exists, under exactly the name given.",
    "image-readable": "Every picture is whole and of a kind that books can hold.",
    "image-size": "No picture has more pixels than can be handled.",
    "text-characters": "The text holds no control characters or broken characters.",
    "nesting-shallow": "Nothing is nested deeper than a page can show.",
    "claim-holds": "An EPUB that claims to be accessible passes every check of it.",
    "no-template-syntax": "No commands for another program are left in the text; they would be printed as they stand.",
    # what is made
    "template-sound": "Every template can be rendered and yields well-formed XHTML.",
    "glyph-exists": "Every character has a glyph in the theme's fonts.",
    "resource-local": "Nothing that the pages use comes from outside the publication and the theme.",
    "layout-finished": "The layout finishes within its limits of time and memory.",
    "note-printed": "Every note is printed exactly once, and whole.",
    "epub-valid": "The EPUB is whole and keeps every word, link and note; EPUBCheck finds nothing wrong with it.",
    "pdf-valid": "The PDF is whole, tagged and says what it is; veraPDF finds nothing wrong with it.",
    "press-ready": "A file for a printer keeps the rules of its profile: colours, ink, boxes, bleed, text in black.",
    "profile-fit": "A press profile is an ICC profile of a CMYK press.",
    "output-written": "The finished file can be written where it is wanted.",
    # what is released
    "version-sound": "A version is numbers with points between them, as 1.2.0, and comes after those that are out.",
    "version-kept": "What is out under a version stays as it is; whatever has changed comes out as a new one.",
    "release-whole": "A release holds every file that it lists, each as it was released.",
    "release-sent": "A release is sent whole, arrives whole, and changes no version that was sent before.",
    "release-linked": "Every link inside a release leads to something that is there.",
    "record-sound": "The feeds and records of a release are what their standards ask, and agree with its files.",
}

_WARNINGS = {
    "author-present": "The publication names an author or an editor.",
    "language-present": "The publication says which language it is in.",
    "date-present": "The publication has a date.",
    "rights-present": "A publication that names its publisher or its ISBN says whose rights it carries.",
    "image-has-alt": 'Every picture has a description (alt), or says with alt="" that it only decorates.',
    "caption-is-not-alt": "A picture's description is not its caption over again.",
    "caption-has-credit": "A captioned picture says whose it is.",
    "bibliography-known": "What the bibliography says of a work that is cited can be printed.",
    "bibliography-named": "A publication that cites works names its bibliography file.",
    "image-resolution": "Every picture has the pixels that its printed size asks for, 200 an inch at the least.",
    "note-used": "Every note that is written is called.",
    "index-entry-known": "What the index says to see is an entry of it.",
    "note-beside-call": "Every note is printed on the page of its call.",
    "inside-page": "Every table stands inside its page; one that is too wide for it has a page turned on its side.",
    "abbreviation-used": "Every abbreviation that is explained stands in the text, and is explained once.",
    "code-language-known": "The language of a block of code is one that publish can colour, or none is named.",
    "heading-marked": "The marks of a heading (##) have a space behind them.",
    "html-apart": "A blank line parts Markdown from the HTML around it, inside which it would be printed as typed.",
    "list-apart": "A blank line parts a list from the text before it where Markdown would not see it otherwise.",
    "text-composed": "A letter with an accent is one character where Unicode has one (NFC).",
    "quotes-not-mixed": "Quotation marks and apostrophes are typed straight or curly, not both in one file.",
    "language-of-script": "Words in another script than their language's say which language they are in.",
    "heading-levels": "Headings go down one level at a time.",
    "div-known": "Every ::: block is of a kind that the theme knows.",
    "attribute-known": "Every attribute in braces is one that publish knows.",
    "manuscript-used": "Every Markdown file in the manuscript folder stands in the order of the book.",
    "list-filled": "A list that the book shall have has something in it.",
    "font-licensed": "Every font that a file carries allows it.",
    "cover-large": "A cover picture has at least 1400 pixels on its shorter side, which bookshops ask for.",
    "nothing-lost": "A PDF, read back, says all that the manuscript says: words, headings, links, notes, pictures.",
    "epub-accessible": "Everybody can read an EPUB on every device; Ace, which judges that, finds nothing wrong.",
    "press-advised": "A file for a printer has the pages and the resolution that he asks for.",
    "referee-present": "The referees that judge a finished file are installed.",
    "address-present": "A publication that is released says at which web address its catalogue stands.",
    "changes-told": "A new version of a publication that is out says what has changed.",
    "release-tidy": "A release holds nothing beside the files that it lists.",
}

RULES: Mapping[str, Rule] = MappingProxyType(
    {**dict(_table(Severity.ERROR, _ERRORS)), **dict(_table(Severity.WARNING, _WARNINGS))}
)
