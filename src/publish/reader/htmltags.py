"""The tags of HTML: how they are read, which are safe, and which closing tag belongs to which opening one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from publish.reader.characters import resolve
from publish.reader.reading import Reading
from publish.reader.targets import scheme
from publish.records import dataclass

# No tag reaches across what was read before it, for which marks stand (see inlines).
_MARKS = "\U000f0000-\U0010ffff"
TAG = re.compile(
    rf"""<(/?)((?:[A-Za-z]:)?[A-Za-z][A-Za-z0-9-]*+)
    ((?:\s++[^\s"'<>/={_MARKS}]++(?:\s*+=\s*+(?:"[^"{_MARKS}]*+"|'[^'{_MARKS}]*+'|[^\s"'=<>`{_MARKS}]++))?)*)\s*+(/?)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

INLINES = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
# Elements whose words are not text, and further ones that begin a block of HTML (CommonMark 4.6, kinds 1 and 6).
RAW = frozenset({"pre", "script", "style", "textarea"})
REFUSED_BLOCKS = frozenset(
    [
        "base",
        "basefont",
        "body",
        "center",
        "col",
        "colgroup",
        "dialog",
        "dir",
        "fieldset",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "legend",
        "link",
        "main",
        "menu",
        "menuitem",
        "nav",
        "noframes",
        "optgroup",
        "option",
        "param",
        "script",
        "search",
        "source",
        "style",
        "textarea",
        "title",
        "track",
    ]
)
_KNOWN = frozenset(
    {"audio", "big", "button", "canvas", "embed", "font", "input", "label", "object", "picture", "select"}
)
_KNOWN |= {"strike", "svg", "video"}
VOID = frozenset({"br", "hr", "img", "wbr"})
_EVERYWHERE = frozenset({"id", "class", "lang", "xml:lang", "title", "dir"})
_ON = {
    "a": frozenset({"href", "name"}),
    "blockquote": frozenset({"cite"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_NUMBERS = {"colspan": 100, "rowspan": 100, "start": 999_999_999, "value": 999_999_999}
_WORDS = {
    "dir": ("ltr", "rtl", "auto"),
    "scope": ("row", "col", "rowgroup", "colgroup"),
    "type": ("1", "a", "A", "i", "I"),
}


@dataclass(frozen=True)
class Tag:
    """A tag as written: its name in lower case, and where it and its attributes stand."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[tuple[str, str, int], ...] = ()

    @classmethod
    def of(cls, match: re.Match[str]) -> Tag:
        """Make a tag of a match of ``TAG``."""
        offset = match.start(3)
        found = tuple(
            (a[1].lower(), resolve(next((v for v in a.groups()[1:] if v is not None), "")), offset + a.start())
            for a in _ATTRIBUTE.finditer(match[3])
        )
        return cls(match[2].lower(), match[1] == "/", match.start(), match.end(), found)

    def get(self, name: str) -> str | None:
        """Give an attribute's value, or None when it has none of that name."""
        return next((value for key, value, _ in self.attributes if key == name), None)


@dataclass(frozen=True)
class Safe:
    """What is kept of a tag's attributes: name and language apart from the rest."""

    id: str = ""
    language: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes among them."""
        return tuple(name for key, value in self.attributes if key == "class" for name in value.split())


class Tags:
    """The inline tags of one string, and the closing tag of each opening one, found in one pass."""

    def __init__(self, data: str) -> None:
        self.at: dict[int, Tag] = {}
        self.close: dict[int, Tag] = {}
        self.comments: dict[int, int] = {}
        opened: dict[str, list[Tag]] = {}
        for tag in tags_in(data, self.comments):
            self.at[tag.start] = tag
            if not tag.closing:
                opened.setdefault(tag.name, []).append(tag)
            elif opened.get(tag.name):
                partner = opened[tag.name].pop()
                self.close[partner.start] = self.close[tag.start] = tag


def tags_in(text: str, comments: dict[int, int] | None = None) -> Iterator[Tag]:
    """Give the tags of a text in order, those in comments left out.

    Comments go to ``comments``: where each begins and ends. One that never ends leads to -1.
    """
    here = 0
    while (here := text.find("<", here)) >= 0:
        if text.startswith("<!--", here):
            end = comment_end(text, here)
            if comments is not None:
                comments[here] = end
            if end < 0:
                # No later comment ends either; the text is not searched again for each.
                break
            here = end
        elif match := TAG.match(text, here):
            yield Tag.of(match)
            here = match.end()
        else:
            here += 1


def comment_end(text: str, start: int) -> int:
    """Give the index after a comment, or -1; ``<!-->`` and ``<!--->`` are whole ones."""
    for short in ("<!-->", "<!--->"):
        if text.startswith(short, start):
            return start + len(short)
    end = text.find("-->", start + 4)
    return end + 3 if end >= 0 else -1


def safe(tag: Tag, reading: Reading, place: Callable[[int], int]) -> Safe:
    """Keep what is safe of a tag's attributes, and report the rest.

    ``place`` leads from an index in the string where the tag stands to an offset in the file.
    """
    name, language = "", ""
    kept: list[tuple[str, str]] = []
    allowed = _EVERYWHERE | _ON.get(tag.name, frozenset())
    for key, value, at in tag.attributes:
        if key not in allowed or not _sound(key, value):
            _refuse(tag, key, value, reading, place(at), known=key in allowed)
        elif key in ("id", "name"):
            name = name or value
        elif key in ("lang", "xml:lang"):
            language = reading.language(value, place(at))
        elif key not in ("href", "src", "alt", "width", "height"):
            kept.append((key, key if key in ("open", "reversed") else " ".join(value.split())))
    start = place(tag.start)
    name = reading.claim(name, reading.span(start, start + tag.end - tag.start))
    return Safe(name, language, tuple(dict(kept).items()))


def _sound(key: str, value: str) -> bool:
    if key in _NUMBERS:
        return value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= _NUMBERS[key]
    if key in _WORDS:
        return value in _WORDS[key]
    return key != "cite" or scheme(value) in ("http", "https")


def _refuse(tag: Tag, key: str, value: str, reading: Reading, at: int, *, known: bool) -> None:
    what = f"the value “{value[:40]}” of the attribute {key}" if known else f"the attribute {key}"
    allowed = sorted(_EVERYWHERE | _ON.get(tag.name, frozenset()))
    reading.report(
        "html-safe",
        f"{what} of <{tag.name}> is not among those that are safe in a book",
        at,
        at + len(key),
        hint=f"delete it; <{tag.name}> takes {', '.join(allowed)}",
    )


def refuse_tag(tag: Tag, reading: Reading, at: int) -> None:
    """Report an element that is not safe."""
    reading.refused.add(tag.name)
    known = tag.name in REFUSED_BLOCKS or tag.name in _KNOWN
    near = "" if known else reading.near(tag.name, INLINES | BLOCKS)
    hint = "delete it" if known else f"{near} if no HTML is meant, write \\<{tag.name}>".strip()
    reading.report(
        "html-safe",
        f"the HTML element <{tag.name}> is not among those that are safe in a book",
        at,
        at + tag.end - tag.start,
        hint=hint,
    )
