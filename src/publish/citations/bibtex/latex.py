"""LaTeX as it stands in fields of BibTeX: accents, letters, dashes, quotation marks, italics; no typesetting."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import field
from importlib.resources import files

from publish.citations.marks import BOLD, ITALIC, NO_CASE, QUOTED, SMALL_CAPS, SUBSCRIPT, SUPERSCRIPT, UNDERLINE, Mark
from publish.records import dataclass

_TABLES = tomllib.loads((files(__package__) / "latex.toml").read_text(encoding="utf-8"))
_ACCENTS: dict[str, str] = _TABLES["accents"]
_LETTERS: dict[str, str] = _TABLES["letters"]
_SIGNS: dict[str, str] = _TABLES["signs"]
_MARKS = {
    "italic": ITALIC,
    "bold": BOLD,
    "small-caps": SMALL_CAPS,
    "superscript": SUPERSCRIPT,
    "subscript": SUBSCRIPT,
    "quoted": QUOTED,
    "underline": UNDERLINE,
}
_STYLES = {name: _MARKS.get(style) for style, names in _TABLES["styles"].items() for name in names}
_SWITCHES = {name: _MARKS[style] for style, names in _TABLES["switches"].items() for name in names}
_SILENT = frozenset(_TABLES["silent"]["alone"])
_SWALLOW = frozenset(_TABLES["silent"]["with-argument"])
_NAME = re.compile(r"[A-Za-z]+\*?")
_QUICK = re.compile(r"[\\{}$~\"]|--|``|''|`")


@dataclass
class Unknown:
    """Commands that were met and are not known, each once."""

    names: dict[str, None] = field(default_factory=dict)


def decode(text: str, unknown: Unknown | None = None, *, protect: bool = False) -> str:
    """Give a field as a marked string. ``protect`` keeps the capitals of what stands in braces (in titles)."""
    text = " ".join(text.split())
    if not _QUICK.search(text):
        return text
    return _Reader(text, unknown or Unknown(), protect).read()


class _Reader:
    """Reads one field from left to right."""

    def __init__(self, text: str, unknown: Unknown, protect: bool) -> None:
        self._text, self._at = text, 0
        self._unknown, self._protect = unknown, protect
        self._math = False

    def read(self) -> str:
        out: list[str] = []
        while self._at < len(self._text):
            out.append(self._next(depth=0))
        return "".join(out)

    def _next(self, depth: int) -> str:
        """Read one thing; braces that nothing opened are left out."""
        text, at = self._text, self._at
        character = text[at]
        self._at += 1
        if character == "{":
            return self._group(depth)
        if character == "\\":
            return self._command(depth)
        if character == "$":
            self._math = not self._math
            return ""
        if character == "}":
            return ""
        if self._math and character in "^_":
            mark = SUPERSCRIPT if character == "^" else SUBSCRIPT
            return mark.around(self._argument(depth))
        if self._math and character == "-":
            return "−"
        return self._sign(character)

    def _sign(self, character: str) -> str:
        for written, printed in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”")):
            if self._text.startswith(written, self._at - 1):
                self._at += len(written) - 1
                return printed
        return {"~": "\u00a0", "`": "‘"}.get(character, character)

    def _group(self, depth: int) -> str:
        """Read what stands in braces; the opening one is behind us. ``{\\'E}`` is a letter and protects nothing."""
        special = self._text.startswith("\\", self._at) and not self._styled()
        inside = self._inside(depth + 1)
        return NO_CASE.around(inside) if self._protect and depth == 0 and not special and not self._math else inside

    def _styled(self) -> bool:
        name = _NAME.match(self._text, self._at + 1)
        return name is not None and (name[0] in _STYLES or name[0] in _SWITCHES)

    def _inside(self, depth: int) -> str:
        out: list[str] = []
        marks: list[Mark] = []
        while self._at < len(self._text) and self._text[self._at] != "}":
            switch = self._switch()
            if switch is not None:
                marks.append(switch)
                out.append(switch.open)
            else:
                out.append(self._next(depth))
        self._at += 1
        return "".join(out) + "".join(mark.close for mark in reversed(marks))

    def _switch(self) -> Mark | None:
        """Read ``\\em`` and its like, which hold to the end of the group."""
        if self._text[self._at] != "\\":
            return None
        name = _NAME.match(self._text, self._at + 1)
        if name is None or name[0] not in _SWITCHES:
            return None
        self._at = name.end()
        self._spaces()
        return _SWITCHES[name[0]]

    def _spaces(self) -> None:
        while self._text.startswith(" ", self._at):
            self._at += 1

    def _argument(self, depth: int) -> str:
        """Read a command's argument: what stands in braces, or one thing."""
        self._spaces()
        if self._at >= len(self._text):
            return ""
        if self._text[self._at] == "{":
            self._at += 1
            return self._inside(depth + 1)
        return self._next(depth + 1)

    def _command(self, depth: int) -> str:
        name = _NAME.match(self._text, self._at)
        if name is None:
            character = self._text[self._at : self._at + 1]
            self._at += 1
            return self._accent(character, depth) if character in _ACCENTS else _SIGNS.get(character, character)
        self._at = name.end()
        return self._named(name[0].rstrip("*"), depth)

    def _named(self, name: str, depth: int) -> str:
        if name in _STYLES:
            mark, inside = _STYLES[name], self._argument(depth)
            if name in ("uppercase", "MakeUppercase", "lowercase"):
                inside = inside.lower() if name == "lowercase" else inside.upper()
            return mark.around(inside) if mark else inside
        if name in _SWALLOW:
            self._argument(depth)
            return ""
        if name == "href":
            self._argument(depth)
            return self._argument(depth)
        if name in _ACCENTS and self._takes_letter():
            return self._accent(name, depth)
        self._spaces()
        if name in _SWITCHES or name in _SILENT:
            return ""
        return self._letter(name)

    def _takes_letter(self) -> bool:
        rest = self._text[self._at :]
        return rest.startswith(("{", "\\")) or (rest.startswith(" ") and bool(rest.strip()))

    def _letter(self, name: str) -> str:
        if name in _LETTERS:
            return _LETTERS[name]
        size = "SMALL" if name.islower() else "CAPITAL"
        try:
            return unicodedata.lookup(f"GREEK {size} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
        except KeyError:
            self._unknown.names.setdefault(name)
            return ""

    def _accent(self, accent: str, depth: int) -> str:
        letter = self._argument(depth)
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        if not letter:
            return {"~": "~", "^": "^"}.get(accent, "")
        return unicodedata.normalize("NFC", letter[0] + _ACCENTS[accent] + letter[1:])
