"""What is wrong with text that is not YAML, in an editor's words, and how to read on behind it.

Each fault says how the text can be mended for the sake of the next look, without moving a character: a colon is
covered, or the entry it spoils is blanked out. So one mistake does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from publish.project.yaml import STAND_IN, Malformed
from publish.records import dataclass

# Nobody writes such a line by hand, and looking for its mistake could take minutes.
_LONGEST_LINE = 2000


@dataclass(frozen=True)
class Cure:
    """How a fault is mended in the file: what is done, and the changes (start, end, text) in their order."""

    what: str
    changes: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Fault:
    """A mistake between two offsets of the text; ``cover`` says that covering the colons there mends it.

    A fault without a message is harmless: YAML allows what only the parser refuses. ``cure`` is what the author would
    certainly write instead, if that is known.
    """

    rule: str
    message: str
    start: int
    end: int
    hint: str = ""
    cover: bool = False
    cure: Cure | None = None


def explain(text: str, error: Malformed, known: AbstractSet[str]) -> Fault:
    """Say what the error means. ``known`` are the keys that may stand in the text."""
    for pattern, describe in _KINDS if len(_line(text, error.index)) <= _LONGEST_LINE else ():
        if pattern.search(f"{error.context} | {error.problem}"):
            fault = describe(text, error, known)
            if fault is not None:
                return fault
    return _wellformed(error.index, "this is not well-formed YAML", f"the parser says: {error.problem}")


def mend(text: str, fault: Fault) -> tuple[str, str]:
    """Give the text as long as it was, without the fault, and the key whose entry was lost for it, if any.

    The text is blank when nothing could be kept.
    """
    if not fault.message:
        return f"{text[: fault.start]} {text[fault.end :]}", ""
    if fault.cover:
        covered = re.sub(r":(?=\s|$)", STAND_IN, text[fault.start : fault.end])
        return text[: fault.start] + covered + text[fault.end :], ""
    begin, stop = _entry(text, fault.start)
    entry = text[begin:stop]
    if not entry.strip():
        return "\n" * len(text), ""
    key = re.match(r"[\"']?([^:\"'\n]+?)[\"']?\s*:", entry)
    return text[:begin] + re.sub(r"[^\n]", " ", entry) + text[stop:], key[1] if key else ""


def quoted(value: str) -> str:
    """Give a value as YAML takes it whatever stands in it: in quotation marks."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- places ------------------------------------------------------------------------------------------------------


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _line(text: str, index: int) -> str:
    return text[_line_start(text, index) : _line_end(text, index)]


def _entry(text: str, index: int) -> tuple[int, int]:
    """Give the stretch of the top-level key that an offset stands under."""
    starts = [m.start() for m in re.finditer(r"^[^\s#\-\]}]", text, re.MULTILINE)]
    begin = max((s for s in starts if s <= index), default=0)
    stop = min((s for s in starts if s > index), default=len(text))
    return begin, stop


def _quoting_hint(line: str) -> str:
    """Give ``write: key: "value"`` for a line with a key and a value, or general advice."""
    found = re.match(r"\s*((?:- +)*[\w -]+?): +(.*?)(?: #.*)?$", line.replace(STAND_IN, ":"))
    if not found:
        return "put the whole value in quotation marks"
    return f"write: {found[1]}: {quoted(found[2])}"


def _wellformed(start: int, message: str, hint: str = "", end: int | None = None, cure: Cure | None = None) -> Fault:
    return Fault("yaml-wellformed", message, start, start + 1 if end is None else end, hint, cure=cure)


# --- cures -------------------------------------------------------------------------------------------------------


def _quotes(text: str, index: int) -> Cure | None:
    """Put a value in quotation marks: one on its key's line, without a comment, that nothing goes on with below."""
    start = _line_start(text, index)
    line = text[start : _line_end(text, index)].replace(STAND_IN, ":")
    found = re.fullmatch(r"(\s*(?:- +)*)[\w -]+?: +([^\s\"'\[\]{}&*!|>%@`#?-].*?)\s*", line)
    if not found or " #" in found[2] or _goes_on(text, index, len(found[1])):
        return None
    return Cure(QUOTE, ((start + found.start(2), start + found.end(2), quoted(found[2])),))


def _goes_on(text: str, index: int, column: int) -> bool:
    """Whether the next line with words in it stands further right than a key in this column."""
    rest = re.search(r"^([ \t]*)[^\s#]", text[_line_end(text, index) :], re.MULTILINE)
    return rest is not None and len(rest[1]) > column


def _spaces(text: str, index: int) -> Cure | None:
    """Indent an entry by two spaces for every tab, when tabs alone indent it."""
    begin, stop = _entry(text, index)
    leads = list(re.finditer(r"^[ \t]+(?=\S)", text[begin:stop], re.MULTILINE))
    if any(" " in lead[0] for lead in leads):
        return None
    return Cure(
        "indent with spaces",
        tuple((begin + lead.start(), begin + lead.end(), "  " * len(lead[0])) for lead in leads),
    )


QUOTE = "put the value in quotation marks"


# --- kinds of fault ------------------------------------------------------------------------------------------------


