"""A CSL style, read by citeproc-py with our elements in place of its own where those are wrong."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from citeproc import LOCALES_PATH, PRIMARY_DIALECTS, frontend, model
from lxml import etree

from publish.citations.engine import dates, elements, names
from publish.citations.engine.state import State, Words
from publish.citations.marks import Formatter

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_OURS = {
    "text": elements.Text,
    "number": elements.Number,
    "label": elements.Label,
    "group": elements.Group,
    "if": elements.If,
    "else-if": elements.ElseIf,
    "date": dates.Date,
    "names": names.Names,
    "name": names.Name,
    "et-al": names.EtAl,
    "substitute": names.Substitute,
}


class StyleError(Exception):
    """A style that cannot be used; ``line`` is where, or 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Reader(frontend.CitationStylesXML):
    """citeproc-py's reader of styles and locales, without its guesses about where a name leads."""

    def __init__(self, data: bytes) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        table = lookup.get_namespace(_NAMESPACE)
        table[None] = model.CitationStylesElement
        for one in model.CitationStylesElement.__subclasses__():
            table[one.__name__.replace("_", "-").lower()] = one
        table.update(_OURS)
        self.parser = etree.XMLParser(remove_comments=True, no_network=True, resolve_entities=False, load_dtd=False)
        self.parser.set_element_class_lookup(lookup)
        self.root: Any = etree.fromstring(data, self.parser)


def is_note(data: bytes) -> bool:
    """Whether a style puts citations in notes. Raises StyleError when the data is no independent CSL style."""
    return bool(_checked(data).get("class") == "note")


def _checked(data: bytes) -> Any:
    """Give the root of a style that holds what every style must."""
    try:
        root = _Reader(data).root
    except etree.XMLSyntaxError as error:
        raise StyleError(f"it is not well-formed XML: {error.msg}", error.lineno or 0) from None
    if root.tag != f"{{{_NAMESPACE}}}style":
        raise StyleError("it is not a CSL style", root.sourceline or 0)
    parent = root.find("cs:info/cs:link[@rel='independent-parent']", root.nsmap)
    if parent is not None:
        name = (parent.get("href") or "").rstrip("/").rsplit("/", 1)[-1]
        raise StyleError(f"it only points to another style, “{name}”: name that one", parent.sourceline or 0)
    if root.find("cs:citation/cs:layout", root.nsmap) is None:
        raise StyleError("it says nothing about citations", root.sourceline or 0)
    macros = {macro.get("name") for macro in root.findall("cs:macro", root.nsmap)}
    for use in root.iterfind(".//*[@macro]", root.nsmap):
        if use.get("macro") not in macros:
            raise StyleError(f"it uses a macro “{use.get('macro')}” that it does not have", use.sourceline or 0)
    return root


class Style:
    """A style in a language (BCP 47). Raises StyleError when the data is no independent CSL style."""

    def __init__(self, data: bytes, language: str) -> None:
        self.root: Any = _checked(data)
        default = self.root.get("default-locale")
        self.language = locale_of(language or default or "en")
        self.root.formatter = Formatter
        self.root.locales = self._locales()
        for one in self.root.locales:
            one.style = self.root
        # Works that do not say their language are taken to be in the publication's.
        english = self.language.startswith("en")
        self.state = State(Words(self.root.locales, self.language), english)
        self.state.explicit_suffix = bool(
            self.root.xpath("//cs:text[@variable='year-suffix']", namespaces=self.root.nsmap)
        )
        self.root.state = self.state

    def _locales(self) -> list[Any]:
        """Give the style's own locales that fit, then CSL's for the language, then English."""
        tag, short = self.language, self.language.split("-")[0]
        own = {one.get("{http://www.w3.org/XML/1998/namespace}lang"): one for one in self._own_locales()}
        locales = [own[name] for name in dict.fromkeys((tag, short, None)) if name in own]
        names = [name for name in dict.fromkeys((tag, PRIMARY_DIALECTS.get(short), "en-US")) if name]
        return locales + [_Reader(data).root for name in names if (data := locale_data(name)) is not None]

    def _own_locales(self) -> list[Any]:
        return list(self.root.findall("cs:locale", self.root.nsmap))

    @property
    def is_note(self) -> bool:
        """Whether citations go into notes."""
        return bool(self.root.get("class") == "note")

    @cached_property
    def citation(self) -> Any:
        """The element that says how works are cited."""
        return self.root.find("cs:citation", self.root.nsmap)

    @cached_property
    def bibliography(self) -> Any:
        """The element that says how they are listed, or None."""
        return self.root.find("cs:bibliography", self.root.nsmap)

    @property
    def stops_in_quotes(self) -> bool:
        """Whether a stop goes inside closing quotation marks."""
        return str(self.root.get_locale_option("punctuation-in-quote") or "").lower() == "true"

    def quotation_marks(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Give the outer and the inner quotation marks of the language."""
        words = self.state.words
        outer = words.get("open-quote") or "“", words.get("close-quote") or "”"
        return outer, (words.get("open-inner-quote") or "‘", words.get("close-inner-quote") or "’")


def locale_of(language: str) -> str:
    """Give CSL's locale for a language tag: ``de-AT`` as it is, ``de`` as ``de-DE``; English when there is none."""
    parts = language.replace("_", "-").split("-")
    tag = "-".join([parts[0].lower(), *(p.upper() if len(p) == 2 else p.title() for p in parts[1:])])
    if locale_data(tag) is not None:
        return tag
    return str(PRIMARY_DIALECTS.get(parts[0].lower(), "en-US"))


def locale_data(name: str) -> bytes | None:
    """Give the bytes of one of CSL's locales, or None when there is none of that name."""
    from pathlib import Path

    path = Path(LOCALES_PATH) / f"locales-{name}.xml"
    return path.read_bytes() if name.replace("-", "").isalnum() and path.is_file() else None
