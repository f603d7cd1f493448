"""Mathematics: TeX between dollars becomes MathML for screens and a drawing for paper.

A formula is read once, by latex2mathml; what ziamath draws is that MathML. This is the only door to both, and they are
loaded when a formula is met. TeX's macros, links and classes are refused: a formula is data.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from lxml import etree

from publish.cache import once
from publish.diagnostics import did_you_mean
from publish.records import dataclass

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_SIZE = 48.0
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_REFUSED = frozenset(
    {"class", "def", "href", "label", "let", "newcommand", "newenvironment", "providecommand", "ref", "renewcommand",
     "require", "url"}
)  # fmt: skip
# Environments that latex2mathml does not have, and those that set the same.
_SAME = {"align": "align*", "aligned": "align*", "gather": "matrix", "gather*": "matrix", "gathered": "matrix"}
_NOTHING = frozenset({"equation", "equation*", "displaymath", "math"})
_ENVIRONMENTS = (
    "array", "cases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "split",
)  # fmt: skip
# What libraries raise when they meet what nobody thought of.
_EXPECTED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_FAULTS = {
    "MissingSuperScriptOrSubscriptError": "a ^ or _ has nothing behind it",
    "DoubleSuperscriptsError": "two exponents follow each other",
    "DoubleSubscriptsError": "two indices follow each other",
    "ExtraLeftOrMissingRightError": "a \\left has no \\right",
    "MissingEndError": "a \\begin has no \\end",
    "NoAvailableTokensError": "something is missing at its end",
    "NumeratorNotFoundError": "a fraction has nothing above its line",
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "LimitsMustFollowMathOperatorError": "\\limits stands behind something that has none",
}


class Unreadable(Exception):
    """A formula that cannot be read: why, what to do, and the indices between which the fault lies."""

    def __init__(self, why: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(why)
        self.start, self.end, self.hint = start, end, hint


@dataclass(frozen=True)
class Drawing:
    """A formula as SVG. All lengths are in ems; ``depth`` is how far it reaches below the line it stands on."""

    data: bytes
    width: float
    height: float
    depth: float


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool = False) -> str:
    """Give a formula as a ``math`` element with its source as ``alttext``. Raises Unreadable."""
    return once(lambda: _mathml(tex, display).encode(), "mathml", tex, str(display)).decode()


def _mathml(tex: str, display: bool) -> str:
    _judge(tex)
    root = _read(tex, display)
    for leaf in root.iter():
        command = (leaf.text or "").strip()
        if command.startswith("\\") and len(command) > 1:
            at = max(tex.find(command), 0)
            hint = did_you_mean(command, _commands()) or "write it with commands that TeX itself has"
            raise Unreadable(f"“{command}” is no command that publish knows", at, at + len(command), hint)
    root.set("alttext", " ".join(tex.split()))
    return etree.tostring(root, encoding="unicode")


@lru_cache(maxsize=4096)
def drawing(tex: str, display: bool = False) -> Drawing:
    """Give a formula as a drawing. Raises Unreadable, also for what can be read but not drawn."""
    sizes, _, data = once(lambda: _packed(_drawing(tex, display)), "drawing", tex, str(display)).partition(b"\n")
    return Drawing(data, *json.loads(sizes))


def _packed(drawn: Drawing) -> bytes:
    return json.dumps([drawn.width, drawn.height, drawn.depth]).encode() + b"\n" + drawn.data


def _drawing(tex: str, display: bool) -> Drawing:
    from ziafont.config import config
    from ziamath.config import config as math_config
    from ziamath.zmath import Math

    source = mathml(tex, display)
    config.svg2 = math_config.svg2 = False  # paths drawn where they stand, for every reader of SVG
    try:
        formula = Math(_unquoted(source), size=_SIZE)
        svg = formula.svg()
    except (NotImplementedError, *_EXPECTED) as fault:
        raise Unreadable("this formula can be read, but not drawn", 0, len(tex)) from fault
    for character in tex:
        if not (character.isascii() or character.isspace() or formula.font.glyphindex(character)):
            at = tex.index(character)
            hint = "write words outside of the formula"
            raise Unreadable(f"the fonts for formulas have no glyph for “{character}”", at, at + 1, hint)
    root = etree.fromstring(svg.encode())
    _, top, width, height = (float(number) for number in root.get("viewBox", "0 0 0 0").split())
    return Drawing(etree.tostring(root), width / _SIZE, height / _SIZE, (height + top) / _SIZE)


def _unquoted(source: str) -> str:
    """Give a formula without its source, whose quotation marks ziamath takes for the end of the attribute."""
    root = etree.fromstring(source)
    root.attrib.pop("alttext", "")
    return etree.tostring(root, encoding="unicode")


def _judge(tex: str) -> None:
    """Find what latex2mathml would take without a word: braces and environments that do not pair, macros."""
    open_: list[int] = []
    for found in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        if found[0] == "{":
            open_.append(found.start())
        elif found[0] == "}":
            if not open_:
                raise Unreadable("this } closes nothing", found.start(), found.end())
            open_.pop()
    if open_:
        raise Unreadable("this { is never closed", open_[-1], open_[-1] + 1)
    for found in _COMMAND.finditer(tex):
        if found[1] in _REFUSED:
            raise Unreadable(
                f"“\\{found[1]}” has no place in a formula here", found.start(), found.end(), "take it out"
            )
    _judge_environments(tex)


def _judge_environments(tex: str) -> None:
    known = (*_ENVIRONMENTS, *_SAME, *_NOTHING, *(f"{name}*" for name in _ENVIRONMENTS if "matrix" in name), "align*")
    open_: list[re.Match[str]] = []
    for found in _ENVIRONMENT.finditer(tex):
        name = found[2]
        if name not in known:
            hint = did_you_mean(name, known) or f"known are {', '.join(known[:12])}"
            raise Unreadable(f"“{name}” is no environment that publish knows", found.start(2), found.end(2), hint)
        if found[1] == "begin":
            open_.append(found)
        elif not open_ or open_.pop()[2] != name:
            raise Unreadable(f"this \\end{{{name}}} ends nothing", found.start(), found.end())
    if open_:
        raise Unreadable(f"this \\begin{{{open_[-1][2]}}} is never ended", open_[-1].start(), open_[-1].end())


def _read(tex: str, display: bool) -> etree._Element:
    from latex2mathml.converter import convert

    plain = _ENVIRONMENT.sub(_environment, _COMMENT.sub(r"\1", tex))
    if not plain.strip():
        raise Unreadable("there is no formula between the dollars", 0, len(tex))
    try:
        markup = convert(plain, display="block" if display else "inline")
    except _EXPECTED as fault:
        raise Unreadable("this formula cannot be read", 0, len(tex)) from fault
    except _own_exceptions() as fault:
        raise Unreadable(_FAULTS.get(type(fault).__name__, "this formula cannot be read"), 0, len(tex)) from fault
    try:
        return etree.fromstring(markup.encode())
    except etree.XMLSyntaxError as fault:
        at = max(tex.find("&"), 0)
        raise Unreadable("an & stands outside of a table or an alignment", at, at + 1) from fault


def _own_exceptions() -> tuple[type[Exception], ...]:
    """Give what latex2mathml raises; its exceptions have no ancestor of their own."""
    from latex2mathml import exceptions

    return tuple(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))


def _environment(found: re.Match[str]) -> str:
    name = found[2]
    return "" if name in _NOTHING else f"\\{found[1]}{{{_SAME.get(name, name)}}}"


def _commands() -> list[str]:
    from latex2mathml import commands
    from latex2mathml.symbols_parser import SYMBOLS

    known = {value for value in vars(commands).values() if isinstance(value, str)} | SYMBOLS.keys()
    return sorted(name for name in known if name.startswith("\\"))