def _tab(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    begin = _line_start(text, error.index)
    if text[begin : error.index].strip() or _only_tab_after_dash(text[begin : error.index]):
        return Fault("yaml-wellformed", "", error.index, error.index + 1)
    message = "a tab indents this line; YAML takes only spaces"
    return _wellformed(error.index, message, "indent with two spaces", cure=_spaces(text, error.index))


def _only_tab_after_dash(lead: str) -> bool:
    return lead.strip() == "-"


def _colon(text: str, error: Malformed, known: AbstractSet[str]) -> Fault | None:
    index = error.index
    if error.start is not None and "\n" in text[error.start : index]:
        return None
    lead = text[_line_start(text, index) : index]
    if error.start is not None:
        begin, end = _flow_item(text, index)
        return _quote_colon(index, end, _quoting_hint(text[begin:end].strip()))
    end = _line_end(text, index)
    if re.search(r":\s+[\"'\[{].*[\"'\]}]\s*$", lead):
        return None
    if re.search(r":(\s|$)", lead):
        return _quote_colon(index, end, _quoting_hint(_line(text, index)), _quotes(text, index))
    return _glued(text, index, known) or _indented(lead, index, known) or _quote_colon(index, end, _quoting_hint(""))


def _quote_colon(index: int, end: int, hint: str, cure: Cure | None = None) -> Fault:
    message = "to YAML this colon ends a key; a value with a colon in it stands in quotation marks"
    return Fault("title-quoted", message, index, end, hint, cover=True, cure=cure)


def _flow_item(text: str, index: int) -> tuple[int, int]:
    """Give the stretch between brackets and commas that an offset stands in."""
    begin = max(text.rfind(mark, 0, index) for mark in "{[,\n") + 1
    ends = [end for mark in ",}]\n" if (end := text.find(mark, index)) >= 0]
    return begin, min(ends, default=len(text))


def _glued(text: str, index: int, known: AbstractSet[str]) -> Fault | None:
    """A colon without a space after it, which is seen only lines later: ``title:North``."""
    before = text[: _line_start(text, index)].rstrip("\n")
    begin = _line_start(text, len(before))
    found = re.match(r"\s*[\w-]+:(?=[^\s:/])(?!.*: )", before[begin:])
    if not found:
        return None
    return _space_after_colon(begin + found.end() - 1, before[begin:], known)


def _space_after_colon(index: int, line: str, known: AbstractSet[str]) -> Fault:
    key, _, value = line.strip().partition(":")
    cure = Cure("put a space after the colon", ((index + 1, index + 1, " "),)) if key in known else None
    return _wellformed(index, "a space is missing after this colon", f"write: {key}: {value}", cure=cure)


def _indented(lead: str, index: int, known: AbstractSet[str]) -> Fault | None:
    word = lead.strip().removeprefix("- ").strip()
    if word not in known:
        return None
    message = f"“{word}” is indented further than the key above it"
    return _wellformed(index - len(lead.lstrip()), message, "begin the line where the key above begins", index)


def _no_key(text: str, error: Malformed, known: AbstractSet[str]) -> Fault:
    start = error.index if error.start is None else error.start
    line = _line(text, start)
    glued = re.match(r"\s*[\w-]+:(?=[^\s:/])", line)
    if glued:
        return _space_after_colon(_line_start(text, start) + glued.end() - 1, line, known)
    hint = "indent it if it belongs to the line above, or write it as “key: value”"
    return _wellformed(start, "this line has no key", hint, _line_end(text, start))


def _quote_open(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    start = error.index if error.start is None else error.start
    mark = text[start : start + 1]
    return _wellformed(start, f"the quotation mark {mark} that begins here is never closed")


def _bracket_open(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault | None:
    start = error.index if error.start is None else error.start
    mark = text[start : start + 1]
    if mark not in ("[", "{"):
        return None
    return _wellformed(start, f"the bracket {mark} that begins here is not closed, or a comma is missing in it")


def _after_value(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault | None:
    line = _line(text, error.index)
    if not re.search(r": +\S", text[_line_start(text, error.index) : error.index]):
        return None
    return _wellformed(error.index, "the value has ended before this", _quoting_hint(line))


def _ladder(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    hint = "lines that belong together begin in the same column"
    return _wellformed(error.index, "this line is indented otherwise than the lines it belongs to", hint)


def _first_mark(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    index = error.index if error.start is None else error.start
    mark = text[index : index + 1]
    message = f"a value cannot begin with {mark} unless it stands in quotation marks"
    return _wellformed(index, message, _quoting_hint(_line(text, index)))


def _dash(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    hint = "begin each item of a list on a line of its own, or put the value in quotation marks"
    return _wellformed(error.index, "a list cannot begin here", hint)


def _escape(text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    hint = "between double quotation marks write \\\\ for a backslash, or use single quotation marks"
    return _wellformed(max(0, error.index - 1), f"“\\{text[error.index : error.index + 1]}” means nothing", hint)


def _deep(_text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    return _wellformed(error.index, "lists and keys are nested too deep here")


def _second(_text: str, error: Malformed, _known: AbstractSet[str]) -> Fault:
    return _wellformed(error.index, "a second document begins here", "take the line “---” away")


_Describe = Callable[[str, Malformed, AbstractSet[str]], Fault | None]

# The parser's words, with what they mean. Order matters: the first that knows the place answers.
_KINDS: tuple[tuple[re.Pattern[str], _Describe], ...] = tuple(
    (re.compile(pattern), describe)
    for pattern, describe in (
        (r"'\\t' that cannot start", _tab),
        (r"mapping values are not allowed|but got ':'", _colon),
        (r"mapping values are not allowed", _after_value),
        (r"flow (sequence|mapping|node)", _bracket_open),
        (r"could not find expected ':'", _no_key),
        (r"quoted scalar \| found unexpected (end|document)", _quote_open),
        (r"unknown escape|expected escape", _escape),
        (r"expected <block end>, but found '<(scalar|flow|alias|anchor|tag|,)", _after_value),
        (r"but found '<(block|\?)|expected <block end>", _ladder),
        (r"cannot start any token|scanning an? (anchor|alias|tag)|a block scalar|mapping keys", _first_mark),
        (r"sequence entries are not allowed", _dash),
        (r"nested too deep", _deep),
        (r"second document", _second),
    )
)
